"""Who is listening: the open pages of each conversation, and the open consoles."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Frame = dict[str, Any]
CONSOLES = "consoles"
_MOST_FRAMES = 500


def topic_of_session(session_id: str) -> str:
    """What a page listens to that speaks by a partner's session."""
    return f"session {session_id}"


class Hub:
    """Topics and their listeners. A listener that does not keep up loses its connection, not us."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[asyncio.Queue[Frame | None]]] = defaultdict(set)

    @contextmanager
    def listening(self, *topics: str) -> Iterator[asyncio.Queue[Frame | None]]:
        """A queue of frames for `topics`; None in it means: too slow, reconnect and catch up."""
        queue: asyncio.Queue[Frame | None] = asyncio.Queue(_MOST_FRAMES + 1)
        for topic in topics:
            self._listeners[topic].add(queue)
        try:
            yield queue
        finally:
            for topic in topics:
                self._listeners[topic].discard(queue)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    def has_listeners(self, topic: str) -> bool:
        return topic in self._listeners

    def send_to_pages(self, frame: Frame) -> None:
        """To every open page of a partner, whatever it listens to."""
        for topic in tuple(self._listeners):
            if topic != CONSOLES:
                self.send(topic, frame)

    def send(self, topic: str, frame: Frame) -> None:
        for queue in tuple(self._listeners.get(topic, ())):
            if queue.qsize() >= _MOST_FRAMES:
                self._listeners[topic].discard(queue)
                if not queue.full():  # by another of its topics it has been told already
                    queue.put_nowait(None)
            else:
                queue.put_nowait(frame)
