"""Following a ticket up: hurried, closed, opened again, rated and corrected."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from actions.dialogue import Affirm, Deny, Inform, Unsure
from actions.follow_up import (
    Correct,
    RateService,
    TicketAdd,
    TicketClose,
    TicketEscalate,
    TicketReopen,
)
from actions.status import TicketStatus
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.partners.service import Contact
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff, add_staff
from hotline.tickets import answers, corrections, escalation, handling, queries, ratings, told
from hotline.tickets.again import open_again
from hotline.tickets.promises import counting
from hotline.tickets.reopening import goes_to_another
from hotline.tickets.rows import RatingRow
from hotline.tickets.ticket import Ticket
from tests.conftest import (
    COLLEAGUE,
    OTHER_COMPANY,
    TUESDAY_MORNING,
    contact_of,
)
from tests.core.desk_work import (
    brought_to,
    conversation_row,
    everything_journalled,
    journal,
    opened,
    ticket_row,
)
from tests.core.follow_up import Partner, payloads, response


@pytest.fixture
async def ticket(hotline: Hotline, contact: Contact) -> Ticket:
    return await opened(hotline, contact)


@pytest.fixture
def partner(hotline: Hotline, ticket: Ticket) -> Partner:
    return speaks(hotline, ticket)


def speaks(hotline: Hotline, ticket: Ticket) -> Partner:
    assert ticket.conversation_id is not None
    return Partner(hotline, ticket.conversation_id)


async def notes(hotline: Hotline, ticket: Ticket) -> list[tuple[str, str]]:
    async with hotline.database.read() as session:
        return [(note.kind, note.text) for note in await queries.notes_of(session, ticket.id)]


async def rated(hotline: Hotline) -> list[tuple[int, str]]:
    async with hotline.database.read() as session:
        rows = await session.scalars(select(RatingRow).order_by(RatingRow.id))
        return [(row.score, row.words) for row in rows]


# --- Hurrying ----------------------------------------------------------------------------------


async def test_a_hurried_ticket_goes_to_the_lead_with_the_partners_reason(
    hotline: Hotline, ticket: Ticket, partner: Partner, lead: Staff
) -> None:
    [said] = await partner.says(TicketEscalate(), "那張等太久了")
    assert (said["response"], said["lead"]) == ("utter_escalated", lead.name)
    assert (said["reason"], said["promise"]) == ("等太久了", "今天 14:15 前回覆您。")
    row = await ticket_row(hotline, ticket.number)
    assert (row.assignee, row.state, row.severity) == (lead, "open", 3)
    assert row.escalated_at is not None
    assert row.first_response_due == ticket.first_response_due
    assert await notes(hotline, ticket) == [("escalation", "等太久了")]
    [entry] = await journal(hotline, "ticket.escalated")
    assert entry.actor == "partner"
    assert (entry.detail["lead"], entry.detail["before"]) == (lead.id, None)
    assert "等太久" not in await everything_journalled(hotline)


async def test_the_same_again_only_adds_the_words(
    hotline: Hotline, ticket: Ticket, partner: Partner, lead: Staff
) -> None:
    await partner.says(TicketEscalate(), "那張等太久了")
    [said] = await partner.says(TicketEscalate(), "那張拖了三天")
    assert (said["response"], said["lead"]) == ("utter_escalated_again", lead.name)
    assert len(await journal(hotline, "ticket.escalated")) == 1
    assert [text for _kind, text in await notes(hotline, ticket)] == ["等太久了", "拖了三天"]


async def test_a_ticket_that_the_lead_handed_on_may_be_brought_back(
    hotline: Hotline, ticket: Ticket, partner: Partner, lead: Staff, engineer: Staff
) -> None:
    await partner.says(TicketEscalate(), "那張等太久了")
    await handling.release(hotline, lead, ticket.number)
    await handling.claim(hotline, engineer, ticket.number)
    assert response(await partner.says(TicketEscalate(), "那張等太久了")) == "escalated"
    [_first, second] = await journal(hotline, "ticket.escalated")
    assert second.detail["before"] == engineer.id


async def test_without_a_reason_it_is_asked_and_the_answer_does_it(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    asked = await partner.says(TicketEscalate(), "幫我催一下")
    assert response(asked) == "escalate_ask"
    assert await journal(hotline, "ticket.escalated") == []
    assert response(await partner.says(Unsure(), "都三天了沒有下文")) == "escalated"
    assert await notes(hotline, ticket) == [("escalation", "都三天了沒有下文")]


async def test_a_graver_severity_is_confirmed_once_and_never_moves_a_promise_later(
    hotline: Hotline, contact: Contact, lead: Staff, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    hotline.clock.set(TUESDAY_MORNING + timedelta(hours=3, minutes=30))
    partner = speaks(hotline, ticket)
    [asked] = await partner.says(TicketEscalate(), "escalate 吧 客戶明天 go-live")
    assert asked["response"] == "utter_escalate_sure"
    assert (asked["reason"], asked["severity"], asked["lead"]) == (
        "客戶明天 go-live",
        "嚴重受影響",
        lead.name,
    )
    assert (await ticket_row(hotline, ticket.number)).severity == 3
    [done] = await partner.says(Affirm(), "對")
    assert (done["response"], done["promise"]) == (
        "utter_escalated_raised",
        "今天 14:15 前回覆您。",
    )
    row = await ticket_row(hotline, ticket.number)
    assert (row.severity, row.severity_words, row.assignee) == (2, ("明天 go-live",), lead)
    # Two hours from now would be 15:45: the earlier promise holds. The fix comes sooner.
    assert row.first_response_due == ticket.first_response_due
    assert row.resolution_due < ticket.resolution_due
    assert row.resolution_due == hotline.calendar.due(hotline.now(), 480).due_at
    [entry] = await journal(hotline, "ticket.escalated")
    assert (entry.detail["severity_before"], entry.detail["severity"]) == (3, 2)
    told = counting(hotline, row)
    assert (told.due.due_at, told.severity, told.minutes) == (row.first_response_due, 3, 240)


async def test_a_rise_soon_after_opening_brings_the_promise_forward(
    hotline: Hotline, ticket: Ticket
) -> None:
    assert ticket.conversation_id is not None
    done = await escalation.escalate(
        hotline, ticket.conversation_id, ticket.number, "產線停了", severity=1
    )
    row = done.ticket
    assert row.first_response_due == hotline.calendar.due(hotline.now(), 30).due_at
    told = counting(hotline, row)
    assert (told.due.due_at, told.severity) == (row.first_response_due, 1)


async def test_leaving_it_as_it_is_keeps_the_words_and_nothing_else(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    await partner.says(TicketEscalate(), "客戶明天上線")
    assert response(await partner.says(Deny(), "不用了")) == "escalate_kept"
    row = await ticket_row(hotline, ticket.number)
    assert (row.severity, row.assignee, row.escalated_at) == (3, None, None)
    assert await notes(hotline, ticket) == [("addition", "客戶明天上線")]


async def test_a_yes_to_something_else_said_later_raises_nothing(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    await partner.says(TicketEscalate(), "客戶明天上線")
    await partner.says(TicketStatus(), "那張怎麼樣了")
    assert response(await partner.says(Affirm(), "好")) == "go_on"
    assert (await ticket_row(hotline, ticket.number)).severity == 3


async def test_a_queue_without_a_lead_is_named_instead(
    hotline: Hotline, ticket: Ticket, partner: Partner, lead: Staff
) -> None:
    async with hotline.database.write() as session:
        await session.execute(
            update(StaffRow).where(StaffRow.id == lead.id).values(queues=["presales"])
        )
    [said] = await partner.says(TicketEscalate(), "那張等太久了")
    assert (said["response"], said["lead"]) == ("utter_escalated", "技術支援")
    row = await ticket_row(hotline, ticket.number)
    assert (row.assignee, row.state) == (None, "new")
    assert response(await partner.says(TicketEscalate(), "那張等太久了")) == "escalated_again"


async def test_hurrying_what_waits_for_the_partner_sets_it_going(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    await speaks(hotline, ticket).says(TicketEscalate(), "那張拖太久")
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.waiting_since, row.assignee) == ("open", None, lead)


async def test_what_was_opened_again_is_hurried_anew(
    hotline: Hotline, ticket: Ticket, partner: Partner, lead: Staff
) -> None:
    await partner.says(TicketEscalate(), "那張等太久了")
    await handling.set_state(hotline, lead, ticket.number, "resolved", text="換電源")
    assert ticket.conversation_id is not None
    again = await answers.reopen(hotline, ticket.conversation_id, ticket.number, "又壞了")
    assert (again.escalated_at, again.assignee) == (None, None)


async def test_nothing_is_hurried_that_is_done(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    for state, answer in (("resolved", "status_resolved"), ("closed", "closed_takes_nothing")):
        done = await brought_to(hotline, contact, engineer, state, key=state)
        said = await speaks(hotline, done).says(TicketEscalate(), f"{done.number} 等太久了")
        assert done.number in str(said)
        assert answer in str(said) or "解決了嗎" in str(said)
        assert done.conversation_id is not None
        with pytest.raises(Conflict):
            await escalation.escalate(hotline, done.conversation_id, done.number, "急")


# --- Adding, closing, opening again --------------------------------------------------------------


async def test_adding_without_anything_asks_what_and_the_next_words_go_in(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    assert response(await partner.says(TicketAdd(), "我要補資料")) == "add_ask"
    [said] = await partner.says(Inform(), "序號 78A1234")
    assert said["text"] == f"已補到 {ticket.number}：「序號 78A1234」，接手的同事看得到。"
    assert await notes(hotline, ticket) == [("addition", "序號 78A1234")]
    assert (await conversation_row(hotline, ticket.conversation_id)).asking is None


async def test_a_closed_ticket_offers_to_be_opened_again_instead(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    partner = speaks(hotline, closed)
    for action, words in (
        (TicketAdd(), "補充 log 已寄出"),
        (Correct(), "電話打錯 是 0933-123-456"),
    ):
        said = await partner.says(action, f"{closed.number} {words}")
        assert response(said) == "closed_takes_nothing"
    assert await ticket_row(hotline, closed.number) == closed


@pytest.mark.parametrize("state", ["new", "open", "waiting_partner", "waiting_other", "resolved"])
async def test_a_partner_closes_a_ticket_in_any_state_after_being_asked(
    hotline: Hotline, contact: Contact, engineer: Staff, state: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, state)
    partner = speaks(hotline, ticket)
    said = await partner.says(TicketClose(), "那張可以結案了 客戶自己修好了")
    if state != "resolved":
        assert response(said) == "close_ask"
        assert (await ticket_row(hotline, ticket.number)).state == state
        said = await partner.says(Affirm(), "對")
    assert said[0]["text"].startswith(f"好，{ticket.number} 結案")
    assert payloads(said)[0] == f'/rate_service{{"ticket_number":"{ticket.number}","score":"5"}}'
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.waiting_since, row.closed_at is None) == ("closed", None, False)
    assert ("addition", "客戶自己修好了") in await notes(hotline, ticket)
    moved = (await journal(hotline, "ticket.moved"))[-1]
    assert moved.actor == "partner"
    assert moved.detail["move"] == ("confirm" if state == "resolved" else "close")
    asking = (await conversation_row(hotline, ticket.conversation_id)).asking
    assert asking is not None
    assert (asking["kind"], asking["ticket"]) == ("rate", ticket.number)


async def test_not_yet_leaves_it_open_and_a_later_yes_closes_nothing(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    await partner.says(TicketClose(), "那張結案")
    pressed = {"ticket_number": ticket.number, "step": "no"}
    said = await partner.presses(TicketClose(), "ticket_close", **pressed)
    assert response(said) == "close_kept"
    assert response(await partner.says(Affirm(), "好")) == "go_on"
    assert await ticket_row(hotline, ticket.number) == ticket


async def test_staff_cannot_close_for_a_partner(
    hotline: Hotline, ticket: Ticket, lead: Staff
) -> None:
    with pytest.raises(Conflict):
        await handling.set_state(hotline, lead, ticket.number, "closed")


async def test_a_closed_ticket_is_opened_again_with_what_happens_now(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    partner = speaks(hotline, closed)
    assert response(await partner.says(TicketReopen(), "請重開")) == "reopen_ask"
    again = await partner.says(Unsure(), "面板紅燈，跟上次一樣")
    assert "面板紅燈" in again[0]["text"]
    row = await ticket_row(hotline, closed.number)
    assert (row.state, row.reopened, row.assignee) == ("open", 1, None)


async def test_another_colleague_is_spoken_of_only_where_somebody_had_it_and_somebody_else_is_there(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    alone = await brought_to(hotline, contact, engineer, "resolved", key="alone")
    nobodys = await opened(hotline, contact, key="nobody's")
    assert nobodys.conversation_id is not None
    await answers.close(hotline, nobodys.conversation_id, nobodys.number)
    assert await taken(hotline, alone) == await taken(hotline, nobodys) == "a_colleague"

    await add_staff(
        hotline.database,
        email="yating.xu@hotline.example",
        name="許雅婷",
        name_en="Yating Xu",
        role="engineer",
        queues=("technical",),
        password="correct horse battery",
    )
    had = await brought_to(hotline, contact, engineer, "resolved", key="had")
    nobodys = await opened(hotline, contact, key="nobody's again")
    assert nobodys.conversation_id is not None
    await answers.close(hotline, nobodys.conversation_id, nobodys.number)
    assert await taken(hotline, had) == "another"
    assert await taken(hotline, nobodys) == "a_colleague"


async def taken(hotline: Hotline, ticket: Ticket) -> str:
    """Who takes the ticket after the partner's no, by the words of every way to say it."""
    assert ticket.conversation_id is not None
    again = await answers.reopen(hotline, ticket.conversation_id, ticket.number)
    another = await goes_to_another(hotline, again)
    for language in ("zh-TW", "en"):
        takes = told.who_takes(hotline, language, another=another)
        for reason in ("", "又壞了"):
            reply = told.reopened(hotline, again, language, reason, another=another)
            assert takes in reply.text
    return "another" if another else "a_colleague"


