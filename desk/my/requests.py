"""The list of the own requests: what was wished for, and one row each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import get_args
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncSession

from desk.inputs import one_line
from desk.my.promise import Promise, promise_of, state_of
from desk.my.reader import MY, Reader, ticket_url
from hotline.tickets import own
from hotline.tickets.own import Wanted, Which, Whose
from hotline.tickets.ticket import Ticket

_LONGEST_SEARCH = 120
_MOST_PAGES = 10_000


@dataclass(frozen=True)
class Wish:
    """What the address asks for; whatever cannot be read there is the usual."""

    wanted: Wanted = field(default_factory=Wanted)
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wish":
        which, whose = query.get("state", "all"), query.get("whose", "all")
        words = one_line(query.get("q", ""), _LONGEST_SEARCH)
        page = query.get("page", "1")
        fits = page.isascii() and page.isdecimal() and 0 < int(page[:6]) <= _MOST_PAGES
        return cls(
            Wanted(
                which if which in get_args(Which) else "all",  # type: ignore[arg-type]
                whose if whose in get_args(Whose) else "all",  # type: ignore[arg-type]
                words,
            ),
            int(page) if fits and len(page) <= len(str(_MOST_PAGES)) else 1,
        )

    def url(self, **changes: str) -> str:
        wish = replace(self.wanted, **changes)  # type: ignore[arg-type]
        return _url(wish, 1)

    def page_url(self, page: int) -> str:
        return _url(self.wanted, page)


@dataclass(frozen=True, slots=True)
class Row:
    """One request; `by` is the colleague who opened it, "" for the reader's own."""

    number: str
    url: str
    subject: str
    state: str
    state_words: str
    promise: Promise
    updated_words: str
    updated_iso: str
    by: str
    customer: str


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """The rows of one page; `none` says why there are none, and what next."""

    rows: tuple[Row, ...]
    count_words: str
    which: tuple[Choice, ...]
    whose: tuple[Choice, ...]
    search: str
    hidden: tuple[tuple[str, str], ...]
    none_title: str
    none: str
    all_url: str
    place_words: str
    previous_url: str | None
    next_url: str | None


async def requests_page(reader: Reader, session: AsyncSession, wish: Wish) -> RequestsPage:
    hotline, contact, wanted = reader.hotline, reader.contact, wish.wanted
    count = await own.count(session, hotline, contact, wanted)
    pages = max(1, -(-count // own.ON_A_PAGE))
    page = min(wish.page, pages)
    start = (page - 1) * own.ON_A_PAGE
    tickets = await own.page_of(session, hotline, contact, wanted, start)
    is_usual = wanted == Wanted()
    none = "none" if is_usual else "not_found" if wanted.words else "none_filtered"
    return RequestsPage(
        rows=tuple(_row(reader, ticket) for ticket in tickets),
        count_words=reader.t("list.count", n=count),
        which=tuple(
            Choice(reader.t(f"list.which.{one}"), wish.url(which=one), one == wanted.which)
            for one in get_args(Which)
        ),
        whose=tuple(
            Choice(reader.t(f"list.whose.{one}"), wish.url(whose=one), one == wanted.whose)
            for one in get_args(Whose)
        ),
        search=wanted.words,
        hidden=tuple(
            pair for pair in (("state", wanted.which), ("whose", wanted.whose)) if pair[1] != "all"
        ),
        none_title=reader.t(f"list.{none}_title", query=wanted.words),
        none=reader.t(f"list.{none}"),
        all_url="" if is_usual else MY,
        place_words=reader.t("list.place", page=page, pages=pages) if pages > 1 else "",
        previous_url=wish.page_url(page - 1) if page > 1 else None,
        next_url=wish.page_url(page + 1) if page < pages else None,
    )


def _row(reader: Reader, ticket: Ticket) -> Row:
    return Row(
        number=ticket.number,
        url=ticket_url(ticket.number),
        subject=ticket.subject,
        state=ticket.state,
        state_words=state_of(reader, ticket),
        promise=promise_of(reader, ticket),
        updated_words=reader.at(ticket.updated_at),
        updated_iso=reader.iso(ticket.updated_at),
        by=opener_of(reader, ticket),
        customer=ticket.fact("customer") or "",
    )


def opener_of(reader: Reader, ticket: Ticket) -> str:
    """The colleague who opened it; "" for the reader's own."""
    if ticket.contact is None or ticket.contact.id == reader.contact.id:
        return ""
    return ticket.contact.name


def _url(wanted: Wanted, page: int) -> str:
    said = {
        "state": wanted.which if wanted.which != "all" else "",
        "whose": wanted.whose if wanted.whose != "all" else "",
        "q": wanted.words,
        "page": str(page) if page > 1 else "",
    }
    query = urlencode({key: value for key, value in said.items() if value})
    return f"{MY}?{query}" if query else MY
