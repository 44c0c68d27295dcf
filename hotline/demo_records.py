"""The records of the demonstration's companies, from `demo.toml`: days and years seen from today.

They hold for the last day of the month before; one company's records of a kind are added once.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.partners.record_rows import (
    CertificationRow,
    ContractRow,
    CreditRow,
    FundRow,
    PerformanceRow,
)

Table = dict[str, Any]
_ROWS: dict[str, type[Any]] = {
    row.__tablename__: row
    for row in (ContractRow, CertificationRow, FundRow, PerformanceRow, CreditRow)
}


async def seed_records(
    session: AsyncSession, partner_id: str, records: dict[str, list[Table]], today: date
) -> None:
    """Add each kind of record that nothing is recorded of yet."""
    as_of = _month_end(today, -1)
    for name, tables in records.items():
        row = _ROWS[name]
        if await session.scalar(select(row.id).where(row.partner_id == partner_id).limit(1)):
            continue
        for table in tables:
            for columns in _columns(name, table, today, as_of):
                session.add(row(partner_id=partner_id, as_of=as_of, source="demo", **columns))


def _columns(name: str, table: Table, today: date, as_of: date) -> Iterator[Table]:
    columns = dict(table)
    if "years_ago" in columns:
        columns["year"] = today.year - columns.pop("years_ago")
    if "starts_in_months" in columns:
        columns["starts_on"] = _month_end(today, columns.pop("starts_in_months") - 1) + _DAY
    if "ends_in_months" in columns:
        key = "until" if name == CertificationRow.__tablename__ else "ends_on"
        columns[key] = _month_end(today, columns.pop("ends_in_months"))
    if "reviewed_in_months" in columns:
        columns["reviewed_on"] = _month_end(today, columns.pop("reviewed_in_months"))
    if name != PerformanceRow.__tablename__:
        yield columns
        return
    for number, sold in enumerate(columns.pop("actual"), 1):
        begins = date(columns["year"], 3 * number - 2, 1)
        yield {**columns, "quarter": number, "actual": sold if begins <= as_of else 0}


def _month_end(today: date, ahead: int) -> date:
    """The last day of the month that is `ahead` of today's."""
    years, month = divmod(today.month + ahead, 12)  # the month after that one, from 0
    return date(today.year + years, month + 1, 1) - _DAY


_DAY = timedelta(days=1)
