"""Changes of the hours in words: for the history, for a conflict, and for partners."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.hours.days import say_hours
from desk.console.hours.inputs import Wish
from desk.console.scene import Scene
from desk.console.views.hours import ChangeLine, Told
from hotline import versions
from hotline.calendar import plan as plans
from hotline.calendar.days import HOLIDAY
from hotline.calendar.plan import OPEN, Exceptional, Plan
from hotline.calendar.service import plan_of
from hotline.calendar.taiwan import official_day
from hotline.staff.service import staff_by_id
from hotline.versions import CALENDAR, Version
from hotline.words import times
from hotline.words.catalogue import LANGUAGES
from hotline.words.weekly import say_weekly

SHOWN = 50
_OF_STAFF = "staff:"


async def history(scene: Scene, session: AsyncSession, limit: int = SHOWN) -> list[ChangeLine]:
    """Who changed what and when, newest first."""
    found = await versions.history(session, CALENDAR, limit + 1)
    before = [_plan(scene, version) for version in found[1:]]
    if len(found) <= limit:
        before.append(plan_of(scene.hotline.settings))
    return [
        ChangeLine(
            version.number,
            await _who(scene, session, version.actor),
            scene.at(version.at),
            scene.iso(version.at),
            change(scene, version.change, earlier, _plan(scene, version)),
        )
        for version, earlier in zip(found, before, strict=False)
    ]


def change(scene: Scene, code: str, before: Plan, after: Plan) -> str:
    """What was done, in a line: the code's words, and what the plan has now or has no more."""
    known = f"hours.change.{code}" in scene.pages.catalogues["console"]
    words = scene.t(f"hours.change.{code}" if known else "hours.change.other")
    details = _details(scene, before, after)
    if not details:
        return words
    told = scene.t("hours.between").join(details)
    return scene.t("hours.change.with", what=words, details=told)


def to_partners(scene: Scene, wish: Wish, plan: Plan) -> tuple[Told, ...]:
    """What partners will read of the change, in each of our languages."""
    return tuple(Told(language, _sentence(scene, wish, plan, language)) for language in LANGUAGES)


def _sentence(scene: Scene, wish: Wish, plan: Plan, language: str) -> str:
    calendar, about, code = plan.calendar(official_day), wish.about, wish.code
    opens = calendar.next_open(scene.now)
    values = {
        "weekly": say_weekly(plan.hours, language),
        "opens": scene.hotline.words.time(opens, scene.now, language),
    }
    if about is not None:
        values |= {
            "name": about.special.name(language),
            "day": times.say_day(about.day, language),
            "hours": say_hours(scene, about.hours, language),
        }
        if about.kind == OPEN and code == "undone":
            code = "not_opened"
        elif about.hours and code in ("closed", "opened"):
            code = f"{code}_hours"
    if wish.form == "year":
        days = plan.years[wish.day.year]
        off = sum(day.why == HOLIDAY for day in days)
        values |= {"year": str(wish.day.year), "off": str(off), "worked": str(len(days) - off)}
    return scene.pages.words(f"console.hours.told.{code}", language, **values)


def _details(scene: Scene, before: Plan, after: Plan) -> list[str]:
    details = []
    if before.hours.days != after.hours.days:
        details.append(say_weekly(after.hours, scene.language))
    details += [
        str(year) for year in sorted(after.years) if before.years.get(year) != after.years[year]
    ]
    added = _without(after.exceptions, before.exceptions)
    gone = _without(before.exceptions, after.exceptions)
    return details + [_exception(scene, it) for it in added or gone]


def _exception(scene: Scene, exception: Exceptional) -> str:
    day = times.written("table.day", datetime.combine(exception.day, time()), scene.language)
    hours = say_hours(scene, exception.hours, scene.language)
    name = exception.special.name(scene.language)
    return " ".join(filter(None, (day, hours, name)))


def _without(these: Sequence[Exceptional], others: Sequence[Exceptional]) -> list[Exceptional]:
    return [it for it in these if it not in others]


async def _who(scene: Scene, session: AsyncSession, actor: str) -> str:
    """The name of the member of staff; the command line is the system."""
    if not actor.startswith(_OF_STAFF):
        return scene.t("hours.history.system")
    staff = await staff_by_id(session, int(actor.removeprefix(_OF_STAFF)))
    return scene.name(staff) if staff else scene.t("hours.history.former")


def _plan(scene: Scene, version: Version) -> Plan:
    return plans.from_json(version.document, scene.hotline.calendar.timezone)
