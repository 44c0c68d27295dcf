"""What is recorded about an invented company: figures that fit its plot, around a set day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from hotline.database import Base
from hotline.demonstration.chance import dice, read, some
from hotline.demonstration.companies import Firm
from hotline.partners import record_rows
from hotline.partners.vocabulary import WHOLE_YEAR

SOURCE = "demo"

_DAY = timedelta(days=1)
_SALES_A_YEAR = {"gold": 36_000_000, "silver": 16_000_000, "standard": 6_000_000}
_FUND = {"gold": 600_000, "silver": 300_000, "standard": 120_000}
_MINIMUM_PEOPLE = {"gold": (6, 6), "silver": (3, 4), "standard": (2, 2)}


@dataclass(frozen=True)
class Person:
    """A contact whom a certificate may belong to."""

    contact_id: int
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A company on a day, and the chance by which its figures are made."""

    firm: Firm
    people: Sequence[Person]
    today: date
    chance: Random

    def has(self, plot: str) -> bool:
        return plot in self.firm.plot

    @property
    def last_month(self) -> date:
        """The day before this month: what most figures hold for."""
        return self.today.replace(day=1) - _DAY

    def row(self, as_of: date, **columns: Any) -> dict[str, Any]:
        return {"partner_id": self.firm.id, "as_of": as_of, "source": SOURCE, **columns}


Rows = list[dict[str, Any]]


def records_of(firm: Firm, people: Sequence[Person], today: date) -> Mapping[type[Base], Rows]:
    """The rows of every record of the company, by their table."""
    told = Told(firm, people, today, dice(f"records {firm.id}"))
    kinds = _OF_PROSPECTS if firm.status == "prospect" else _ALL
    return {table: rows(told) for table, rows in kinds.items()}


def _contracts(told: Told) -> Rows:
    """A contract that ran out, and the present one after it."""
    firm, today = told.firm, told.today
    if firm.status == "terminated":
        ends = today - timedelta(days=told.chance.randint(150, 240))
    elif told.has("expired"):
        ends = today - timedelta(days=told.chance.randint(6, 25))
    elif told.has("expiring"):
        ends = today + timedelta(days=told.chance.randint(9, 28))
    else:
        ends = today + timedelta(days=told.chance.randint(95, 600))
    starts = _years_before(ends, 2) + _DAY
    before = starts - _DAY
    if firm.status == "prospect":
        starts = today.replace(day=1) + timedelta(days=45)
        return [_contract(told, starts, _years_before(starts, -2) - _DAY, "draft", "by_agreement")]
    status = "terminated" if firm.status == "terminated" else "active"
    renewal = "by_agreement" if told.chance.random() < 0.7 else "automatic"
    if firm.status == "terminated":
        renewal = "not_renewed"
    elif told.has("expiring") or told.has("expired"):
        renewal = "in_progress"
    return [
        _contract(told, _years_before(before, 2) + _DAY, before, "expired", "by_agreement"),
        _contract(told, starts, ends, status, renewal),
    ]


def _contract(told: Told, starts: date, ends: date, status: str, renewal: str) -> dict[str, Any]:
    signed = None if status == "draft" else starts - timedelta(days=told.chance.randint(5, 30))
    return told.row(
        min(told.last_month, ends),
        number=f"DA-{starts.year}-{told.firm.number}",
        signed_on=signed,
        starts_on=starts,
        ends_on=ends,
        status=status,
        renewal=renewal,
    )


def _certifications(told: Told) -> Rows:
    """Who has passed what: of the technical people most, of the salespeople some."""
    able = [it for it in told.people if "technical" in it.roles]
    able += some(told.chance, [it for it in told.people if "sales" in it.roles], 1, 2)
    held = [
        (person, title)
        for person in able
        for title in some(told.chance, read("words.yml")["certificates"], 1, 2)
    ]
    soon = 3 if told.has("certificates") else 0
    seen = set[tuple[str, str]]()
    rows = Rows()
    for place, (person, title) in enumerate(held):
        if (person.name, title) in seen:  # two people of one name
            continue
        seen.add((person.name, title))
        days = told.chance.randint(100, 900)
        if place < soon:
            days = (-12, 18, 40)[place]
        never_ends = place >= soon and told.chance.random() < 0.06
        rows.append(
            told.row(
                told.last_month,
                person=person.name,
                contact_id=person.contact_id,
                title=title,
                until=None if never_ends else told.today + timedelta(days=days),
            )
        )
    return rows


