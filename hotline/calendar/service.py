"""The calendar that the settings describe, with Taiwan's official days."""

from functools import cache

from hotline.calendar.days import SPECIAL_CLOSURE, SPECIAL_OPENING, Hours, SpecialDay, WeeklyHours
from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.taiwan import official_day
from hotline.settings import HoursSettings, Settings, SpecialDaySettings


def calendar_for(settings: Settings, severity: int | None = None) -> ServiceCalendar:
    """The hotline's calendar, made once; that of a `severity` counts all day if it is set so."""
    if severity is not None and settings.severity[severity].round_the_clock:
        return _round_the_clock(settings.hours)
    return _calendar(settings.hours, settings.closures, settings.openings)


@cache
def _calendar(
    hours: HoursSettings,
    closures: tuple[SpecialDaySettings, ...],
    openings: tuple[SpecialDaySettings, ...],
) -> ServiceCalendar:
    declared = [_special(SPECIAL_CLOSURE, day) for day in closures]
    declared += [_special(SPECIAL_OPENING, day) for day in openings]
    return ServiceCalendar(hours.weekly(), declared, official_day)


@cache
def _round_the_clock(hours: HoursSettings) -> ServiceCalendar:
    return ServiceCalendar(WeeklyHours(hours.zone, ((Hours.parse("00:00-24:00"),),) * 7))


def _special(why: str, day: SpecialDaySettings) -> SpecialDay:
    hours = tuple(Hours.parse(span) for span in day.spans)
    return SpecialDay(day.date, why, day.name_zh, day.name_en, hours)
