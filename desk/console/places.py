"""Where in the queue somebody is; every link and form of the console carries it along."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any, get_args
from urllib.parse import quote, urlencode

from aiohttp import web

from hotline.tickets.choices import Choice
from hotline.tickets.worklist import Filter, Wanted

SEARCH, PARTNERS = "/console/search", "/console/partners"
_LONGEST_SEARCH = 200
_MOST_DIGITS = 9
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A choice with its order, a filter that everybody has, and where the page begins.

    `behind` and `before` are the id of the ticket that the page follows or leads to; None is the
    first page.
    """

    choice: Choice = field(default_factory=Choice)
    filter: Filter | None = None
    behind: int | None = None
    before: int | None = None

    @classmethod
    def of(cls, request: web.Request) -> "Place":
        """The place that the address names; what it does not know is left out."""
        chosen = next(
            (each for each in get_args(Filter) if each == request.query.get("filter")), None
        )
        return cls(
            Choice.read(request.query),
            chosen,
            id_in(request.query.get("behind", "")),
            id_in(request.query.get("before", "")),
        )

    @property
    def queue(self) -> str | None:
        return self.choice.queue or None

    @cached_property
    def wishes(self) -> dict[str, object]:
        """What an address from here carries, by name."""
        choice = self.choice.told()
        return {
            "queue": choice.pop("queue", None),
            "filter": self.filter,
            **choice,
            "behind": self.behind,
            "before": self.before,
        }

    @cached_property
    def told(self) -> str:
        """The same as a query, written once for all the links of a page."""
        return _query(self.wishes)

    def wanted(self, staff_id: int, now: datetime, zone: tzinfo) -> Wanted:
        midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        until = {"overdue": now, "hour": now + _HOUR, "today": midnight + _DAY}
        return Wanted(staff_id, self.choice, self.filter, until.get(self.choice.due))

    def list_url(self, **changes: Any) -> str:
        """The list here, or with something changed; a change leads to its first page."""
        return _url("/console", self._with(changes) if changes else self)

    def rows_url(self) -> str:
        return _url("/console", self, fragment="rows")

    def ticket_url(self, number: str, act: str = "", **more: object) -> str:
        """A ticket opened from here, or what may be done with it."""
        path = f"/console/tickets/{number}"
        return _url(f"{path}/{act}" if act else path, self, **more)

    def url(self, path: str) -> str:
        """Another form of the list, which leads back here."""
        return _url(path, self)

    def _with(self, changes: dict[str, Any]) -> "Place":
        own = {"filter", "behind", "before"}
        there = {name: it or "" for name, it in changes.items() if name not in own}
        mine = {name: it for name, it in changes.items() if name in own}
        choice = replace(self.choice, **there)
        return replace(self, **{"behind": None, "before": None, **mine}, choice=choice)


def partner_url(partner_id: str) -> str:
    return f"{PARTNERS}/{quote(partner_id, safe='')}"


def search_url(words: str, older_than: int | None = None) -> str:
    told: dict[str, object] = {"q": words}
    if older_than is not None:
        told["older_than"] = older_than
    return f"{SEARCH}?{urlencode(told)}"


def words_of(request: web.Request) -> str:
    """What is searched for."""
    return request.query.get("q", "").strip()[:_LONGEST_SEARCH]


def id_in(said: str) -> int | None:
    """The id that an address names, if it is one."""
    fits = said.isascii() and said.isdecimal() and len(said) <= _MOST_DIGITS
    return int(said) if fits else None


def _url(path: str, place: Place, **more: object) -> str:
    told = _query({**place.wishes, **more}) if more else place.told
    return f"{path}?{told}" if told else path


def _query(wishes: Mapping[str, object]) -> str:
    return urlencode({key: value for key, value in wishes.items() if value})
