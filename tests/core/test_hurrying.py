"""A partner hurries a ticket: it goes to the lead with the reason, once, and may become graver."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from actions.dialogue import Affirm, Deny, Unsure
from actions.follow_up import TicketEscalate
from actions.status import TicketStatus
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.partners.service import Contact
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff
from hotline.tickets import answers, escalation, handling
from hotline.tickets.promises import counting
from hotline.tickets.ticket import Ticket
from tests.conftest import TUESDAY_MORNING
from tests.core.desk_work import brought_to, everything_journalled, journal, ticket_row
from tests.core.follow_up import Partner, notes, response, speaks


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