async def test_in_the_chat_it_is_said_who_takes_what_is_opened_again(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    [said] = await speaks(hotline, closed).says(TicketReopen(), "請重開")
    assert (said["response"], said["takes"]) == ("utter_reopen_ask", "專員會接手")


async def test_what_is_open_is_not_opened_again_but_takes_the_words(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    said = await partner.says(TicketReopen(), f"{ticket.number} 又壞了 風扇不轉")
    assert said[0]["response"] == "utter_reopen_open"
    assert await notes(hotline, ticket) == [("addition", "又壞了 風扇不轉")]
    assert (await ticket_row(hotline, ticket.number)).reopened == 0


async def test_what_is_too_old_goes_on_in_a_new_ticket(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old = await brought_to(hotline, contact, engineer, "closed")
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=15))
    partner = speaks(hotline, old)
    assert response(await partner.says(TicketReopen(), f"重開 {old.number}")) == "reopen_old_ask"
    said = await partner.says(Unsure(), "又開不了機，整台沒反應")
    assert response(said) == "reopen_new"
    new = await ticket_row(hotline, said[0]["number"])
    assert (new.follows, new.intent, new.contact) == (old.number, old.intent, old.contact)
    assert new.description == "又開不了機，整台沒反應"
    assert [entry.ticket_id for entry in await journal(hotline, "ticket.follows")] == [new.id]
    assert old.conversation_id is not None
    again = await open_again(hotline, old.conversation_id, old.number, "又開不了機")
    assert again.number == new.number
    assert (await ticket_row(hotline, old.number)).state == "closed"


async def test_of_what_is_too_old_everything_said_offers_a_new_ticket_that_goes_on_from_it(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old = await brought_to(hotline, contact, engineer, "closed")
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=15))
    partner = speaks(hotline, old)
    button = f'/ticket_reopen{{"ticket_number":"{old.number}"}}'
    for language, words in (("zh-TW", "開一張新的接續它"), ("en", "a new ticket goes on from it")):
        reply = told.status(hotline, old, language)
        assert words in reply.text
        assert "14 天內" not in reply.text
        assert [one["payload"] for one in reply.buttons] == [button]
    assert told.confirmed(hotline, old, "zh-TW") == told.status(hotline, old, "zh-TW")
    plain = told.status(hotline, replace(old, resolution=None), "zh-TW")
    assert (plain.name, "接續" in plain.text) == ("status_closed_plain_old", True)
    for action, words in (
        (TicketAdd(), "補充 log 已寄出"),
        (Correct(), "電話打錯 是 0933-123-456"),
        (TicketEscalate(), "等太久了"),
    ):
        uttered = await partner.says(action, f"{old.number} {words}")
        assert response(uttered) == "closed_takes_nothing_old"
        assert uttered[0]["n"] == 14


