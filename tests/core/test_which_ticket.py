"""Which ticket is meant: a number, the last one, the newest one, or words that describe one."""

from datetime import timedelta

import pytest

from actions.dialogue import Help, Inform
from actions.follow_up import TicketAdd, TicketEscalate
from actions.status import TicketStatus
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.tickets import risk
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from hotline.tickets.which import completed, which
from tests.conftest import TUESDAY_MORNING
from tests.core.desk_work import conversation_row, journal, notes_on, opened
from tests.core.follow_up import Partner, payloads, response

PRINTER, ORDER = "印表機卡紙，一直印不出來", "貨一直沒到 我要問交期"


@pytest.fixture
async def printer(hotline: Hotline, contact: Contact) -> Ticket:
    return await _told(hotline, contact, "printer", PRINTER, serial="78A1234", customer="青田機械")


@pytest.fixture
async def order(hotline: Hotline, printer: Ticket) -> Ticket:
    assert printer.conversation_id is not None
    return await _ticket(
        hotline, printer.conversation_id, "order", ORDER, order_number="SO-2026-01357"
    )


@pytest.fixture
def both(printer: Ticket, order: Ticket) -> list[Ticket]:
    return [printer, order]


async def _told(hotline: Hotline, contact: Contact, key: str, words: str, **facts: str) -> Ticket:
    first = await opened(hotline, contact, key=f"first:{key}")
    assert first.conversation_id is not None
    return await _ticket(hotline, first.conversation_id, key, words, **facts)


async def _ticket(
    hotline: Hotline, conversation_id: str, key: str, words: str, **facts: str
) -> Ticket:
    known = {kind: {"value": value, "status": "known"} for kind, value in facts.items()}
    return await open_ticket(
        hotline, conversation_id, NewTicket(key, "other_request", words, 3, facts=known)
    )


async def test_words_that_describe_a_ticket_find_it(both: list[Ticket]) -> None:
    printer, order = both
    for text in ("印表機那張", "青田機械的那張怎麼了", "那張印表機的", "序號 78A1234 現在怎麼樣"):
        assert which(text, both, order).one == printer
    for text in ("交期那張幫我催一下", "SO-2026-01357 到哪了"):
        assert which(text, both, printer).one == order


async def test_the_newest_the_last_spoken_of_and_the_only_one(both: list[Ticket]) -> None:
    printer, order = both
    assert which("最近那張", both, printer).one == order
    assert which("那張", both, printer).one == printer
    assert which("幫我催一下", both, printer).one == printer
    assert which("幫我催一下", [order]).one == order
    assert which("幫我催一下", []).several == ()


async def test_words_that_fit_several_or_none_ask(both: list[Ticket]) -> None:
    assert which("幫我催一下", both).several == tuple(both)
    assert which("機房那張", both, both[0]).several == tuple(both)
    twins = [*both, both[0]]
    assert which("印表機那張", twins).several == (both[0], both[0])


async def test_the_end_of_a_number_is_enough_after_a_miss() -> None:
    assert completed("sorry 是 118-0", "T26-000118-7") == "T26-000118-0"
    assert completed("118-9", "T26-000118-7") is None
    assert completed("打錯了", "T26-000118-7") is None


async def test_which_one_is_asked_with_a_button_each_and_the_words_are_kept(
    hotline: Hotline, both: list[Ticket]
) -> None:
    conversation_id = both[0].conversation_id
    assert conversation_id is not None
    partner = Partner(hotline, conversation_id)
    cards, asked = await partner.says(TicketEscalate(), "機房那張等太久了")
    numbers = [card["number"] for card in cards["custom"]["tickets"]]
    assert response([asked]) == "which_ticket"
    assert payloads([asked]) == [
        f'/ticket_escalate{{"ticket_number":"{number}"}}' for number in numbers
    ]
    assert {card["subject"] for card in cards["custom"]["tickets"]} >= {PRINTER, ORDER}
    [done] = await partner.presses(
        TicketEscalate(), "ticket_escalate", ticket_number=both[1].number
    )
    assert (done["response"], done["reason"]) == ("utter_escalated", "等太久了")
    [entry] = await journal(hotline, "ticket.escalated")
    assert entry.ticket_id == both[1].id


