"""The record that was told last, as the conversation's `asking` keeps it.

{"record": {"intent": ..., "year": ..., "quarter": ..., "view": ..., "said": ..., "asks": ...,
"seq": ...}}: no figure. `said` are the words of follow-ups, a line each; `asks` is whether the
answer ended with a question, `seq` the partner's message that was answered: it holds for the
partner's next message only, and any other question ends it.
"""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.conversations.service import locked
from hotline.core import Hotline

AGAIN = "again"  # the step of a look-up that is asked with the words of a follow-up


async def remember(
    hotline: Hotline, conversation_id: str, intent: str, *, asks: bool, **of_it: Any
) -> None:
    """Keep what was told. Only where it ends with a question does that stand instead of another."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        kept = {} if asks else row.asking or {}
        seq = await _last_said(session, row.id)
        told = {"intent": intent, "asks": asks, "seq": seq, **of_it}
        row.asking = {"kind": "record", **kept, "record": told}


async def just_told(session: AsyncSession, row: ConversationRow) -> dict[str, Any] | None:
    """What the newest stored message of the partner was told of a record; None if nothing."""
    told: dict[str, Any] | None = (row.asking or {}).get("record")
    if told is None or told["seq"] != await _last_said(session, row.id):
        return None
    return told


async def _last_said(session: AsyncSession, conversation_id: str) -> int:
    query = select(func.max(MessageRow.seq)).where(
        MessageRow.conversation_id == conversation_id, MessageRow.sender == "partner"
    )
    return await session.scalar(query) or 0
