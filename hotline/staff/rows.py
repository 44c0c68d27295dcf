"""The tables of hotline staff: who they are, where they are signed in, how they prove it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base


class StaffRow(Base):
    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(40), default="specialist")
    queues: Mapped[list[Any]] = mapped_column(default=list)
    languages: Mapped[list[Any]] = mapped_column(default=lambda: ["zh-TW", "en"])
    no_mails: Mapped[list[Any]] = mapped_column(default=list)  # kinds of notices not mailed
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    # Counts the changes of the account: whoever changes names the version that was looked at.
    version: Mapped[int] = mapped_column(default=0)
    # Set while the password is one that somebody else made: until then it is good for one thing,
    # to be replaced.
    temporary_until: Mapped[datetime | None]
    # The second step: sealed, and asked for since then; nothing is asked before it was confirmed.
    totp_secret: Mapped[str | None] = mapped_column(String(200))
    totp_since: Mapped[datetime | None]
    totp_step: Mapped[int | None]  # of the last code that was good: no code counts twice
    locked_at: Mapped[datetime | None]  # the last time that too many tries locked the account
    lock_told: Mapped[bool] = mapped_column(default=True)


class PresenceRow(Base):
    """How somebody stands, as they have said, and when a console of theirs was last heard of."""

    __tablename__ = "presence"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    stands: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime]
    beat_at: Mapped[datetime | None]
    offered_at: Mapped[datetime | None]  # a conversation, last


class StaffSessionRow(Base):
    __tablename__ = "staff_sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    browser: Mapped[str] = mapped_column(String(80))  # such as "Chrome, Windows"
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class SpareCodeRow(Base):
    """A code that stands for the phone once. Its hash needs no key: it has 80 random bits."""

    __tablename__ = "staff_spare_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    used_at: Mapped[datetime | None]


class SignInTriesRow(Base):
    """Tries since the last success, by a keyed hash of the address, which may be nobody's."""

    __tablename__ = "staff_sign_in_tries"

    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int]
    tried_at: Mapped[datetime] = mapped_column(index=True)
