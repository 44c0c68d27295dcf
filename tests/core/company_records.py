"""What is recorded about the demonstration's first company, for tests of who reads it."""

from datetime import date
from typing import Any

from sqlalchemy import delete

from hotline.core import Hotline
from hotline.partners import record_rows as rows

AS_OF = date(2026, 11, 30)
_TABLES: tuple[type[Any], ...] = (
    rows.ContractRow,
    rows.CertificationRow,
    rows.FundRow,
    rows.PerformanceRow,
    rows.CreditRow,
    rows.HeadcountRow,
    rows.SatisfactionRow,
    rows.CommitmentRow,
)


async def record_company(hotline: Hotline, partner_id: str = "P-1001") -> None:
    """One or more of each record, and no other; a certificate has expired, another soon will."""
    said: dict[str, Any] = {"partner_id": partner_id, "as_of": AS_OF, "source": "ERP"}
    quarters = [(1, 3_000_000, 3_200_000), (2, 3_000_000, 2_100_000), (3, 3_000_000, 2_450_000)]
    async with hotline.database.write() as session:
        for table in _TABLES:
            await session.execute(delete(table).where(table.partner_id == partner_id))
        session.add_all(
            [
                rows.ContractRow(
                    number="C-2026-0117", signed_on=date(2025, 12, 20), starts_on=date(2026, 1, 1),
                    ends_on=date(2026, 12, 31), status="active", renewal="by_agreement", **said),
                rows.ContractRow(
                    number="C-2024-0031", signed_on=None, starts_on=date(2024, 1, 1),
                    ends_on=date(2025, 12, 31), status="expired", renewal="by_agreement", **said),
                rows.CertificationRow(
                    person="林柏宏", title="Power 系統管理", until=date(2026, 12, 20), **said),
                rows.CertificationRow(
                    person="林柏宏", title="儲存設備專家", until=date(2026, 10, 31), **said),
                rows.CertificationRow(
                    person="陳怡君", title="業務基礎", until=None, **said),
                rows.FundRow(
                    year=2026, granted=600_000, requested=300_000, claimed=250_000,
                    balance=1_250_000, **said),
                *(
                    rows.PerformanceRow(
                        year=2026, quarter=n, minimum=minimum, actual=actual, **said)
                    for n, minimum, actual in quarters
                ),
                rows.CreditRow(
                    credit_limit=5_000_000, receivable=1_860_000, overdue=80_000,
                    payment_record="sometimes_late", reviewed_on=date(2026, 6, 30),
                    review="conditional", **said),
                rows.HeadcountRow(
                    sales=3, sales_minimum=2, technical=1, technical_minimum=2, **said),
                rows.SatisfactionRow(
                    kind="survey", held_on=date(2026, 9, 15), score=4.2, words="回覆快", **said),
                rows.CommitmentRow(
                    territory="exceeded", strategy_fit="conflicting", words="只給原廠看", **said),
            ]
        )  # fmt: skip
