"""A walk through the hours minute by minute: what the calendar's arithmetic is held against.

It knows nothing of the calendar's own laying out of days: each minute is asked whether it is open.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from hotline.calendar.days import DAY_MINUTES, HOLIDAY, SPECIAL_CLOSURE, Hours, SpecialDay

MINUTE = timedelta(minutes=1)


class Walk:
    """All minutes from `first` to `last` (both days included), in the zone of `zone`."""

    def __init__(
        self,
        week: tuple[tuple[Hours, ...], ...],
        special: Iterable[SpecialDay],
        official: Callable[[date], SpecialDay | None],
        first: datetime,
        days: int,
    ) -> None:
        self.first = first  # a local midnight; the zone has no summer time
        self._week, self._official = week, official
        self._special: dict[date, list[SpecialDay]] = {}
        for day in special:
            self._special.setdefault(day.date, []).append(day)
        self._open = [
            number * DAY_MINUTES + minute
            for number in range(days)
            for minute in range(DAY_MINUTES)
            if self._is_open((first + timedelta(days=number)).date(), minute)
        ]

    def due(self, start: datetime, minutes: int) -> datetime:
        """The end of the last of so many open minutes; of none, the first open one's beginning."""
        at = (start.replace(second=0, microsecond=0) - self.first) // MINUTE
        place = bisect_left(self._open, at)
        if minutes == 0:
            return self.first + max(at, self._open[place]) * MINUTE
        return self.first + (self._open[place + minutes - 1] + 1) * MINUTE

    def _is_open(self, day: date, minute: int) -> bool:
        declared = self._special.get(day, [])
        for it in declared:
            if it.why == SPECIAL_CLOSURE and (not it.hours or _in(it.hours, minute)):
                return False
        official = self._official(day)
        if not (official and official.why == HOLIDAY) and _in(self._week[day.weekday()], minute):
            return True
        openings = [it for it in declared if it.why != SPECIAL_CLOSURE]
        if official and official.why != HOLIDAY:
            openings.append(official)
        return any(_in(it.hours or self._working_hours(day), minute) for it in openings)

    def _working_hours(self, day: date) -> tuple[Hours, ...]:
        while not self._week[day.weekday()]:
            day -= timedelta(days=1)
        return self._week[day.weekday()]


def _in(hours: Iterable[Hours], minute: int) -> bool:
    return any(it.opens <= minute < it.closes for it in hours)
