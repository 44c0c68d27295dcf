"""Whose a message is, as staff say: a contact's, a visitor's, or junk, which can be undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import locked as locked_conversation
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import Conflict, NotFound
from hotline.intake.rows import ASIDE, JUNK, LINKED, UNMATCHED, VISITOR, IntakeMessageRow
from hotline.journal import write_entry
from hotline.partners.rows import ContactRow
from hotline.staff.service import Staff, require_handler
from hotline.tickets import clocks, queries
from hotline.tickets.audience import audience_of
from hotline.tickets.changes import changed, move
from hotline.tickets.holders import require_may_act
from hotline.tickets.kinds import KINDS
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket
from hotline.tickets.ticket import snapshot as ticket_snapshot

_AT_ONCE = 50
_OUTAGE = "technical_hardware"


@dataclass(frozen=True)
class Incoming:
    """A message from elsewhere; `ticket` is what it opened, None of one that opened nothing."""

    id: int
    source: str
    caller: str
    phone: str
    email: str
    subject: str
    verified: bool | None
    received_at: datetime
    state: str
    reason: str
    contact_id: int | None
    audio_id: str | None
    audio_seconds: float | None
    settled_by: int | None
    ticket: Ticket | None


async def waiting(session: AsyncSession, limit: int = _AT_ONCE) -> list[Incoming]:
    """Those of whom nobody has said yet who it is, the oldest first."""
    return await _listed(session, (UNMATCHED,), limit, newest_first=False)


async def count_waiting(session: AsyncSession) -> int:
    counted = select(func.count()).where(IntakeMessageRow.state == UNMATCHED)
    return await session.scalar(counted) or 0


async def settled(session: AsyncSession, limit: int = 20) -> list[Incoming]:
    """Those of whom staff have said it, the last one first."""
    return await _listed(session, (LINKED, VISITOR, JUNK), limit, newest_first=True)


async def set_aside(session: AsyncSession, limit: int = _AT_ONCE) -> list[Incoming]:
    """Mails that opened nothing, the newest first."""
    return await _listed(session, (ASIDE,), limit, newest_first=True)


async def count_aside(session: AsyncSession, since: datetime) -> dict[str, int]:
    """How many mails opened nothing since then, by why."""
    rows = await session.execute(
        select(IntakeMessageRow.reason, func.count())
        .where(IntakeMessageRow.state == ASIDE, IntakeMessageRow.created_at >= since)
        .group_by(IntakeMessageRow.reason)
        .order_by(IntakeMessageRow.reason)
    )
    return {reason: count for reason, count in rows}


async def of_ticket(session: AsyncSession, ticket_id: int, limit: int = 20) -> list[Incoming]:
    """What came from elsewhere to this ticket, the first one first."""
    rows = await session.execute(
        select(IntakeMessageRow, TicketRow)
        .join(TicketRow, TicketRow.id == IntakeMessageRow.ticket_id)
        .where(IntakeMessageRow.ticket_id == ticket_id)
        .order_by(IntakeMessageRow.id)
        .limit(limit)
    )
    return [_snapshot(row, ticket) for row, ticket in rows]


async def link(hotline: Hotline, staff: Staff, message_id: int, contact_id: int) -> Ticket:
    """It is this contact's: so are the ticket and its conversation, and what is due is counted by
    the company's tier. NotFound for no such contact; Conflict for junk and what opened nothing.
    """
    require_handler(staff)
    async with hotline.database.write() as session:
        row, ticket = await _locked(session, message_id)
        if row.state == JUNK:
            raise Conflict("this message is junk", reason="junk")
        contact = await session.get(ContactRow, contact_id)
        if contact is None or contact.erased_at is not None:
            raise NotFound("no such contact")
        ticket.contact_id, ticket.partner_id = contact.id, contact.partner_id
        ticket.contact, ticket.identity_verified = contact, True
        served = KINDS[_OUTAGE if ticket.queue == "technical" else ticket.intent]
        ticket.audience = audience_of(served, ticket.severity, contact.partner.status)
        clocks.count_anew(hotline, ticket)
        if ticket.conversation_id is not None:
            conversation = await locked_conversation(session, ticket.conversation_id)
            conversation.contact_id = contact.id
        row.contact_id = contact.id
        _settle(hotline, row, LINKED, staff)
        actor = f"staff:{staff.id}"
        await changed(session, hotline, ticket, "ticket.identified", actor, contact=contact.id)
        return ticket_snapshot(ticket)


async def leave_as_visitor(hotline: Hotline, staff: Staff, message_id: int) -> Ticket:
    """It is nobody's contact; the ticket goes on as a visitor's."""
    require_handler(staff)
    async with hotline.database.write() as session:
        row, ticket = await _locked(session, message_id)
        if row.state not in (UNMATCHED, VISITOR):
            raise Conflict("somebody was first", reason="settled", state=row.state)
        _settle(hotline, row, VISITOR, staff)
        await _journalled(session, hotline, row, ticket, staff)
        return ticket_snapshot(ticket)


async def throw_away(hotline: Hotline, staff: Staff, message_id: int) -> Ticket:
    """It is junk: its ticket is closed and nobody is called back. Conflict if somebody else has
    the ticket."""
    require_handler(staff)
    async with hotline.database.write() as session:
        row, ticket = await _locked(session, message_id)
        if row.state == JUNK:
            return ticket_snapshot(ticket)
        require_may_act(ticket, staff, free_too=True)
        row.before, row.ticket_before = row.state, ticket.state
        row.callback_before = ticket.callback
        if ticket.callback is not None:
            ticket.callback = "settled"
        _settle(hotline, row, JUNK, staff)
        await _journalled(session, hotline, row, ticket, staff)
        if ticket.state != "closed":
            move(hotline, ticket, "close")
            actor = f"staff:{staff.id}"
            await changed(session, hotline, ticket, "ticket.moved", actor, move="close")
        return ticket_snapshot(ticket)


async def undo(hotline: Hotline, staff: Staff, message_id: int) -> Ticket:
    """It is no junk after all: all is as it was, and the time between does not count."""
    require_handler(staff)
    async with hotline.database.write() as session:
        row, ticket = await _locked(session, message_id)
        if row.state != JUNK or row.before is None or row.ticket_before is None:
            raise Conflict("this message is no junk", reason="not_junk")
        before, since = row.ticket_before, row.settled_at
        row.state = row.before
        if ticket.state == "closed" and before != "closed":  # else it was opened again meanwhile
            ticket.state, ticket.closed_at = before, None
            ticket.callback = row.callback_before
            if before in ("new", "open") and since is not None:
                clocks.left_out(hotline, ticket, since, hotline.now())
            actor = f"staff:{staff.id}"
            await changed(session, hotline, ticket, "ticket.moved", actor, move="restore")
        row.before = row.ticket_before = row.callback_before = None
        row.settled_at = row.settled_by = None
        await _journalled(session, hotline, row, ticket, staff)
        return ticket_snapshot(ticket)


def _settle(hotline: Hotline, row: IntakeMessageRow, state: str, staff: Staff) -> None:
    row.state, row.settled_at, row.settled_by = state, hotline.now(), staff.id


async def _journalled(
    session: AsyncSession, hotline: Hotline, row: IntakeMessageRow, ticket: TicketRow, staff: Staff
) -> None:
    await write_entry(
        session,
        hotline.now(),
        "intake.settled",
        f"staff:{staff.id}",
        conversation_id=ticket.conversation_id,
        ticket_id=ticket.id,
        message=row.id,
        state=row.state,
    )


async def _locked(session: AsyncSession, message_id: int) -> tuple[IntakeMessageRow, TicketRow]:
    """The message and its ticket to change; NotFound for one that there is not, or that opened
    nothing."""
    row = await locked_row(session, IntakeMessageRow, IntakeMessageRow.id == message_id)
    ticket = await queries.locked_by_id(session, row.ticket_id) if row and row.ticket_id else None
    if row is None or ticket is None:
        raise NotFound("no such message")
    return row, ticket


async def _listed(
    session: AsyncSession, states: tuple[str, ...], limit: int, *, newest_first: bool
) -> list[Incoming]:
    order: list[Any] = [IntakeMessageRow.id]
    if newest_first:
        # Nothing settles a mail that opened nothing: those are in the order in which they came.
        order = [IntakeMessageRow.settled_at.desc(), IntakeMessageRow.id.desc()]
    rows = await session.execute(
        select(IntakeMessageRow, TicketRow)
        .outerjoin(TicketRow, TicketRow.id == IntakeMessageRow.ticket_id)
        .where(IntakeMessageRow.state.in_(states))
        .order_by(*order)
        .limit(limit)
    )
    return [_snapshot(row, ticket) for row, ticket in rows]


def _snapshot(row: IntakeMessageRow, ticket: TicketRow | None) -> Incoming:
    return Incoming(
        id=row.id,
        source=row.source,
        caller=row.caller,
        phone=row.phone,
        email=row.email,
        subject=row.subject,
        verified=row.verified,
        received_at=row.received_at,
        state=row.state,
        reason=row.reason,
        contact_id=row.contact_id,
        audio_id=row.audio_id,
        audio_seconds=row.audio_seconds,
        settled_by=row.settled_by,
        ticket=ticket_snapshot(ticket) if ticket else None,
    )
