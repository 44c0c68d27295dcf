"""Rasa's SQL tracker store, with the conversations under way kept in memory.

Rasa reads a conversation's whole session back from its table several times per turn and counts the
stored events before it adds to them. One engine process serves every turn of a conversation, so
the tracker of the turn before is still good; the table is for a restart.
"""

import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]  # 1.4, which Rasa pins
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

LIVE_TRACKERS = 300
# Then it is read back from the table, if it is still there: of somebody erased nothing stays here.
IDLE_S = 3600.0


@dataclass
class _Live:
    tracker: DialogueStateTracker
    stored: int  # how many of its events are in the table
    used_at: float = field(default_factory=time.monotonic)


class LiveStore(SQLTrackerStore):
    """As endpoints.yml names it. Needs all turns of a conversation in one process."""

    def __init__(self, domain: Domain | None = None, **settings: Any) -> None:
        super().__init__(domain, **settings)
        self.engine.hide_parameters = True  # Rasa logs the text of an error
        self._live: OrderedDict[str, _Live] = OrderedDict()
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _prepare_sqlite)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker; a new session's is made by `save`."""
        self._forget_idle()
        live = self._live.get(sender_id)
        if live is not None and len(live.tracker.events) == live.stored:
            self._live.move_to_end(sender_id)
            live.used_at = time.monotonic()
            return live.tracker
        # Unknown, or its last turn died half-way and left events that were never stored.
        self._live.pop(sender_id, None)
        tracker = await super().retrieve(sender_id)
        if tracker is not None:
            self._keep(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events that are not stored yet."""
        if tracker.events:
            await super().save(tracker)
        self._keep(tracker)

    def _additional_events(
        self, session: sa.orm.Session, tracker: DialogueStateTracker
    ) -> Iterator[Any]:
        """Rasa counts rows; what was stored of a tracker of ours is known."""
        live = self._live.get(tracker.sender_id)
        if live is None or live.tracker is not tracker:
            rest: Iterator[Any] = super()._additional_events(session, tracker)
            return rest
        return islice(tracker.events, live.stored, None)

    def _keep(self, tracker: DialogueStateTracker) -> None:
        self._live[tracker.sender_id] = _Live(tracker, len(tracker.events))
        self._live.move_to_end(tracker.sender_id)
        while len(self._live) > LIVE_TRACKERS:
            self._live.popitem(last=False)

    def _forget_idle(self) -> None:
        """They are in the order of their last use."""
        idle_since = time.monotonic() - IDLE_S
        while self._live and next(iter(self._live.values())).used_at < idle_since:
            self._live.popitem(last=False)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """A turn waits for its commit: one write to the log instead of three flushes to the disk."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
