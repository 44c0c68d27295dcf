"""What is recorded about a company, laid out: one card for each kind of record.

Who may read which, those who call decide: a partner's own page and the console's.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from desk.records.shapes import Card, Cell, Reader, Table
from hotline import permissions
from hotline.partners import records
from hotline.partners.records import Recorded
from hotline.partners.vocabulary import WHOLE_YEAR
from hotline.words.figures import say_money, say_percent

DEMONSTRATION = "demo"  # the source of what was seeded
_YEARS = 2  # of figures by year: this one and the last


def _company(reader: Reader, found: Sequence[records.Company]) -> Card:
    [one] = found
    other = one.name_zh if reader.language == "en" else one.name_en
    rows = [
        ("id", one.id),
        ("other_name", other),
        ("tax_id", one.tax_id or ""),
        ("types", listed(reader, [_partner_word(reader, it) for it in one.types])),
        ("tier", _partner_word(reader, one.tier)),
        ("region", _partner_word(reader, one.region)),
        ("territory", one.territory or ""),
        ("status", reader.t(f"company.status.{one.status}")),
    ]
    return Card(
        "company",
        reader.t("company.company.title"),
        _as_of(reader, found),
        rows=tuple((reader.t(f"company.company.{key}"), Cell(text)) for key, text in rows if text),
    )


def _contract(reader: Reader, found: Sequence[records.Contract]) -> Card:
    today = reader.hotline.today()
    present = records.present_contract(found, today)
    assert present is not None
    heads = tuple(
        Cell(reader.t(f"company.contract.{head}"))
        for head in ("number", "starts", "ends", "state", "renewal")
    )
    rows = tuple(
        (
            Cell(one.number),
            Cell(reader.day(one.starts_on)),
            Cell(reader.day(one.ends_on)),
            Cell(reader.t(f"company.contract.{one.standing(today)}")),
            Cell(reader.t(f"company.contract.{one.renewal}")),
        )
        for one in found
    )
    return Card(
        "contract",
        reader.t("company.contract.title"),
        _as_of(reader, found),
        reader.t("company.contract.ends_label", number=present.number),
        reader.day(present.ends_on),
        _contract_note(reader, present),
        table=Table(reader.t("company.contract.all"), heads, rows),
    )


def _contract_note(reader: Reader, one: records.Contract) -> Cell:
    today = reader.hotline.today()
    standing, left = one.standing(today), one.days_left(today)
    if standing == "active" and one.starts_on <= today:
        if records.ends_soon(one.ends_on, today):
            return Cell(reader.t("company.ends_soon", n=left), "warn")
        return Cell(reader.t("company.ends_in", n=left))
    if standing == "active":
        return Cell(reader.t("company.contract.begins", at=reader.day(one.starts_on)))
    return Cell(reader.t(f"company.contract.{standing}"), "danger" if standing == "expired" else "")


def _certification(reader: Reader, found: Sequence[records.Certification]) -> Card:
    today = reader.hotline.today()
    in_order = sorted(found, key=lambda it: (it.person, it.until is None, it.until, it.title))
    valid = sum(one.is_valid(today) for one in found)
    soon = sum(records.ends_soon(one.until, today) for one in found)
    heads = ("person", "certificate", "until", "state")
    note = Cell(reader.t("company.certification.soon", n=soon), "warn") if soon else None
    return Card(
        "certification",
        reader.t("company.certification.title"),
        _as_of(reader, found),
        reader.t("company.certification.valid"),
        reader.t("company.certification.count", n=valid),
        note,
        table=Table(
            reader.t("company.certification.all"),
            tuple(Cell(reader.t(f"company.certification.{head}")) for head in heads),
            tuple(_certificate(reader, one) for one in in_order),
        ),
    )


def _certificate(reader: Reader, one: records.Certification) -> tuple[Cell, ...]:
    today = reader.hotline.today()
    if one.until is None:
        ends, state = Cell(reader.t("company.lasting")), Cell(reader.t("company.valid"))
    else:
        ends = Cell(reader.day(one.until))
        left = (one.until - today).days
        if left < 0:
            state = Cell(reader.t("company.expired"), "danger")
        elif records.ends_soon(one.until, today):
            state = Cell(reader.t("company.ends_soon", n=left), "warn")
        else:
            state = Cell(reader.t("company.valid"))
    return Cell(one.person), Cell(one.title), ends, state


def _fund(reader: Reader, found: Sequence[records.Fund]) -> Card:
    years = sorted(found, key=lambda it: -it.year)[:_YEARS]
    heads = ("granted", "requested", "claimed", "balance")
    return Card(
        "fund",
        reader.t("company.fund.title"),
        _as_of(reader, years),
        reader.t("company.fund.balance_of", year=years[0].year),
        say_money(years[0].balance),
        Cell(reader.t("company.fund.empty"), "warn") if years[0].balance <= 0 else None,
        table=Table(
            reader.t("company.fund.all"),
            _heads(reader, "fund", "year", heads),
            tuple(
                (
                    Cell(str(one.year)),
                    *(Cell(say_money(getattr(one, head)), is_number=True) for head in heads),
                )
                for one in years
            ),
        ),
    )


def _performance(reader: Reader, found: Sequence[records.Performance]) -> Card:
    years = sorted({one.year for one in found}, reverse=True)[:_YEARS]
    shown = [one for one in found if one.year in years]
    lines: list[records.Performance] = []
    for year in years:
        quarters = [one for one in shown if one.year == year and one.quarter != WHOLE_YEAR]
        whole = records.year_of(shown, year)
        lines += [*([whole] if whole else []), *sorted(quarters, key=lambda it: -it.quarter)]
    present = lines[0]
    return Card(
        "performance",
        reader.t("company.performance.title"),
        _as_of(reader, shown),
        reader.t("company.performance.of_year", year=present.year),
        say_money(present.actual),
        _missing(reader, present),
        table=Table(
            reader.t("company.performance.all"),
            _heads(reader, "performance", "period", ("actual", "minimum", "reached", "missing")),
            tuple(_figures(reader, one) for one in lines),
        ),
    )


def _figures(reader: Reader, one: records.Performance) -> tuple[Cell, ...]:
    key = "year" if one.quarter == WHOLE_YEAR else "quarter"
    period = reader.t(f"company.performance.{key}_named", year=one.year, n=one.quarter)
    reached = "–" if one.ratio is None else say_percent(one.ratio, reader.language)
    met = reader.t("company.nothing_missing") if one.minimum else "–"
    # What is over cannot be made up for any more: told, and not warned of.
    mark = "warn" if one.missing and not _is_over(one, reader.hotline.today()) else ""
    return (
        Cell(period),
        Cell(say_money(one.actual), is_number=True),
        Cell(say_money(one.minimum), is_number=True),
        Cell(reached, is_number=True),
        Cell(say_money(one.missing) if one.missing else met, mark, is_number=True),
    )


def _is_over(one: records.Performance, today: date) -> bool:
    quarter = 4 if one.quarter == WHOLE_YEAR else one.quarter
    return (one.year, quarter) < (today.year, (today.month + 2) // 3)


def _missing(reader: Reader, one: records.Performance) -> Cell:
    if not one.minimum:
        return Cell(reader.t("company.performance.no_minimum"))
    if one.missing:
        return Cell(reader.t("company.performance.still", sum=say_money(one.missing)), "warn")
    return Cell(reader.t("company.performance.met"), "ok")


def _credit(reader: Reader, found: Sequence[records.Credit]) -> Card:
    one = found[0]
    t, left = reader.t, one.credit_limit - one.receivable
    rows = [
        ("limit", Cell(say_money(one.credit_limit), is_number=True)),
        ("receivable", Cell(say_money(one.receivable), is_number=True)),
        ("overdue", Cell(say_money(one.overdue), "warn" if one.overdue else "", is_number=True)),
        ("payment", Cell(t(f"company.credit.{one.payment_record}"))),
    ]
    if one.review:
        rows.append(("review", Cell(t(f"company.credit.{one.review}"))))
    if one.reviewed_on:
        rows.append(("reviewed", Cell(reader.day(one.reviewed_on))))
    over = Cell(t("company.credit.over", sum=say_money(-left)), "danger") if left < 0 else None
    return Card(
        "credit",
        t("company.credit.title"),
        _as_of(reader, [one]),
        t("company.credit.left"),
        say_money(max(0, left)),
        over,
        rows=tuple((t(f"company.credit.{key}"), cell) for key, cell in rows),
    )


def _headcount(reader: Reader, found: Sequence[records.Headcount]) -> Card:
    one = found[0]
    lines = (
        ("sales", one.sales, one.sales_minimum),
        ("technical", one.technical, one.technical_minimum),
    )
    return Card(
        "headcount",
        reader.t("company.headcount.title"),
        _as_of(reader, [one]),
        table=Table(
            reader.t("company.headcount.all"),
            _heads(reader, "headcount", "people", ("actual", "minimum", "missing")),
            tuple(
                (
                    Cell(role_words(reader, role)),
                    Cell(str(actual), is_number=True),
                    Cell(str(minimum), is_number=True),
                    Cell(str(minimum - actual), "warn", is_number=True)
                    if actual < minimum
                    else Cell(reader.t("company.nothing_missing"), is_number=True),
                )
                for role, actual, minimum in lines
            ),
        ),
    )


def _satisfaction(reader: Reader, found: Sequence[records.Satisfaction]) -> Card:
    in_order = sorted(found, key=lambda it: it.held_on, reverse=True)[:12]
    newest = in_order[0]
    return Card(
        "satisfaction",
        reader.t("company.satisfaction.title"),
        _as_of(reader, in_order),
        reader.t("company.satisfaction.newest", at=reader.day(newest.held_on)),
        reader.t("company.satisfaction.of_five", n=f"{newest.score:g}"),
        table=Table(
            reader.t("company.satisfaction.all"),
            tuple(
                Cell(reader.t(f"company.satisfaction.{head}"), is_number=head == "score")
                for head in ("held_on", "kind", "score", "words")
            ),
            tuple(
                (
                    Cell(reader.day(one.held_on)),
                    Cell(reader.t(f"company.satisfaction.{one.kind}")),
                    Cell(f"{one.score:g}", is_number=True),
                    Cell(one.words),
                )
                for one in in_order
            ),
        ),
    )


CARDS: tuple[tuple[str, type[Recorded], Callable[[Reader, Any], Card]], ...] = (
    (permissions.COMPANY, records.Company, _company),
    (permissions.CERTIFICATION, records.Certification, _certification),
    (permissions.CONTRACT, records.Contract, _contract),
    (permissions.FUND, records.Fund, _fund),
    (permissions.PERFORMANCE, records.Performance, _performance),
    (permissions.CREDIT, records.Credit, _credit),
    (permissions.HEADCOUNT, records.Headcount, _headcount),
    (permissions.SATISFACTION, records.Satisfaction, _satisfaction),
)


def _as_of(reader: Reader, found: Sequence[Recorded]) -> str:
    """The day that all of them hold for, and where they come from."""
    sources = listed(reader, sorted({_source(reader, one.source) for one in found}))
    day = reader.day(min(one.as_of for one in found))
    return reader.t("company.as_of", day=day, source=sources)


def _source(reader: Reader, code: str) -> str:
    """The system by its name, as the import gave it; the seeded data in words."""
    return reader.t("company.demonstration") if code == DEMONSTRATION else code


def _heads(reader: Reader, card: str, first: str, numbers: Sequence[str]) -> tuple[Cell, ...]:
    return (
        Cell(reader.t(f"company.{card}.{first}")),
        *(Cell(reader.t(f"company.{card}.{head}"), is_number=True) for head in numbers),
    )


def _partner_word(reader: Reader, code: str) -> str:
    return reader.hotline.words.partner(code, reader.language)


def role_words(reader: Reader, role: str) -> str:
    return reader.hotline.words.say(f"role.{role}", reader.language)


def listed(reader: Reader, parts: Sequence[str]) -> str:
    return reader.hotline.words.say("list_comma", reader.language).join(parts)
