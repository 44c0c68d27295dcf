"""What a day is like under a plan: open from when to when, and what makes it differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.console.scene import Scene
from desk.console.views.hours import Bar, BarKind, Day, Mark, Note
from hotline.calendar.days import (
    DAY_MINUTES,
    HOLIDAY,
    SPECIAL_CLOSURE,
    SPECIAL_OPENING,
    Hours,
    SpecialDay,
)
from hotline.calendar.plan import CLOSED, OPEN, SUDDEN, Exceptional, Plan
from hotline.calendar.rules import ServiceCalendar, Span
from hotline.calendar.taiwan import official_day
from hotline.words import times

MAKE_UP = "make_up"
ONE_DAY = timedelta(days=1)
# The usual ends of a day's bar, in minutes; a day that goes further has a longer one.
_BAR_FROM, _BAR_TO = 8 * 60, 18 * 60

_MARKS: dict[str, Mark] = {
    SUDDEN: "triangle",
    CLOSED: "cross",
    OPEN: "plus",
    MAKE_UP: "plus",
    HOLIDAY: "dot",
}
_BARS: dict[str, BarKind] = {SPECIAL_OPENING: "extra", SPECIAL_CLOSURE: "closed"}


@dataclass(frozen=True)
class Special:
    """What makes a day differ: a kind of exception, a holiday, or a make-up working day."""

    kind: str
    day: SpecialDay
    exception: Exceptional | None = None


class Almanac:
    """The days of one plan, as a page shows them."""

    def __init__(self, scene: Scene, plan: Plan) -> None:
        self.scene, self.plan = scene, plan
        self.calendar: ServiceCalendar = plan.calendar(official_day)
        self._official = plan.official(official_day)
        self._exceptions: dict[date, list[Exceptional]] = {}
        for exception in plan.exceptions:
            self._exceptions.setdefault(exception.day, []).append(exception)

    def specials(self, day: date) -> tuple[Special, ...]:
        """What is special about a day, the strongest first."""
        found = [Special(it.kind, it.special, it) for it in self._exceptions.get(day, ())]
        if official := self._official(day):
            found.append(Special(HOLIDAY if official.why == HOLIDAY else MAKE_UP, official))
        return tuple(sorted(found, key=lambda special: list(_MARKS).index(special.kind)))

    def days_that_differ(self, first: date, last: date) -> Iterator[tuple[date, Special]]:
        for day in days(first, last):
            for special in self.specials(day):
                yield day, special

    def note(self, special: Special) -> Note:
        kind = self.scene.t(f"hours.kind.{special.kind}")
        return Note(
            _MARKS[special.kind],
            kind,
            special.day.name(self.scene.language) or kind,
            say_hours(self.scene, special.day.hours, self.scene.language),
        )

    def hours_of(self, day: date) -> tuple[Hours, ...]:
        """When it is open on a day."""
        open_spans = [span for span in self._spans(day) if span.is_open]
        joined: list[Hours] = []
        for hours in map(self._hours, open_spans):
            if joined and joined[-1].closes == hours.opens:
                joined[-1] = Hours(joined[-1].opens, hours.closes)
            else:
                joined.append(hours)
        return tuple(joined)

    def look(self, day: date, was: "Almanac | None", scale: tuple[int, int] | None = None) -> Day:
        """A day for the page; `was` is the plan before a change that is being previewed."""
        scene, hours, specials = self.scene, self.hours_of(day), self.specials(day)
        notes = tuple(map(self.note, specials))
        today = scene.local(scene.now).date()
        return Day(
            iso=day.isoformat(),
            number=day.day,
            words=scene.t("hours.between").join(map(self._words, notes)),
            day_words=times.written("table.day", datetime.combine(day, time()), scene.language),
            hours_words=say_hours(scene, hours, scene.language) or scene.t("hours.closed_short"),
            open=bool(hours),
            today=day == today,
            gone=day < today,
            ahead=was is not None and (hours, specials) != (was.hours_of(day), was.specials(day)),
            notes=notes,
            bars=tuple(self._bars(day, *scale)) if scale else (),
        )

    def scale(self, first: date, last: date) -> tuple[int, int]:
        """The ends of the bars of these days, in minutes, by whole hours."""
        hours = [each for day in days(first, last) for each in self.hours_of(day)]
        opens = min((each.opens for each in hours), default=_BAR_FROM)
        closes = max((each.closes for each in hours), default=_BAR_TO)
        return min(_BAR_FROM, opens // 60 * 60), max(_BAR_TO, -(-closes // 60) * 60)

    def _bars(self, day: date, begin: int, end: int) -> Iterator[Bar]:
        for span in self._spans(day):
            kind: BarKind | None = _BARS.get(span.why) or ("open" if span.is_open else None)
            hours = self._hours(span)
            start, stop = max(hours.opens, begin), min(hours.closes, end)
            if kind and start < stop:
                yield Bar(kind, start - begin, stop - start)

    def _words(self, note: Note) -> str:
        same = note.name == note.kind_words
        key = "alone" if same else "named"
        words = self.scene.t(f"hours.note.{key}", name=note.name, kind=note.kind_words)
        return f"{words} {note.hours_words}" if note.hours_words else words

    def _spans(self, day: date) -> tuple[Span, ...]:
        zone = self.calendar.timezone
        begin, end = (datetime.combine(each, time(), zone) for each in (day, day + ONE_DAY))
        return self.calendar.between(begin, end)

    def _hours(self, span: Span) -> Hours:
        opens, closes = (at.astimezone(self.calendar.timezone) for at in (span.start, span.end))
        last = closes.hour * 60 + closes.minute
        return Hours(opens.hour * 60 + opens.minute, last or DAY_MINUTES)


def days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def say_hours(scene: Scene, hours: tuple[Hours, ...], language: str) -> str:
    """9–17, 13:30–17: as short as it is clear; "" of none."""
    comma = scene.hotline.words.say("list_comma", language)
    return comma.join(f"{_clock(each.opens)}–{_clock(each.closes)}" for each in hours)


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    return f"{hour}:{rest:02}" if rest else str(hour)
