"""Which queue a conversation is for, when a person is wanted in it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.staff.rules import ANY_QUEUE
from hotline.tickets.kinds import KINDS
from hotline.tickets.rows import TicketRow

_LAST_WORDS = 20


async def queue_of(session: AsyncSession, conversation: ConversationRow) -> str:
    """Of the last request that was said, else of its last ticket; `ANY_QUEUE` if neither."""
    said = await session.scalars(
        select(MessageRow.intent)
        .where(MessageRow.conversation_id == conversation.id, MessageRow.sender == "partner")
        .order_by(MessageRow.seq.desc())
        .limit(_LAST_WORDS)
    )
    for intent in said:
        if intent in KINDS and KINDS[intent].queue != ANY_QUEUE:
            return KINDS[intent].queue
    queue = None
    if conversation.last_ticket:
        queue = await session.scalar(
            select(TicketRow.queue).where(TicketRow.number == conversation.last_ticket)
        )
    return queue or ANY_QUEUE


async def queues_of_tickets(session: AsyncSession, numbers: Collection[str]) -> dict[str, str]:
    """The queue of each of the tickets `numbers`, such as the last ones of conversations."""
    if not numbers:
        return {}
    rows = await session.execute(
        select(TicketRow.number, TicketRow.queue).where(TicketRow.number.in_(numbers))
    )
    return {number: queue for number, queue in rows}
