"""What a form of the hours says, read: the change that it wants, or a PlanFault with its field.

Hours and days are read by `writing`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from desk.console.hours import writing
from desk.console.views.hours import HoursForm
from hotline.calendar import plan as plans
from hotline.calendar.days import HOLIDAY, SPECIAL_OPENING, Hours, SpecialDay
from hotline.calendar.plan import CLOSED, OPEN, SUDDEN, Exceptional, Plan, PlanFault
from hotline.calendar.taiwan import official_day
from wording.text import strip_control

YEARS_AHEAD = 3  # nobody knows the holidays of later ones
LONGEST_NAME = 60
REOPEN = "reopen"

# The codes by which the history knows a change; `hotline calendar` has closed, opened and undone.
_CODES = {CLOSED: "closed", OPEN: "opened", SUDDEN: "closed_now"}


@dataclass(frozen=True)
class Present:
    """Today, how many minutes of it have passed, and the plan that holds."""

    today: date
    minute: int
    plan: Plan


@dataclass(frozen=True)
class Wish:
    """A change that somebody wants: `code` for the history, `day` for the month that it is in."""

    form: HoursForm
    code: str
    change: Callable[[Plan], Plan]
    day: date
    about: Exceptional | None = None


Read = Callable[[Mapping[str, str], Present], Wish]


def week(said: Mapping[str, str], present: Present) -> Wish:
    """Seven fields, d0 to d6 from Monday on; one that is empty is a closed day."""
    days = [writing.spans(said.get(f"d{number}", "")) for number in range(7)]
    for number, spans in enumerate(days):
        alone = tuple(spans if other == number else () for other in range(7))
        if spans:
            with at_field(f"d{number}"):
                plans.with_hours(present.plan, alone)
    return Wish("week", "hours", lambda plan: plans.with_hours(plan, tuple(days)), present.today)


def year(said: Mapping[str, str], present: Present) -> Wish:
    """The holidays that are ticked (`off-2027-01-01`), and the make-up days that are written.

    What has gone of the present year stays as it is, whatever the form says.
    """
    number = _year(said.get("year", ""), present.today)
    kept = [day for day in days_in_force(present.plan, number) if day.date < present.today]
    holidays = [
        day
        for day in holidays_to_choose(present.plan, number)
        if day.date >= present.today and f"off-{day.date.isoformat()}" in said
    ]
    make_up = []
    with at_field("make_up"):
        for day in writing.days(said.get("make_up", "")):
            if day >= present.today:
                make_up.append(SpecialDay(day, SPECIAL_OPENING, "", ""))
            elif not any(it.date == day and it.why == SPECIAL_OPENING for it in kept):
                raise PlanFault("past", "the day has gone")

    def confirmed(plan: Plan) -> Plan:
        with at_field("make_up"):
            return plans.with_year(plan, number, (*kept, *holidays, *make_up))

    first = date(number, 1, 1)
    return Wish("year", "year", confirmed, max(first, present.today.replace(day=1)))


def closed(said: Mapping[str, str], present: Present) -> Wish:
    return _declared(CLOSED, said, present)


def opened(said: Mapping[str, str], present: Present) -> Wish:
    return _declared(OPEN, said, present)


def sudden(said: Mapping[str, str], present: Present) -> Wish:
    """Closed from this very minute until the time given, or for the rest of the day."""
    with at_field("until"):
        until = writing.clock(said.get("until", ""))
        if until <= present.minute:
            raise PlanFault("past", "this time has gone")
    hours = (Hours(present.minute, until),)
    return _exceptional(SUDDEN, present.today, hours, said, present, day_field="until")


def undo(said: Mapping[str, str], present: Present) -> Wish:
    """Takes an exception back as if it had never been or, with `how`, ends a closure now."""
    wanted = (said.get("kind"), said.get("day"), said.get("hours", ""))
    gone = next((it for it in present.plan.exceptions if key_of(it) == wanted), None)
    if gone is None:
        raise PlanFault("unknown", "there is no such exception")

    def shortened(plan: Plan) -> Plan:
        return plans.shortened(plan, gone, present.minute)

    def without(plan: Plan) -> Plan:
        return plans.without_exception(plan, gone, present.today)

    if said.get("how") == REOPEN and lasts(gone, present.today, present.minute):
        return Wish("undo", "reopened", shortened, gone.day, gone)
    return Wish("undo", "undone", without, gone.day, gone)


def key_of(exception: Exceptional) -> tuple[str, str, str]:
    """Kind, day and hours, by which a form names an exception."""
    return exception.kind, exception.day.isoformat(), ",".join(map(str, exception.hours))


def lasts(exception: Exceptional, today: date, minute: int) -> bool:
    """Whether it is a sudden closure that has begun and not ended."""
    return (
        exception.kind == SUDDEN
        and exception.day == today
        and any(hours.opens < minute < hours.closes for hours in exception.hours)
    )


def days_in_force(plan: Plan, number: int) -> list[SpecialDay]:
    """A year's holidays and make-up days as they hold."""
    official = plan.official(official_day)
    return [day for each in _days_of(number) if (day := official(each))]


