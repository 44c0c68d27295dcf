"""What the assistant said after it had lost the conversation: kept for staff, never shown to the
partner."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline
from hotline.database import Base
from hotline.journal import write_entry
from hotline.replies import Reply


class WithheldRow(Base):
    __tablename__ = "withheld_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


async def withhold(
    session: AsyncSession, hotline: Hotline, row: ConversationRow, replies: Sequence[Reply]
) -> None:
    """Keep what came too late, in the caller's transaction."""
    now = hotline.now()
    text = "\n".join(reply.text for reply in replies if reply.text)
    if text:
        session.add(WithheldRow(conversation_id=row.id, text=text, created_at=now))
    await write_entry(session, now, "answer.withheld", "bot", conversation_id=row.id)


async def withheld_of(
    session: AsyncSession, conversation_id: str, limit: int = 200
) -> list[WithheldRow]:
    """The newest of a conversation, oldest first."""
    rows = await session.scalars(
        select(WithheldRow)
        .where(WithheldRow.conversation_id == conversation_id)
        .order_by(WithheldRow.id.desc())
        .limit(limit)
    )
    return list(reversed(list(rows)))
