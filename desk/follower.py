"""Follows the journal by id and tells the open pages, whichever process made the change."""

import asyncio
import contextlib

import structlog

from desk.hub import CONSOLES, Hub
from hotline import journal
from hotline.core import Hotline
from hotline.journal import Entry
from hotline.tickets.queries import numbers_of

POLL_S = 0.25

log = structlog.get_logger("desk.follower")


class Follower:
    """`poke` after a change of our own makes the page see it at once; others' come by polling."""

    def __init__(self, hotline: Hotline, hub: Hub) -> None:
        self._hotline = hotline
        self._hub = hub
        self._poked = asyncio.Event()
        self._last_id: int | None = None  # until the journal could be read for the first time

    def poke(self) -> None:
        self._poked.set()

    async def run(self) -> None:
        while True:
            try:
                await self._tell_news()
            except Exception as failure:  # a long-running loop: the next round tries again
                log.error("journal_not_read", why=type(failure).__name__)
                await asyncio.sleep(1)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._poked.wait(), POLL_S)
            self._poked.clear()

    async def _tell_news(self) -> None:
        async with self._hotline.database.read() as session:
            if self._last_id is None:
                self._last_id = await journal.last_entry_id(session)
            entries = await journal.entries_after(session, self._last_id)
            ids = {entry.ticket_id for entry in entries if entry.ticket_id is not None}
            numbers = await numbers_of(session, ids) if ids else {}
        for entry in entries:
            self._last_id = entry.id
            if entry.conversation_id:
                self._hub.send(entry.conversation_id, {"type": "news"})
            self._hub.send(CONSOLES, frame_of_entry(entry, numbers.get(entry.ticket_id or 0)))


def frame_of_entry(entry: Entry, ticket: tuple[str, str] | None) -> dict[str, object]:
    """An entry for a console: ids and codes; `ticket` is its number and queue."""
    number, queue = ticket or (None, None)
    return {
        "type": "entry",
        "id": entry.id,
        "kind": entry.kind,
        "number": number,
        "conversation": entry.conversation_id,
        "queue": queue,
    }
