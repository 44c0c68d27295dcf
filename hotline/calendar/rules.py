"""When the hotline is open, and when a promise of so many open minutes falls due.

Pure, and exact to the minute: days are laid out in the hotline's own zone, everything is counted
in UTC, every time given back is UTC. A closure wins over an opening, an opening over a holiday,
a holiday over the week.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from hotline.calendar.days import (
    CLOSED_WEEKLY,
    COUNTED,
    DAY_MINUTES,
    HOLIDAY,
    SPECIAL_CLOSURE,
    SPECIAL_OPENING,
    Hours,
    SpecialDay,
    WeeklyHours,
)

__all__ = ["Due", "Hours", "ServiceCalendar", "Span", "SpecialDay", "WeeklyHours"]

OfficialDay = Callable[[date], SpecialDay | None]

_Piece = tuple[int, int, str, SpecialDay | None]  # opens, closes, why, the day behind it

_MONDAY = date(2026, 11, 30)  # any Monday
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_NEVER_CLOSES = timedelta(days=400)


@dataclass(frozen=True)
class Span:
    """A stretch of a promise with one reason; `minutes` are those counted, 0 while closed.

    `why` is counted, closed_weekly, holiday, special_opening (counted too) or special_closure;
    `day` is the special day behind the last three.
    """

    start: datetime
    end: datetime
    minutes: int
    why: str
    day: SpecialDay | None = None

    @property
    def is_open(self) -> bool:
        return self.why in (COUNTED, SPECIAL_OPENING)


@dataclass(frozen=True)
class Due:
    """A deadline and how it came about: `trace` leads from the start to it without a gap."""

    due_at: datetime
    trace: tuple[Span, ...]


class ServiceCalendar:
    """A week's hours, the days declared special, and the official ones (asked for day by day)."""

    def __init__(
        self,
        hours: WeeklyHours,
        special_days: Iterable[SpecialDay] = (),
        official_day: OfficialDay = lambda day: None,
    ) -> None:
        self.hours = hours
        self._official_day = official_day
        self._declared: dict[date, list[SpecialDay]] = {}
        for special in special_days:
            self._declared.setdefault(special.date, []).append(special)
        self._week = [self._pieces(_MONDAY + weekday * _DAY) for weekday in range(7)]
        self._laid_out: dict[date, tuple[Span, ...]] = {}
        self._openings: dict[date, list[tuple[datetime, datetime]]] = {}

    @property
    def timezone(self) -> tzinfo:
        return self.hours.timezone

    def is_open(self, at: datetime) -> bool:
        return next(self._from(at)).is_open

    def stretch_at(self, at: datetime) -> Span:
        """The stretch that `at` is in, from `at` on: why it is open or closed, and until when."""
        return next(self._from(at))

    def next_open(self, at: datetime) -> datetime:
        """The first open moment from `at` on: `at` itself while open."""
        return next(span.start for span in self._from(at) if span.is_open)

    def closes_at(self, at: datetime) -> datetime | None:
        """When the opening that `at` is in ends; None while closed, or if it never ends."""
        closes_at = None
        for span in self._from(at):
            if not span.is_open:
                break
            closes_at = span.end
            if closes_at - at > _NEVER_CLOSES:
                return None
        return closes_at

    def is_open_on(self, day: date) -> bool:
        """Whether the hotline is open for any part of `day`."""
        return any(span.is_open for span in self._day(day))

    def day_reason(self, day: date) -> SpecialDay | None:
        """What makes `day` special: a closure, else an opening, else a holiday, else None."""
        order = (SPECIAL_CLOSURE, SPECIAL_OPENING, HOLIDAY)
        return min(self._special(day), key=lambda special: order.index(special.why), default=None)

    def due(self, start: datetime, minutes: int) -> Due:
        """The moment when `minutes` open minutes have passed since `start`, its seconds dropped.

        It lies in open hours or at their very end. Zero minutes are over at once while open, and
        else with the next opening.
        """
        if minutes < 0:
            raise ValueError("a promise cannot count backwards")
        due_at, left, trace = _whole_minute(start), minutes, list[Span]()
        for span in self._from(due_at):
            if span.is_open:
                counted = min(left, _minutes(span.start, span.end))
                span = replace(span, end=span.start + counted * _MINUTE, minutes=counted)
                left -= counted
            if span.end > span.start:
                _join(trace, span)
            due_at = span.end
            if span.is_open and not left:
                break
        return Due(due_at, tuple(trace))

    def open_days_after(self, start: datetime, days: int) -> datetime:
        """The moment `days` open days after `start`, its seconds dropped; always in open time.

        What begins while the hotline is closed begins with the next opening: else what begins in
        the evening could end after what begins the next morning. Of the days behind that one those
        count on which the hotline is open at all; it is the same wall time on the last of them, or
        the next opening from there.
        """
        if days < 0:
            raise ValueError("days of silence cannot be counted backwards")
        if start.tzinfo is None:
            raise ValueError("a time without a zone cannot be placed in the calendar")
        start = self.next_open(_whole_minute(start))
        if not days:
            return start
        local = start.astimezone(self.timezone)
        day = local.date()
        while days:
            day += _DAY
            days -= self.is_open_on(day)
        return self.next_open(self._at(day, local.hour * 60 + local.minute))

    def between(self, start: datetime, end: datetime) -> tuple[Span, ...]:
        """The stretches from `start` to `end`, without a gap; none if `end` is not after it."""
        start, end, spans = _whole_minute(start), _whole_minute(end), list[Span]()
        for span in self._from(start):
            if span.start >= end:
                break
            span = replace(span, end=min(span.end, end))
            _join(spans, replace(span, minutes=_minutes(span.start, span.end) * span.is_open))
        return tuple(spans)

    def open_minutes(self, start: datetime, end: datetime) -> int:
        """The whole open minutes between two moments; 0 if `end` is not after `start`."""
        if start.tzinfo is None or end.tzinfo is None:
            raise ValueError("a time without a zone cannot be placed in the calendar")
        start, end = _whole_minute(start), _whole_minute(end)
        day, last = (at.astimezone(self.timezone).date() for at in (start, end))
        minutes = 0
        while day <= last:  # without making stretches: a list asks this of every row
            for opens, closes in self._open_on(day):
                if opens < end and closes > start:
                    minutes += _minutes(max(opens, start), min(closes, end))
            day += _DAY
        return minutes

    def _from(self, at: datetime) -> Iterator[Span]:
        """Every stretch from `at` on, without end, the first cut to begin there."""
        if at.tzinfo is None:
            raise ValueError("a time without a zone cannot be placed in the calendar")
        at = at.astimezone(UTC)
        day = at.astimezone(self.timezone).date()
        while True:
            for span in self._day(day):
                if span.end > at:
                    yield span if span.start >= at else replace(span, start=at)
            day += _DAY

    def _open_on(self, day: date) -> list[tuple[datetime, datetime]]:
        if day not in self._openings:
            self._openings[day] = [(it.start, it.end) for it in self._day(day) if it.is_open]
        return self._openings[day]

    def _day(self, day: date) -> tuple[Span, ...]:
        """The stretches of `day`, midnight to midnight; laid out once."""
        if day not in self._laid_out:
            special = self._special(day)
            pieces = self._pieces(day, special) if special else self._week[day.weekday()]
            spans: list[Span] = []
            for opens, closes, why, known in pieces:
                _join(spans, Span(self._at(day, opens), self._at(day, closes), 0, why, known))
            self._laid_out[day] = tuple(spans)
        return self._laid_out[day]

    def _pieces(self, day: date, special: tuple[SpecialDay, ...] = ()) -> list[_Piece]:
        holiday = next((known for known in special if known.why == HOLIDAY), None)
        usual = SpecialDay(day, COUNTED, "", "", () if holiday else self.hours.on(day))
        closures = [known for known in special if known.why == SPECIAL_CLOSURE]
        openings = [
            replace(known, hours=known.hours or self.hours.working_hours(day))
            for known in special
            if known.why == SPECIAL_OPENING
        ]
        edges = {0, DAY_MINUTES}
        for known in (usual, *closures, *openings):
            edges.update(*((hours.opens, hours.closes) for hours in known.hours))
        pieces: list[_Piece] = []
        for opens, closes in pairwise(sorted(edges)):
            if closed := next((c for c in closures if not c.hours or _covers(c, opens)), None):
                pieces.append((opens, closes, SPECIAL_CLOSURE, closed))
            elif _covers(usual, opens):
                pieces.append((opens, closes, COUNTED, None))
            elif opened := next((o for o in openings if _covers(o, opens)), None):
                pieces.append((opens, closes, SPECIAL_OPENING, opened))
            else:
                pieces.append((opens, closes, HOLIDAY if holiday else CLOSED_WEEKLY, holiday))
        return pieces

    def _special(self, day: date) -> tuple[SpecialDay, ...]:
        official = self._official_day(day)
        return (*self._declared.get(day, ()), *((official,) if official else ()))

    def _at(self, day: date, minute: int) -> datetime:
        days, minute = divmod(minute, DAY_MINUTES)
        wall = datetime.combine(day + days * _DAY, time(minute // 60, minute % 60), self.timezone)
        return wall.astimezone(UTC)


def _join(spans: list[Span], span: Span) -> None:
    """Append `span`, or lengthen the last one if it has the same reason."""
    last = spans[-1] if spans else None
    if last and last.why == span.why and (not span.day or span.day.has_name_of(last.day)):
        spans[-1] = replace(last, end=span.end, minutes=last.minutes + span.minutes)
    else:
        spans.append(span)


def _covers(special: SpecialDay, minute: int) -> bool:
    return any(hours.covers(minute) for hours in special.hours)


def _whole_minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0) if at.tzinfo else at


def _minutes(start: datetime, end: datetime) -> int:
    return (end - start) // _MINUTE
