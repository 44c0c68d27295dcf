"""The plan that an administrator keeps: the week's hours, each year's holidays, exceptions. Pure.

A plan is a value: every change gives a new one or is refused with a code (`PlanFault`), and becomes
a version of its own. Until a year is confirmed its proposed holidays hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from itertools import pairwise
from typing import Any

from hotline.calendar.days import (
    DAY_MINUTES,
    HOLIDAY,
    SPECIAL_CLOSURE,
    SPECIAL_OPENING,
    Hours,
    SpecialDay,
    WeeklyHours,
)
from hotline.calendar.rules import OfficialDay, ServiceCalendar
from hotline.errors import BadInput

CLOSED, OPEN, SUDDEN = "closed", "open", "sudden"
KINDS = (CLOSED, OPEN, SUDDEN)


class PlanFault(BadInput):
    """A change that cannot be: `fields["reason"]` is its code."""

    def __init__(self, reason: str, message: str, **fields: Any) -> None:
        super().__init__(message, reason=reason, **fields)


@dataclass(frozen=True)
class Exceptional:
    """A day that differs, and why.

    CLOSED takes a whole day (or `hours` of it) away, OPEN adds hours (without `hours` those of a
    working day), SUDDEN closes from a minute on that has come: `hours` is one stretch.
    """

    kind: str
    day: date
    name_zh: str
    name_en: str
    hours: tuple[Hours, ...] = ()

    @property
    def special(self) -> SpecialDay:
        why = SPECIAL_OPENING if self.kind == OPEN else SPECIAL_CLOSURE
        return SpecialDay(self.day, why, self.name_zh, self.name_en, self.hours)


@dataclass(frozen=True)
class Plan:
    hours: WeeklyHours
    years: Mapping[int, tuple[SpecialDay, ...]] = field(default_factory=dict)
    exceptions: tuple[Exceptional, ...] = ()

    def official(self, proposed: OfficialDay) -> OfficialDay:
        """The official days: of a confirmed year its own, else what is `proposed`."""
        confirmed = {day.date: day for days in self.years.values() for day in days}
        return lambda day: confirmed.get(day) if day.year in self.years else proposed(day)

    def calendar(self, proposed: OfficialDay) -> ServiceCalendar:
        """The calendar of this plan; `proposed` are the official days of unconfirmed years."""
        special = (it.special for it in self.exceptions)
        return ServiceCalendar(self.hours, special, self.official(proposed))


def with_exception(plan: Plan, new: Exceptional, today: date, minute: int) -> Plan:
    """The plan with one exception more; `minute` is how far `today` has come.

    PlanFault: past, twice, overlap, no_reason, or sudden where it is not today.
    """
    if not new.name_zh.strip() or not new.name_en.strip():
        raise PlanFault("no_reason", "an exception needs a reason in both languages")
    if new.kind not in KINDS:
        raise PlanFault("kind", f"an exception is one of {', '.join(KINDS)}")
    if new.day < today:
        raise PlanFault("past", "the day has gone")
    if new.kind == SUDDEN and (new.day != today or len(new.hours) != 1):
        raise PlanFault("sudden", "a sudden closure is for one stretch of today")
    if new.day == today and any(hours.closes <= minute for hours in new.hours):
        raise PlanFault("past", "these hours have gone")
    _in_order(new.hours)
    for known in plan.exceptions:
        if known.day == new.day and known.kind == new.kind and _meet(known.hours, new.hours):
            raise PlanFault("twice", "there is such an exception on this day already")
    exceptions = sorted((*plan.exceptions, new), key=_order)
    return replace(plan, exceptions=tuple(exceptions))


def without_exception(plan: Plan, gone: Exceptional, today: date) -> Plan:
    """The plan without an exception; PlanFault `past` if it has had its effect, `unknown`."""
    if gone not in plan.exceptions:
        raise PlanFault("unknown", "there is no such exception")
    if gone.day < today:
        raise PlanFault("past", "the day has gone")
    return replace(plan, exceptions=tuple(it for it in plan.exceptions if it != gone))


def shortened(plan: Plan, sudden: Exceptional, minute: int) -> Plan:
    """The plan with a closure that ends at `minute`: open again earlier than was thought."""
    if sudden not in plan.exceptions:
        raise PlanFault("unknown", "there is no such exception")
    began = sudden.hours[0].opens if sudden.hours else 0
    kept = tuple(it for it in plan.exceptions if it != sudden)
    if began < minute:
        kept = (*kept, replace(sudden, hours=(Hours(began, minute),)))
    return replace(plan, exceptions=tuple(sorted(kept, key=_order)))


def with_year(plan: Plan, year: int, days: tuple[SpecialDay, ...]) -> Plan:
    """The plan with the confirmed holidays and make-up days of a year; PlanFault: twice, year."""
    if any(day.date.year != year for day in days):
        raise PlanFault("year", f"all days are of {year}")
    if any(day.why not in (HOLIDAY, SPECIAL_OPENING) for day in days):
        raise PlanFault("kind", "a year has holidays and make-up days")
    dates = [day.date for day in days]
    if twice := sorted({day for day in dates if dates.count(day) > 1}):
        raise PlanFault("twice", f"a day twice: {twice[0]}", day=twice[0].isoformat())
    return replace(plan, years={**plan.years, year: tuple(sorted(days, key=lambda it: it.date))})


def with_hours(plan: Plan, week: tuple[tuple[str, ...], ...]) -> Plan:
    """The plan with other weekly hours, as 09:00-12:00; PlanFault: midnight, overlap, never."""
    days = tuple(tuple(read_hours(span) for span in spans) for spans in week)
    for hours in days:
        _in_order(hours)
    if not any(days):
        raise PlanFault("never", "the hotline is open on one day of the week at least")
    return replace(plan, hours=WeeklyHours(plan.hours.timezone, days))


def read_hours(span: str) -> Hours:
    """09:00-17:00; PlanFault: midnight, hours."""
    try:
        return Hours.parse(span)
    except ValueError as error:
        opens, _, closes = span.partition("-")
        if len(opens) == len(closes) == 5 and closes <= opens:
            message = "hours do not cross midnight: end at 24:00, and begin the next day at 00:00"
            raise PlanFault("midnight", message, span=span) from error
        raise PlanFault("hours", "hours are written 09:00-17:00", span=span) from error


def to_json(plan: Plan) -> dict[str, Any]:
    return {
        "hours": [[str(hours) for hours in day] for day in plan.hours.days],
        "years": {
            str(year): [day_to_json(day) for day in days] for year, days in plan.years.items()
        },
        "exceptions": [
            {
                "kind": it.kind,
                "day": it.day.isoformat(),
                "name_zh": it.name_zh,
                "name_en": it.name_en,
                "hours": [str(hours) for hours in it.hours],
            }
            for it in plan.exceptions
        ],
    }


def from_json(said: Mapping[str, Any], timezone: tzinfo) -> Plan:
    week = tuple(tuple(map(Hours.parse, day)) for day in said["hours"])
    years = {int(year): tuple(map(_day, days)) for year, days in said["years"].items()}
    exceptions = tuple(
        Exceptional(
            it["kind"],
            date.fromisoformat(it["day"]),
            it["name_zh"],
            it["name_en"],
            tuple(map(Hours.parse, it["hours"])),
        )
        for it in said["exceptions"]
    )
    return Plan(WeeklyHours(timezone, week), years, exceptions)


def _in_order(hours: tuple[Hours, ...]) -> None:
    for earlier, later in pairwise(hours):
        if later.opens < earlier.closes:
            raise PlanFault("overlap", f"{earlier} and {later} overlap or are not in order")


def _meet(one: tuple[Hours, ...], other: tuple[Hours, ...]) -> bool:
    """Whether two lists of hours have a minute in common; none is the whole day."""
    whole = (Hours(0, DAY_MINUTES),)
    return any(
        mine.opens < yours.closes and yours.opens < mine.closes
        for mine in one or whole
        for yours in other or whole
    )


def _order(exception: Exceptional) -> tuple[date, str, tuple[Hours, ...]]:
    return exception.day, exception.kind, exception.hours


def day_to_json(day: SpecialDay) -> dict[str, str]:
    """A holiday or a make-up day."""
    return {
        "day": day.date.isoformat(),
        "why": day.why,
        "name_zh": day.name_zh,
        "name_en": day.name_en,
    }


def _day(said: Mapping[str, str]) -> SpecialDay:
    return SpecialDay(
        date.fromisoformat(said["day"]), said["why"], said["name_zh"], said["name_en"]
    )
