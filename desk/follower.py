"""Follows the journal by id and tells the open pages, whichever process made the change."""

import asyncio
import contextlib

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from desk.hub import CONSOLES, Frame, Hub, topic_of_session
from hotline import journal
from hotline.conversations import waits
from hotline.conversations.holders import holders_of
from hotline.core import Hotline
from hotline.hand_off.offers import OFFERED
from hotline.journal import Entry
from hotline.tickets.queries import numbers_of
from hotline.versions import CHANGED

POLL_S = 0.25
_SHORTENS_THE_LINE = ("conversation.taken", "conversation.left_queue")
SAID = "message.stored"

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
                await self._hotline.refresh(session)
            entries = await journal.entries_after(session, self._last_id)
            frames = await _frames_of(session, entries)
            if any(entry.kind in CHANGED for entry in entries):
                await self._hotline.refresh(session)
        for entry, frame in zip(entries, frames, strict=True):
            self._last_id = entry.id
            if entry.conversation_id:
                self._hub.send(entry.conversation_id, {"type": "news"})
            if entry.kind in _SHORTENS_THE_LINE:  # everybody behind moves up
                await self._tell_waiting()
            if entry.kind == "session.ended":  # whoever listens by it is to ask who they are
                self._hub.send(topic_of_session(entry.detail["session_id"]), {"type": "news"})
            if entry.kind == "person.erased":  # whose pages those are nothing tells any more
                self._hub.send_to_pages({"type": "news"})
            self._hub.send(CONSOLES, frame)

    async def _tell_waiting(self) -> None:
        async with self._hotline.database.read() as session:
            waiting = await waits.going_on(session)
        for wait in waiting:
            self._hub.send(wait.conversation_id, {"type": "news"})


async def frames_after(session: AsyncSession, entry_id: int) -> list[Frame]:
    """The next entries behind `entry_id` for a console, as many as the journal gives at once."""
    return await _frames_of(session, await journal.entries_after(session, entry_id))


async def _frames_of(session: AsyncSession, entries: list[Entry]) -> list[Frame]:
    ids = {entry.ticket_id for entry in entries if entry.ticket_id is not None}
    numbers = await numbers_of(session, ids) if ids else {}
    said_in = {entry.conversation_id for entry in entries if entry.kind == SAID}
    holders = await holders_of(session, said_in - {None}) if said_in else {}
    return [
        _frame_of(
            entry, numbers.get(entry.ticket_id or 0), holders.get(entry.conversation_id or "")
        )
        for entry in entries
    ]


def _frame_of(entry: Entry, ticket: tuple[str, str] | None, holder: int | None) -> Frame:
    """An entry for a console: ids and codes; `ticket` is its number and queue, `holder` who of
    staff speaks where something was said, or is asked to."""
    number, queue = ticket or (None, None)
    return {
        "type": "entry",
        "id": entry.id,
        "kind": entry.kind,
        "number": number,
        "conversation": entry.conversation_id,
        "queue": queue,
        "sender": entry.detail.get("sender") if entry.kind == SAID else None,
        "holder": entry.detail.get("staff") if entry.kind == OFFERED else holder,
    }
