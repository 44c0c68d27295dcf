"""Does what speaks to the network at its time: mails letters."""

import asyncio
from collections.abc import Mapping

import structlog

from hotline.core import Hotline
from hotline.timers.outside import Reach, reach_next

LOOK_S = 2.0

log = structlog.get_logger("desk.postman")


class Postman:
    """In a loop of its own: a mail server that hangs holds up no timer."""

    def __init__(
        self, hotline: Hotline, reaches: Mapping[str, Reach], look_s: float = LOOK_S
    ) -> None:
        self._hotline = hotline
        self._reaches = reaches
        self._look_s = look_s

    async def run(self) -> None:
        while True:
            try:
                while await reach_next(self._hotline, self._reaches):
                    pass
            except Exception as failure:  # a long-running loop: the next round tries again
                log.error("letters_not_sent", why=type(failure).__name__, exc_info=True)
            await asyncio.sleep(self._look_s)
