"""What a partner says to a ticket: it is solved, it is not, or one more fact."""

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import find as find_conversation
from hotline.conversations.service import locked as locked_conversation
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.tickets import queries
from hotline.tickets.changes import add_note, changed, move
from hotline.tickets.ticket import Ticket, snapshot


async def confirm_solved(hotline: Hotline, conversation_id: str, number: str) -> Ticket:
    """The partner says that it is solved: the ticket closes. Saying so twice is harmless."""
    async with hotline.database.write() as session:
        row = await queries.locked(session, number)
        conversation = await _speaker(session, conversation_id, snapshot(row))
        if row.state != "closed":
            move(hotline, row, "confirm")
            await changed(session, hotline, row, "ticket.moved", "partner", move="confirm")
        conversation.asking = None
        return snapshot(row)


async def reopen(hotline: Hotline, conversation_id: str, number: str, text: str) -> Ticket:
    """The partner says that it is not solved: another colleague is to take it, by a new promise.

    The ticket reopens at once, so that nothing is lost if no further word comes; the assistant
    then asks what happens now.
    """
    async with hotline.database.write() as session:
        row = await queries.locked(session, number)
        conversation = await _speaker(session, conversation_id, snapshot(row))
        if row.state in ("resolved", "closed"):
            move(hotline, row, "reopen")
            await add_note(session, hotline, row, "reopened", text)
            await changed(session, hotline, row, "ticket.moved", "partner", move="reopen")
        conversation.asking = {"kind": "what_now", "ticket": row.number}
        conversation.last_ticket = row.number
        return snapshot(row)


async def add(hotline: Hotline, conversation_id: str, number: str, text: str) -> Ticket:
    """Write what the partner adds into the ticket, where whoever handles it sees it."""
    async with hotline.database.write() as session:
        row = await queries.locked(session, number)
        conversation = await _speaker(session, conversation_id, snapshot(row))
        await add_note(session, hotline, row, "addition", text)
        if row.state == "waiting_partner":
            move(hotline, row, "resume")
        await changed(session, hotline, row, "ticket.added_to", "partner")
        if (conversation.asking or {}).get("kind") == "what_now":
            conversation.asking = None
        return snapshot(row)


async def _speaker(session: AsyncSession, conversation_id: str, ticket: Ticket) -> ConversationRow:
    """The conversation's row, if whoever speaks there may see `ticket`; else it does not exist."""
    if not queries.may_see(await find_conversation(session, conversation_id), ticket):
        raise NotFound("no such ticket")
    return await locked_conversation(session, conversation_id)
