"""Firing the timers that are due (`setting` sets them).

What a timer does and the mark that it is done are one transaction. So whoever dies in between, at
any step, leaves it to be done again from its beginning; two desks never do the same one; and what
was due while nothing ran is done on return, in the order in which it was due. What speaks to the
network has no place in a transaction: those kinds are done by `outside`.

The clock may be moved. Forward, everything that became due is done, in the order in which it was
due. Backward, nothing is done twice, for done stays done; what was set stays set for the time it
was set for; and a failure that was put off waits no longer than any other.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Select, and_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.timers.rows import TimerRow
from hotline.timers.setting import changed_by, drop_timers, next_due, set_timer, waiting

__all__ = [
    "OUTSIDE",
    "UNKNOWN",
    "Handler",
    "Timer",
    "drop_timers",
    "fire_next",
    "next_due",
    "set_timer",
    "waiting",
]

OUTSIDE = ("mail",)  # kinds that speak to the network: `outside` does them
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=30), timedelta(hours=1)
_FIRING = 7_210_003  # the key of PostgreSQL's advisory lock, ours alone
UNKNOWN = "unknown_kind"  # the failure of a timer that another version of the hotline has set

log = structlog.get_logger("timers")


@dataclass(frozen=True)
class Timer:
    """What a handler is told. `due_at` may be long past: it says when it should have been."""

    key: str
    kind: str
    detail: dict[str, Any]
    due_at: datetime


# Gives back nothing where it is done, or the moment at which it is to be looked at again.
Handler = Callable[[AsyncSession, Hotline, Timer], Awaitable[datetime | None]]


async def fire_next(hotline: Hotline, handlers: Mapping[str, Handler]) -> bool:
    """Do the timer that has been due longest; False if none is.

    A handler that fails leaves nothing behind and is tried again later, others meanwhile. One of a
    kind that no handler knows is put off likewise; a version that knows it need not wait for that.
    """
    due = _due(hotline.now(), handlers)
    async with hotline.database.read() as session:  # most looks find nothing: writers go on
        if await session.scalar(due) is None:
            return False
    timer, failed = None, ""
    try:
        async with hotline.database.write() as session:
            await _one_at_a_time(session)
            row: TimerRow | None = await session.scalar(due)
            if row is None:
                return False
            timer = Timer(row.key, row.kind, row.detail, row.due_at)
            if timer.kind in handlers:
                await hotline.refresh(session)
                again_at = await handlers[timer.kind](session, hotline, timer)
                await _settle(session, timer, hotline.now(), again_at)
            else:
                failed = UNKNOWN
    except _Overtaken as overtaken:
        async with hotline.database.write() as session:  # having nothing that they may wait for
            await locked_row(session, TimerRow, TimerRow.key == overtaken.key)
        failed = "Overtaken"  # unless it is another timer by now
    except Exception as failure:
        if timer is None:
            raise  # the database, not a timer
        failed = type(failure).__name__
    if timer is not None and failed:
        await put_off(hotline, timer, failed)
    return True


class _Overtaken(Exception):
    """Somebody moves or drops the timer while its handler is at work: what they do counts."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _due(now: datetime, known: Mapping[str, Handler]) -> Select[TimerRow]:
    """The timer to do next."""
    return _due_at(now, known).where(TimerRow.kind.not_in(OUTSIDE))


def due_outside(now: datetime, kinds: Collection[str]) -> Select[TimerRow]:
    """The same of the kinds that are done outside."""
    return _due_at(now, kinds).where(TimerRow.kind.in_(kinds))


def _due_at(now: datetime, known: Collection[str]) -> Select[TimerRow]:
    may_be_tried = or_(
        TimerRow.not_before.is_(None),
        TimerRow.not_before <= now,
        TimerRow.not_before > now + 2 * LONGEST_RETRY,  # the clock has gone back since
        and_(TimerRow.failure == UNKNOWN, TimerRow.kind.in_(known)),
    )
    return (
        select(TimerRow)
        .where(TimerRow.done_at.is_(None), TimerRow.due_at <= now, may_be_tried)
        .order_by(TimerRow.due_at, TimerRow.id)
        .limit(1)
    )


async def _one_at_a_time(session: AsyncSession) -> None:
    """Of all desks, from here to the commit; SQLite has a single writer anyway.

    A lock on the timer's row would do it too, but whoever moves a timer has locked the ticket that
    it is about, for which its handler may wait, and would wait for the handler.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FIRING})


async def _settle(
    session: AsyncSession, timer: Timer, now: datetime, again_at: datetime | None
) -> None:
    """Without waiting for whoever has its row: they may be waiting for what the handler has."""
    if timer.key in changed_by(session):
        return  # the handler has set it anew, or dropped it
    row = await session.scalar(
        select(TimerRow).where(*as_it_was(timer)).with_for_update(skip_locked=True)
    )
    if row is None:
        raise _Overtaken(timer.key)
    if again_at is None:
        row.done_at = now
    else:
        row.due_at = again_at


async def put_off(hotline: Hotline, timer: Timer, why: str) -> None:
    """It failed: logged, and tried again later, each time after a longer wait."""
    async with hotline.database.write() as session:
        row = await session.scalar(select(TimerRow).where(*as_it_was(timer)).with_for_update())
        if row is None:
            return
        # The kind of failure and ids only: its text may have a person's words in it.
        log.error("timer_failed", key=timer.key, kind=timer.kind, why=why)
        wait = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** min(row.tries, 20))
        row.tries += 1
        row.failure = why
        row.not_before = hotline.now() + wait


def as_it_was(timer: Timer) -> tuple[ColumnElement[bool], ...]:
    """Neither done nor moved since."""
    return TimerRow.key == timer.key, TimerRow.due_at == timer.due_at, TimerRow.done_at.is_(None)
