"""Setting timers, and firing those that are due.

What a timer does and the mark that it is done are one transaction. So whoever dies in between, at
any step, leaves it to be done again from its beginning; two desks never do the same one; and what
was due while nothing ran is done on return, in the order in which it was due.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import insert_or
from hotline.timers.rows import TimerRow

FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=30), timedelta(hours=1)

log = structlog.get_logger("timers")


@dataclass(frozen=True)
class Timer:
    """What a handler is told. `due_at` may be long past: it says when it should have been."""

    key: str
    kind: str
    detail: dict[str, Any]
    due_at: datetime


Handler = Callable[[AsyncSession, Hotline, Timer], Awaitable[None]]


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


async def drop_timers(session: AsyncSession, prefix: str) -> None:
    """Forget every timer whose key begins with `prefix`, done or not."""
    await session.execute(delete(TimerRow).where(TimerRow.key.startswith(prefix, autoescape=True)))


async def next_due(session: AsyncSession) -> datetime | None:
    """When there is something to do next; None if nothing is set."""
    due: datetime | None = await session.scalar(
        select(TimerRow.due_at).where(TimerRow.done_at.is_(None)).order_by(TimerRow.due_at).limit(1)
    )
    return due


async def fire_next(hotline: Hotline, handlers: Mapping[str, Handler]) -> bool:
    """Do the timer that has been due longest; False if none is.

    A handler that fails leaves nothing behind and is tried again later, others meanwhile.
    """
    timer = failed = None
    try:
        async with hotline.database.write() as session:
            row = await _longest_due(session, hotline.now())
            if row is None:
                return False
            timer = Timer(row.key, row.kind, row.detail, row.due_at)
            await handlers[timer.kind](session, hotline, timer)
            row.done_at = hotline.now()
    except Exception as failure:
        if timer is None:
            raise  # the database, not a timer
        failed = type(failure).__name__
        # The kind of failure and ids only: its text may have a person's words in it.
        log.error("timer_failed", key=timer.key, kind=timer.kind, why=failed)
    if failed is not None and timer is not None:
        await _put_off(hotline, timer.key, failed)
    return True


async def _longest_due(session: AsyncSession, now: datetime) -> TimerRow | None:
    """Locked until the end of the transaction; one that another desk is doing is passed over."""
    query = (
        select(TimerRow)
        .where(
            TimerRow.done_at.is_(None),
            TimerRow.due_at <= now,
            or_(TimerRow.not_before.is_(None), TimerRow.not_before <= now),
        )
        .order_by(TimerRow.due_at, TimerRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row: TimerRow | None = await session.scalar(query)
    return row


async def _put_off(hotline: Hotline, key: str, why: str) -> None:
    async with hotline.database.write() as session:
        row = await session.scalar(
            select(TimerRow).where(TimerRow.key == key, TimerRow.done_at.is_(None))
        )
        if row is None:
            return
        wait = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** min(row.tries, 20))
        row.tries += 1
        row.failure = why
        row.not_before = hotline.now() + wait
