"""The composition root: what every service needs, made once per process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime

from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.service import calendar_for
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
    calendar: ServiceCalendar
    replies: Replies
    words: Words

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return self.now().astimezone(self.calendar.timezone).date()


@asynccontextmanager
async def open_hotline(settings: Settings) -> AsyncIterator[Hotline]:
    """The core over the configured database; closes its connections at the end."""
    database = Database(settings.database_url)
    try:
        calendar = calendar_for(settings)
        yield Hotline(
            settings=settings,
            clock=Clock(settings.clock_file, settings.env),
            database=database,
            calendar=calendar,
            replies=load_replies(settings.root / "domain.yml"),
            words=load_words(calendar),
        )
    finally:
        await database.close()
