"""The tables of what comes from elsewhere: the keys of its sources, and a row for each message."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.database import Base
from hotline.partners.rows import ContactRow

# Whose it is was found; nobody was found; staff have said who, or that it is nobody's contact;
# junk; and what came by mail and opens nothing, such as a holiday note.
MATCHED, UNMATCHED, LINKED, VISITOR = "matched", "unmatched", "linked", "visitor"
JUNK, ASIDE = "junk", "aside"
STATES = (MATCHED, UNMATCHED, LINKED, VISITOR, JUNK, ASIDE)
# Why a mail opens nothing.
AUTOMATIC, BULK, BOUNCE, OWN, TOO_MANY = "automatic", "bulk", "bounce", "own", "too_many"
REASONS = (AUTOMATIC, BULK, BOUNCE, OWN, TOO_MANY)
_STATE_LIST = ", ".join(f"'{state}'" for state in STATES)
_REASON_LIST = ", ".join(f"'{reason}'" for reason in ("", *REASONS))


class IntakeKeyRow(Base):
    """A source that may hand over messages; its key is kept as a hash."""

    __tablename__ = "intake_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(13), unique=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class IntakeMessageRow(Base):
    """Where a message came from, and who that is. Its words and files are the conversation's."""

    __tablename__ = "intake_messages"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATE_LIST})", name="state"),
        CheckConstraint(f"reason IN ({_REASON_LIST})", name="reason"),
        CheckConstraint("(state = 'aside') = (reason <> '')", name="aside_says_why"),
        CheckConstraint("state <> 'aside' OR ticket_id IS NULL", name="aside_opens_nothing"),
        UniqueConstraint("source", "repeat_key", name="uq_intake_messages_repeat_key"),
        Index("ix_intake_messages_state", "state", "id"),
        Index("ix_intake_messages_email", "email", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(20))
    # The same again of the same source is the same message; `digest` tells whether it is.
    repeat_key: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    caller: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    subject: Mapped[str] = mapped_column(String(200), default="")
    # Of a mail: its Message-ID as a hash, by which an answer to it is known.
    message_id: Mapped[str | None] = mapped_column(String(64), index=True)
    # Of a mail: whether the trusted relay vouches for its sender.
    verified: Mapped[bool | None]
    received_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(10), default="")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    # The recording among the conversation's files; it may have had its time before this row has.
    audio_id: Mapped[str | None] = mapped_column(String(32))
    audio_seconds: Mapped[float | None] = mapped_column(Double)
    # Of junk, for an undo: what it was, and what its ticket was.
    before: Mapped[str | None] = mapped_column(String(10))
    ticket_before: Mapped[str | None] = mapped_column(String(20))
    callback_before: Mapped[str | None] = mapped_column(String(8))
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    contact: Mapped[ContactRow | None] = relationship(lazy="joined")
