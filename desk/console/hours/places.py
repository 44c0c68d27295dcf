"""Which part of the calendar is shown: a year, or a month of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from aiohttp import web

from desk.console.hours.inputs import YEARS_AHEAD

HOURS = "/console/hours"
_YEARS_BACK = 1


@dataclass(frozen=True)
class When:
    """A year that may be looked at as seen from `today`, and a month of it or none."""

    today: date
    year: int
    month: int | None = None

    @classmethod
    def of(cls, request: web.Request, today: date) -> "When":
        """What the address names; what it does not know is this year, and no month."""
        asked = cls(
            today,
            _number(request.query.get("year"), today.year),
            _month(request.query.get("month")),
        )
        return asked if asked.is_known else cls(today, today.year)

    @classmethod
    def around(cls, day: date, today: date) -> "When":
        return cls(today, day.year, day.month)

    @property
    def is_known(self) -> bool:
        return self.today.year - _YEARS_BACK <= self.year <= self.today.year + YEARS_AHEAD

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        return self._month_behind(self.month or 12).first - timedelta(days=1)

    @property
    def url(self) -> str:
        return f"{HOURS}?{self.query}" if self.query else HOURS

    @property
    def query(self) -> str:
        """What follows an address to lead here; "" for the present year."""
        told: dict[str, int] = {}
        if self.month or self.year != self.today.year:
            told["year"] = self.year
        if self.month:
            told["month"] = self.month
        return urlencode(told)

    @property
    def whole_year(self) -> "When":
        return When(self.today, self.year)

    @property
    def one_month(self) -> "When":
        """A month to begin with: the present one, else the first of the year."""
        return When(self.today, self.year, self.today.month if self.is_present_year else 1)

    @property
    def is_present_year(self) -> bool:
        return self.year == self.today.year

    def beside(self, by: int) -> "When | None":
        """The year or month before (-1) or behind (1); None where nothing is known."""
        if self.month is None:
            there = When(self.today, self.year + by)
        elif by > 0:
            there = self._month_behind(self.month)
        else:
            before = self.first - timedelta(days=1)
            there = When(self.today, before.year, before.month)
        return there if there.is_known else None

    def months(self) -> Iterator["When"]:
        """The months of a year; none of a month."""
        for month in () if self.month else range(1, 13):
            yield When(self.today, self.year, month)

    def _month_behind(self, month: int) -> "When":
        after = date(self.year, month, 28) + timedelta(days=4)
        return When(self.today, after.year, after.month)


def _number(said: str | None, otherwise: int) -> int:
    fits = said and said.isascii() and said.isdecimal() and len(said) == 4
    return int(said) if said and fits else otherwise


def _month(said: str | None) -> int | None:
    return next((month for month in range(1, 13) if said == str(month)), None)
