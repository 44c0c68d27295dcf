"""The tables of what is recorded about a partner company. Money is in whole NT$.

Each table has a natural key, by which an import finds the row again.
"""

from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base
from hotline.partners import vocabulary
from hotline.partners.rows import Recorded


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


class OfPartner(Recorded):
    """One row of a record of a company."""

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[str] = mapped_column(ForeignKey("partners.id"), index=True)


class ContractRow(OfPartner, Base):
    __tablename__ = "contracts"
    __table_args__ = (
        _one_of("status", vocabulary.CONTRACT_STATUSES),
        _one_of("renewal", vocabulary.RENEWALS),
    )

    number: Mapped[str] = mapped_column(String(40), unique=True)
    signed_on: Mapped[date | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # its last day
    status: Mapped[str] = mapped_column(String(20))
    renewal: Mapped[str] = mapped_column(String(20))


class CertificationRow(OfPartner, Base):
    __tablename__ = "certifications"
    __table_args__ = (UniqueConstraint("partner_id", "person", "title"),)

    person: Mapped[str] = mapped_column(String(80))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    until: Mapped[date | None]  # the last day; None does not expire


class FundRow(OfPartner, Base):
    """The business development fund of a year."""

    __tablename__ = "fund_years"
    __table_args__ = (UniqueConstraint("partner_id", "year"),)

    year: Mapped[int]
    granted: Mapped[int] = mapped_column(BigInteger)
    requested: Mapped[int] = mapped_column(BigInteger)
    claimed: Mapped[int] = mapped_column(BigInteger)
    balance: Mapped[int] = mapped_column(BigInteger)


class PerformanceRow(OfPartner, Base):
    """Sales of a quarter (1 to 4) or of the whole year (0) against the agreed minimum."""

    __tablename__ = "performance"
    __table_args__ = (
        UniqueConstraint("partner_id", "year", "quarter"),
        CheckConstraint("quarter BETWEEN 0 AND 4", name="quarter"),
    )

    year: Mapped[int]
    quarter: Mapped[int]
    minimum: Mapped[int] = mapped_column(BigInteger)
    actual: Mapped[int] = mapped_column(BigInteger)


class CreditRow(OfPartner, Base):
    """How a company stands on one day; the newest is the present one."""

    __tablename__ = "credit"
    __table_args__ = (
        UniqueConstraint("partner_id", "as_of"),
        _one_of("payment_record", vocabulary.PAYMENT_RECORDS),
        _one_of("review", vocabulary.CREDIT_REVIEWS),
    )

    credit_limit: Mapped[int] = mapped_column(BigInteger)
    receivable: Mapped[int] = mapped_column(BigInteger)
    overdue: Mapped[int] = mapped_column(BigInteger)
    payment_record: Mapped[str] = mapped_column(String(20))
    reviewed_on: Mapped[date | None]
    review: Mapped[str | None] = mapped_column(String(20))


class HeadcountRow(OfPartner, Base):
    """Sales and technical people on one day, against the provable minimum."""

    __tablename__ = "headcount"
    __table_args__ = (UniqueConstraint("partner_id", "as_of"),)

    sales: Mapped[int]
    sales_minimum: Mapped[int]
    technical: Mapped[int]
    technical_minimum: Mapped[int]


class SatisfactionRow(OfPartner, Base):
    """A survey or an interview: 1 to 5, with a word."""

    __tablename__ = "satisfaction"
    __table_args__ = (
        UniqueConstraint("partner_id", "kind", "held_on"),
        _one_of("kind", vocabulary.SATISFACTION_KINDS),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    held_on: Mapped[date]
    score: Mapped[float] = mapped_column(Float)
    words: Mapped[str] = mapped_column(Text, default="")


class ComplaintRow(OfPartner, Base):
    """A complaint that was made outside this hotline, by its reference there."""

    __tablename__ = "complaints"
    __table_args__ = (UniqueConstraint("partner_id", "reference"),)

    reference: Mapped[str] = mapped_column(String(40))
    received_on: Mapped[date]
    in_writing: Mapped[bool]
    about: Mapped[str] = mapped_column(Text)
    settled_on: Mapped[date | None]


class CommitmentRow(OfPartner, Base):
    """The vendor's view on one day: territory kept, strategies that fit. Not for the partner."""

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("partner_id", "as_of"),
        _one_of("territory", vocabulary.TERRITORY),
        _one_of("strategy_fit", vocabulary.STRATEGY_FITS),
    )

    territory: Mapped[str] = mapped_column(String(20))
    strategy_fit: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
