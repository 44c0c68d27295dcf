"""`hotline calendar …`: look at the hours, and change them while the hotline runs."""

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from typing import Any

from hotline.calendar import plan as plans
from hotline.calendar.days import DAY_MINUTES, Hours
from hotline.calendar.plan import CLOSED, OPEN, SUDDEN, Exceptional, Plan
from hotline.calendar.service import change
from hotline.core import Hotline, open_hotline
from hotline.errors import BadInput
from hotline.settings import load_settings

NOW = "now"
_ACTOR = "system"
_MOST_YEARS = 3  # ahead: nobody knows the holidays of later ones


async def show(arguments: Namespace) -> Any:
    """The week, the year's official days and the exceptions from today on."""
    async with open_hotline(load_settings()) as hotline:
        await _refresh(hotline)
        year = arguments.year or hotline.today().year
        if not hotline.today().year <= year <= hotline.today().year + _MOST_YEARS:
            raise BadInput(f"the year must be one of the next {_MOST_YEARS}, or this")
        shown = _shown(hotline, year)
    return shown if arguments.json else "\n".join(_lines(shown))


async def close(arguments: Namespace) -> Any:
    """Close a day or a part of it; `now` closes at once."""
    async with open_hotline(load_settings()) as hotline:
        await _refresh(hotline)
        today, minute = _present(hotline)
        if arguments.day == NOW:
            until = _until(arguments.until)
            new = _exceptional(SUDDEN, today, arguments, (_hours(minute, until),))
        elif arguments.until:
            raise BadInput("--until goes with now; for another day give --hours 13:00-17:00")
        else:
            new = _exceptional(CLOSED, _day(arguments.day), arguments, _spans(arguments.hours))
        return await _changed(hotline, "closed", arguments, _with(new, today, minute))


async def open_day(arguments: Namespace) -> Any:
    """Open on a day that would be closed, or longer."""
    async with open_hotline(load_settings()) as hotline:
        await _refresh(hotline)
        today, minute = _present(hotline)
        new = _exceptional(OPEN, _day(arguments.day), arguments, _spans(arguments.hours))
        return await _changed(hotline, "opened", arguments, _with(new, today, minute))


async def undo(arguments: Namespace) -> Any:
    """Take back what was declared for a day."""
    async with open_hotline(load_settings()) as hotline:
        await _refresh(hotline)
        today, _minute = _present(hotline)
        day = today if arguments.day == NOW else _day(arguments.day)

        def without(plan: Plan) -> Plan:
            declared = [it for it in plan.exceptions if it.day == day]
            if not declared:
                raise BadInput(f"nothing is declared for {day}")
            for exception in declared:
                plan = plans.without_exception(plan, exception, today)
            return plan

        return await _changed(hotline, "undone", arguments, without)


async def _changed(
    hotline: Hotline, what: str, arguments: Namespace, changed: Callable[[Plan], Plan]
) -> Any:
    await change(hotline.database, hotline.calendars, hotline.now(), _ACTOR, what, changed)
    shown = _shown(hotline, hotline.today().year)
    return shown if arguments.json else "\n".join(_lines(shown, only_exceptions=True))


def _with(new: Exceptional, today: date, minute: int) -> Callable[[Plan], Plan]:
    return lambda plan: plans.with_exception(plan, new, today, minute)


def _shown(hotline: Hotline, year: int) -> dict[str, Any]:
    plan, calendar = hotline.calendars.plan, hotline.calendar
    first, last = date(year, 1, 1), date(year, 12, 31)
    official = [
        day
        for ordinal in range(first.toordinal(), last.toordinal() + 1)
        if (day := hotline.calendars.official_day(date.fromordinal(ordinal))) is not None
    ]
    said = plans.to_json(plan)
    return {
        "version": hotline.calendars.version,
        "open_now": calendar.is_open(hotline.now()),
        "next_open": calendar.next_open(hotline.now()).astimezone(calendar.timezone).isoformat(),
        "hours": said["hours"],
        "year": year,
        "confirmed": year in plan.years,
        "holidays": [plans.day_to_json(day) for day in official],
        "exceptions": [it for it in said["exceptions"] if it["day"] >= hotline.today().isoformat()],
    }


def _lines(shown: dict[str, Any], *, only_exceptions: bool = False) -> list[str]:
    is_open = "open now" if shown["open_now"] else f"closed, opens {shown['next_open']}"
    lines = [f"version {shown['version']}, {is_open}"]
    if not only_exceptions:
        days = zip(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), shown["hours"], strict=True)
        lines += [f"{day}  {', '.join(hours) or 'closed'}" for day, hours in days]
        standing = "confirmed" if shown["confirmed"] else "as proposed, not confirmed"
        lines.append(f"official days of {shown['year']}, {standing}:")
        lines += [f"  {day['day']}  {day['name_en'] or 'make-up day'}" for day in shown["holidays"]]
    lines.append("declared:")
    lines += [
        f"  {it['day']}  {it['kind']}  {', '.join(it['hours']) or 'the whole day'}  {it['name_en']}"
        for it in shown["exceptions"]
    ] or ["  nothing"]
    return lines


async def _refresh(hotline: Hotline) -> None:
    async with hotline.database.read() as session:
        await hotline.calendars.refresh(session)


def _present(hotline: Hotline) -> tuple[date, int]:
    """Today and its minute, in the hotline's own zone."""
    now = hotline.now().astimezone(hotline.calendar.timezone)
    return now.date(), now.hour * 60 + now.minute


def _exceptional(
    kind: str, day: date, arguments: Namespace, hours: tuple[Hours, ...]
) -> Exceptional:
    return Exceptional(kind, day, arguments.reason, arguments.reason_en or arguments.reason, hours)


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise BadInput(f"{said!r} is not a day such as 2026-12-24, nor now") from None


def _spans(said: list[str]) -> tuple[Hours, ...]:
    return tuple(plans.read_hours(span) for span in said)


def _until(said: str | None) -> int:
    """The minute of the day when it ends; without one the whole rest of the day."""
    return DAY_MINUTES if said is None else plans.read_hours(f"00:00-{said}").closes


def _hours(minute: int, until: int) -> Hours:
    if until <= minute:
        raise BadInput("--until has passed already")
    return Hours(minute, until)
