"""The live conversations that a console lists, and what was said last in each: asked at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import CompoundSelect, Select, and_, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.messages import Message
from hotline.conversations.messages import snapshot as message_snapshot
from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.conversations.service import Conversation, snapshot

_MOST = 300
_LATELY = timedelta(minutes=30)
_WITH_ASSISTANT = 5
# Among so many of the newest messages those of the assistant's chats are looked for.
_NEWEST = 300


async def listed(
    session: AsyncSession, now: datetime, staff_id: int | None = None
) -> list[Conversation]:
    """What waits for a person, what people hold, and a few in which the assistant was spoken to in
    the last half hour; by how long they are held so, the longest first.

    With `staff_id` what others hold is left out.
    """
    rows = await session.scalars(
        select(ConversationRow)
        .where(ConversationRow.id.in_(_ids(now, staff_id)))
        .order_by(ConversationRow.held_since, ConversationRow.id)
        .limit(_MOST)
    )
    return [snapshot(row) for row in rows]


async def partners_words(
    session: AsyncSession, conversations: Sequence[Conversation], among: int = 20
) -> dict[str, list[Message]]:
    """What partners said among the last messages of each of `conversations`, in order, by the
    conversation's id; nothing of one where they said nothing."""
    ids = [one.id for one in conversations]
    said: dict[str, list[Message]] = {}
    if not ids:
        return said
    rows = await session.scalars(
        select(MessageRow)
        .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
        .where(
            ConversationRow.id.in_(ids),
            MessageRow.seq > ConversationRow.last_seq - among,
            MessageRow.sender == "partner",
        )
        .order_by(MessageRow.conversation_id, MessageRow.seq)
    )
    for row in rows:
        said.setdefault(row.conversation_id, []).append(message_snapshot(row))
    return said


def _ids(now: datetime, staff_id: int | None) -> CompoundSelect[tuple[str]]:
    """One after the other by an index each: an OR of them would look at every conversation."""
    held = ConversationRow.holder == "person"
    if staff_id is not None:
        held = and_(held, ConversationRow.staff_id == staff_id)
    return union_all(
        select(ConversationRow.id).where(ConversationRow.holder == "queue"),
        select(ConversationRow.id).where(held),
        _with_assistant(now),
    )


def _with_assistant(now: datetime) -> Select[tuple[str]]:
    """Those that were spoken in last; what was sent from elsewhere is no chat."""
    newest = select(MessageRow).order_by(MessageRow.id.desc()).limit(_NEWEST).subquery()
    found = (
        select(newest.c.conversation_id)
        .join(ConversationRow, ConversationRow.id == newest.c.conversation_id)
        .where(
            newest.c.sender == "partner",
            newest.c.created_at > now - _LATELY,
            ConversationRow.holder == "bot",
            or_(ConversationRow.needs_session.is_(False), ConversationRow.contact_id.is_not(None)),
        )
        .group_by(newest.c.conversation_id)
        .order_by(func.max(newest.c.id).desc())
        .limit(_WITH_ASSISTANT)
        .subquery()
    )
    return select(found.c.conversation_id)
