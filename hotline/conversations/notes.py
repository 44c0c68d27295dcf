"""Notes of a live conversation: colleagues read them beside the messages, the partner never."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import locked
from hotline.conversations.staff_texts import require_fits
from hotline.core import Hotline
from hotline.database import Base
from hotline.errors import BadInput
from hotline.journal import write_entry
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff


class ConversationNoteRow(Base):
    __tablename__ = "conversation_notes"
    __table_args__ = (UniqueConstraint("conversation_id", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    client_id: Mapped[str | None] = mapped_column(String(36))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]

    staff: Mapped[StaffRow] = relationship(lazy="joined", innerjoin=True)


async def note(
    hotline: Hotline, staff: Staff, conversation_id: str, text: str, client_id: str | None = None
) -> None:
    """Write a note that only staff see; a repeated `client_id` is harmless."""
    if not text.strip():
        raise BadInput("the note is empty", field="text")
    require_fits(text)
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if client_id and await _is_known(session, row.id, client_id):
            return
        await add_note(session, hotline, row, staff, text, client_id)


async def add_note(
    session: AsyncSession,
    hotline: Hotline,
    row: ConversationRow,
    staff: Staff,
    text: str,
    client_id: str | None = None,
) -> None:
    """The same in the caller's transaction, which has the conversation locked."""
    now = hotline.now()
    session.add(
        ConversationNoteRow(
            conversation_id=row.id,
            client_id=client_id,
            staff_id=staff.id,
            text=text.strip(),
            created_at=now,
        )
    )
    await write_entry(
        session, now, "conversation.noted", f"staff:{staff.id}", conversation_id=row.id
    )


async def notes_of(
    session: AsyncSession, conversation_id: str, limit: int = 500
) -> list[ConversationNoteRow]:
    """The newest notes of a conversation, oldest first."""
    rows = await session.scalars(
        select(ConversationNoteRow)
        .where(ConversationNoteRow.conversation_id == conversation_id)
        .order_by(ConversationNoteRow.id.desc())
        .limit(limit)
    )
    return list(reversed(list(rows)))


async def _is_known(session: AsyncSession, conversation_id: str, client_id: str) -> bool:
    found = await session.scalar(
        select(ConversationNoteRow.id).where(
            ConversationNoteRow.conversation_id == conversation_id,
            ConversationNoteRow.client_id == client_id,
        )
    )
    return found is not None
