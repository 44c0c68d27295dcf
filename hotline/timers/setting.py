"""Setting timers, forgetting them, and seeing which wait."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.database import insert_or
from hotline.timers.rows import TimerRow


async def set_timer(
    session: AsyncSession, key: str, kind: str, due_at: datetime, **detail: Any
) -> None:
    """Have `kind` done at `due_at`, in the caller's transaction; the same key again moves it.

    One that is done may be set again.
    """
    values = {
        "kind": kind,
        "detail": detail,
        "due_at": due_at,
        "done_at": None,
        "tries": 0,
        "failure": None,
        "not_before": None,
    }
    new = insert_or(session, TimerRow).values(key=key, **values)
    await session.execute(new.on_conflict_do_update(index_elements=["key"], set_=values))
    changed_by(session).add(key)


async def drop_timers(session: AsyncSession, prefix: str) -> None:
    """Forget every timer whose key begins with `prefix`, done or not."""
    await _drop(session, TimerRow.key.startswith(prefix, autoescape=True))


async def drop_keys(session: AsyncSession, keys: Collection[str]) -> None:
    """Forget these timers."""
    await _drop(session, TimerRow.key.in_(keys))


async def _drop(session: AsyncSession, which: ColumnElement[bool]) -> None:
    gone = await session.scalars(delete(TimerRow).where(which).returning(TimerRow.key))
    changed_by(session).update(gone)


async def next_due(session: AsyncSession, after: datetime | None = None) -> datetime | None:
    """When there is something to do next, later than `after`; None if nothing is set."""
    query = select(TimerRow.due_at).where(TimerRow.done_at.is_(None))
    if after is not None:
        query = query.where(TimerRow.due_at > after)
    due: datetime | None = await session.scalar(query.order_by(TimerRow.due_at).limit(1))
    return due


async def waiting(session: AsyncSession) -> list[TimerRow]:
    """Everything that is set and not done: what has failed, then the rest, as they are due."""
    rows = await session.scalars(
        select(TimerRow)
        .where(TimerRow.done_at.is_(None))
        .order_by(TimerRow.failure.is_(None), TimerRow.due_at, TimerRow.id)
    )
    return list(rows)


def changed_by(session: AsyncSession) -> set[str]:
    """The keys that were set or dropped with this session."""
    keys: set[str] = session.info.setdefault("timers_changed", set())
    return keys
