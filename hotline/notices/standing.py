"""Whether what a notice is about still holds when it is to go."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.deliveries import DeliveryRow
from hotline.escalations.rows import EscalationRow
from hotline.journal import EntryRow
from hotline.notices import kinds
from hotline.tickets.moves import DONE_STATES
from hotline.tickets.rows import TicketRow

RAISED = (kinds.RAISED, kinds.COMPLAINT, kinds.ON_CALL)


async def still_holds(session: AsyncSession, row: DeliveryRow) -> bool:
    if row.ticket_id is None:
        return True
    ticket = await session.get(TicketRow, row.ticket_id)
    if ticket is None:
        return False
    since = row.created_at
    if row.kind in (kinds.SOLVED, kinds.REMIND_SOLVED):
        is_the_same = ticket.state == "resolved" and (ticket.resolved_at or since) <= since
        return is_the_same and not await _is_reminded_of(session, row)
    if row.kind == kinds.REMIND_WAITING:
        return ticket.state == "waiting_partner" and (ticket.waiting_since or since) <= since
    if row.kind in (kinds.LAPSED_SOLVED, kinds.LAPSED_WAITING):
        return ticket.state == "closed" and (ticket.closed_at or since) <= since
    if row.kind in (kinds.MOVED, kinds.LATE):
        return ticket.state not in DONE_STATES
    if row.kind == kinds.ASSIGNED:
        is_theirs = row.receiver == f"staff:{ticket.assignee_id}"
        return is_theirs and ticket.state not in DONE_STATES
    if row.kind == kinds.WARNING:
        return ticket.state in ("new", "open") and await _is_open(session, row)
    if row.kind in RAISED:
        return ticket.state not in DONE_STATES and await _is_open(session, row)
    return True


async def escalation_of(session: AsyncSession, row: DeliveryRow) -> EscalationRow | None:
    """The escalation that the notice tells of, if it tells of one."""
    entry = await session.get(EntryRow, row.entry_id)
    number = entry.detail.get("escalation") if entry else None
    return await session.get(EscalationRow, number) if number else None


async def _is_reminded_of(session: AsyncSession, row: DeliveryRow) -> bool:
    """Whether a later letter asks the same, as after a night without a mail server."""
    found = await session.scalar(
        select(DeliveryRow.id)
        .where(
            DeliveryRow.ticket_id == row.ticket_id,
            DeliveryRow.receiver == row.receiver,
            DeliveryRow.kind == kinds.REMIND_SOLVED,
            DeliveryRow.entry_id > row.entry_id,
        )
        .limit(1)
    )
    return found is not None


async def _is_open(session: AsyncSession, row: DeliveryRow) -> bool:
    """Nobody has taken notice; of a warning by the ticket itself: the promise is the same still."""
    escalation = await escalation_of(session, row)
    if escalation is not None:
        return escalation.acknowledged_at is None
    return True
