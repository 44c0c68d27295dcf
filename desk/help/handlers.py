"""The help centre's addresses: the list with its search, and one article."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from aiohttp import web
from markupsafe import Markup

from desk.help.contents import Entry, by_title, by_topic, topic_of, url_of
from desk.help.searching import LONGEST, search, words_of
from desk.keys import HOTLINE, PAGES
from desk.pages import language_of
from desk.partner_door import SIGN_IN
from desk.sessions import partner_session, staff_session
from hotline.core import Hotline
from hotline.knowledge import asking
from hotline.knowledge.articles import Article, Reader
from hotline.knowledge.markdown import to_html
from hotline.partners.service import Contact
from hotline.words import times


@dataclass(frozen=True)
class _Page:
    """One page for one reader: a contact of a partner, or a visitor."""

    request: web.Request
    hotline: Hotline
    contact: Contact | None
    reader: Reader
    language: str
    readable: Mapping[str, Article]

    def entry(self, article: Article) -> Entry:
        said = asking.wording(self.hotline, article, self.language)
        return Entry(url_of(article.id), said.title, said.short, topic_of(article.file))

    def render(self, name: str, **context: object) -> web.Response:
        contact = self.contact
        return self.request.app[PAGES].render(
            self.request,
            f"help/{name}.html",
            name=contact.name if contact else None,
            company=contact.company(self.language) if contact else None,
            sign_in_url=f"{SIGN_IN}?{urlencode({'next': str(self.request.rel_url)})}",
            longest=LONGEST,
            **{"words": "", **context},
        )


async def contents(request: web.Request) -> web.Response:
    """All that the reader may see, or what answers the words searched for."""
    page = await _page_of(request)
    if words := words_of(request.query.get("q", "")):
        return await _found(page, words)
    entries = [page.entry(article) for article in page.readable.values()]
    is_by_title = request.query.get("by") == "title"
    return page.render(
        "contents",
        topics=() if is_by_title else by_topic(entries),
        initials=by_title(entries) if is_by_title else (),
        count=len(entries),
    )


async def article(request: web.Request) -> web.Response:
    """One article; the same page for one unknown, one expired and one for others."""
    page = await _page_of(request)
    found = page.readable.get(request.match_info["id"])
    if found is None:
        return page.render("no_article", status=404)
    said = asking.wording(page.hotline, found, page.language)

    def address(article_id: str) -> str | None:
        return url_of(article_id) if article_id in page.readable else None

    return page.render(
        "article",
        title=said.title,
        short=said.short,
        description=" ".join(said.short.split()),
        # What comes out of it is sanitised.
        full=Markup(to_html(said.answer, address)),  # noqa: S704
        topic=topic_of(found.file),
        updated=found.updated.isoformat(),
        updated_words=_day(found.updated, page.language),
        related=[page.entry(page.readable[one]) for one in found.related if one in page.readable],
    )


async def _found(page: _Page, words: str) -> web.Response:
    found = await asyncio.to_thread(search, page.hotline, page.reader, words)
    return page.render(
        "search",
        words=words,
        is_answered=found.is_answered,
        entries=[page.entry(article) for article in found.articles],
    )


async def _page_of(request: web.Request) -> _Page:
    hotline, partner = request.app[HOTLINE], await partner_session(request)
    contact = partner.contact if partner else None
    # In a thread: files that were edited are read again.
    reader = asking.reader_of(contact)
    if contact is None and await staff_session(request) is not None:
        reader = Reader(is_staff=True)
    readable = await asyncio.to_thread(asking.readable, hotline, reader)
    return _Page(request, hotline, contact, reader, language_of(request), readable)


def _day(day: date, language: str) -> str:
    return times.written("table.other_year", datetime.combine(day, time()), language)
