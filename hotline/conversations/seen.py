"""What a member of staff has seen of a conversation, and what of it is new to them.

One number per person and conversation: a ticket and a live chat show the same messages, so seeing
them in one place is seeing them in the other.
"""

from sqlalchemy import ForeignKey, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.database import Base, insert_or


class SeenRow(Base):
    __tablename__ = "seen"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    seq: Mapped[int]


async def mark_seen(session: AsyncSession, staff_id: int, conversation_id: str, seq: int) -> None:
    """Everything up to number `seq` has been before the eyes of `staff_id`, in the caller's
    transaction. What was seen once is never unseen."""
    row = insert_or(session, SeenRow).values(
        staff_id=staff_id, conversation_id=conversation_id, seq=seq
    )
    await session.execute(
        row.on_conflict_do_update(
            index_elements=["staff_id", "conversation_id"],
            set_={"seq": row.excluded.seq},
            where=SeenRow.seq < row.excluded.seq,
        )
    )


async def unread_chats(session: AsyncSession, staff_id: int) -> dict[str, int]:
    """How much partners have said, unseen, in the live conversations that `staff_id` holds."""
    rows = await session.execute(
        select(MessageRow.conversation_id, func.count())
        .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
        .outerjoin(
            SeenRow,
            and_(SeenRow.conversation_id == ConversationRow.id, SeenRow.staff_id == staff_id),
        )
        .where(
            ConversationRow.holder == "person",
            ConversationRow.staff_id == staff_id,
            MessageRow.sender == "partner",
            MessageRow.seq > func.coalesce(SeenRow.seq, 0),
        )
        .group_by(MessageRow.conversation_id)
    )
    return {conversation_id: count for conversation_id, count in rows}
