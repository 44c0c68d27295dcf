"""Fires timers at their time, one after the other."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping

import structlog

from hotline.core import Hotline
from hotline.timers.service import Handler, fire_next, next_due

LOOK_S = 2.0  # the clock may be moved, and other processes set timers

log = structlog.get_logger("desk.timekeeper")


class Timekeeper:
    """`poke` makes it look at once. `on_change` is called after each timer, for the open pages."""

    def __init__(
        self,
        hotline: Hotline,
        handlers: Mapping[str, Handler],
        on_change: Callable[[], None],
        look_s: float = LOOK_S,
    ) -> None:
        self._hotline = hotline
        self._handlers = handlers
        self._on_change = on_change
        self._look_s = look_s
        self._poked = asyncio.Event()

    def poke(self) -> None:
        self._poked.set()

    async def run(self) -> None:
        while True:
            try:
                wait_s = await self._fire_due()
            except Exception as failure:  # a long-running loop: the next round tries again
                log.error("timers_not_fired", why=type(failure).__name__, exc_info=True)
                wait_s = self._look_s
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._poked.wait(), wait_s)
            self._poked.clear()

    async def _fire_due(self) -> float:
        """Fire what is due; how long there is nothing to do then."""
        looked_at = self._hotline.now()
        while await fire_next(self._hotline, self._handlers):
            self._on_change()
            looked_at = self._hotline.now()
        async with self._hotline.database.read() as session:
            due = await next_due(session, after=looked_at)
        if due is None:
            return self._look_s
        return min(self._look_s, max(0.0, (due - self._hotline.now()).total_seconds()))
