"""Calls back: who waits for one, from when, and what came of it.

Nobody is taken off the list but by an outcome: reached, or no call needed any more. A ticket that
was resolved or closed in between stays on it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calls.log import Call, snapshot
from hotline.calls.rows import AGAIN, NO_ANSWER, NOT_NEEDED, OUT, REACHED, CallRow
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict
from hotline.staff.service import Staff
from hotline.tickets import clocks
from hotline.tickets.callbacks import span_of
from hotline.tickets.changes import add_note, changed
from hotline.tickets.holders import LEAD, require_may_act, take_if_free
from hotline.tickets.moves import DONE_STATES
from hotline.tickets.queries import locked
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket
from hotline.tickets.ticket import snapshot as ticket_snapshot

DUE, SETTLED = "due", "settled"
OUTCOMES = (REACHED, NO_ANSWER, AGAIN, NOT_NEEDED)
_AT_ONCE = 200
_FURTHEST = timedelta(days=31)


@dataclass(frozen=True)
class Back:
    """A call that is waited for: from when (and until when, where a time was said), how often it
    was tried."""

    ticket: Ticket
    begins_at: datetime
    ends_at: datetime | None
    tries: int

    def is_due(self, now: datetime) -> bool:
        return self.begins_at <= now


async def waiting(session: AsyncSession, hotline: Hotline) -> list[Back]:
    """Everybody who waits for a call, the one first that is due first."""
    tickets = await session.scalars(
        select(TicketRow)
        .where(TicketRow.callback == DUE)
        .order_by(TicketRow.opened_at, TicketRow.id)
        .limit(_AT_ONCE)
    )
    found = [ticket_snapshot(row) for row in tickets]
    tries = await _tries(session, {ticket.id for ticket in found})
    backs = [_back(hotline, ticket, tries.get(ticket.id, 0)) for ticket in found]
    return sorted(backs, key=lambda back: (back.begins_at, back.ticket.id))


async def back_of(session: AsyncSession, hotline: Hotline, ticket: Ticket) -> Back | None:
    """The call that this ticket waits for, if it waits for one."""
    if ticket.callback != DUE:
        return None
    tries = await _tries(session, {ticket.id})
    return _back(hotline, ticket, tries.get(ticket.id, 0))


def counted() -> Select[Any]:
    """The question how many wait for a call, due or not."""
    return select(func.count()).select_from(TicketRow).where(TicketRow.callback == DUE)


async def count_due(session: AsyncSession, hotline: Hotline) -> int:
    """How many of them are to be called by now."""
    rows = await session.execute(
        select(TicketRow.opened_at, TicketRow.callback_at, TicketRow.facts)
        .where(TicketRow.callback == DUE)
        .limit(_AT_ONCE)
    )
    now = hotline.now()
    return sum(
        _span(hotline, opened_at, agreed_at, str(facts.get("needed_by", {}).get("value") or ""))[0]
        <= now
        for opened_at, agreed_at, facts in rows
    )


async def note_outcome(
    hotline: Hotline,
    staff: Staff,
    number: str,
    outcome: str,
    client_id: str,
    *,
    words: str = "",
    again_at: datetime | None = None,
) -> Call:
    """Note what came of calling back. Who reached the partner has given an answer.

    `words` become a note for colleagues. Conflict if nobody waits for a call any more, or somebody
    else has the ticket; BadInput for a time that has gone or at which nobody is there.
    """
    if outcome not in OUTCOMES:
        raise BadInput("there is no such outcome", field="outcome", reason="outcome")
    if outcome == AGAIN:
        _require_open(hotline, again_at)
    now, actor = hotline.now(), f"staff:{staff.id}"
    async with hotline.database.write() as session:
        row = await locked(session, number)
        again = await session.scalar(select(CallRow).where(CallRow.client_id == client_id))
        if again is not None:
            return snapshot(again)
        if row.callback != DUE and not waits_since_the_night(row):
            raise Conflict("nobody waits for a call", reason="settled")
        require_may_act(row, staff, free_too=True)
        if outcome == REACHED and row.state not in DONE_STATES:
            await take_if_free(session, hotline, row, staff)
            clocks.answered(row, now, by_lead=staff.role == LEAD)
        row.callback = SETTLED if outcome in (REACHED, NOT_NEEDED) else DUE
        row.callback_at = again_at if outcome == AGAIN else None
        if said := words.strip():
            await add_note(session, hotline, row, "note", said, staff_id=staff.id)
        call = _call_of(row, staff, outcome, client_id, now)
        session.add(call)
        await session.flush()
        kind = "ticket.reached" if outcome == REACHED else "ticket.called"
        await changed(session, hotline, row, kind, actor, call=call.id, outcome=outcome)
        await session.refresh(call)
        return snapshot(call)


def waits_since_the_night(row: TicketRow) -> bool:
    """Whether it came in while closed and nobody has seen to it: it may be called about, too."""
    is_new = row.callback is None and row.first_responded_at is None
    return row.after_hours and is_new and row.state not in DONE_STATES


def span_of_call(hotline: Hotline, ticket: Ticket) -> tuple[datetime, datetime | None]:
    """From when to when they are to be called: as agreed, as wished for, else at once."""
    wish = ticket.fact("needed_by") or ""
    return _span(hotline, ticket.opened_at, ticket.callback_at, wish)


def _call_of(row: TicketRow, staff: Staff, outcome: str, client_id: str, now: datetime) -> CallRow:
    return CallRow(
        client_id=client_id,
        direction=OUT,
        contact_id=row.contact_id,
        caller="" if row.contact_id else _fact(row, "contact")[:120],
        company="",
        phone=(_fact(row, "phone") or (row.contact.phone if row.contact else "") or "")[:40],
        staff_id=staff.id,
        ticket_id=row.id,
        outcome=outcome,
        words="",
        began_at=now,
        ended_at=now,
    )


def _fact(row: TicketRow, kind: str) -> str:
    return str(row.facts.get(kind, {}).get("value") or "")


def _require_open(hotline: Hotline, again_at: datetime | None) -> None:
    if again_at is None:
        raise BadInput("say when", field="again_at", reason="time")
    if again_at <= hotline.now():
        raise BadInput("that time has gone", field="again_at", reason="past")
    if again_at > hotline.now() + _FURTHEST:
        raise BadInput("that is too far off", field="again_at", reason="far")
    if not hotline.calendar.is_open(again_at):
        raise BadInput("nobody is there then", field="again_at", reason="closed")


def _back(hotline: Hotline, ticket: Ticket, tries: int) -> Back:
    return Back(ticket, *span_of_call(hotline, ticket), tries)


def _span(
    hotline: Hotline, opened_at: datetime, agreed_at: datetime | None, wish: str
) -> tuple[datetime, datetime | None]:
    """From when to when: as agreed at the last try, as wished for, else at once."""
    if agreed_at is not None:
        return agreed_at, None
    return span_of(hotline.calendar, wish) or (opened_at, None)


async def _tries(session: AsyncSession, ticket_ids: set[int]) -> dict[int, int]:
    rows = await session.execute(
        select(CallRow.ticket_id, func.count())
        .where(CallRow.ticket_id.in_(ticket_ids), CallRow.direction == OUT)
        .group_by(CallRow.ticket_id)
    )
    return {ticket_id: number for ticket_id, number in rows if ticket_id is not None}
