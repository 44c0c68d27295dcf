"""The tables of tickets, their notes and ratings, and the counter their numbers come from."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.database import Base, UtcDateTime
from hotline.partners.rows import ContactRow
from hotline.staff.rows import StaffRow
from hotline.tickets.moves import STATES

_STATE_LIST = ", ".join(f"'{state}'" for state in STATES)
_NOTE_KINDS = ("note", "addition", "resolution", "reopened", "escalation", "correction")
_NOTE_LIST = ", ".join(f"'{kind}'" for kind in _NOTE_KINDS)

# What of the queue comes first. The clock that runs; what waits for somebody else, then for a yes.
_STANDS = (
    "CASE WHEN state IN ('waiting_partner', 'waiting_other') THEN 1"
    " WHEN state = 'resolved' THEN 2 WHEN state = 'closed' THEN 3 ELSE 0 END"
)
_DUE = (
    "CASE WHEN first_responded_at IS NULL THEN first_response_due"
    " WHEN next_response_due <= resolution_due THEN next_response_due ELSE resolution_due END"
)
# What came in while closed and has no outcome yet: no call, no answer, no end.
_MORNING = (
    "CASE WHEN after_hours AND merged_into_id IS NULL AND (callback = 'due' OR callback IS NULL"
    " AND first_responded_at IS NULL AND state NOT IN ('resolved', 'closed')) THEN severity END"
)
_OPEN = text("state <> 'closed'")
_WAITS = text("morning_severity IS NOT NULL")


def _work(name: str, *columns: str) -> Index:
    """An order of the queue; what is closed is never in it."""
    return Index(name, *columns, sqlite_where=_OPEN, postgresql_where=_OPEN)


class TicketCounterRow(Base):
    __tablename__ = "ticket_counters"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class TicketRow(Base):
    __tablename__ = "tickets"
    __table_args__ = (
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
        CheckConstraint(f"state IN ({_STATE_LIST})", name="state"),
        CheckConstraint("callback IN ('due', 'settled')", name="callback"),
        _work("ix_tickets_work", "stands", "due_at", "severity", "id"),
        # With what else may be chosen, so that a service's tickets are counted by the index alone.
        _work(
            "ix_tickets_work_queue",
            *("queue", "stands", "due_at", "severity", "id"),
            *("assignee_id", "state", "partner_id"),
        ),
        _work("ix_tickets_work_severity", "severity", "stands", "due_at", "id"),
        _work("ix_tickets_work_partner", "partner_id", "stands", "due_at", "severity", "id"),
        Index("ix_tickets_partner_closed", "partner_id", "closed_at"),
        # As a query writes it, or SQLite does not see that the index has what is asked for.
        Index(
            "ix_tickets_after_hours",
            "opened_at",
            sqlite_where=text("after_hours = 1"),
            postgresql_where=text("after_hours"),
        ),
        Index(
            "ix_tickets_morning",
            "morning_severity",
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        _work("ix_tickets_work_assignee", "assignee_id", "stands", "due_at", "severity", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    partner_id: Mapped[str | None] = mapped_column(ForeignKey("partners.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    identity_verified: Mapped[bool]
    intent: Mapped[str] = mapped_column(String(60))
    queue: Mapped[str] = mapped_column(String(20), index=True)
    audience: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    severity: Mapped[int]
    severity_words: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(20), index=True)
    # The same matter as another ticket: since when, and the state it had before.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    merged_at: Mapped[datetime | None]
    merged_from: Mapped[str | None] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    # {fact: {"value": "...", "status": "known|skipped|unverified|unasked"}}
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    first_response_due: Mapped[datetime] = mapped_column(index=True)
    first_responded_at: Mapped[datetime | None]
    next_response_due: Mapped[datetime | None]
    resolution_due: Mapped[datetime]
    # What the promises are counted from, and when their clock stood still: `promises`.
    clocks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    pauses: Mapped[list[Any]] = mapped_column(default=list)
    # By which hours and rules they were counted last; 0 is the settings'.
    calendar_version: Mapped[int] = mapped_column(default=0, server_default="0")
    rules_version: Mapped[int] = mapped_column(default=0, server_default="0")
    waiting_since: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolution: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None]
    reopened_at: Mapped[datetime | None]
    reopened: Mapped[int] = mapped_column(default=0)
    # When the partner last had it brought before the lead; none after it was opened again.
    escalated_at: Mapped[datetime | None]
    # Not solved twice: it is a complaint as well, with a promise of its own.
    complained_at: Mapped[datetime | None]
    complaint_due: Mapped[datetime | None]
    # The number of the ticket that this one goes on from, which was too old to open again.
    follows: Mapped[str | None] = mapped_column(String(24))
    # Whoever left a message waits for a call until one has an outcome; not before `callback_at`,
    # where that was agreed at the last try.
    callback: Mapped[str | None] = mapped_column(String(8), index=True)
    callback_at: Mapped[datetime | None]
    # It came in while the hotline was closed: the morning's list has it until it has an outcome.
    after_hours: Mapped[bool] = mapped_column(default=False, server_default=false())
    # The place in the queue, by the database itself: to be asked for, never read from a row.
    stands: Mapped[int | None] = mapped_column(Computed(_STANDS), deferred=True)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, Computed(_DUE), deferred=True)

    # How grave it is, of what waits on the morning's list; nothing of all else.
    morning_severity: Mapped[int | None] = mapped_column(Computed(_MORNING), deferred=True)

    contact: Mapped[ContactRow | None] = relationship(lazy="joined")
    assignee: Mapped[StaffRow | None] = relationship(lazy="joined")


class LinkRow(Base):
    """Two tickets that belong together, as a colleague says; the older one is `ticket_id`."""

    __tablename__ = "ticket_links"
    __table_args__ = (
        UniqueConstraint("ticket_id", "other_id"),
        CheckConstraint("ticket_id < other_id", name="in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]


class NoteRow(Base):
    """What was added to a ticket beside its conversation: a colleague's note, a partner's fact."""

    __tablename__ = "ticket_notes"
    __table_args__ = (CheckConstraint(f"kind IN ({_NOTE_LIST})", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    # Whose addition it is; None is a visitor's, and what was noted before this was kept.
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]

    staff: Mapped[StaffRow | None] = relationship(lazy="joined")
    contact: Mapped[ContactRow | None] = relationship(lazy="joined")


class RatingRow(Base):
    """How somebody found a ticket was handled; of each contact the last word counts."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        UniqueConstraint("ticket_id", "contact_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    # None is the visitor of the ticket's conversation.
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"))
    score: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="")
    rated_at: Mapped[datetime]

    contact: Mapped[ContactRow | None] = relationship(lazy="joined")
