"""What the tests of the core do again and again: open, bring to a state, read back."""

import json
from typing import Any

from sqlalchemy import select

from hotline import looking
from hotline.conversations import messages
from hotline.conversations.messages import Message
from hotline.conversations.service import Conversation, find, start
from hotline.conversations.turns import Incoming, Received, receive
from hotline.core import Hotline
from hotline.journal import Entry, EntryRow, entries_after
from hotline.looking import Look
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, queries
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket

WORDS = "Power 主機開不了機"


async def opened(
    hotline: Hotline,
    contact: Contact | None,
    *,
    key: str = "k1",
    intent: str = "technical_hardware",
    severity: int = 3,
) -> Ticket:
    """A new ticket in a conversation of its own."""
    conversation, _greeting = await start(hotline, contact)
    return await open_ticket(hotline, conversation.id, NewTicket(key, intent, WORDS, severity))


async def brought_to(
    hotline: Hotline, contact: Contact | None, staff: Staff, state: str, *, key: str = "k1"
) -> Ticket:
    """A ticket of `staff` in `state`, by the moves that lead there."""
    ticket = await opened(hotline, contact, key=key)
    if state == "new":
        return ticket
    ticket = await handling.claim(hotline, staff, ticket.number)
    if state in ("resolved", "closed"):
        ticket = await handling.set_state(hotline, staff, ticket.number, "resolved", text="換電源")
    elif state != "open":
        ticket = await handling.set_state(hotline, staff, ticket.number, state, text="請稍候")
    if state == "closed":
        assert ticket.conversation_id is not None
        ticket = await answers.confirm_solved(hotline, ticket.conversation_id, ticket.number)
    assert ticket.state == state
    return ticket


async def says(hotline: Hotline, conversation_id: str, text: str, client_id: str) -> Received:
    return await receive(hotline, conversation_id, Incoming(client_id, text))


async def look_at(hotline: Hotline, look: Look) -> None:
    async with hotline.database.read() as session:
        await looking.note(session, hotline, look)


async def ticket_row(hotline: Hotline, number: str) -> Ticket:
    async with hotline.database.read() as session:
        return await queries.find(session, number)


async def conversation_row(hotline: Hotline, conversation_id: str | None) -> Conversation:
    assert conversation_id is not None
    async with hotline.database.read() as session:
        return await find(session, conversation_id)


async def said(hotline: Hotline, conversation_id: str | None, after: int = 0) -> list[Message]:
    assert conversation_id is not None
    async with hotline.database.read() as session:
        return await messages.messages_after(session, conversation_id, after, limit=5000)


async def journal(hotline: Hotline, *kinds: str) -> list[Entry]:
    """The journal's entries of these kinds (all, without any), oldest first."""
    async with hotline.database.read() as session:
        entries = await entries_after(session, 0, limit=5000)
    return [entry for entry in entries if not kinds or entry.kind in kinds]


async def everything_journalled(hotline: Hotline) -> str:
    """All that the journal knows, as one text."""
    async with hotline.database.read() as session:
        rows: list[Any] = list(await session.scalars(select(EntryRow).order_by(EntryRow.id)))
    return "\n".join(
        json.dumps([row.kind, row.actor, row.detail], ensure_ascii=False) for row in rows
    )


async def notes_on(hotline: Hotline, ticket: Ticket) -> list[str]:
    """What stands written on the ticket, oldest first."""
    async with hotline.database.read() as session:
        return [note.text for note in await queries.notes_of(session, ticket.id)]
