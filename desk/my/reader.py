"""Who reads the own page, in which language, and how it says times and days."""

from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from desk.keys import HOTLINE, PAGES
from desk.own_pages import require_signed_in_partner
from desk.pages import Pages, language_of
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.words import times

MY = "/my"


@dataclass(frozen=True)
class Reader:
    """One page for one contact at one moment."""

    hotline: Hotline
    pages: Pages
    contact: Contact
    language: str
    now: datetime

    def t(self, key: str, **values: object) -> str:
        return self.pages.words(f"my.{key}", self.language, **values)

    def iso(self, at: datetime) -> str:
        return self._local(at).isoformat(timespec="milliseconds")

    def at(self, at: datetime) -> str:
        """今天 11:15; another day with its date: 10/8（四）22:54."""
        words = self.hotline.words
        if self._local(at).date() == self._local(self.now).date():
            return self.t("today", time=words.clock(at, self.language))
        return words.in_table(at, self.now, self.language)

    def day(self, day: date) -> str:
        """10/8（四）; of another year 2025/12/18."""
        frame = "day" if day.year == self.hotline.today().year else "other_year"
        moment = datetime.combine(day, datetime.min.time())
        return times.written(f"table.{frame}", moment, self.language)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.hotline.calendar.timezone)


async def reader_of(request: web.Request) -> Reader:
    """The page's reader: whoever is signed in."""
    hotline, partner = request.app[HOTLINE], await require_signed_in_partner(request)
    language = language_of(request)
    return Reader(hotline, request.app[PAGES], partner.contact, language, hotline.now())


def ticket_url(number: str) -> str:
    return f"{MY}/tickets/{number}"