async def test_on_the_last_day_it_may_still_be_opened_again(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=14))
    assert "14 天內可以重開" in told.status(hotline, closed, "zh-TW").text


async def test_a_no_to_what_is_too_old_by_now_asks_what_happens_or_takes_the_words_as_that(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old = await brought_to(hotline, contact, engineer, "resolved")
    partner = speaks(hotline, old)
    assert old.conversation_id is not None
    elsewhere, _greeting = await start(hotline, contact)
    await answers.confirm_solved(hotline, elsewhere.id, old.number)
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=15))
    assert response(await partner.says(Deny(), "還沒")) == "reopen_old_ask"
    said = await partner.says(Unsure(), "又開不了機，整台沒反應")
    assert response(said) == "reopen_new"
    assert (await ticket_row(hotline, said[0]["number"])).follows == old.number


# --- Rating --------------------------------------------------------------------------------------


@pytest.fixture
async def closed(hotline: Hotline, contact: Contact, engineer: Staff) -> Ticket:
    return await brought_to(hotline, contact, engineer, "closed")


async def test_a_high_score_is_noted_and_nothing_more_is_asked(
    hotline: Hotline, closed: Ticket
) -> None:
    partner = speaks(hotline, closed)
    assert response(await partner.says(Inform(), "五分")) == "rated"
    assert await rated(hotline) == [(5, "")]
    assert (await conversation_row(hotline, closed.conversation_id)).asking is None
    [entry] = await journal(hotline, "ticket.rated")
    assert (entry.actor, entry.detail["score"]) == ("partner", 5)


