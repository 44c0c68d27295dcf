"""The question about a ticket that the assistant has put, and whether it still stands.

It is kept in the conversation's row: {"kind": ..., "ticket": number, "seq": ..., ...}, where `seq`
is the partner's message to which it was put.
"""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.conversations.service import Conversation
from hotline.conversations.service import locked as locked_conversation
from hotline.core import Hotline


async def ask(hotline: Hotline, conversation_id: str, kind: str, **about: Any) -> None:
    """The question `kind` stands from now on, instead of any other."""
    async with hotline.database.write() as session:
        row = await locked_conversation(session, conversation_id)
        await put(session, row, kind, **about)


async def put(session: AsyncSession, row: ConversationRow, kind: str, **about: Any) -> None:
    """The same in the caller's transaction. What it is about is the ticket spoken of last."""
    row.asking = {"kind": kind, "seq": await _last_said(session, row.id), **about}
    if ticket := about.get("ticket"):
        row.last_ticket = ticket


async def settle(hotline: Hotline, conversation_id: str) -> None:
    """No question stands any longer."""
    async with hotline.database.write() as session:
        row = await locked_conversation(session, conversation_id)
        row.asking = None


async def was_just_asked(session: AsyncSession, conversation: Conversation) -> bool:
    """Whether nothing else was said between the question and what is said now.

    A yes that comes later belongs to something else.
    """
    asked_at = (conversation.asking or {}).get("seq")
    if asked_at is None:
        return False
    query = select(func.count()).where(
        MessageRow.conversation_id == conversation.id,
        MessageRow.sender == "partner",
        MessageRow.seq > asked_at,
    )
    return (await session.scalar(query) or 0) <= 1


async def _last_said(session: AsyncSession, conversation_id: str) -> int:
    query = select(func.max(MessageRow.seq)).where(
        MessageRow.conversation_id == conversation_id, MessageRow.sender == "partner"
    )
    return await session.scalar(query) or 0
