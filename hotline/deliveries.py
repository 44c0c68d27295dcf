"""What must reach somebody, each with its own state; the journal says what happened, this says
whether it arrived.

A delivery belongs to one journal entry and one channel. The chat is the channel of this module's
first users: a message of staff is `pending` until the partner's page has fetched it.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base


class DeliveryRow(Base):
    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("entry_id", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal.id"))
    channel: Mapped[str] = mapped_column(String(20))
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    seq: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12), default="pending")
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


async def owe_chat(
    session: AsyncSession, entry_id: int, conversation_id: str, seq: int, at: datetime
) -> None:
    """Note that message `seq` has still to reach the partner's page."""
    session.add(
        DeliveryRow(
            entry_id=entry_id,
            channel="chat",
            conversation_id=conversation_id,
            seq=seq,
            created_at=at,
        )
    )


async def chat_is_owed(session: AsyncSession, conversation_id: str, up_to_seq: int) -> bool:
    found = await session.scalar(
        select(DeliveryRow.id)
        .where(
            DeliveryRow.conversation_id == conversation_id,
            DeliveryRow.seq <= up_to_seq,
            DeliveryRow.state == "pending",
        )
        .limit(1)
    )
    return found is not None


async def mark_chat_delivered(
    session: AsyncSession, conversation_id: str, up_to_seq: int, at: datetime
) -> None:
    """The partner's page has everything up to `up_to_seq`."""
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.conversation_id == conversation_id,
            DeliveryRow.seq <= up_to_seq,
            DeliveryRow.state == "pending",
        )
        .values(state="delivered", tries=DeliveryRow.tries + 1, delivered_at=at)
    )


async def undelivered_seqs(session: AsyncSession, conversation_id: str) -> set[int]:
    """The messages of a conversation that have not reached the partner yet."""
    rows = await session.scalars(
        select(DeliveryRow.seq)
        .where(DeliveryRow.conversation_id == conversation_id, DeliveryRow.state == "pending")
        .order_by(DeliveryRow.seq)
        .limit(500)
    )
    return {seq for seq in rows if seq is not None}
