"""The page of the hours, made of the plan that holds or of one that is being previewed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.hours import told
from desk.console.hours.days import Almanac, Special, days
from desk.console.hours.fields import standing, undos, week_fields, year_form
from desk.console.hours.inputs import LONGEST_NAME, YEARS_AHEAD, Present, known_year
from desk.console.hours.places import When
from desk.console.scene import Scene
from desk.console.views.hours import (
    Day,
    HoursPage,
    Listed,
    ListedMonth,
    Month,
    Now,
    Preview,
)
from hotline.calendar.plan import Plan
from hotline.permissions import PLANNERS
from hotline.words.weekly import say_weekly

_SUNDAY = 6


@dataclass(frozen=True)
class Showing:
    """What is shown beside the plan: a preview, what a refused form said, the last change."""

    coming: Plan | None = None
    preview: Preview | None = None
    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    conflict: tuple[str, ...] = ()
    saved: int | None = None


def present_of(scene: Scene) -> Present:
    now = scene.local(scene.now)
    return Present(now.date(), now.hour * 60 + now.minute, scene.hotline.calendars.plan)


async def hours_page(
    scene: Scene, session: AsyncSession, when: When, showing: Showing
) -> HoursPage:
    present, hotline = present_of(scene), scene.hotline
    confirming = known_year(showing.typed.get("year", str(when.year)), present.today)
    was = Almanac(scene, present.plan)
    almanac = Almanac(scene, showing.coming) if showing.coming else was
    compared = was if showing.coming else None
    before, behind, today = when.beside(-1), when.beside(1), When(present.today, present.today.year)
    history = await told.history(scene, session)
    scale = almanac.scale(when.first, when.last) if when.month else (0, 0)
    return HoursPage(
        now=now_of(scene),
        title=_title(scene, when),
        weekly_words=say_weekly(almanac.plan.hours, scene.language),
        standing_words=standing(scene, almanac.plan, when.year),
        previous_url=before.url if before else None,
        next_url=behind.url if behind else None,
        today_url=(today.one_month if when.month else today).url,
        year_url=when.whole_year.url,
        month_url=(when if when.month else when.one_month).url,
        query=f"?{when.query}" if when.query else "",
        weekdays=tuple(_weekday(scene, number) for number in (_SUNDAY, *range(_SUNDAY))),
        months=tuple(_month(scene, each, almanac, compared) for each in when.months()),
        month=_month(scene, when, almanac, compared, scale) if when.month else None,
        scale=scale[1] - scale[0],
        scale_words=scene.t("hours.scale", begin=scale[0] // 60, end=scale[1] // 60),
        listed=tuple(_listed(scene, when, almanac, compared, present)),
        may_change=scene.staff.role in PLANNERS,
        version=hotline.calendars.version,
        week=week_fields(scene, present.plan, showing.typed),
        year=year_form(scene, present, confirming or present.today.year, showing.typed),
        history=tuple(history),
        today_iso=present.today.isoformat(),
        last_iso=date(present.today.year + YEARS_AHEAD, 12, 31).isoformat(),
        longest=LONGEST_NAME,
        preview=showing.preview,
        form=showing.form,
        saved_words=next((it.words for it in history if it.number == showing.saved), ""),
        conflict=showing.conflict,
        typed=showing.typed,
    )


def now_of(scene: Scene) -> Now:
    """Open or closed just now, why, and when that changes."""
    calendar = scene.hotline.calendar
    if calendar.is_open(scene.now):
        closes = calendar.closes_at(scene.now)
        if closes is None:
            return Now(True, scene.t("hours.now.always"))
        return Now(True, scene.t("hours.now.open", at=scene.at(closes)))
    opens = scene.at(calendar.next_open(scene.now))
    [span, *_] = calendar.between(scene.now, scene.now + timedelta(minutes=1))
    if span.day is not None and (name := span.day.name(scene.language)):
        return Now(False, scene.t("hours.now.closed_because", at=opens, name=name))
    return Now(False, scene.t("hours.now.closed", at=opens))


def _title(scene: Scene, when: When) -> str:
    if when.month is None:
        return scene.t("hours.year", year=when.year)
    return scene.t("hours.month_of", year=when.year, month=scene.t(f"hours.month.{when.month}"))


def _weekday(scene: Scene, number: int) -> str:
    """A weekday, from Monday (0) on, as short as a column of a month needs it."""
    return scene.t(f"hours.weekday.{number}")


def _month(
    scene: Scene,
    when: When,
    almanac: Almanac,
    was: Almanac | None,
    scale: tuple[int, int] | None = None,
) -> Month:
    first, last = when.first, when.last
    before = (first.weekday() + 1) % 7
    cells: list[Day | None] = [None] * before
    cells += [almanac.look(day, was, scale) for day in days(first, last)]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    is_present = (when.year, when.month) == (when.today.year, when.today.month)
    title = _title(scene, when) if scale else scene.t(f"hours.month.{when.month}")
    return Month(title, when.url, weeks, is_present)


def _listed(
    scene: Scene, when: When, almanac: Almanac, was: Almanac | None, present: Present
) -> Iterator[ListedMonth]:
    """The days that differ, by month."""
    found = almanac.days_that_differ(when.first, when.last)
    for month, those in groupby(found, key=lambda each: each[0].month):
        there = When(when.today, when.year, month)
        yield ListedMonth(
            scene.t(f"hours.month.{month}"),
            there.url,
            tuple(_line(scene, almanac, was, present, day, special) for day, special in those),
        )


def _line(
    scene: Scene,
    almanac: Almanac,
    was: Almanac | None,
    present: Present,
    day: date,
    special: Special,
) -> Listed:
    seen = almanac.look(day, None)
    return Listed(
        day_words=seen.day_words,
        day_iso=seen.iso,
        note=almanac.note(special),
        gone=seen.gone,
        ahead=was is not None and special not in was.specials(day),
        undos=() if was else tuple(undos(scene, present, special)),
    )