async def test_a_low_score_asks_for_a_word_and_keeps_it(hotline: Hotline, closed: Ticket) -> None:
    partner = speaks(hotline, closed)
    pressed = {"ticket_number": closed.number, "score": "2"}
    assert response(await partner.presses(RateService(), "rate_service", **pressed)) == "rate_why"
    assert response(await partner.says(TicketEscalate(), "回覆太慢，拖了三天")) == "rated"
    assert await rated(hotline) == [(2, "回覆太慢，拖了三天")]
    assert "拖了" not in await everything_journalled(hotline)
    assert await journal(hotline, "ticket.escalated") == []


async def test_a_later_rating_of_the_same_contact_replaces_the_earlier(
    hotline: Hotline, closed: Ticket
) -> None:
    assert closed.conversation_id is not None
    colleague, _greeting = await start(hotline, await contact_of(hotline, COLLEAGUE))
    await ratings.rate(hotline, closed.conversation_id, closed.number, 2, "慢")
    await ratings.rate(hotline, closed.conversation_id, closed.number, 4)
    await ratings.rate(hotline, colleague.id, closed.number, 1)
    assert await rated(hotline) == [(4, ""), (1, "")]
    async with hotline.database.read() as session:
        told = await ratings.ratings_of(session, closed.id)
    assert {(one.by, one.score) for one in told} == {("陳怡君", 4), ("林柏宏", 1)}


