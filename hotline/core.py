"""The composition root: what every service needs, made once per process."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calendar.plan import Plan
from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.service import Calendars
from hotline.clock import Clock
from hotline.database import Database
from hotline.deadlines.rules import Rule
from hotline.deadlines.service import Deadlines
from hotline.knowledge.library import Library, library_in
from hotline.knowledge.naming import known_to
from hotline.replies import Replies, load_replies
from hotline.search import keeping
from hotline.settings import Settings
from hotline.words import Words, load_words


@dataclass(frozen=True)
class Hotline:
    settings: Settings
    clock: Clock
    database: Database
    calendars: Calendars
    deadlines: Deadlines
    replies: Replies
    library: Library

    @property
    def calendar(self) -> ServiceCalendar:
        """The hours that hold now; another object once an administrator has changed them."""
        return self.calendars.present

    @property
    def words(self) -> Words:
        return load_words(self.calendar)

    def with_plan(self, plan: Plan) -> "Hotline":
        """The same hotline by other hours, to see what they would do; nothing is written by it."""
        return replace(self, calendars=self.calendars.with_plan(plan))

    def with_rules(self, rules: Sequence[Rule]) -> "Hotline":
        """The same by other rules."""
        return replace(self, deadlines=self.deadlines.with_rules(rules))

    async def refresh(self, session: AsyncSession) -> None:
        """Take the hours and rules that hold now, if they have been changed."""
        await self.calendars.refresh(session)
        await self.deadlines.refresh(session)

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return self.now().astimezone(self.calendar.timezone).date()


@asynccontextmanager
async def open_hotline(settings: Settings) -> AsyncIterator[Hotline]:
    """The core over the configured database; closes its connections at the end."""
    database = Database(settings.database_url, follow=keeping.watch)
    try:
        yield Hotline(
            settings=settings,
            clock=Clock(settings.clock_file, settings.env),
            database=database,
            calendars=Calendars(settings),
            deadlines=Deadlines(settings),
            replies=load_replies(settings.root / "domain.yml"),
            library=library_in(settings.knowledge_dir, known_to(settings)),
        )
    finally:
        await database.close()