def _fund(told: Told) -> Rows:
    rows = Rows()
    for year in (told.today.year - 1, told.today.year):
        is_over = year < told.today.year
        granted = _FUND[told.firm.tier] * told.chance.choice((8, 10, 12)) // 10
        share = told.chance.uniform(0.7, 1.0) if is_over else told.chance.uniform(0.2, 0.8)
        if told.has("fund_used_up"):
            share = 1.0
        requested = _thousands(granted * share)
        paid = 1.0 if is_over else told.chance.uniform(0.4, 0.9)
        rows.append(
            told.row(
                date(year, 12, 31) if is_over else told.last_month,
                year=year,
                granted=granted,
                requested=requested,
                claimed=_thousands(requested * paid),
                balance=granted - requested,
            )
        )
    return rows


def _performance(told: Told) -> Rows:
    """The quarters and the whole of last year and of this, which goes up to the month before."""
    if told.has("reached"):
        pace = told.chance.uniform(1.2, 1.4)
    elif told.has("missed"):
        pace = told.chance.uniform(0.55, 0.78)
    else:
        pace = told.chance.uniform(0.93, 1.1)
    rows = Rows()
    for year in (told.today.year - 1, told.today.year):
        of_year = _THIS_YEAR if year == told.today.year else _LAST_YEAR
        minimum = _SALES_A_YEAR[told.firm.tier] * of_year // 4 // 100_000 * 100_000
        quarters = [
            _quarter(told, year, quarter, minimum, pace * told.chance.uniform(0.9, 1.1))
            for quarter in (1, 2, 3, 4)
        ]
        whole = {key: sum(row[key] for row in quarters) for key in ("minimum", "actual")}
        as_of = max(row["as_of"] for row in quarters)
        rows += [*quarters, told.row(as_of, year=year, quarter=WHOLE_YEAR, **whole)]
    return rows


_LAST_YEAR, _THIS_YEAR = 0.92, 1.0  # the agreed minimum grows


def _quarter(told: Told, year: int, quarter: int, minimum: float, pace: float) -> dict[str, Any]:
    first, last = _ends_of(year, quarter)
    until = min(last, told.last_month)
    gone = max(0, (until - first).days + 1) / ((last - first).days + 1)
    return told.row(
        until if gone else told.last_month,
        year=year,
        quarter=quarter,
        minimum=int(minimum),
        actual=_thousands(minimum * pace * gone),
    )


def _credit(told: Told) -> Rows:
    """How it stood at the end of four quarters, and of last month."""
    chance, limit = told.chance, _SALES_A_YEAR[told.firm.tier] // 6
    days = sorted({*_last_quarter_ends(told.today, 4), told.last_month})
    rows = Rows()
    for place, day in enumerate(days):
        receivable = _thousands(limit * chance.uniform(0.3, 0.85))
        share = 0.0
        if told.has("overdue"):
            share = chance.uniform(0.12, 0.22) + 0.06 * place
        elif chance.random() < 0.2:
            share = chance.uniform(0.01, 0.04)
        record = "on_time" if share == 0 else "sometimes_late" if share < 0.2 else "often_late"
        review = "conditional" if told.has("overdue") else "passed"
        if told.firm.status in ("suspended", "terminated"):
            review = "failed"
        rows.append(
            told.row(
                day,
                credit_limit=limit,
                receivable=receivable,
                overdue=_thousands(receivable * share),
                payment_record=record,
                reviewed_on=_ends_of(day.year, 1)[0] + timedelta(days=20)
                if day.month > 1
                else None,
                review=review if day.month > 1 else None,
            )
        )
    return rows


