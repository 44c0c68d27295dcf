"""What administrators keep as numbered versions: each change is a whole new document.

So it can be said who changed what and when, what held at the time of a promise, and a change can
be taken back by writing an earlier document again. No version means that the settings hold.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base
from hotline.errors import Conflict
from hotline.journal import write_entry

CALENDAR, DEADLINES = "calendar", "deadlines"

CHANGED = tuple(f"{subject}.changed" for subject in (CALENDAR, DEADLINES))  # in the journal

# The timer by which open promises are counted anew after a change of either.
RECOUNT = "recount"


class VersionRow(Base):
    __tablename__ = "versions"

    subject: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    change: Mapped[str] = mapped_column(String(40))  # a code: what was done
    document: Mapped[dict[str, Any]]


@dataclass(frozen=True)
class Version:
    number: int
    at: datetime
    actor: str
    change: str
    document: dict[str, Any]


async def newest_number(session: AsyncSession, subject: str) -> int:
    """The number of the version in force; 0 while the settings hold."""
    query = select(func.max(VersionRow.number)).where(VersionRow.subject == subject)
    return await session.scalar(query) or 0


async def find(session: AsyncSession, subject: str, number: int) -> Version | None:
    row = await session.get(VersionRow, (subject, number))
    return _snapshot(row) if row else None


async def history(session: AsyncSession, subject: str, limit: int = 50) -> list[Version]:
    """Newest first."""
    rows = await session.scalars(
        select(VersionRow)
        .where(VersionRow.subject == subject)
        .order_by(VersionRow.number.desc())
        .limit(limit)
    )
    return [_snapshot(row) for row in rows]


async def add(
    session: AsyncSession,
    now: datetime,
    subject: str,
    actor: str,
    change: str,
    document: dict[str, Any],
    *,
    after: int,
) -> int:
    """Write the version behind number `after`; Conflict if somebody has written it meanwhile."""
    # Journalled first: on PostgreSQL that makes all who change something wait for each other.
    number = after + 1
    await write_entry(session, now, f"{subject}.changed", actor, version=number, change=change)
    require(await newest_number(session, subject), after)
    session.add(
        VersionRow(
            subject=subject, number=number, at=now, actor=actor, change=change, document=document
        )
    )
    await session.flush()
    return number


def require(present: int, looked_at: int) -> None:
    """Conflict unless the version that somebody looked at is still the present one."""
    if present != looked_at:
        raise Conflict("it has been changed meanwhile", version=present)


def _snapshot(row: VersionRow) -> Version:
    return Version(row.number, row.at, row.actor, row.change, row.document)
