"""The keys of sources: one for each, shown once, kept as a hash.

A key is 256 random bits, so a plain SHA-256 of it is as good as it is; a slow hash is for what
people think of.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound, Unauthorized
from hotline.intake.rows import IntakeKeyRow
from hotline.journal import write_entry

_NAME = re.compile(r"[a-z][a-z0-9-]{0,12}")
_PREFIX = "intake_"
_SYSTEM = "system"


@dataclass(frozen=True)
class Source:
    """A system that may hand over messages; `ended_at` None while its key is good."""

    id: int
    name: str
    created_at: datetime
    ended_at: datetime | None

    @property
    def code(self) -> str:
        """What its tickets say they come from."""
        return f"intake:{self.name}"


async def add(hotline: Hotline, name: str) -> str:
    """A key for the source, in clear this once. A source whose key has ended gets a new one.

    BadInput for a name that cannot be one, Conflict for a source that has a key.
    """
    if not _NAME.fullmatch(name):
        raise BadInput("a name has 1 to 13 of a-z, 0-9 and -, a letter first", field="name")
    key, now = _PREFIX + secrets.token_urlsafe(32), hotline.now()
    async with hotline.database.write() as session:
        row = await session.scalar(select(IntakeKeyRow).where(IntakeKeyRow.name == name))
        if row is not None and row.ended_at is None:
            raise Conflict(f"{name} has a key; end it first: hotline intake-key end {name}")
        if row is None:
            row = IntakeKeyRow(name=name)
            session.add(row)
        row.key_hash, row.created_at, row.ended_at = _hash(key), now, None
        await session.flush()
        await write_entry(session, now, "intake_key.added", _SYSTEM, key=row.id)
    return key


async def end(hotline: Hotline, name: str) -> None:
    """The key is good for nothing from now on; NotFound if the source has none."""
    async with hotline.database.write() as session:
        row = await session.scalar(select(IntakeKeyRow).where(IntakeKeyRow.name == name))
        if row is None or row.ended_at is not None:
            raise NotFound(f"there is no key {name}")
        row.ended_at = hotline.now()
        await write_entry(session, row.ended_at, "intake_key.ended", _SYSTEM, key=row.id)


async def everyone(session: AsyncSession) -> list[Source]:
    """Every source, also one whose key has ended, by name."""
    rows = await session.scalars(select(IntakeKeyRow).order_by(IntakeKeyRow.name))
    return [_snapshot(row) for row in rows]


async def source_of(session: AsyncSession, key: str) -> Source:
    """The source whose key it is; Unauthorized, in the same words, for whatever is wrong."""
    row = await session.scalar(
        select(IntakeKeyRow).where(
            IntakeKeyRow.key_hash == _hash(key), IntakeKeyRow.ended_at.is_(None)
        )
    )
    if row is None:
        raise Unauthorized("this key is not valid")
    return _snapshot(row)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _snapshot(row: IntakeKeyRow) -> Source:
    return Source(row.id, row.name, row.created_at, row.ended_at)