async def test_words_without_a_score_ask_for_it_and_go_with_it(
    hotline: Hotline, closed: Ticket
) -> None:
    partner = speaks(hotline, closed)
    asked = await partner.says(RateService(), "這次處理得有點慢")
    assert response(asked) == "rate_ask"
    pressed = {"ticket_number": closed.number, "score": "3"}
    assert response(await partner.presses(RateService(), "rate_service", **pressed)) == "rated"
    assert await rated(hotline) == [(3, "這次處理得有點慢")]


async def test_a_rating_may_be_skipped(hotline: Hotline, closed: Ticket) -> None:
    partner = speaks(hotline, closed)
    pressed = {"ticket_number": closed.number, "step": "skip"}
    said = await partner.presses(RateService(), "rate_service", **pressed)
    assert response(said) == "rate_skipped"
    assert await rated(hotline) == []


async def test_a_score_out_of_bounds_is_refused(hotline: Hotline, closed: Ticket) -> None:
    assert closed.conversation_id is not None
    for score in (0, 6):
        with pytest.raises(BadInput):
            await ratings.rate(hotline, closed.conversation_id, closed.number, score)


# --- Correcting ----------------------------------------------------------------------------------


@pytest.fixture
async def order(hotline: Hotline, contact: Contact) -> Ticket:
    ticket = await opened(hotline, contact, key="order", intent="admin_order")
    assert ticket.conversation_id is not None
    return await corrections.correct(
        hotline, ticket.conversation_id, ticket.number, "order_number", "SO-2026-01357"
    )


