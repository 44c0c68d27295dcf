"""At each day's opening: whoever handles tickets is told how much has come in while closed."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.journal import write_entry
from hotline.mornings.night import next_morning
from hotline.mornings.worklist import count_waiting
from hotline.permissions import HANDLERS
from hotline.staff.service import all_staff
from hotline.timers.rows import TimerRow
from hotline.timers.service import Timer, set_timer

MORNING, BEGAN = "morning", "morning.began"

# In turn: the one that fires is done once its handler is, so it cannot be the next one as well.
_KEYS = ("morning:1", "morning:2")


async def begin(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    """The handler of MORNING: journal what waits, for whom; and come again at the next opening.

    A hotline that was down at the opening tells it late, and not at all once the day is over.
    """
    now = hotline.now()
    if hotline.calendar.is_open(now):
        waiting, severe = await count_waiting(session)
        to = [one.id for one in await all_staff(session) if one.role in HANDLERS]
        if waiting and to:
            await write_entry(session, now, BEGAN, "system", waiting=waiting, severe=severe, to=to)
    [key, *_] = (key for key in _KEYS if key != timer.key)
    await set_timer(session, key, MORNING, next_morning(hotline.calendar, now))


async def ensure(session: AsyncSession, hotline: Hotline) -> None:
    """Have the next opening told, unless that is set already."""
    waiting = select(TimerRow.id).where(TimerRow.kind == MORNING, TimerRow.done_at.is_(None))
    if await session.scalar(waiting.limit(1)) is None:
        await set_timer(session, _KEYS[0], MORNING, next_morning(hotline.calendar, hotline.now()))
