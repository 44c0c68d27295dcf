"""A process that fires timers: `python -m tests.core.fire_timers [STEP KEY]`.

Over the hotline of its environment: it says "ready", waits for a line, and fires until nothing is
due. With STEP it kills itself there, at the timer KEY.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline, open_hotline
from hotline.journal import write_entry
from hotline.settings import load_settings
from hotline.tables import METADATA
from hotline.timers.service import Handler, Timer, fire_next, next_due, set_timer

TAKEN, WRITTEN, HANDLED, COMMITTED = STEPS = (
    "before the handler", "within the handler", "before the commit", "after the commit",
)  # fmt: skip
_EVENTS = {HANDLED: "before_commit", COMMITTED: "after_commit"}
KIND, FIRED = "note", "test.fired"


def handlers(step: str = "", key: str = "") -> dict[str, Handler]:
    """One that writes two rows, an entry of the journal and a timer, and dies where it is told."""

    async def note(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
        at = step if timer.key == key else ""
        if at == TAKEN:
            _die()
        if at in _EVENTS:
            event.listen(session.sync_session, _EVENTS[at], _die)
        await write_entry(session, hotline.now(), FIRED, "system", key=timer.key)
        in_a_year = hotline.now() + timedelta(days=365)
        await set_timer(session, f"after {timer.key}", KIND, in_a_year)
        if at == WRITTEN:
            _die()

    return {KIND: note}


async def fire_all(hotline: Hotline, known: Mapping[str, Handler]) -> None:
    """Also what a process that has just died seems to be doing still."""
    while True:
        if await fire_next(hotline, known):
            continue
        async with hotline.database.read() as session:
            due = await next_due(session)
        if due is None or due > hotline.now():
            return


async def main(step: str = "", key: str = "") -> None:
    assert METADATA.tables  # all of them: a row of one refers to another's
    async with open_hotline(load_settings()) as hotline:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        await fire_all(hotline, handlers(step, key))


def _die(*_session: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
