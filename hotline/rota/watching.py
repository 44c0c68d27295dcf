"""Telling of a hole in the rota a week ahead: looked for each day when the hotline opens."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calendar.rules import ServiceCalendar
from hotline.core import Hotline
from hotline.journal import EntryRow, write_entry
from hotline.rota import rules
from hotline.rota.reading import AHEAD_DAYS, HOLE, around
from hotline.timers.rows import TimerRow
from hotline.timers.service import Timer, set_timer

ROTA_CHECK = "rota_check"

# In turn: the one that fires is done once its handler is, so it cannot be the next one as well.
_KEYS = ("rota:check:1", "rota:check:2")
_REMEMBERED = 1000


async def check(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    """The handler of ROTA_CHECK: tell of new holes, and come again with the next day's opening."""
    await hotline.calendars.refresh(session)
    await tell_holes(session, hotline)
    [key, *_] = (key for key in _KEYS if key != timer.key)
    await set_timer(session, key, ROTA_CHECK, next_check(hotline.calendar, hotline.now()))


async def ensure(session: AsyncSession, hotline: Hotline) -> None:
    """Have the rota looked at now, and so every day, unless that is set already."""
    waiting = select(TimerRow.id).where(TimerRow.kind == ROTA_CHECK, TimerRow.done_at.is_(None))
    if await session.scalar(waiting.limit(1)) is None:
        await set_timer(session, _KEYS[0], ROTA_CHECK, hotline.now())


async def tell_holes(session: AsyncSession, hotline: Hotline) -> int:
    """Journal each hole of the coming week that was not told of before; how many those were.

    A hole is where it begins and ends (None where no turn is before or behind it): another end
    makes it another one.
    """
    now = rules.whole_minute(hotline.now())
    until = now + timedelta(days=AHEAD_DAYS)
    turns = await around(session, now, until)
    edges = [rules.edges_of(turns, hole) for hole in rules.holes(turns, now, until)]
    found: list[dict[str, Any]] = [
        {"place": rules.FIRST, "begins_at": _said(begins), "ends_at": _said(ends)}
        for begins, ends in edges
    ]
    told = await session.scalars(
        select(EntryRow.detail)
        .where(EntryRow.kind == HOLE)
        .order_by(EntryRow.id.desc())
        .limit(_REMEMBERED)
    )
    known = list(told)
    new = [hole for hole in found if hole not in known]
    for hole in new:
        await write_entry(session, hotline.now(), HOLE, "system", **hole)
    return len(new)


def next_check(calendar: ServiceCalendar, now: datetime) -> datetime:
    """The next opening of a day; on a day off when a working day would have opened."""
    today = now.astimezone(calendar.timezone).date()
    openings = (
        _opening(
            calendar, datetime.combine(today + timedelta(days=ahead), time(), calendar.timezone)
        )
        for ahead in (0, 1)
    )
    return next(at for at in openings if at > now)


def _opening(calendar: ServiceCalendar, midnight: datetime) -> datetime:
    opens = calendar.next_open(midnight)
    if opens.astimezone(calendar.timezone).date() == midnight.date():
        return opens
    minute = calendar.hours.working_hours(midnight.date())[0].opens
    return midnight.replace(hour=minute // 60, minute=minute % 60)


def _said(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