def holidays_to_choose(plan: Plan, number: int) -> list[SpecialDay]:
    """The year's proposed holidays, and those that hold without having been proposed."""
    found = {day.date: day for each in _days_of(number) if (day := official_day(each))}
    found |= {day.date: day for day in days_in_force(plan, number)}
    return sorted((it for it in found.values() if it.why == HOLIDAY), key=lambda it: it.date)


def known_year(said: str, today: date) -> int | None:
    """A year whose holidays can be confirmed."""
    years = range(today.year, today.year + YEARS_AHEAD + 1)
    return next((number for number in years if str(number) == said), None)


@contextmanager
def at_field(field: str) -> Iterator[None]:
    """A PlanFault that comes from here is told at this field, unless it names one itself."""
    try:
        yield
    except PlanFault as fault:
        fault.fields.setdefault("field", field)
        raise


def _declared(kind: str, said: Mapping[str, str], present: Present) -> Wish:
    with at_field("day"):
        day = writing.day(said.get("day", ""))
        if day.year > present.today.year + YEARS_AHEAD:
            raise PlanFault("far", "no later than the years that are known")
    with at_field("hours"):
        hours = tuple(sorted(map(plans.read_hours, writing.spans(said.get("hours", "")))))
    return _exceptional(kind, day, hours, said, present, day_field="day")


def _exceptional(
    kind: str,
    day: date,
    hours: tuple[Hours, ...],
    said: Mapping[str, str],
    present: Present,
    *,
    day_field: str,
) -> Wish:
    names = (_name(said, "name_zh"), _name(said, "name_en"))
    new = Exceptional(kind, day, *names, hours)
    is_of_hours = day_field == "day" and day == present.today and bool(hours)

    def declared(plan: Plan) -> Plan:
        try:
            return plans.with_exception(plan, new, present.today, present.minute)
        except PlanFault as fault:
            about_hours = fault.fields["reason"] == "overlap" or (
                fault.fields["reason"] == "past" and is_of_hours
            )
            fault.fields.setdefault("field", "hours" if about_hours else day_field)
            raise

    return Wish(_FORMS[kind], _CODES[kind], declared, day, new)


_FORMS: dict[str, HoursForm] = {CLOSED: "closed", OPEN: "open", SUDDEN: "sudden"}


def _name(said: Mapping[str, str], field: str) -> str:
    name = " ".join(strip_control(said.get(field, "")).split())
    with at_field(field):
        if not name:
            raise PlanFault("no_reason", "an exception needs a reason in both languages")
        if len(name) > LONGEST_NAME:
            raise PlanFault("long", f"a reason of {LONGEST_NAME} characters at most")
    return name


def _year(said: str, today: date) -> int:
    found = known_year(said, today)
    if found is None:
        raise PlanFault("year", "this year or one of the next")
    return found


def _days_of(number: int) -> Iterator[date]:
    first, last = date(number, 1, 1), date(number, 12, 31)
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