async def test_the_end_of_an_order_number_corrects_it_and_what_it_was_is_noted(
    hotline: Hotline, order: Ticket
) -> None:
    [said] = await speaks(hotline, order).says(Correct(), "訂單號碼也錯了 後面是 01375")
    assert (said["response"], said["fact"]) == ("utter_corrected_on_ticket", "訂單號碼")
    assert (said["value"], said["number"]) == ("SO-2026-01375", order.number)
    row = await ticket_row(hotline, order.number)
    assert row.facts["order_number"] == {"value": "SO-2026-01375", "status": "known"}
    assert (await notes(hotline, order))[-1] == (
        "correction",
        "訂單號碼：SO-2026-01357 → SO-2026-01375",
    )
    entry = (await journal(hotline, "ticket.corrected"))[-1]
    assert (entry.actor, entry.detail["fact"]) == ("partner", "order_number")
    assert "01375" not in await everything_journalled(hotline)


async def test_a_phone_is_corrected_by_name_and_by_its_kind(
    hotline: Hotline, order: Ticket
) -> None:
    partner = speaks(hotline, order)
    for words, phone in (
        ("電話打錯了 是 0933-123-456", "0933-123-456"),
        ("抱歉打錯 是 0922-000-111", "0922-000-111"),
    ):
        assert response(await partner.says(Correct(), words)) == "corrected_on_ticket"
        assert (await ticket_row(hotline, order.number)).fact("phone") == phone


async def test_a_phone_that_cannot_be_read_is_asked_for_again(
    hotline: Hotline, order: Ticket
) -> None:
    partner = speaks(hotline, order)
    said = await partner.says(Correct(), "電話改成 2345678")
    assert response(said) == "invalid_phone_missing_area_code"
    assert response(await partner.says(Inform(), "02-2345-6789")) == "corrected_on_ticket"
    assert (await ticket_row(hotline, order.number)).fact("phone") == "02-2345-6789"