def _headcount(told: Told) -> Rows:
    sales_minimum, technical_minimum = _MINIMUM_PEOPLE[told.firm.tier]
    short = 1 if told.has("missed") else 0
    return [
        told.row(
            day,
            sales=max(1, sales_minimum + told.chance.randint(0, 4) - short),
            sales_minimum=sales_minimum,
            technical=max(1, technical_minimum + told.chance.randint(0, 5) - 2 * short),
            technical_minimum=technical_minimum,
        )
        for day in (told.last_month - timedelta(days=180), told.last_month)
    ]


def _satisfaction(told: Told) -> Rows:
    """A survey each half year and one interview."""
    mood = "poor" if told.has("dissatisfied") else told.chance.choice(("good", "good", "fair"))
    scores = {"good": (4.2, 5.0), "fair": (3.3, 4.1), "poor": (1.6, 2.9)}[mood]
    held = [("survey", 200), ("interview", 110), ("survey", 20)]
    return [
        told.row(
            day,
            kind=kind,
            held_on=day,
            score=round(told.chance.uniform(*scores), 1),
            words=told.chance.choice(read("words.yml")["survey"][mood]),
        )
        for kind, day in ((kind, told.today - timedelta(days=days)) for kind, days in held)
    ]


def _complaints(told: Told) -> Rows:
    """One that was settled long ago; whoever is dissatisfied has one that is not settled yet."""
    ages = (told.chance.randint(120, 400), 15) if told.has("dissatisfied") else (300,)
    abouts = told.chance.sample(read("words.yml")["complaints"], len(ages))
    rows = Rows()
    for place, (days, about) in enumerate(zip(ages, abouts, strict=True), 1):
        received = told.today - timedelta(days=days)
        settled = received + timedelta(days=told.chance.randint(6, 30))
        is_settled = settled < told.today and days > 30
        rows.append(
            told.row(
                settled if is_settled else received,
                reference=f"CC-{received.year}-{told.firm.number}-{place}",
                received_on=received,
                in_writing=told.chance.random() < 0.6,
                about=about,
                settled_on=settled if is_settled else None,
            )
        )
    return rows


def _commitment(told: Told) -> Rows:
    words = read("words.yml")["commitment"]
    strays = told.has("missed") and told.chance.random() < 0.5
    conflicts = told.has("dissatisfied")
    territory = "exceeded" if strays else "kept"
    fit = "conflicting" if conflicts else told.chance.choice(("complementary", "supportive"))
    return [
        told.row(
            told.last_month,
            territory=territory,
            strategy_fit=fit,
            words=told.chance.choice(words["conflicting" if conflicts else territory]),
        )
    ]


_ALL: dict[type[Base], Callable[[Told], Rows]] = {
    record_rows.ContractRow: _contracts,
    record_rows.CertificationRow: _certifications,
    record_rows.FundRow: _fund,
    record_rows.PerformanceRow: _performance,
    record_rows.CreditRow: _credit,
    record_rows.HeadcountRow: _headcount,
    record_rows.SatisfactionRow: _satisfaction,
    record_rows.ComplaintRow: _complaints,
    record_rows.CommitmentRow: _commitment,
}
_OF_PROSPECTS = {
    table: _ALL[table]
    for table in (record_rows.ContractRow, record_rows.CertificationRow, record_rows.HeadcountRow)
}


def _ends_of(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    after = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return date(year, 3 * quarter - 2, 1), after - _DAY


def _last_quarter_ends(today: date, count: int) -> list[date]:
    ends = [_ends_of(year, quarter)[1] for year in (today.year - 2, today.year - 1, today.year)
            for quarter in (1, 2, 3, 4)]  # fmt: skip
    return [day for day in ends if day < today][-count:]


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; the 28th for the day that only leap years have."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _thousands(amount: float) -> int:
    return round(amount / 1000) * 1000
