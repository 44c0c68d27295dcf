"""The morning's list: everything that came in while closed, until each has an outcome.

What was not settled stays on the list of the next morning. Nothing leaves it without an outcome: a
call with what came of it, an answer, or the ticket's end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calls.backs import DUE, span_of_call
from hotline.calls.rows import OUT, CallRow
from hotline.core import Hotline
from hotline.mornings.night import night_before
from hotline.mornings.settling import ANSWERED, ENDED, MERGED, Settled, moment_of, who_acted
from hotline.staff.service import Staff, staff_by_ids
from hotline.tickets.moves import DONE_STATES
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot

_AT_ONCE = 300
_SEVERE = 2
_WAITS = TicketRow.morning_severity.is_not(None)


@dataclass(frozen=True)
class Item:
    """One matter of the night: from when (and until when, if that was said) they are to be called,
    how often that was tried, and its outcome; "" as long as it has none.

    `settled_at` and `settled_by` say when it got it and from whom; None of nobody on staff.
    """

    ticket: Ticket
    begins_at: datetime
    ends_at: datetime | None
    tries: int
    outcome: str
    settled_at: datetime | None = None
    settled_by: Staff | None = None


@dataclass(frozen=True)
class Morning:
    """The night that the list is about, and its items: what waits by how grave it is and when
    they want to be called, then what is settled."""

    since: datetime
    until: datetime
    items: tuple[Item, ...]

    @property
    def waiting(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.outcome)


async def morning(session: AsyncSession, hotline: Hotline) -> Morning:
    since, until = night_before(hotline.calendar, hotline.now())
    rows = await session.scalars(
        select(TicketRow)
        .where(TicketRow.after_hours, or_(TicketRow.opened_at >= since, _WAITS))
        .order_by(TicketRow.opened_at.desc(), TicketRow.id.desc())
        .limit(_AT_ONCE)
    )
    tickets = [snapshot(row) for row in rows]
    calls = await _calls(session, [ticket.id for ticket in tickets])
    items = [_item(hotline, ticket, calls.get(ticket.id, ())) for ticket in tickets]
    told = await _with_who_settled(session, items, calls)
    return Morning(since, until, tuple(sorted(told, key=_order)))


async def count_waiting(session: AsyncSession) -> tuple[int, int]:
    """How much of what came in while closed waits for its outcome, and how much of it is severe."""
    severe = func.count().filter(TicketRow.morning_severity < _SEVERE)
    found = await session.execute(waiting().add_columns(severe))
    every, of_these = found.one()
    return every, of_these


def waiting() -> Select[Any]:
    """The question how much of what came in while closed waits for its outcome."""
    return select(func.count()).select_from(TicketRow).where(_WAITS)


async def _calls(session: AsyncSession, ids: Sequence[int]) -> Mapping[int, Sequence[Settled]]:
    """What came of the calls to each of these tickets, oldest first."""
    rows = await session.execute(
        select(CallRow.ticket_id, CallRow.outcome, CallRow.ended_at, CallRow.staff_id)
        .where(CallRow.ticket_id.in_(ids), CallRow.direction == OUT)
        .order_by(CallRow.id)
    )
    found: dict[int, list[Settled]] = {}
    for ticket_id, outcome, at, by in rows:
        if ticket_id is not None:
            found.setdefault(ticket_id, []).append(Settled(outcome, at, by))
    return found


def _item(hotline: Hotline, ticket: Ticket, calls: Sequence[Settled]) -> Item:
    begins_at, ends_at = span_of_call(hotline, ticket)
    return Item(ticket, begins_at, ends_at, len(calls), _outcome(ticket, calls))


async def _with_who_settled(
    session: AsyncSession, items: Sequence[Item], calls: Mapping[int, Sequence[Settled]]
) -> list[Item]:
    """A call says it itself; of the rest the journal knows it."""
    moments = {
        item.ticket.id: moment_of(item.ticket, item.outcome)
        for item in items
        if item.outcome in (ANSWERED, ENDED, MERGED)
    }
    acted = await who_acted(session, moments)
    found = {
        item.ticket.id: Settled(item.outcome, moments[item.ticket.id], acted.get(item.ticket.id))
        if item.ticket.id in moments
        else calls[item.ticket.id][-1]
        for item in items
        if item.outcome
    }
    staff = await staff_by_ids(session, {each.by for each in found.values() if each.by})
    return [
        replace(item, settled_at=it.at, settled_by=staff.get(it.by or 0))
        if (it := found.get(item.ticket.id))
        else item
        for item in items
    ]


def _outcome(ticket: Ticket, calls: Sequence[Settled]) -> str:
    if ticket.merged_into_id is not None:
        return MERGED
    if ticket.callback == DUE:
        return ""
    if ticket.callback is not None:
        return calls[-1].outcome if calls else ENDED
    if ticket.first_responded_at is not None:
        return ANSWERED
    return ENDED if ticket.state in DONE_STATES else ""


def _order(item: Item) -> tuple[bool, int, datetime, int]:
    return bool(item.outcome), item.ticket.severity, item.begins_at, item.ticket.id
