"""The night's work: what has been kept long enough goes, at the hour of the settings."""

import asyncio
from datetime import datetime

import structlog

from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.privacy import retention

LOOK_S = 5.0  # the clock may be moved, so nobody sleeps till the morning
_AGAIN_AFTER_S = 600.0

log = structlog.get_logger("desk.nightly")


class Nightly:
    """Runs once after each due moment; a desk that was down at that hour catches up."""

    def __init__(self, hotline: Hotline) -> None:
        self._hotline = hotline
        self._done_at: datetime | None = None  # until the journal could be asked

    async def run(self) -> None:
        while True:
            try:
                await self.work_if_due()
            except Conflict:  # somebody runs it by hand just now; ours has nothing to add
                log.info("retention_runs_already")
                await asyncio.sleep(_AGAIN_AFTER_S)
            except Exception as failure:  # a long-running loop: a later round tries again
                log.error("retention_failed", why=type(failure).__name__, exc_info=True)
                await asyncio.sleep(_AGAIN_AFTER_S)
            await asyncio.sleep(LOOK_S)

    async def work_if_due(self) -> bool:
        """Whether it was due, and is done."""
        if self._done_at is None:
            self._done_at = await self._done_before()
        if retention.last_due_at(self._hotline) <= self._done_at:
            return False
        done = await retention.run(self._hotline)
        self._done_at = done.at
        log.info("retention_done", **{gone.kind: gone.count for gone in done.kinds})
        return True

    async def _done_before(self) -> datetime:
        """By the journal; a hotline that never had a night begins with the coming one."""
        async with self._hotline.database.read() as session:
            return await retention.last_done_at(session) or self._hotline.now()
