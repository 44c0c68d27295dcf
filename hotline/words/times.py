"""Times as the hotline says them: in its own zone, to the minute.

`say_time` is for sentences, `say_promise` for the large line of a card, the others for lists and
pages. The calendar gives the zone and the days off; without one it is Taipei and no holiday.
"""

from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from hotline.calendar.rules import ServiceCalendar
from hotline.words.catalogue import Catalogue

LOCALES = {"zh-TW": "zh_Hant_TW", "en": "en"}
NIGHT_ENDS_AT_HOUR = 6

_ZONE = "Asia/Taipei"


@cache
def core_catalogue() -> Catalogue:
    return Catalogue.load(Path(__file__).with_name("catalogue.yml"))


def say_time(
    at: datetime, now: datetime, language: str, calendar: ServiceCalendar | None = None
) -> str:
    """`at` for a sentence, as short as it is clear; the sentence itself adds 前 or "by"."""
    local, present = local_time(at, calendar), local_time(now, calendar)
    return written(f"time.{_frame(local, present, calendar)}", local, language)


def say_promise(
    at: datetime, now: datetime, language: str, calendar: ServiceCalendar | None = None
) -> str:
    """A deadline as a card shows it, with its 前 or "by"."""
    local, present = local_time(at, calendar), local_time(now, calendar)
    if local.date() == present.date():
        frame = "today"
    else:
        frame = "dated" if local.year == present.year else "other_year"
    words = written(f"promise.{frame}", local, language)
    return core_catalogue().say("before", language, time=words)


def say_in_table(
    at: datetime, now: datetime, language: str, calendar: ServiceCalendar | None = None
) -> str:
    """Day and time for a table; of another year the date alone."""
    local, present = local_time(at, calendar), local_time(now, calendar)
    frame = "dated" if local.year == present.year else "other_year"
    return written(f"table.{frame}", local, language)


def say_clock(at: datetime, language: str, calendar: ServiceCalendar | None = None) -> str:
    """The time of day alone, as `9:00`."""
    return written("table.clock", local_time(at, calendar), language)


def say_day(day: date, language: str) -> str:
    """For a sentence: "12/9（週三）", "Wed 9 Dec"."""
    return written("a_day", datetime.combine(day, time()), language)


def weekday(day: date, language: str) -> str:
    return written("weekday", datetime.combine(day, time()), language)


def local_time(at: datetime, calendar: ServiceCalendar | None) -> datetime:
    """`at` on the hotline's wall."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be said")
    return at.astimezone(calendar.timezone if calendar else ZoneInfo(_ZONE))


def written(key: str, local: datetime, language: str) -> str:
    # Babel would take an aware time to UTC.
    return _written(key, local.replace(second=0, microsecond=0, tzinfo=None), language)


@lru_cache(maxsize=10_000)  # a list says the same days and times again and again
def _written(key: str, minute: datetime, language: str) -> str:
    pattern = core_catalogue().say(key, language)
    return format_datetime(minute, pattern, locale=LOCALES[language])


def _frame(local: datetime, present: datetime, calendar: ServiceCalendar | None) -> str:
    day, today = local.date(), present.date()
    ahead = (day - today).days
    if ahead == 0:
        # At night people still call it yesterday, so "today" needs its name.
        night = min(local.hour, present.hour) < NIGHT_ENDS_AT_HOUR
        return "today_night" if night else "today"
    if ahead == 1:
        return "tomorrow"
    if day.year != today.year:
        return "other_year"
    if not 0 < ahead <= 6:
        return "dated"
    if day.weekday() < today.weekday():
        return "next_week"
    return "after_holiday" if calendar and _has_day_off(today, day, calendar) else "this_week"


def _has_day_off(today: date, day: date, calendar: ServiceCalendar) -> bool:
    between = (today + timedelta(days=ahead) for ahead in range(1, (day - today).days))
    return any(not calendar.is_open_on(each) for each in between)
