"""Times in line for a person: joining, who is asked, and how it ended.

A conversation waits exactly as long as the queue holds it; `holding.hold` begins and ends the wait
in its transaction.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, WaitRow
from hotline.staff.rules import ANY_QUEUE

TAKEN, LEFT, MESSAGE = "taken", "left", "message"
_LATELY = timedelta(hours=8)


async def begin(
    session: AsyncSession,
    conversation: ConversationRow,
    now: datetime,
    *,
    queue: str | None = None,
    wished_id: int | None = None,
) -> None:
    """`conversation` waits from now on: for `queue`, or for the one that it waited for before."""
    session.add(
        WaitRow(
            conversation_id=conversation.id,
            queue=queue or await _queue_before(session, conversation.id),
            joined_at=now,
            ahead=await ahead_of(session, now),
            wished_id=wished_id,
            passed_by=[],
        )
    )


async def end(session: AsyncSession, conversation_id: str, now: datetime, outcome: str) -> None:
    row = await current(session, conversation_id)
    if row is not None:
        row.ended_at, row.outcome = now, outcome
        row.offered_to_id = row.offered_until = None
        await session.flush()  # before another wait of it begins


async def current(session: AsyncSession, conversation_id: str) -> WaitRow | None:
    """The wait that goes on. Whoever changes it has the conversation's row locked."""
    found: WaitRow | None = await session.scalar(
        select(WaitRow).where(
            WaitRow.conversation_id == conversation_id, WaitRow.ended_at.is_(None)
        )
    )
    return found


async def current_of(session: AsyncSession, ids: Collection[str]) -> dict[str, WaitRow]:
    """The waits that go on of these conversations, by conversation."""
    if not ids:
        return {}
    rows = await session.scalars(
        select(WaitRow).where(WaitRow.conversation_id.in_(ids), WaitRow.ended_at.is_(None))
    )
    return {row.conversation_id: row for row in rows}


async def going_on(session: AsyncSession, limit: int = 1000) -> list[WaitRow]:
    """Everything that waits, longest first."""
    rows = await session.scalars(
        select(WaitRow)
        .where(WaitRow.ended_at.is_(None))
        .order_by(WaitRow.joined_at, WaitRow.id)
        .limit(limit)
    )
    return list(rows)


async def ahead_of(session: AsyncSession, joined_at: datetime) -> int:
    """How many have waited longer than since `joined_at`."""
    count = await session.scalar(
        select(func.count())
        .select_from(WaitRow)
        .where(WaitRow.ended_at.is_(None), WaitRow.joined_at < joined_at)
    )
    return count or 0


async def taken_lately(
    session: AsyncSession, now: datetime, limit: int = 20
) -> list[tuple[timedelta, int]]:
    """How long those waited who were taken today, newest first, and how many were ahead of them."""
    rows = await session.execute(
        select(WaitRow.joined_at, WaitRow.ended_at, WaitRow.ahead)
        .where(WaitRow.outcome == TAKEN, WaitRow.ended_at > now - _LATELY, WaitRow.ended_at <= now)
        .order_by(WaitRow.ended_at.desc())
        .limit(limit)
    )
    return [(ended - joined, ahead) for joined, ended, ahead in rows if ended is not None]


async def _queue_before(session: AsyncSession, conversation_id: str) -> str:
    """What it waited for the last time."""
    queue = await session.scalar(
        select(WaitRow.queue)
        .where(WaitRow.conversation_id == conversation_id)
        .order_by(WaitRow.id.desc())
        .limit(1)
    )
    return queue or ANY_QUEUE
