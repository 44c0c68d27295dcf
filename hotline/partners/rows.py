"""The tables of partner companies and their contacts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.database import Base
from hotline.partners.vocabulary import STATUSES

_STATUS_LIST = ", ".join(f"'{status}'" for status in STATUSES)


class Recorded:
    """Every figure says what day it holds for, and where it comes from."""

    as_of: Mapped[date]
    source: Mapped[str] = mapped_column(String(60))


class PartnerRow(Recorded, Base):
    __tablename__ = "partners"
    __table_args__ = (CheckConstraint(f"status IN ({_STATUS_LIST})", name="status"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(120), index=True)
    name_en: Mapped[str] = mapped_column(String(120))
    tax_id: Mapped[str | None] = mapped_column(String(8), unique=True)
    types: Mapped[list[Any]]  # of vocabulary.TYPES, one or more
    tier: Mapped[str] = mapped_column(String(20))
    region: Mapped[str] = mapped_column(String(20))
    territory: Mapped[str | None] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(20), default="active")


class ContactRow(Base):
    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[str] = mapped_column(ForeignKey("partners.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8), default="zh-TW")
    roles: Mapped[list[Any]] = mapped_column(default=list)  # of vocabulary.ROLES
    mails: Mapped[str] = mapped_column(String(10), default="all")  # of notices.kinds.CHOICES
    # Erased: the row stays for what refers to it, and has nothing of the person in it.
    erased_at: Mapped[datetime | None]

    # No inner join: within the outer one of a ticket SQLite would read every contact for it.
    partner: Mapped[PartnerRow] = relationship(lazy="joined")


class PartnerSessionRow(Base):
    """A contact signed in with a browser: from when, how, and until when."""

    __tablename__ = "partner_sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    how: Mapped[str] = mapped_column(String(10))  # portal or code
    browser: Mapped[str] = mapped_column(String(80))  # such as "Chrome, Windows"
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
