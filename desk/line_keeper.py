"""Keeps up with whoever waits for a person, and lets the consoles that are open beat."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from hotline.core import Hotline
from hotline.hand_off.keeping import keep_up
from hotline.staff import presence

LOOK_S = 1.0  # the clock may be moved, and other processes take and hand back

log = structlog.get_logger("desk.line")


class LineKeeper:
    """`on_change` is called after each round that did something, for the open pages."""

    def __init__(
        self, hotline: Hotline, on_change: Callable[[], None], look_s: float = LOOK_S
    ) -> None:
        self._hotline = hotline
        self._on_change = on_change
        self._look_s = look_s
        self._open: Counter[int] = Counter()  # consoles of each member of staff

    @contextmanager
    def console_of(self, staff_id: int) -> Iterator[None]:
        """A console of `staff_id` is open, and beats."""
        self._open[staff_id] += 1
        try:
            yield
        finally:
            self._open[staff_id] -= 1
            if not self._open[staff_id]:
                del self._open[staff_id]

    async def run(self) -> None:
        while True:
            try:
                await self.round()
            except Exception as failure:  # a long-running loop: the next round tries again
                log.error("line_not_kept", why=type(failure).__name__, exc_info=True)
            await asyncio.sleep(self._look_s)

    async def round(self) -> None:
        if self._open:
            await presence.beat(self._hotline, tuple(self._open))
        if await keep_up(self._hotline):
            self._on_change()
