"""Does what speaks to the network at its time: notes what people are to be told, and delivers it.

Each way out has a loop of its own: one that hangs holds up no other, and no timer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from desk.letters import laid_out
from hotline.core import Hotline
from hotline.notices.queueing import note_news
from hotline.notices.sending import IsListening, mail_next
from hotline.timers.outside import Reach, reach_next

LOOK_S = 2.0

# Does one thing; False if there is nothing to do.
Step = Callable[[], Awaitable[bool]]

log = structlog.get_logger("desk.postman")


class Postman:
    """`is_listening` says whether a page of this desk shows a conversation just now."""

    def __init__(
        self,
        hotline: Hotline,
        reaches: Mapping[str, Reach],
        is_listening: IsListening,
        more: Mapping[str, Step] | None = None,
        look_s: float = LOOK_S,
    ) -> None:
        self._look_s = look_s
        self._lanes: dict[str, Step] = {
            "journal": lambda: note_news(hotline),
            "mail": lambda: mail_next(hotline, laid_out, is_listening),
            **(more or {}),
        }
        if reaches:
            self._lanes["timers"] = lambda: reach_next(hotline, reaches)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as lanes:
            for name, step in self._lanes.items():
                lanes.create_task(self._run(name, step))

    async def _run(self, name: str, step: Step) -> None:
        while True:
            try:
                while await step():
                    pass
            except Exception as failure:  # a long-running loop: the next round tries again
                log.error("lane_failed", lane=name, why=type(failure).__name__, exc_info=True)
            await asyncio.sleep(self._look_s)
