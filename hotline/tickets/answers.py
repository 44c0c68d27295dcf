"""What a partner says to a ticket: it is solved, it is not, it is done with, or one more fact."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.attempts import journalling
from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import find as find_conversation
from hotline.conversations.service import locked as locked_conversation
from hotline.conversations.service import stop_asking
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.tickets import clocks, queries
from hotline.tickets.asking import put
from hotline.tickets.changes import add_note, changed, move
from hotline.tickets.complaints import complain_if_twice
from hotline.tickets.reopening import is_too_old
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot


async def confirm_solved(hotline: Hotline, conversation_id: str, number: str) -> Ticket:
    """The partner says that it is solved: a ticket that was resolved closes, and a score is asked.

    Otherwise it stays as it is, and the ticket given back says so.
    """
    async with spoken_to(hotline, conversation_id, number, "confirm") as (
        session,
        row,
        conversation,
    ):
        stop_asking(conversation, row.number)
        if row.state == "resolved":
            await _closed_by(session, hotline, row, conversation, "confirm")
        return snapshot(row)


async def close(hotline: Hotline, conversation_id: str, number: str, reason: str = "") -> Ticket:
    """The partner is done with it, whatever state it is in: closed, with why if they say so.

    One that is closed already stays as it is.
    """
    async with spoken_to(hotline, conversation_id, number, "close") as (session, row, conversation):
        stop_asking(conversation, row.number)
        if row.state != "closed":
            if reason:
                await add_note(
                    session, hotline, row, "addition", reason, contact_id=conversation.contact_id
                )
            name = "confirm" if row.state == "resolved" else "close"
            await _closed_by(session, hotline, row, conversation, name)
        return snapshot(row)


async def reopen(hotline: Hotline, conversation_id: str, number: str, reason: str = "") -> Ticket:
    """The partner says that it is not solved: a colleague is to take it, by a new promise.

    The ticket reopens at once, so that nothing is lost if no `reason` follows; the next thing
    said is then taken as one. One that is open already only gets the reason. Conflict with the
    reason too_old for a ticket that was closed too long ago.
    """
    async with spoken_to(hotline, conversation_id, number, "reopen") as (
        session,
        row,
        conversation,
    ):
        if row.state in ("resolved", "closed"):
            _refuse_too_old(hotline, row)
            before = row.assignee_id
            move(hotline, row, "reopen")
            await changed(
                session, hotline, row, "ticket.moved", "partner", move="reopen", before=before
            )
            await complain_if_twice(session, hotline, row)
        if reason:
            await add_note(
                session, hotline, row, "reopened", reason, contact_id=conversation.contact_id
            )
        conversation.asking = None if reason else {"kind": "what_now", "ticket": row.number}
        conversation.last_ticket = row.number
        return snapshot(row)


async def add(hotline: Hotline, conversation_id: str, number: str, text: str) -> Ticket:
    """Write what the partner adds into the ticket, where whoever handles it sees it.

    A ticket that waited for the partner goes on. Conflict if it is closed.
    """
    async with spoken_to(hotline, conversation_id, number, "add") as (session, row, conversation):
        await add_in(session, hotline, row, text, conversation.contact_id)
        stop_asking(conversation, row.number)
        conversation.last_ticket = row.number
        return snapshot(row)


async def add_in(
    session: AsyncSession, hotline: Hotline, row: TicketRow, text: str, contact_id: int | None
) -> None:
    """The same in the caller's transaction, which has the ticket locked; however it was said."""
    if row.state == "closed":
        raise Conflict("a closed ticket takes nothing more", state=row.state)
    await add_note(session, hotline, row, "addition", text, contact_id=contact_id)
    if row.state == "waiting_partner":
        move(hotline, row, "resume")
    clocks.partner_spoke(hotline, row, hotline.now())
    await changed(session, hotline, row, "ticket.added_to", "partner")


async def spoken_of(hotline: Hotline, conversation_id: str, ticket: Ticket) -> None:
    """「那張」 is `ticket` from now on; if it is resolved, the question is whether that is so."""
    async with hotline.database.write() as session:
        row = await locked_conversation(session, conversation_id)
        row.last_ticket = ticket.number
        if ticket.state == "resolved":
            row.asking = {"kind": "solved", "ticket": ticket.number}


@asynccontextmanager
async def spoken_to(
    hotline: Hotline, conversation_id: str, number: str, tried: str
) -> AsyncIterator[tuple[AsyncSession, TicketRow, ConversationRow]]:
    """The ticket to change and the conversation, locked, in a transaction that ends with the block.

    NotFound if whoever speaks there may not see the ticket; that it was `tried` is journalled.
    """
    async with (
        journalling(hotline, tried, guessable=True),
        hotline.database.write() as session,
    ):
        asker = await find_conversation(session, conversation_id)
        ticket = await queries.find(session, number)
        queries.require_seen(hotline, asker, ticket)
        kept = await queries.kept_of(session, ticket)  # what is said to a merged one is said to it
        row = await queries.locked(session, kept.number)
        queries.require_seen(hotline, asker, snapshot(row))
        yield session, row, await locked_conversation(session, conversation_id)


def _refuse_too_old(hotline: Hotline, row: TicketRow) -> None:
    if is_too_old(hotline, row.closed_at):
        days = hotline.settings.reopen_days
        raise Conflict("closed too long ago", reason="too_old", days=days)


async def _closed_by(
    session: AsyncSession,
    hotline: Hotline,
    row: TicketRow,
    conversation: ConversationRow,
    name: str,
) -> None:
    move(hotline, row, name)
    await changed(session, hotline, row, "ticket.moved", "partner", move=name)
    conversation.last_ticket = row.number
    await put(session, conversation, "rate", ticket=row.number)
