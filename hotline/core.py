"""The composition root: what every service needs, made once per process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime

from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.service import Calendars
from hotline.clock import Clock
from hotline.database import Database
from hotline.replies import Replies, load_replies
from hotline.settings import Settings
from hotline.words import Words, load_words


@dataclass(frozen=True)
class Hotline:
    settings: Settings
    clock: Clock
    database: Database
    calendars: Calendars
    replies: Replies

    @property
    def calendar(self) -> ServiceCalendar:
        """The hours that hold now; another object once an administrator has changed them."""
        return self.calendars.present

    @property
    def words(self) -> Words:
        return load_words(self.calendar)

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return self.now().astimezone(self.calendar.timezone).date()


@asynccontextmanager
async def open_hotline(settings: Settings) -> AsyncIterator[Hotline]:
    """The core over the configured database; closes its connections at the end."""
    database = Database(settings.database_url)
    try:
        yield Hotline(
            settings=settings,
            clock=Clock(settings.clock_file, settings.env),
            database=database,
            calendars=Calendars(settings),
            replies=load_replies(settings.root / "domain.yml"),
        )
    finally:
        await database.close()
