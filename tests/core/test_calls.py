"""The telephone: who is calling, a request that is opened by it, and what is noted of a call."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hotline.calls import backs, callers, log, taking
from hotline.calls.request import Told
from hotline.calls.rows import ADDED, AGAIN, ANSWERED, NO_ANSWER, NOT_NEEDED, OPENED, REACHED
from hotline.calls.taking import Incoming
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.partners.service import Contact
from hotline.privacy import erasing, retention
from hotline.privacy.export import collect
from hotline.privacy.person import find_contact
from hotline.staff.service import Staff
from hotline.tickets import handling, queries, told
from hotline.tickets.of_company import Complained
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, TUESDAY_MORNING, contact_of, staff_of
from tests.core.desk_work import journal, notes_on, opened, ticket_row
from tests.core.personal import left_in_database
from tests.core.test_escalations import at

WORDS = "機房的 Power 主機開不了機，序號 78A1234"
LI = "jiarong.li@hotline.example"
STRANGER = Incoming("c-stranger", caller="王小明", company="大新資訊", phone="(02)2345 6780")


@pytest.fixture
async def staff(hotline: Hotline) -> Staff:
    """The specialist at the telephone."""
    return await staff_of(hotline, LI)


def of(contact: Contact, client_id: str = "c1") -> Incoming:
    return Incoming(client_id, contact.id, began_at=TUESDAY_MORNING - timedelta(minutes=4))


async def found(hotline: Hotline, words: str) -> list[str]:
    async with hotline.database.read() as session:
        return [contact.email for contact in await callers.search(session, words)]


async def ticket_of(hotline: Hotline, call: log.Call) -> Ticket:
    assert call.ticket_id is not None
    async with hotline.database.read() as session:
        return (await queries.by_ids(session, {call.ticket_id}))[call.ticket_id]


async def called(hotline: Hotline, staff: Staff, contact: Contact, **facts: str) -> Ticket:
    """A ticket of somebody who left a message and waits for a call."""
    told_ = Told("leave_message", "請王志豪回電談報價", facts)
    call = await taking.open_request(hotline, staff, of(contact, "left"), told_, "zh-TW")
    return await ticket_of(hotline, call)


async def waiting(hotline: Hotline) -> list[str]:
    async with hotline.database.read() as session:
        return [back.ticket.number for back in await backs.waiting(session, hotline)]


BOTH_OF_HEGUANG = [COLLEAGUE, CONTACT]
FOUND = {
    "0912345678": [CONTACT],
    "+886 912-345-678": [CONTACT],
    "０９１２－３４５－６７８": [CONTACT],
    "912-345": [CONTACT],
    "12345675": BOTH_OF_HEGUANG,
    "怡君": [CONTACT],
    "heguang": BOTH_OF_HEGUANG,
    "禾光 林": [COLLEAGUE],
    "禾光 吳": [],
    "": [],
    "%": [],
    "0999": [],
}


async def test_a_caller_is_found_by_number_tax_id_company_or_name(hotline: Hotline) -> None:
    assert {words: sorted(await found(hotline, words)) for words in FOUND} == FOUND


async def test_an_erased_contact_is_no_longer_found(hotline: Hotline, contact: Contact) -> None:
    await erasing.erase_contact(hotline, CONTACT)
    assert await found(hotline, "0912345678") == []
    with pytest.raises(NotFound):
        async with hotline.database.read() as session:
            await callers.find(session, contact.id)


async def test_a_request_is_opened_as_the_chat_opens_it(
    any_hotline: Hotline,
) -> None:
    hotline = any_hotline
    contact, staff = await contact_of(hotline, CONTACT), await staff_of(hotline, LI)
    told_ = Told("technical_hardware", WORDS, {"product": "Power S1022"})
    call = await taking.open_request(hotline, staff, of(contact), told_, "zh-TW")
    ticket = await ticket_of(hotline, call)
    chat = await opened(hotline, contact, severity=1)
    assert (call.outcome, call.staff.id, call.contact) == (OPENED, staff.id, contact)
    assert call.began_at == TUESDAY_MORNING - timedelta(minutes=4)
    assert call.began_at < call.ended_at <= ticket.opened_at
    assert ticket.source == "telephone"
    assert ticket.identity_verified
    assert (ticket.contact, ticket.partner_id) == (contact, "P-1001")
    assert (ticket.severity, ticket.severity_words) == (1, ("開不了機",))
    assert ticket.facts["serial"] == {"value": "78A1234", "status": "known"}
    assert ticket.facts["product"]["value"] == "Power S1022"
    assert ticket.facts["customer"]["status"] == "unasked"
    # The same promise, counted by the same clocks.
    assert (chat.first_response_due - ticket.first_response_due).total_seconds() <= 60
    assert set(ticket.clocks) == set(chat.clocks)
    kinds = [entry.kind for entry in await journal(hotline) if entry.ticket_id == ticket.id]
    assert kinds[0] == "ticket.opened"
    [noted] = await journal(hotline, "call.noted")
    assert (noted.actor, noted.ticket_id) == (f"staff:{staff.id}", ticket.id)
    assert noted.detail == {"call": call.id, "outcome": "opened"}
    # What is answered in writing has a place.
    await handling.reply(hotline, staff, ticket.number, "收到", claims=True)
    assert ticket.number in told.opened(hotline, ticket, "zh-TW").text


async def test_the_same_form_twice_and_at_once_is_one_call(any_hotline: Hotline) -> None:
    contact, staff = await contact_of(any_hotline, CONTACT), await staff_of(any_hotline, LI)
    told_ = Told("technical_hardware", WORDS)
    done = await asyncio.gather(
        *(taking.open_request(any_hotline, staff, of(contact), told_, "en") for _ in range(3))
    )
    assert len({call.id for call in done}) == 1
    assert len(await journal(any_hotline, "ticket.opened")) == 1


async def test_severity_is_judged_by_the_words_or_set_by_hand(
    hotline: Hotline, contact: Contact, staff: Staff
) -> None:
    by_hand = Told("technical_hardware", WORDS, severity=3)
    call = await taking.open_request(hotline, staff, of(contact), by_hand, "zh-TW")
    ticket = await ticket_of(hotline, call)
    assert (ticket.severity, ticket.severity_words) == (3, ())


async def test_an_unknown_caller_is_not_verified_and_is_reached_by_telephone_only(
    hotline: Hotline, staff: Staff
) -> None:
    told_ = Told("other_request", "想問怎麼成為夥伴")
    call = await taking.open_request(hotline, staff, STRANGER, told_, "zh-TW")
    ticket = await ticket_of(hotline, call)
    assert not ticket.identity_verified
    assert (ticket.contact, ticket.conversation_id) == (None, None)
    assert ticket.fact("contact") == "王小明 大新資訊"
    assert ticket.fact("phone") == call.phone == "02-2345-6780"
    with pytest.raises(Conflict):
        await handling.reply(hotline, staff, ticket.number, "您好", claims=True)


@pytest.mark.parametrize(
    ("call", "told_", "problems"),
    [
        (Incoming("c", caller="王小明"), Told("other_request", "問事情"), {"phone": "missing"}),
        (Incoming("c", phone="02-2345-6780"), Told("other_request", ""),
         {"words": "missing", "caller": "missing"}),
        (STRANGER, Told("apply_partnership", "要申請", {"tax_id": "123"}), {"tax_id": "tax_id"}),
        (STRANGER, Told("presales_quote", "要報價", {"needed_by": "昨天下午三點"}),
         {"needed_by": "needed_by_past"}),
        (STRANGER, Told("nothing", "要報價"), {"intent": "missing"}),
    ],
)  # fmt: skip
async def test_what_is_missing_or_cannot_be_read_is_told_and_nothing_is_noted(
    hotline: Hotline, staff: Staff, call: Incoming, told_: Told, problems: dict[str, str]
) -> None:
    with pytest.raises(BadInput) as refused:
        await taking.open_request(hotline, staff, call, told_, "zh-TW")
    assert refused.value.fields["problems"] == problems
    async with hotline.database.read() as session:
        assert await log.recent(session) == []


async def test_what_cannot_be_read_is_kept_when_it_is_told_again(
    hotline: Hotline, staff: Staff
) -> None:
    typed = {"tax_id": "123"}
    told_ = Told("apply_partnership", "要申請", typed, tried=typed)
    call = await taking.open_request(hotline, staff, STRANGER, told_, "zh-TW")
    ticket = await ticket_of(hotline, call)
    assert ticket.facts["tax_id"] == {"value": "123", "status": "unverified"}


async def test_words_are_added_to_a_ticket_that_the_caller_may_see(
    hotline: Hotline, contact: Contact, staff: Staff
) -> None:
    ticket = await opened(hotline, contact)
    call = await taking.add_to(hotline, staff, of(contact), ticket.number, "又壞了一台")
    assert (call.outcome, call.ticket_id) == (ADDED, ticket.id)
    assert await notes_on(hotline, ticket) == ["又壞了一台"]
    for other in (of(await contact_of(hotline, OTHER_COMPANY), "c2"), replace(STRANGER, id="c3")):
        with pytest.raises(NotFound):
            await taking.add_to(hotline, staff, other, ticket.number, "也是我的")
    async with hotline.database.read() as session:
        assert [each.id for each in await log.calls_of(session, ticket.id)] == [call.id]


async def test_a_call_without_a_ticket_is_noted(
    hotline: Hotline, contact: Contact, staff: Staff
) -> None:
    answered = await taking.note_call(hotline, staff, of(contact), ANSWERED, "問了營業時間")
    wrong = await taking.note_call(hotline, staff, Incoming("c2"), "wrong_number", "")
    async with hotline.database.read() as session:
        assert await log.recent(session) == [wrong, answered]
    with pytest.raises(BadInput):
        await taking.note_call(hotline, staff, Incoming("c3"), ANSWERED, " ")
    with pytest.raises(BadInput):
        await taking.note_call(hotline, staff, Incoming("c4"), OPENED, "x")


async def test_the_card_says_what_is_open_and_how_content_the_company_was(
    hotline: Hotline, contact: Contact, staff: Staff
) -> None:
    ticket = await opened(hotline, contact, intent="complain")
    async with hotline.database.read() as session:
        card = await callers.card_of(session, contact)
    assert [each.number for each in card.open_tickets] == [ticket.number]
    assert card.open_count == 1
    assert card.rating is None
    assert card.complaint == Complained(ticket.number, ticket.opened_at, True, ticket.subject)


async def test_nothing_leaves_the_list_of_calls_back_without_an_outcome(
    any_hotline: Hotline,
) -> None:
    hotline = any_hotline
    contact, staff = await contact_of(hotline, CONTACT), await staff_of(hotline, LI)
    ticket = await called(hotline, staff, contact)
    number = ticket.number
    assert await waiting(hotline) == [number]
    await backs.note_outcome(hotline, staff, number, NO_ANSWER, "b1")
    await handling.set_state(hotline, staff, number, "resolved", text="報價已寄出")
    assert await waiting(hotline) == [number]
    call = await backs.note_outcome(hotline, staff, number, REACHED, "b2", words="談好了")
    assert await waiting(hotline) == []
    assert (call.direction, call.phone) == ("out", "0912-345-678")
    assert await backs.note_outcome(hotline, staff, number, REACHED, "b2") == call
    with pytest.raises(Conflict):
        await backs.note_outcome(hotline, staff, number, NOT_NEEDED, "b3")
    assert "談好了" in await notes_on(hotline, ticket)
    entries = [*await journal(hotline, "ticket.called"), *await journal(hotline, "ticket.reached")]
    assert [entry.detail["outcome"] for entry in entries] == ["no_answer", "reached"]


async def test_who_reached_the_partner_has_answered_and_has_the_ticket(
    hotline: Hotline, contact: Contact, staff: Staff, engineer: Staff
) -> None:
    ticket = await called(hotline, staff, contact)
    await backs.note_outcome(hotline, staff, ticket.number, NO_ANSWER, "b1")
    tried = await ticket_row(hotline, ticket.number)
    assert (tried.first_responded_at, tried.assignee) == (None, None)
    call = await backs.note_outcome(hotline, staff, ticket.number, REACHED, "b2")
    reached = await ticket_row(hotline, ticket.number)
    assert reached.first_responded_at == call.ended_at
    assert reached.assignee == staff


async def test_a_colleagues_ticket_is_called_back_by_the_colleague(
    hotline: Hotline, contact: Contact, staff: Staff, engineer: Staff
) -> None:
    ticket = await called(hotline, staff, contact)
    await handling.claim(hotline, engineer, ticket.number)
    with pytest.raises(Conflict) as refused:
        await backs.note_outcome(hotline, staff, ticket.number, REACHED, "b1")
    assert refused.value.fields["holder"] == engineer.name


@pytest.mark.parametrize(
    ("hours", "reason"),
    [(None, "time"), (-1, "past"), (10, "closed"), (4 * 24, "closed"), (800, "far")],
)
async def test_a_call_is_put_off_to_a_time_at_which_somebody_is_there(
    hotline: Hotline, contact: Contact, staff: Staff, hours: int | None, reason: str
) -> None:
    ticket = await called(hotline, staff, contact)
    again_at = None if hours is None else TUESDAY_MORNING + timedelta(hours=hours)
    with pytest.raises(BadInput) as refused:
        await backs.note_outcome(hotline, staff, ticket.number, AGAIN, "b1", again_at=again_at)
    assert refused.value.fields == {"field": "again_at", "reason": reason}


async def test_a_call_is_due_when_it_was_wished_for_or_agreed(
    hotline: Hotline, contact: Contact, staff: Staff
) -> None:
    ticket = await called(hotline, staff, contact, needed_by="明天下午三點")

    async def due() -> Any:
        async with hotline.database.read() as session:
            [back] = await backs.waiting(session, hotline)
            return back.begins_at, back.tries, await backs.count_due(session, hotline)

    tomorrow = TUESDAY_MORNING.replace(day=2, hour=15, minute=0)
    assert await due() == (tomorrow, 0, 0)
    in_an_hour = TUESDAY_MORNING + timedelta(hours=1)
    await backs.note_outcome(hotline, staff, ticket.number, AGAIN, "b1", again_at=in_an_hour)
    assert await due() == (in_an_hour, 1, 0)
    await at(hotline, "2026-12-01T11:20")
    assert await due() == (in_an_hour, 1, 1)


async def test_a_persons_calls_are_given_out_and_erased(
    hotline: Hotline, contact: Contact, staff: Staff
) -> None:
    await taking.note_call(hotline, staff, of(contact), ANSWERED, "鴨嘴獸的事")
    unknown = Incoming("c2", caller="陳小姐", company="水豚公司", phone="0912345678")
    await taking.note_call(hotline, staff, unknown, ANSWERED, "犰狳的事")
    colleague = of(await contact_of(hotline, COLLEAGUE), "c3")
    await taking.note_call(hotline, staff, colleague, ANSWERED, "陳怡君請他打來")
    async with hotline.database.read() as session:
        person = await find_contact(session, CONTACT)
    told_ = (await collect(hotline, person)).data["calls"]
    assert [call["words"] for call in told_] == ["鴨嘴獸的事", "犰狳的事"]
    await erasing.erase_contact(hotline, CONTACT)
    assert await left_in_database(hotline, "鴨嘴獸", "犰狳", "水豚", "陳怡君", "0912-345-678") == []
    async with hotline.database.read() as session:
        kept = await log.recent(session)
    assert [(call.outcome, call.words) for call in kept] == [
        (ANSWERED, "●●●請他打來"),
        (ANSWERED, ""),
        (ANSWERED, ""),
    ]


async def test_a_calls_words_go_after_their_time_but_not_of_an_open_ticket(
    hotline: Hotline, contact: Contact, staff: Staff
) -> None:
    await taking.note_call(hotline, staff, STRANGER, ANSWERED, "問了營業時間")
    told_ = Told("other_request", "想問怎麼成為夥伴")
    await taking.open_request(hotline, staff, replace(STRANGER, id="c2"), told_, "zh-TW")
    await at(hotline, "2027-12-03T10:00")
    gone = {each.kind: each.count for each in (await retention.run(hotline)).kinds}
    assert gone["calls"] == 1
    async with hotline.database.read() as session:
        of_open, noted = await log.recent(session)
    assert of_open.caller == "王小明"
    assert (noted.caller, noted.company, noted.phone, noted.words) == ("", "", "", "")
    assert noted.outcome == ANSWERED
