"""The tables of conversations, their messages, files and engine sessions."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Double,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.database import Base
from hotline.partners.rows import ContactRow
from hotline.staff.rows import StaffRow

# none_as_null: "nothing" is SQL NULL, so that the database can be asked for it.
_Json = JSON(none_as_null=True)


class ConversationRow(Base):
    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint("holder IN ('bot', 'queue', 'person', 'nobody')", name="holder"),
        CheckConstraint("(holder = 'person') = (staff_id IS NOT NULL)", name="person_has_a_name"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    # The address that a visitor who is nobody's contact has proven.
    proven_email: Mapped[str | None] = mapped_column(String(254))
    # Begun or joined by a signed-in browser: no token is good for it without the contact's session.
    needs_session: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(8))
    holder: Mapped[str] = mapped_column(String(10), default="bot", index=True)
    held_since: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    last_seq: Mapped[int] = mapped_column(default=0)
    last_ticket: Mapped[str | None] = mapped_column(String(24))
    # The question the assistant has put and waits for: {"kind": "solved", "ticket": number} ...
    asking: Mapped[dict[str, Any] | None] = mapped_column(_Json)
    unsure: Mapped[int] = mapped_column(default=0)
    engine_sender: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]

    contact: Mapped[ContactRow | None] = relationship(lazy="joined")
    staff: Mapped[StaffRow | None] = relationship(lazy="joined")

    @property
    def nobody_reads(self) -> bool:
        """Whether no token is good for it: a stranger's message came from elsewhere."""
        return self.needs_session and self.contact_id is None


class EngineSessionRow(Base):
    """The one map from the engine's sender to a conversation."""

    __tablename__ = "engine_sessions"

    sender_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    turns: Mapped[int] = mapped_column(default=0)
    form: Mapped[str | None] = mapped_column(String(40))
    done: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]


class WaitRow(Base):
    """One time in line for a person, from joining to its outcome; at most one goes on."""

    __tablename__ = "waits"
    __table_args__ = (
        Index(
            "uq_waits_one_at_a_time",
            "conversation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_waits_ended_at", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    queue: Mapped[str] = mapped_column(String(20))
    joined_at: Mapped[datetime]
    ahead: Mapped[int]
    # Whom a colleague has handed it to, whom it is offered to now, and who had the offer before.
    wished_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    offered_to_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    offered_until: Mapped[datetime | None]
    passed_by: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # Whether the partner was told the name of whom it is offered to.
    promised: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12))  # taken, left, message


class FileRow(Base):
    __tablename__ = "files"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(80))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    # Of a voice message: how long it is, by what is in it, and the ticket that it goes with.
    seconds: Mapped[float | None] = mapped_column(Double)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    # What is said in it, as staff have written it down; `words_at` is the version.
    words: Mapped[str | None] = mapped_column(Text)
    words_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    words_at: Mapped[datetime | None]

    words_by: Mapped[StaffRow | None] = relationship(lazy="joined")


class MessageRow(Base):
    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id", name="uq_messages_client_id"),
        CheckConstraint("sender IN ('partner', 'bot', 'staff', 'system')", name="sender"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    seq: Mapped[int]
    client_id: Mapped[str | None] = mapped_column(String(36))
    sender: Mapped[str] = mapped_column(String(10))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    payload: Mapped[str | None] = mapped_column(String(400))
    buttons: Mapped[list[Any] | None] = mapped_column(_Json)
    card: Mapped[dict[str, Any] | None] = mapped_column(_Json)
    file_id: Mapped[str | None] = mapped_column(ForeignKey("files.id"))
    intent: Mapped[str | None] = mapped_column(String(60))
    confidence: Mapped[float | None]
    # Facts found in the text, [{"kind", "start", "end"}], and the likeliest readings, best first,
    # [{"intent", "confidence"}]; of what the engine read as it stands, and nothing else.
    entities: Mapped[list[Any] | None] = mapped_column(_Json)
    ranking: Mapped[list[Any] | None] = mapped_column(_Json)
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    staff: Mapped[StaffRow | None] = relationship(lazy="joined")
    file: Mapped[FileRow | None] = relationship(lazy="joined")
