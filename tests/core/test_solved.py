"""After the resolution the chat asks "solved?", and the partner's yes or no is acted upon."""

from datetime import timedelta
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import HotlineAction, Turn
from actions.dialogue import Affirm, Deny
from hotline.core import Hotline
from hotline.errors import Conflict, NotFound
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, queries
from hotline.tickets.ticket import Ticket
from tests.conftest import OTHER_COMPANY, TUESDAY_MORNING, contact_of
from tests.core.desk_work import brought_to, conversation_row, journal, opened, said, ticket_row


async def act(hotline: Hotline, ticket: Ticket, action: HotlineAction, text: str) -> dict[str, Any]:
    """Let the action answer `text` in the ticket's conversation; what it utters."""
    conversation = await conversation_row(hotline, ticket.conversation_id)
    dispatcher = CollectingDispatcher()
    tracker = Tracker("sender", {}, {"text": text}, [], False, None, {}, None)
    await action.act(Turn(hotline, conversation, tracker, dispatcher, tracker.latest_message))
    return dict(dispatcher.messages[0])


async def notes(hotline: Hotline, ticket: Ticket) -> list[str]:
    async with hotline.database.read() as session:
        return [note.text for note in await queries.notes_of(session, ticket.id)]


@pytest.fixture
async def resolved(hotline: Hotline, contact: Contact, engineer: Staff) -> Ticket:
    return await brought_to(hotline, contact, engineer, "resolved")


async def test_resolving_asks_the_partner_whether_it_is_solved(
    hotline: Hotline, resolved: Ticket, engineer: Staff
) -> None:
    [asked] = await said(hotline, resolved.conversation_id, after=1)
    assert asked.sender == "bot"
    assert all(word in asked.text for word in (resolved.number, engineer.name, "換電源"))
    assert [button["payload"] for button in asked.buttons] == [
        f"desk:solved:{resolved.number}",
        f"desk:unsolved:{resolved.number}",
    ]
    conversation = await conversation_row(hotline, resolved.conversation_id)
    assert conversation.asking == {"kind": "solved", "ticket": resolved.number}
    assert resolved.resolution == "換電源"
    assert None not in (resolved.resolved_at, resolved.first_responded_at)


async def test_yes_closes_the_ticket(hotline: Hotline, resolved: Ticket) -> None:
    uttered = await act(hotline, resolved, Affirm(), "解決了")
    assert uttered["text"] == hotline.replies.text("closed", "zh-TW", number=resolved.number, n=14)
    row = await ticket_row(hotline, resolved.number)
    assert (row.state, row.closed_at is None) == ("closed", False)
    asking = (await conversation_row(hotline, resolved.conversation_id)).asking
    assert asking == {"kind": "rate", "ticket": resolved.number, "seq": 0}
    told = (await journal(hotline, "ticket.moved"))[-1]
    assert (told.actor, told.detail["move"]) == ("partner", "confirm")


async def test_no_reopens_it_for_another_colleague_with_a_new_promise(
    hotline: Hotline, resolved: Ticket
) -> None:
    uttered = await act(hotline, resolved, Deny(), "還沒")
    assert uttered["text"].startswith(f"還沒解決，{resolved.number} 已重開")
    row = await ticket_row(hotline, resolved.number)
    assert (row.state, row.assignee, row.reopened) == ("open", None, 1)
    assert row.resolved_at is row.closed_at is row.first_responded_at is None
    assert row.reopened_at is not None
    assert row.first_response_due == hotline.calendar.due(row.reopened_at, 240).due_at
    conversation = await conversation_row(hotline, resolved.conversation_id)
    assert conversation.asking == {"kind": "what_now", "ticket": resolved.number}
    told = (await journal(hotline, "ticket.moved"))[-1]
    assert (told.actor, told.detail["move"]) == ("partner", "reopen")


