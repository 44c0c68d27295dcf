"""What a day's hours are made of: the week's hours, and the days that differ from it.

Pure: no settings, no clock, no holidays of any country.
"""

import re
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import pairwise

DAY_MINUTES = 24 * 60

COUNTED = "counted"
CLOSED_WEEKLY = "closed_weekly"
HOLIDAY = "holiday"
SPECIAL_OPENING = "special_opening"
SPECIAL_CLOSURE = "special_closure"
PAUSED = "paused"  # no stretch of a calendar: a ticket's clock stood still

_HOURS = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, order=True)
class Hours:
    """One stretch of a day, in minutes from local midnight; the closing minute is not in it."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= DAY_MINUTES:
            raise ValueError("hours that end after they begin, 00:00 to 24:00 at most")

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """Read `09:00-17:00`; ValueError says what is allowed."""
        match = _HOURS.fullmatch(text)
        if match is None:
            raise ValueError("hours like 09:00-17:00")
        from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
        return cls(from_hour * 60 + from_minute, to_hour * 60 + to_minute)

    def __str__(self) -> str:
        ends = (f"{minute // 60:02}:{minute % 60:02}" for minute in (self.opens, self.closes))
        return "-".join(ends)

    def covers(self, minute: int) -> bool:
        return self.opens <= minute < self.closes


@dataclass(frozen=True)
class WeeklyHours:
    """The hours of an ordinary week, Monday first, in one time zone; open at least once."""

    timezone: tzinfo
    days: tuple[tuple[Hours, ...], ...]

    def __post_init__(self) -> None:
        if len(self.days) != 7 or not any(self.days):
            raise ValueError("seven days, one of them open at least")
        for hours in self.days:
            if any(later.opens < earlier.closes for earlier, later in pairwise(hours)):
                raise ValueError(
                    "hours of a day in order, none beginning before the last has ended"
                )

    def on(self, day: date) -> tuple[Hours, ...]:
        return self.days[day.weekday()]

    def working_hours(self, day: date) -> tuple[Hours, ...]:
        """The hours of `day` or, if its weekday is free, of the last working weekday before it.

        So a Saturday that is worked for once has Friday's hours.
        """
        backwards = (self.days[(day.weekday() - back) % 7] for back in range(7))
        return next(hours for hours in backwards if hours)


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs: `why` is HOLIDAY, SPECIAL_OPENING or SPECIAL_CLOSURE.

    `hours` are what an opening adds or a closure takes away. Without them an opening has the
    hours of a working day and a closure lasts the whole day; a holiday always does.
    """

    date: date
    why: str
    name_zh: str
    name_en: str
    hours: tuple[Hours, ...] = ()

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_zh

    def has_name_of(self, other: "SpecialDay | None") -> bool:
        return other is not None and (self.name_zh, self.name_en) == (other.name_zh, other.name_en)
