"""The journal: one append-only table, written in the transaction of the change it tells of.

It is the audit trail and the consoles' live feed. An entry carries ids, codes and numbers, never
a person's words or data, so that erasing a person leaves the journal whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base, insert_many

# Somebody on staff has looked at it: of no use in a ticket's history, and there may be many.
VIEWED = "ticket.viewed"

_COMMIT_IN_ORDER = 7_210_001  # the key of PostgreSQL's advisory lock, ours alone


class EntryRow(Base):
    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_actor", "actor", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(40))
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


@dataclass(frozen=True)
class Entry:
    """`actor` is "partner", "bot", "system" or "staff:ID"; `detail` holds codes and numbers."""

    id: int
    at: datetime
    kind: str
    actor: str
    conversation_id: str | None
    ticket_id: int | None
    detail: dict[str, Any]


async def write_entry(
    session: AsyncSession,
    at: datetime,
    kind: str,
    actor: str,
    *,
    conversation_id: str | None = None,
    ticket_id: int | None = None,
    **detail: Any,
) -> int:
    """Journal `kind` in the caller's transaction and give back the entry's id.

    On PostgreSQL ids are handed out before the commit, so a slow transaction could appear behind
    a reader that has already passed its id. One advisory lock from here to the commit makes ids
    commit in order; SQLite has a single writer anyway.
    """
    await _commit_in_order(session)
    row = EntryRow(
        at=at,
        kind=kind,
        actor=actor,
        conversation_id=conversation_id,
        ticket_id=ticket_id,
        detail=detail,
    )
    session.add(row)
    await session.flush()
    return row.id


async def write_entries(session: AsyncSession, entries: Sequence[dict[str, Any]]) -> None:
    """Journal many entries at once, in this order; each has the columns of a row."""
    await _commit_in_order(session)
    await insert_many(session, EntryRow, entries)


async def entries_after(session: AsyncSession, entry_id: int, limit: int = 200) -> list[Entry]:
    """The entries behind `entry_id`, oldest first."""
    rows = await session.scalars(
        select(EntryRow).where(EntryRow.id > entry_id).order_by(EntryRow.id).limit(limit)
    )
    return [entry_of(row) for row in rows]


async def last_entry_id(session: AsyncSession) -> int:
    return await session.scalar(newest_id()) or 0


def newest_id() -> Select[Any]:
    """The question of the same; nothing as long as the journal is empty."""
    return select(EntryRow.id).order_by(EntryRow.id.desc()).limit(1)


async def entries_of_ticket(session: AsyncSession, ticket_id: int, limit: int = 500) -> list[Entry]:
    """A ticket's history, oldest first; who only looked at it is no part of it."""
    rows = await session.scalars(
        select(EntryRow)
        .where(EntryRow.ticket_id == ticket_id, EntryRow.kind != VIEWED)
        .order_by(EntryRow.id)
        .limit(limit)
    )
    return [entry_of(row) for row in rows]


async def newest_of_ticket(
    session: AsyncSession, ticket_id: int, kinds: Sequence[str], limit: int = 50
) -> list[Entry]:
    """A ticket's entries of these kinds, newest first."""
    rows = await session.scalars(
        select(EntryRow)
        .where(EntryRow.ticket_id == ticket_id, EntryRow.kind.in_(kinds))
        .order_by(EntryRow.id.desc())
        .limit(limit)
    )
    return [entry_of(row) for row in rows]


async def _commit_in_order(session: AsyncSession) -> None:
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _COMMIT_IN_ORDER})


def entry_of(row: EntryRow) -> Entry:
    return Entry(
        row.id, row.at, row.kind, row.actor, row.conversation_id, row.ticket_id, row.detail
    )
