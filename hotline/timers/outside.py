"""Timers of which each speaks to the network: done outside any transaction, at least once.

One is taken for a while in a transaction of its own, done, and marked as done in another. Whoever
dies in between leaves it to be done again when that while is over, so what is done must bear being
done twice: a letter has one Message-ID, whatever becomes of it. In a loop of their own they hold up
nothing else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from sqlalchemy import update

from hotline.core import Hotline
from hotline.timers.rows import TimerRow
from hotline.timers.service import Timer, as_it_was, due_outside, put_off

TAKEN_FOR, LONGEST_S = timedelta(minutes=2), 90.0

Reach = Callable[[Hotline, Timer], Awaitable[None]]


async def reach_next(hotline: Hotline, reaches: Mapping[str, Reach]) -> bool:
    """Do the timer that has been due longest, of the kinds in `reaches`; False if none is.

    One that fails, or takes too long, is tried again later.
    """
    due = due_outside(hotline.now(), list(reaches)).with_for_update(skip_locked=True)
    async with hotline.database.write() as session:
        row = await session.scalar(due)
        if row is None:
            return False
        timer = Timer(row.key, row.kind, row.detail, row.due_at)
        row.not_before = hotline.now() + TAKEN_FOR
    try:
        async with asyncio.timeout(LONGEST_S):
            await reaches[timer.kind](hotline, timer)
    except Exception as failure:  # a long-running loop: logged, and tried again
        await put_off(hotline, timer, type(failure).__name__)
        return True
    async with hotline.database.write() as session:
        done = update(TimerRow).where(*as_it_was(timer)).values(done_at=hotline.now())
        await session.execute(done)
    return True
