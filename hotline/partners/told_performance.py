"""Sales of a year or a quarter against the agreed minimum, told."""

from collections.abc import Sequence

from hotline.partners.records import Performance, year_of
from hotline.partners.telling import Card, Teller
from hotline.partners.vocabulary import WHOLE_YEAR
from hotline.replies import Reply
from wording.record_wishes import period_in, wants_quarters


def tell(teller: Teller, figures: Sequence[Performance]) -> Reply:
    if not figures:
        return teller.none()
    text, this_year = teller.question.text, teller.today.year
    asked = period_in(text, teller.today)
    year = teller.question.year or asked.year or this_year
    number = teller.question.quarter or asked.quarter
    if teller.question.view == "quarters" or (wants_quarters(text) and not number):
        return _by_quarter(teller, figures, year)
    if number:
        quarter = _quarter(figures, year, number)
        return _tell(teller, quarter) if quarter else _none(teller, year, number)
    if whole := year_of(figures, year):
        return _tell(teller, whole)
    if year != this_year:
        return _none(teller, year)
    latest = year_of(figures, max(one.year for one in figures))
    assert latest is not None
    return teller.led(
        "rec_not_this_year",
        _tell(teller, latest),
        record=teller.record,
        this_year=year,
        year=latest.year,
    )


def _tell(teller: Teller, sold: Performance) -> Reply:
    as_of, period = teller.as_of(sold.as_of), _period(teller, sold.year, sold.quarter)
    actual, minimum = teller.money(sold.actual), teller.money(sold.minimum)
    ratio = "" if sold.ratio is None else teller.percent(sold.ratio)
    missing = teller.money(sold.missing)
    rows = [(teller.words("record.performance.actual"), actual)]
    if sold.ratio is None:
        name, note = "rec_performance_no_minimum", teller.words("record.performance.no_minimum")
    elif sold.missing:
        name, note = "rec_performance", teller.words("record.performance.missing", n=missing)
    else:
        name, note = "rec_performance_reached", teller.words("record.performance.reached")
    if sold.ratio is not None:
        rows.append((teller.words("record.performance.minimum"), minimum))
    return teller.say(
        name,
        sold_in=sold.year,
        card=Card(
            title=teller.words("record.performance.title", period=period),
            label=teller.words(f"record.performance.{'ratio' if ratio else 'actual'}"),
            value=ratio or actual,
            missing=note,
            rows=rows if ratio else (),
            as_of=as_of,
        ),
        period=period,
        actual=actual,
        minimum=minimum,
        ratio=ratio,
        missing=missing,
        as_of=as_of,
    )


def _by_quarter(teller: Teller, figures: Sequence[Performance], year: int) -> Reply:
    quarters = [one for number in range(1, 5) if (one := _quarter(figures, year, number))]
    if not quarters:
        return _none(teller, year)
    lines = [_line(teller, one) for one in quarters]
    return teller.say(
        "rec_performance_quarters",
        period=_period(teller, year, WHOLE_YEAR),
        lines="\n".join(lines),
        as_of=teller.as_of(min(one.as_of for one in quarters)),
    )


def _line(teller: Teller, sold: Performance) -> str:
    key = "record.quarter_line" if sold.ratio is not None else "record.quarter_line_plain"
    return teller.words(
        key,
        quarter=teller.words("record.quarter_label", n=sold.quarter),
        actual=teller.money(sold.actual),
        minimum=teller.money(sold.minimum),
        ratio="" if sold.ratio is None else teller.percent(sold.ratio),
    )


def _quarter(figures: Sequence[Performance], year: int, quarter: int) -> Performance | None:
    found = (one for one in figures if (one.year, one.quarter) == (year, quarter))
    return next(found, None)


def _none(teller: Teller, year: int, quarter: int = WHOLE_YEAR) -> Reply:
    return teller.none("rec_period_none", period=_period(teller, year, quarter))


def _period(teller: Teller, year: int, quarter: int) -> str:
    this_year = year == teller.today.year
    if quarter == WHOLE_YEAR:
        return teller.words("record.this_year" if this_year else "record.year", year=year)
    key = "record.quarter" if this_year else "record.quarter_of"
    return teller.words(key, n=quarter, year=year)
