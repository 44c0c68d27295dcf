"""What must reach somebody, each with its own state; the journal says what happened, this says
whether it arrived.

A delivery belongs to one journal entry, one channel and one receiver. On the channel `chat` a
message is `pending` until the partner's page has fetched it; what goes by mail or to other programs
is the matter of `notices`.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base

CHAT = "chat"
PENDING, DELIVERED = "pending", "delivered"
# Nobody is told any more: there is nothing left to say, or somebody gave it up. And what is to be
# looked at by somebody, for it could not be delivered.
DROPPED, UNDELIVERED = "dropped", "undelivered"
TOLD_WITH = "with"  # another delivery tells this, too, and it shares that one's fate


class DeliveryRow(Base):
    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("entry_id", "channel", "receiver"),
        Index("ix_deliveries_due", "state", "channel", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal.id"))
    channel: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(40), default="said")
    # Whose it is, as `notices.receivers` writes it; "" on the channel `chat`.
    receiver: Mapped[str] = mapped_column(String(60), default="")
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    seq: Mapped[int | None]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=PENDING)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    # When it is to be tried, or tried again.
    next_at: Mapped[datetime | None]
    first_tried_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(60))  # a code
    with_id: Mapped[int | None] = mapped_column(index=True)  # the delivery that tells this, too


async def owe_chat(
    session: AsyncSession, entry_id: int, conversation_id: str, seq: int, at: datetime
) -> None:
    """Note that message `seq` has still to reach the partner's page."""
    session.add(
        DeliveryRow(
            entry_id=entry_id,
            channel=CHAT,
            conversation_id=conversation_id,
            seq=seq,
            created_at=at,
        )
    )


async def chat_is_owed(session: AsyncSession, conversation_id: str, up_to_seq: int) -> bool:
    found = await session.scalar(
        select(DeliveryRow.id).where(*_owed(conversation_id), DeliveryRow.seq <= up_to_seq).limit(1)
    )
    return found is not None


async def is_unread(session: AsyncSession, conversation_id: str, seq: int) -> bool:
    """Whether this message has not reached the partner's page."""
    found = await session.scalar(
        select(DeliveryRow.id).where(*_owed(conversation_id), DeliveryRow.seq == seq).limit(1)
    )
    return found is not None


async def mark_chat_delivered(
    session: AsyncSession, conversation_id: str, up_to_seq: int, at: datetime
) -> None:
    """The partner's page has everything up to `up_to_seq`."""
    await session.execute(
        update(DeliveryRow)
        .where(*_owed(conversation_id), DeliveryRow.seq <= up_to_seq)
        .values(state=DELIVERED, tries=DeliveryRow.tries + 1, delivered_at=at)
    )


async def undelivered_seqs(session: AsyncSession, conversation_id: str) -> set[int]:
    """The messages of a conversation that have not reached the partner yet."""
    rows = await session.scalars(
        select(DeliveryRow.seq).where(*_owed(conversation_id)).order_by(DeliveryRow.seq).limit(500)
    )
    return {seq for seq in rows if seq is not None}


def _owed(conversation_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        DeliveryRow.conversation_id == conversation_id,
        DeliveryRow.channel == CHAT,
        DeliveryRow.state == PENDING,
    )