async def test_what_is_unclear_is_asked_for_step_by_step(hotline: Hotline, order: Ticket) -> None:
    partner = speaks(hotline, order)
    asked = await partner.says(Correct(), "剛才說的錯了")
    assert response(asked) == "correct_which"
    pressed = {"ticket_number": order.number, "change": "order_number"}
    assert response(await partner.presses(Correct(), "correct", **pressed)) == "correct_to"
    assert response(await partner.says(Unsure(), "01399")) == "corrected_on_ticket"
    assert (await ticket_row(hotline, order.number)).fact("order_number") == "SO-2026-01399"


async def test_the_same_value_again_changes_nothing(hotline: Hotline, order: Ticket) -> None:
    said = await speaks(hotline, order).says(Correct(), "訂單號碼改成 SO-2026-01357")
    assert response(said) == "corrected_before"
    assert await ticket_row(hotline, order.number) == order


async def test_naming_both_values_corrects_the_fact_that_has_the_old_one(
    hotline: Hotline, order: Ticket
) -> None:
    assert order.conversation_id is not None
    await corrections.correct(
        hotline, order.conversation_id, order.number, "customer", "青田機械 台中廠"
    )
    await speaks(hotline, order).says(Correct(), "不是台中廠 是台南廠")
    assert (await ticket_row(hotline, order.number)).fact("customer") == "青田機械 台南廠"


# --- Who may -------------------------------------------------------------------------------------


async def test_nobody_follows_another_companys_ticket_up(hotline: Hotline, ticket: Ticket) -> None:
    stranger, _greeting = await start(hotline, await contact_of(hotline, OTHER_COMPANY))
    visitor, _greeting = await start(hotline, None)
    for asker in (stranger.id, visitor.id):
        for act in (
            answers.close(hotline, asker, ticket.number),
            escalation.escalate(hotline, asker, ticket.number, "急"),
            corrections.correct(hotline, asker, ticket.number, "phone", "0933-123-456"),
            ratings.rate(hotline, asker, ticket.number, 1),
            open_again(hotline, asker, ticket.number, "又壞了"),
        ):
            with pytest.raises(NotFound, match=r"^no such ticket$"):
                await act
    assert await ticket_row(hotline, ticket.number) == ticket
    assert await rated(hotline) == []


async def test_anothers_number_and_one_never_issued_get_the_same_words_for_every_wish(
    hotline: Hotline, ticket: Ticket
) -> None:
    stranger, _greeting = await start(hotline, await contact_of(hotline, OTHER_COMPANY))
    partner = Partner(hotline, stranger.id)
    for action, words in (
        (TicketEscalate(), "等太久了"),
        (TicketClose(), "結案"),
        (TicketReopen(), "重開"),
        (TicketAdd(), "補充 log 已寄出"),
        (RateService(), "5 分"),
    ):
        told = []
        for number in (ticket.number, "T26-000042-7", "T26-000001-6"):
            [said] = await partner.says(action, f"{number} {words}")
            told.append(said["text"].replace(number, "…"))
        assert len(set(told)) == 1
        assert told[0].startswith("查不到 …") or told[0].startswith("I can't find …")
    assert await ticket_row(hotline, ticket.number) == ticket


async def test_a_visitor_follows_up_the_ticket_of_this_conversation(hotline: Hotline) -> None:
    own = await opened(hotline, None)
    partner = speaks(hotline, own)
    assert response(await partner.says(TicketEscalate(), "那張等太久了")) == "escalated"
    await partner.says(TicketClose(), "那張結案")
    await partner.says(Affirm(), "對")
    await partner.says(Inform(), "4 分")
    await partner.says(RateService(), "5 分")
    assert await rated(hotline) == [(5, "")]
