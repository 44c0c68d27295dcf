"""The line through the core, without engine or web."""

from datetime import datetime

from hotline.conversations import messages
from hotline.conversations.service import find as find_conversation
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling
from hotline.tickets.opening import NewTicket, open_ticket


async def test_a_ticket_is_opened_claimed_answered_resolved_and_reopened(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    conversation, _greeting = await start(hotline, contact)
    request = NewTicket("k1", "technical_hardware", "Power 主機開不了機", 1, ("開不了機",))
    ticket = await open_ticket(hotline, conversation.id, request)
    assert (ticket.number, ticket.queue, ticket.state) == ("T26-000001-5", "technical", "new")
    assert ticket.first_response_due == datetime.fromisoformat("2026-12-01T10:45:00+08:00")

    claimed = await handling.claim(hotline, engineer, ticket.number)
    assert (claimed.state, claimed.assignee) == ("open", engineer)
    await handling.reply(hotline, engineer, ticket.number, "麻煩拍一張電源模組的燈號")
    resolved = await handling.set_state(
        hotline, engineer, ticket.number, "resolved", text="更換電源模組"
    )
    assert resolved.state == "resolved"

    async with hotline.database.read() as session:
        said = await messages.messages_after(session, conversation.id, 1)
        asked = (await find_conversation(session, conversation.id)).asking
    assert [message.sender for message in said] == ["staff", "bot"]
    assert "更換電源模組" in said[1].text
    assert [button["payload"] for button in said[1].buttons] == [
        f"desk:solved:{ticket.number}",
        f"desk:unsolved:{ticket.number}",
    ]
    assert asked == {"kind": "solved", "ticket": ticket.number}

    reopened = await answers.reopen(hotline, conversation.id, ticket.number, "還沒")
    assert (reopened.state, reopened.assignee, reopened.reopened) == ("open", None, 1)
