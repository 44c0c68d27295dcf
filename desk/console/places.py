"""Where in the queue somebody is; every link and form of the console carries it along."""

from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import urlencode

from aiohttp import web

from hotline.settings import QUEUES
from hotline.tickets.worklist import AT_ONCE, Filter, Wanted

_LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Place:
    """A service, a saved filter, a search, and the page of the list (from 1)."""

    queue: str | None = None
    filter: Filter | None = None
    words: str = ""
    page: int = 1

    @classmethod
    def of(cls, request: web.Request) -> "Place":
        """The place that the address names; what it does not know is left out."""
        queue, page = request.query.get("queue"), request.query.get("page", "")
        chosen = next(
            (each for each in get_args(Filter) if each == request.query.get("filter")), None
        )
        return cls(
            queue if queue in QUEUES else None,
            chosen,
            request.query.get("q", "").strip()[:_LONGEST_SEARCH],
            max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
        )

    @property
    def start(self) -> int:
        return (self.page - 1) * AT_ONCE

    def wanted(self, staff_id: int) -> Wanted:
        return Wanted(staff_id, self.queue, self.filter, self.words)

    def list_url(self, **changes: Any) -> str:
        """The list here, or with something changed; a change leads to its first page."""
        there = replace(self, **{"page": 1, **changes}) if changes else self
        return _url("/console", there)

    def rows_url(self) -> str:
        """The rows of this list alone, for the open page that renews them."""
        return _url("/console", self, fragment="rows")

    def ticket_url(self, number: str, act: str = "", **more: object) -> str:
        """A ticket opened from here, or what may be done with it."""
        path = f"/console/tickets/{number}"
        return _url(f"{path}/{act}" if act else path, self, **more)


def _url(path: str, place: Place, **more: object) -> str:
    wishes: dict[str, object] = {
        "queue": place.queue,
        "filter": place.filter,
        "q": place.words,
        "page": place.page if place.page > 1 else None,
        **more,
    }
    told = urlencode({key: value for key, value in wishes.items() if value})
    return f"{path}?{told}" if told else path
