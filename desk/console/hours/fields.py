"""What the forms of the hours begin with: the plan as it holds, or what somebody has typed."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from desk.console.hours.days import Special
from desk.console.hours.inputs import (
    REOPEN,
    Present,
    days_in_force,
    holidays_to_choose,
    key_of,
    lasts,
)
from desk.console.scene import Scene
from desk.console.views.hours import Choice, Undo, WeekField, YearForm
from hotline.calendar.days import SPECIAL_OPENING
from hotline.calendar.plan import Plan
from hotline.words import times

_A_MONDAY = date(2024, 1, 1)


def undos(scene: Scene, present: Present, special: Special) -> Iterator[Undo]:
    exception = special.exception
    if exception is None or exception.day < present.today:
        return
    kind, day, hours = key_of(exception)
    name = exception.special.name(scene.language)
    ways = ["undo"]
    if lasts(exception, present.today, present.minute):
        ways.insert(0, REOPEN)
    for how in ways:
        label = scene.t(f"hours.undo.{how}")
        yield Undo(how, label, scene.t(f"hours.undo.{how}_what", name=name), kind, day, hours)


def week_fields(scene: Scene, plan: Plan, typed: Mapping[str, str]) -> tuple[WeekField, ...]:
    comma = scene.hotline.words.say("list_comma", scene.language)
    return tuple(
        WeekField(
            f"d{number}",
            times.weekday(_A_MONDAY + timedelta(days=number), scene.language),
            typed.get(f"d{number}", comma.join(map(str, hours))),
        )
        for number, hours in enumerate(plan.hours.days)
    )


def year_form(scene: Scene, present: Present, year: int, typed: Mapping[str, str]) -> YearForm:
    plan, in_force = present.plan, days_in_force(present.plan, year)
    off = {day.date for day in in_force if day.why != SPECIAL_OPENING}
    is_typed = typed.get("year") == str(year)
    choices = []
    for day in holidays_to_choose(plan, year):
        name, gone = f"off-{day.date.isoformat()}", day.date < present.today
        chosen = name in typed if is_typed and not gone else day.date in off
        label = f"{times.say_day(day.date, scene.language)} {day.name(scene.language)}"
        choices.append(Choice(name, label, chosen, gone))
    make_up = ", ".join(day.date.isoformat() for day in in_force if day.why == SPECIAL_OPENING)
    return YearForm(
        year,
        year in plan.years,
        standing(scene, plan, year),
        tuple(choices),
        typed.get("make_up", make_up) if is_typed else make_up,
    )


def standing(scene: Scene, plan: Plan, year: int) -> str:
    key = "confirmed" if year in plan.years else "proposed"
    return scene.t(f"hours.standing.{key}", year=year)
