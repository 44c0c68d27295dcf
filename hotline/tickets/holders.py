"""Who has a ticket: claiming it, taking it over, handing it back; and who may act on it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.conversations.seen import mark_seen
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.staff.service import Staff, require_handler
from hotline.tickets.changes import added, changed, move
from hotline.tickets.queries import locked
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot

LEAD = "lead"


async def claim(hotline: Hotline, staff: Staff, number: str) -> Ticket:
    """`staff` takes the ticket; Conflict names who has it. Claiming one's own again is harmless."""
    require_handler(staff)
    async with hotline.database.write() as session:
        row = await locked(session, number)
        if row.assignee_id == staff.id:
            return snapshot(row)
        if row.assignee is not None:
            raise Conflict("somebody else has this ticket", holder=row.assignee.name)
        move(hotline, row, "claim")
        await _give(session, row, staff)
        await changed(session, hotline, row, "ticket.claimed", f"staff:{staff.id}")
        return snapshot(row)


async def take_over(hotline: Hotline, staff: Staff, number: str) -> Ticket:
    """`staff` takes a colleague's ticket, whatever its state; the journal keeps who had it."""
    require_handler(staff)
    async with hotline.database.write() as session:
        row = await locked(session, number)
        if row.assignee_id is None:
            raise Conflict("nobody has this ticket; claim it", holder="")
        if row.assignee_id != staff.id:
            before = row.assignee_id
            row.assignee_id = staff.id
            actor = f"staff:{staff.id}"
            await changed(session, hotline, row, "ticket.taken_over", actor, before=before)
        return snapshot(row)


async def release(hotline: Hotline, staff: Staff, number: str) -> Ticket:
    """Hand the ticket back to its queue: new again, or open for another if it was worked on.

    Handing back what nobody has is harmless; what waits for an answer is resumed first.
    """
    require_handler(staff)
    async with hotline.database.write() as session:
        row = await locked(session, number)
        if row.assignee_id is None and row.state in ("new", "open"):
            return snapshot(row)
        require_may_act(row, staff)
        worked_on = row.first_responded_at is not None or row.reopened > 0
        move(hotline, row, "release" if worked_on else "unclaim")
        row.assignee_id = None
        await changed(session, hotline, row, "ticket.released", f"staff:{staff.id}")
        return snapshot(row)


def may_act(assignee_id: int | None, staff: Staff, *, free_too: bool = False) -> bool:
    """Whoever has the ticket and the lead may; with `free_too` anybody, where nobody has it."""
    if assignee_id is None:
        return free_too
    return assignee_id == staff.id or staff.role == LEAD


def require_may_act(row: TicketRow, staff: Staff, *, free_too: bool = False) -> None:
    if not may_act(row.assignee_id, staff, free_too=free_too):
        holder = row.assignee.name if row.assignee else ""
        raise Conflict("claim the ticket first", holder=holder)


async def take_if_free(
    session: AsyncSession, hotline: Hotline, row: TicketRow, staff: Staff
) -> None:
    """Whoever acts on a ticket that nobody has has it from then on, in the caller's transaction."""
    if row.assignee_id is None:
        if row.state == "new":
            move(hotline, row, "claim")
        await _give(session, row, staff)
        await added(session, hotline, row, "ticket.claimed", f"staff:{staff.id}")


async def _give(session: AsyncSession, row: TicketRow, staff: Staff) -> None:
    """What was said before is what the ticket is about, not news for who takes it."""
    row.assignee_id = staff.id
    if row.conversation_id is not None:
        last = await session.scalar(
            select(ConversationRow.last_seq).where(ConversationRow.id == row.conversation_id)
        )
        await mark_seen(session, staff.id, row.conversation_id, last or 0)
