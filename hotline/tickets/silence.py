"""When a ticket whose partner does not answer is reminded of, and when it closes.

One timer at a time: `silence:ID:remind`, and only once that has been said `silence:ID:close`. So
nothing closes unannounced, whatever was down in between. Each knows the waiting that it belongs to,
so no other change of the ticket sets it again. What is said then is in `silence_steps`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket
from hotline.timers.rows import TimerRow
from hotline.timers.setting import drop_keys, set_timer

REMIND, CLOSE = "silence.remind", "silence.close"  # kinds of timers

Kind = Literal["solved", "waiting"]


@dataclass(frozen=True)
class Waiting:
    """What a ticket waits for from its partner, and since when."""

    kind: Kind
    since: datetime


async def watch_silence(session: AsyncSession, hotline: Hotline, row: TicketRow) -> None:
    """Set or drop the ticket's timers by its state, in the transaction of whatever changed it."""
    waiting = _waiting_of(row)
    if waiting is None:
        await drop_keys(session, _keys(row.id))
    elif await _standing(session, row) is None:
        if waiting.kind == "waiting":  # `waiting_since` may be of a wait for others before it
            waiting = Waiting("waiting", hotline.now())
        await _set_reminder(session, hotline, row, waiting)


async def reset(session: AsyncSession, hotline: Hotline, row: TicketRow) -> None:
    """Count the ticket's times anew, after the calendar has changed; twice is as good as once.

    A reminder that was given is not given again, and its promise is never broken: the ticket may
    close later than it said, not earlier.
    """
    waiting, standing = _waiting_of(row), await _standing(session, row)
    if waiting is None:
        await watch_silence(session, hotline, row)
    elif standing is None:
        await _set_reminder(session, hotline, row, waiting)
    elif standing.kind == REMIND:
        if standing.done_at is None:
            await _set_reminder(session, hotline, row, waiting_in(standing.detail))
    elif standing.done_at is None:
        later = closes_at_after(hotline, standing.detail)
        if later > standing.due_at:
            await set_timer(session, standing.key, CLOSE, later, **standing.detail)


async def closes_at(
    session: AsyncSession, hotline: Hotline, ticket: TicketRow | Ticket
) -> datetime | None:
    """When the ticket closes if no answer comes; None if none is waited for."""
    standing = await _standing(session, ticket)
    if standing is None or standing.kind == CLOSE:
        return standing.due_at if standing else None
    reminded_at = max(standing.due_at, hotline.now()).isoformat()
    return closes_at_after(hotline, {**standing.detail, "reminded_at": reminded_at})


def still_waits(row: TicketRow | Ticket, detail: Mapping[str, Any]) -> bool:
    """Whether the ticket is in the very waiting that a timer's `detail` names."""
    waiting, named = _waiting_of(row), waiting_in(detail)
    return waiting is not None and waiting.kind == named.kind and waiting.since <= named.since


async def set_closing(
    session: AsyncSession, hotline: Hotline, row: TicketRow, detail: Mapping[str, Any]
) -> datetime:
    """Have the ticket closed after the reminder that is given now; when that will be."""
    told = {**detail, "reminded_at": hotline.now().isoformat()}
    due_at = closes_at_after(hotline, told)
    await set_timer(session, _keys(row.id)[1], CLOSE, due_at, **told)
    return due_at


def closes_at_after(hotline: Hotline, detail: Mapping[str, Any]) -> datetime:
    """As planned; after a reminder that came late, later by as much."""
    waiting, reminded_at = waiting_in(detail), datetime.fromisoformat(detail["reminded_at"])
    reminder, close = _days(hotline, waiting.kind)
    return max(
        hotline.calendar.open_days_after(waiting.since, close),
        hotline.calendar.open_days_after(reminded_at, close - reminder),
    )


def waiting_in(detail: Mapping[str, Any]) -> Waiting:
    return Waiting(detail["waits"], datetime.fromisoformat(detail["since"]))


def _waiting_of(row: TicketRow | Ticket) -> Waiting | None:
    if row.state == "resolved":
        return Waiting("solved", row.resolved_at or row.updated_at)
    if row.state == "waiting_partner":
        return Waiting("waiting", row.waiting_since or row.updated_at)
    return None


async def _standing(session: AsyncSession, row: TicketRow | Ticket) -> TimerRow | None:
    """The newest step of the waiting that the ticket is in, done or not."""
    rows = await session.scalars(
        select(TimerRow)
        .where(TimerRow.key.in_(_keys(row.id)))
        .order_by(TimerRow.kind)  # close comes before remind
        .execution_options(populate_existing=True)
    )
    return next((timer for timer in rows if still_waits(row, timer.detail)), None)


async def _set_reminder(
    session: AsyncSession, hotline: Hotline, row: TicketRow, waiting: Waiting
) -> None:
    """Instead of whatever was set for a waiting before."""
    remind, close = _keys(row.id)
    await drop_keys(session, (close,))
    remind_at = hotline.calendar.open_days_after(waiting.since, _days(hotline, waiting.kind)[0])
    since = waiting.since.isoformat()
    await set_timer(
        session, remind, REMIND, remind_at, ticket=row.id, waits=waiting.kind, since=since
    )


def _keys(ticket_id: int) -> tuple[str, str]:
    return f"silence:{ticket_id}:remind", f"silence:{ticket_id}:close"


def _days(hotline: Hotline, kind: Kind) -> tuple[int, int]:
    """After how many open days it is reminded of, and closed."""
    silence = hotline.settings.silence
    if kind == "solved":
        return silence.solved_reminder_days, silence.solved_close_days
    return silence.waiting_reminder_days, silence.waiting_close_days
