"""Taiwan's official days off, by the `holidays` library, in Chinese and English.

What the library has (version 0.109, compared with the government's calendars of 2025 and 2026):
the days of the law of May 2025 (the day before New Year's Eve, 28 September, 25 October,
25 December, 1 May for everybody), the days given in lieu (before a Saturday, after a Sunday), and
up to February 2025 the bridge days with the Saturday that made up for them.

What it has not: later years come from the rules alone, so a bridge day or a make-up Saturday
that the government should announce again (it has stopped doing so from 2026 on), a typhoon day
and an election day are declared in the settings. Before 2026 it keeps Labour Day, a day off for
employees only, in another category; the hotline's people are employees.
"""

from datetime import date
from functools import cache

from holidays import OPTIONAL, PUBLIC, country_holidays

from hotline.calendar.days import HOLIDAY, SPECIAL_OPENING, SpecialDay


def official_day(day: date) -> SpecialDay | None:
    """The holiday or the make-up working day that `day` is; a make-up day has no name."""
    return _year(day.year).get(day)


@cache
def _year(year: int) -> dict[date, SpecialDay]:
    chinese, english = _names(year, "zh_TW"), _names(year, "en_US")
    found = {day: SpecialDay(day, SPECIAL_OPENING, "", "") for day in _make_up_days(year)}
    for day, name in chinese.items():
        found[day] = SpecialDay(day, HOLIDAY, name, english[day])
    return found


def _names(year: int, language: str) -> dict[date, str]:
    public = country_holidays("TW", years=year, language=language, categories=PUBLIC)
    employees = country_holidays("TW", years=year, language=language, categories=OPTIONAL)
    labour_day = date(year, 5, 1)
    names = {labour_day: employees[labour_day]} if labour_day in employees else {}
    return names | {day: " / ".join(public.get_list(day)) for day in public}


def _make_up_days(year: int) -> set[date]:
    return country_holidays("TW", years=year).weekend_workdays