async def test_no_with_a_reason_reopens_it_and_keeps_the_reason(
    hotline: Hotline, resolved: Ticket
) -> None:
    uttered = await act(hotline, resolved, Deny(), "還沒，風扇又停了")
    assert "原因寫「還沒，風扇又停了」" in uttered["text"]
    assert await notes(hotline, resolved) == ["換電源", "還沒，風扇又停了"]
    assert (await ticket_row(hotline, resolved.number)).state == "open"
    assert (await conversation_row(hotline, resolved.conversation_id)).asking is None


async def test_a_bare_no_writes_nothing_into_the_ticket(hotline: Hotline, resolved: Ticket) -> None:
    await act(hotline, resolved, Deny(), "還沒")
    assert await notes(hotline, resolved) == ["換電源"]


async def test_a_closed_ticket_takes_nothing_more(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    assert closed.conversation_id is not None
    with pytest.raises(Conflict):
        await answers.add(hotline, closed.conversation_id, closed.number, "0933-123-456")
    assert await ticket_row(hotline, closed.number) == closed


async def test_a_ticket_closed_too_long_ago_does_not_reopen(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    assert closed.conversation_id is not None
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=15))
    with pytest.raises(Conflict) as refused:
        await answers.reopen(hotline, closed.conversation_id, closed.number, "又壞了")
    assert refused.value.fields == {"reason": "too_old", "days": 14}
    assert await ticket_row(hotline, closed.number) == closed


async def test_yes_to_a_ticket_that_staff_reopened_tells_how_it_stands(
    hotline: Hotline, resolved: Ticket, lead: Staff
) -> None:
    await handling.set_state(hotline, lead, resolved.number, "open")
    uttered = await act(hotline, resolved, Affirm(), "解決了")
    assert "這一步沒有辦成" not in str(uttered)
    assert (await ticket_row(hotline, resolved.number)).state == "open"


async def test_saying_no_twice_reopens_once(hotline: Hotline, resolved: Ticket) -> None:
    assert resolved.conversation_id is not None
    for _ in range(2):
        row = await answers.reopen(hotline, resolved.conversation_id, resolved.number, "還沒")
    assert (row.state, row.reopened) == ("open", 1)
    assert len(await journal(hotline, "ticket.moved")) == 2


async def test_a_closed_ticket_reopens_when_the_partner_says_no_later(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    assert closed.conversation_id is not None
    row = await answers.reopen(hotline, closed.conversation_id, closed.number, "又壞了")
    assert (row.state, row.closed_at, row.reopened) == ("open", None, 1)


async def test_yes_without_a_question_changes_nothing(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    known = await journal(hotline)
    for action in (Affirm(), Deny()):
        assert (await act(hotline, ticket, action, "好"))["response"] == "utter_go_on"
    assert await ticket_row(hotline, ticket.number) == ticket
    assert await journal(hotline) == known


async def test_nobody_answers_for_another_company(
    hotline: Hotline, resolved: Ticket, engineer: Staff
) -> None:
    stranger = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="foreign")
    assert stranger.conversation_id is not None
    for answer in (
        answers.confirm_solved(hotline, stranger.conversation_id, resolved.number),
        answers.reopen(hotline, stranger.conversation_id, resolved.number, "還沒"),
        answers.add(hotline, stranger.conversation_id, resolved.number, "序號"),
    ):
        with pytest.raises(NotFound, match=r"^no such ticket$"):
            await answer
    assert await ticket_row(hotline, resolved.number) == resolved


async def test_what_the_partner_adds_while_awaited_sets_the_clock_going_again(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    waiting = await brought_to(hotline, contact, engineer, "waiting_partner")
    assert waiting.conversation_id is not None
    row = await answers.add(hotline, waiting.conversation_id, waiting.number, "序號 78A1234")
    assert (row.state, row.assignee, row.waiting_since) == ("open", engineer, None)
    await handling.claim(hotline, engineer, row.number)
    assert [entry.detail["state"] for entry in await journal(hotline, "ticket.added_to")] == [
        "open"
    ]
