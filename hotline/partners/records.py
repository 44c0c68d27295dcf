"""What is recorded about a partner company: its shapes, and what follows from the figures. Pure.

Money is in whole NT$. `as_of` is the day a figure holds for, `source` where it comes from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hotline.partners.vocabulary import WHOLE_YEAR

SOON_DAYS = 60  # what ends within so many days is worth a word


@dataclass(frozen=True)
class Recorded:
    as_of: date
    source: str


@dataclass(frozen=True)
class Company(Recorded):
    id: str
    name_zh: str
    name_en: str
    tax_id: str | None
    types: tuple[str, ...]
    tier: str
    region: str
    territory: str | None
    status: str


@dataclass(frozen=True)
class Contract(Recorded):
    number: str
    signed_on: date | None
    starts_on: date
    ends_on: date
    status: str
    renewal: str

    def days_left(self, today: date) -> int:
        """Days until the last one, 0 on it, negative after it."""
        return (self.ends_on - today).days

    def standing(self, today: date) -> str:
        """The status on `today`: an active contract whose last day has passed has expired."""
        return "expired" if self.status == "active" and self.ends_on < today else self.status


@dataclass(frozen=True)
class Certification(Recorded):
    person: str
    title: str
    until: date | None

    def is_valid(self, today: date) -> bool:
        return self.until is None or self.until >= today


@dataclass(frozen=True)
class Fund(Recorded):
    year: int
    granted: int
    requested: int
    claimed: int
    balance: int


@dataclass(frozen=True)
class Performance(Recorded):
    year: int
    quarter: int
    minimum: int
    actual: int

    @property
    def missing(self) -> int:
        return max(0, self.minimum - self.actual)

    @property
    def ratio(self) -> float | None:
        """What was reached of the minimum; None where none was agreed."""
        return self.actual / self.minimum if self.minimum else None


@dataclass(frozen=True)
class Credit(Recorded):
    credit_limit: int
    receivable: int
    overdue: int
    payment_record: str
    reviewed_on: date | None
    review: str | None

    @property
    def overdue_ratio(self) -> float:
        return self.overdue / self.receivable if self.receivable else 0.0


@dataclass(frozen=True)
class Headcount(Recorded):
    sales: int
    sales_minimum: int
    technical: int
    technical_minimum: int


@dataclass(frozen=True)
class Satisfaction(Recorded):
    kind: str
    held_on: date
    score: float
    words: str


@dataclass(frozen=True)
class Complaint(Recorded):
    reference: str
    received_on: date
    in_writing: bool
    about: str
    settled_on: date | None


@dataclass(frozen=True)
class Commitment(Recorded):
    territory: str
    strategy_fit: str
    words: str


def ends_soon(day: date | None, today: date) -> bool:
    """Whether it still holds, and not for long."""
    return day is not None and 0 <= (day - today).days <= SOON_DAYS


def present_contract(contracts: Sequence[Contract], today: date) -> Contract | None:
    """The one that holds today, else the one that comes next, else the one that ended last."""
    by_start = sorted(contracts, key=lambda it: (it.starts_on, it.ends_on))
    holds = [it for it in by_start if it.starts_on <= today and it.standing(today) == "active"]
    if holds:
        return holds[-1]
    coming = [it for it in by_start if it.starts_on > today and it.status in ("active", "draft")]
    if coming:
        return coming[0]
    return max(contracts, key=lambda it: it.ends_on, default=None)


def year_of(figures: Sequence[Performance], year: int) -> Performance | None:
    """The year's figures: as recorded for the whole year, else the sum of its quarters."""
    of_year = [it for it in figures if it.year == year]
    whole = [it for it in of_year if it.quarter == WHOLE_YEAR]
    if whole:
        return whole[0]
    if not of_year:
        return None
    newest = max(of_year, key=lambda it: it.as_of)
    return Performance(
        as_of=newest.as_of,
        source=newest.source,
        year=year,
        quarter=WHOLE_YEAR,
        minimum=sum(it.minimum for it in of_year),
        actual=sum(it.actual for it in of_year),
    )
