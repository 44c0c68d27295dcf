"""The business development fund of a year, told; nothing left is said first."""

from collections.abc import Sequence

from hotline.partners.records import Fund
from hotline.partners.telling import Card, Teller
from hotline.replies import Reply
from wording.record_wishes import period_in


def tell(teller: Teller, funds: Sequence[Fund]) -> Reply:
    if not funds:
        return teller.none()
    asked = teller.question.year or period_in(teller.question.text, teller.today).year
    year = teller.today.year if asked is None else asked
    if fund := of_year(funds, year):
        return _tell(teller, fund)
    if asked not in (None, teller.today.year):
        return teller.none("rec_period_none", period=teller.words("record.year", year=asked))
    latest = max(funds, key=lambda fund: fund.year)
    return teller.led(
        "rec_not_this_year",
        _tell(teller, latest),
        record=teller.record,
        this_year=year,
        year=latest.year,
    )


def of_year(funds: Sequence[Fund], year: int) -> Fund | None:
    return next((fund for fund in funds if fund.year == year), None)


def _tell(teller: Teller, fund: Fund) -> Reply:
    name = "rec_bdf"
    if fund.year != teller.today.year:
        name = "rec_bdf_year"
    elif fund.balance <= 0:
        name = "rec_bdf_empty"
    as_of = teller.as_of(fund.as_of)
    sums = {
        key: teller.money(getattr(fund, key))
        for key in ("granted", "requested", "claimed", "balance")
    }
    return teller.say(
        name,
        card=Card(
            title=teller.words("record.fund.title", year=fund.year),
            label=teller.words("record.fund.balance"),
            value=sums["balance"],
            missing=teller.words("record.fund.empty") if name == "rec_bdf_empty" else "",
            rows=[
                (teller.words(f"record.fund.{key}"), sums[key])
                for key in ("granted", "requested", "claimed")
            ],
            as_of=as_of,
        ),
        year=fund.year,
        as_of=as_of,
        **sums,
    )
