"""The calendar in force: the settings' own, or the newest version that an administrator wrote."""

from collections.abc import Callable
from copy import copy
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from hotline import versions
from hotline.calendar import plan as plans
from hotline.calendar.days import Hours, WeeklyHours
from hotline.calendar.plan import CLOSED, OPEN, Exceptional, Plan
from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.taiwan import official_day
from hotline.database import Database
from hotline.settings import HoursSettings, Settings, SpecialDaySettings
from hotline.timers.setting import set_timer
from hotline.versions import CALENDAR, RECOUNT


class Calendars:
    """The plan and its calendar as this process knows them; `refresh` looks for a newer version.

    Every process refreshes before it acts for somebody, and the desk as soon as the journal tells
    of a change.
    """

    def __init__(self, settings: Settings) -> None:
        self._zone = settings.hours.zone
        self.settings_plan = plan_of(settings)
        self._take(0, self.settings_plan)
        self.day_and_night = ServiceCalendar(_without_end(settings.hours))

    def _take(self, version: int, plan: Plan) -> None:
        self.version, self.plan = version, plan
        self.present = plan.calendar(official_day)
        self.official_day = plan.official(official_day)

    def with_plan(self, plan: Plan) -> "Calendars":
        """The same version by another plan: what it would be like."""
        other = copy(self)
        other._take(self.version, plan)
        return other

    async def refresh(self, session: AsyncSession) -> bool:
        """Whether there was a newer version."""
        number = await versions.newest_number(session, CALENDAR)
        if number == self.version:
            return False
        newest = await versions.find(session, CALENDAR, number)
        if newest is None:
            return False
        self._take(number, plans.from_json(newest.document, self._zone))
        return True


def plan_of(settings: Settings) -> Plan:
    """The plan that the settings describe."""
    declared = [_exceptional(CLOSED, day) for day in settings.closures]
    declared += [_exceptional(OPEN, day) for day in settings.openings]
    return Plan(settings.hours.weekly(), exceptions=tuple(declared))


async def change(
    database: Database,
    calendars: Calendars,
    now: datetime,
    actor: str,
    what: str,
    changed: Callable[[Plan], Plan],
    after: int | None = None,
) -> int:
    """Write the plan that `changed` makes of the present one, and give back its version.

    `what` is the change's code. PlanFault where it cannot be; Conflict if the plan is no longer the
    version `after` that was looked at, and if two change it at once.
    """
    async with database.write() as session:
        await calendars.refresh(session)
        if after is not None:
            versions.require(calendars.version, after)
        plan = changed(calendars.plan)
        number = await versions.add(
            session, now, CALENDAR, actor, what, plans.to_json(plan), after=calendars.version
        )
        await set_timer(session, f"{RECOUNT}:{CALENDAR}:{number}", RECOUNT, now)
    async with database.read() as session:
        await calendars.refresh(session)
    return number


def _without_end(hours: HoursSettings) -> WeeklyHours:
    return WeeklyHours(hours.zone, ((Hours.parse("00:00-24:00"),),) * 7)


def _exceptional(kind: str, day: SpecialDaySettings) -> Exceptional:
    hours = tuple(Hours.parse(span) for span in day.spans)
    return Exceptional(kind, day.date, day.name_zh, day.name_en, hours)
