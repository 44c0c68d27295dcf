"""Which recordings there are, the ticket that each goes with, and what staff note of them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.messages import File, file_snapshot
from hotline.conversations.rows import FileRow
from hotline.conversations.staff_texts import require_fits
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import Conflict, NotFound
from hotline.journal import write_entry
from hotline.staff.service import Staff, require_handler
from hotline.tickets import queries
from hotline.tickets.ticket import Ticket

_AT_ONCE = 20


async def without_ticket(session: AsyncSession, conversation_id: str) -> list[File]:
    """The recordings of a conversation that wait for the ticket to go with, oldest first."""
    return [file_snapshot(row) for row in await _waiting(session, conversation_id)]


async def attach(session: AsyncSession, conversation_id: str, ticket_id: int) -> None:
    """Whatever waited goes with this ticket, in the caller's transaction."""
    for row in await _waiting(session, conversation_id):
        row.ticket_id = ticket_id
    await session.flush()


async def of_tickets(
    session: AsyncSession, ids: Collection[int]
) -> dict[int, list[tuple[str, File]]]:
    """The recordings of each of these tickets with the conversation they lie in, oldest first."""
    found: dict[int, list[tuple[str, File]]] = {}
    rows = await session.scalars(
        select(FileRow)
        .where(FileRow.ticket_id.in_(ids), FileRow.seconds.is_not(None))
        .order_by(FileRow.created_at, FileRow.id)
    )
    for row in rows:
        if row.ticket_id is not None:
            found.setdefault(row.ticket_id, []).append((row.conversation_id, file_snapshot(row)))
    return found


async def note_words(
    hotline: Hotline,
    staff: Staff,
    number: str,
    file_id: str,
    text: str,
    *,
    seen: datetime | None,
) -> File:
    """Keep beside a recording of the ticket what is said in it; empty takes it away again.

    `seen` is when the words were written that `staff` had before them: Conflict with who wrote the
    ones that stand there now, if those are others. NotFound for what is no recording of that
    ticket, nor of one that was merged into it.
    """
    require_handler(staff)
    require_fits(text)
    async with hotline.database.write() as session:
        ticket = await queries.find(session, number)
        row = await locked_row(session, FileRow, FileRow.id == file_id)
        if row is None or row.seconds is None or not await _belongs(session, row, ticket):
            raise NotFound("no such recording")
        if (row.words or "") == text.strip():
            return file_snapshot(row)
        if row.words_at != seen:
            by = row.words_by.name if row.words_by else ""
            raise Conflict("somebody has written it down meanwhile", holder=by)
        row.words, row.words_by_id = text.strip() or None, staff.id
        row.words_at, row.ticket_id = hotline.now(), row.ticket_id or ticket.id
        await write_entry(
            session,
            row.words_at,
            "recording.noted",
            f"staff:{staff.id}",
            conversation_id=row.conversation_id,
            ticket_id=ticket.id,
            file=row.id,
        )
        await session.flush()
        await session.refresh(row)
        return file_snapshot(row)


async def _belongs(session: AsyncSession, row: FileRow, ticket: Ticket) -> bool:
    merged = await queries.merged_into(session, ticket.id)
    conversations = {one.conversation_id for one in (ticket, *merged)}
    return row.conversation_id in conversations


async def _waiting(session: AsyncSession, conversation_id: str) -> Sequence[FileRow]:
    rows = await session.scalars(
        select(FileRow)
        .where(
            FileRow.conversation_id == conversation_id,
            FileRow.seconds.is_not(None),
            FileRow.ticket_id.is_(None),
        )
        .order_by(FileRow.created_at, FileRow.id)
        .limit(_AT_ONCE)
    )
    return list(rows)
