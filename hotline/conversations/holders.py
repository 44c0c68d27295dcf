"""Who of staff holds conversations, for those who tell the news of them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow


async def holders_of(session: AsyncSession, ids: Collection[str | None]) -> dict[str, int]:
    """The holder of each of `ids` that a person holds, by the conversation's id."""
    rows = await session.execute(
        select(ConversationRow.id, ConversationRow.staff_id).where(
            ConversationRow.id.in_(ids), ConversationRow.staff_id.is_not(None)
        )
    )
    return {chat: staff_id for chat, staff_id in rows if staff_id is not None}