async def test_the_number_alone_answers_which_one(hotline: Hotline, both: list[Ticket]) -> None:
    conversation_id = both[0].conversation_id
    assert conversation_id is not None
    partner = Partner(hotline, conversation_id)
    await partner.says(TicketEscalate(), "機房那張等太久了")
    [done] = await partner.says(TicketStatus(), f"{both[0].number} 那張")
    assert (done["response"], done["number"]) == ("utter_escalated", both[0].number)


async def test_a_wrong_number_is_put_right_by_its_end(hotline: Hotline, both: list[Ticket]) -> None:
    number = both[0].number
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    conversation_id = both[0].conversation_id
    assert conversation_id is not None
    partner = Partner(hotline, conversation_id)
    [unknown] = await partner.says(TicketEscalate(), f"{wrong} 等太久了")
    assert unknown["text"].startswith(f"查不到 {wrong}")
    [done] = await partner.says(TicketStatus(), f"抱歉 是 {int(number[4:10])}{number[-2:]}")
    assert (done["response"], done["number"]) == ("utter_escalated", number)


async def test_in_a_form_nothing_is_asked_that_would_stand_beside_its_question(
    hotline: Hotline, both: list[Ticket]
) -> None:
    conversation_id = both[0].conversation_id
    assert conversation_id is not None
    partner = Partner(hotline, conversation_id, form=True)
    [done] = await partner.says(TicketEscalate(), f"{both[0].number} 幫我催一下")
    assert done["response"] == "utter_escalated"
    assert (await conversation_row(hotline, conversation_id)).asking is None


async def test_a_promise_near_its_end_is_told_first(hotline: Hotline, printer: Ticket) -> None:
    assert printer.conversation_id is not None
    partner = Partner(hotline, printer.conversation_id)
    for hours, at_risk in ((2.9, False), (3.1, True), (4.1, False)):
        hotline.clock.set(TUESDAY_MORNING + timedelta(hours=hours))
        assert risk.is_at_risk(hotline, printer) is at_risk
        told = (await partner.says(TicketStatus(), printer.number))[0]["text"]
        assert told.startswith("先跟您說") is at_risk
    assert "抱歉" in told


async def test_a_new_wish_drops_the_one_whose_number_was_not_found(
    hotline: Hotline, both: list[Ticket]
) -> None:
    conversation_id = both[0].conversation_id
    assert conversation_id is not None
    partner = Partner(hotline, conversation_id)
    wrong = f"{both[0].number[:-1]}{(int(both[0].number[-1]) + 1) % 10}"
    await partner.says(TicketAdd(), f"{wrong} add: please cancel this complaint")
    [unknown] = await partner.says(TicketStatus(), f"close {wrong}")
    assert wrong in unknown["text"]
    await partner.says(TicketStatus(), both[1].number)
    for ticket in both:
        assert await notes_on(hotline, ticket) == []


async def test_only_the_very_next_words_name_the_ticket_of_a_wish_that_waits(
    hotline: Hotline, both: list[Ticket]
) -> None:
    conversation_id = both[0].conversation_id
    assert conversation_id is not None
    partner = Partner(hotline, conversation_id)
    wrong = f"{both[0].number[:-1]}{(int(both[0].number[-1]) + 1) % 10}"
    await partner.says(TicketAdd(), f"{wrong} add: the panel is red")
    await partner.says(Help(), "help")
    told, *_card = await partner.says(TicketStatus(), both[1].number)
    assert both[1].number in told["text"]
    assert await notes_on(hotline, both[1]) == []


async def test_another_ticket_spoken_of_ends_the_question_what_to_add(
    hotline: Hotline, both: list[Ticket]
) -> None:
    conversation_id = both[0].conversation_id
    assert conversation_id is not None
    partner = Partner(hotline, conversation_id)
    asked = await partner.says(TicketAdd(), f"{both[0].number} 我要補充")
    assert response(asked) == "add_ask"
    await partner.says(TicketStatus(), f"查 {both[1].number} 進度")
    await partner.says(Inform(), "風扇也停了")
    assert await notes_on(hotline, both[0]) == []
    assert await notes_on(hotline, both[1]) == ["風扇也停了"]
