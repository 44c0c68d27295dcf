"""Adding staff, finding them, and checking a password."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.database import Database, locked_row
from hotline.errors import BadInput, Unauthorized
from hotline.settings import QUEUES
from hotline.staff.rows import StaffRow

ROLES = ("specialist", "engineer", "channel_manager", "lead")
PASSWORD_MIN_CHARS = 10

_MOST_CHARS = 1000
_AT_ONCE = 2  # each takes 64 MB and all of a core

_hasher = PasswordHasher()  # argon2id with the library's current defaults


@dataclass(frozen=True)
class Staff:
    id: int
    email: str
    name: str
    name_en: str
    role: str
    queues: tuple[str, ...]

    def called(self, language: str) -> str:
        """The name as a partner who reads `language` sees it."""
        return self.name_en if language == "en" else self.name


async def add_staff(
    database: Database,
    *,
    email: str,
    name: str,
    name_en: str,
    role: str,
    queues: tuple[str, ...],
    password: str,
) -> Staff:
    """Add a member of staff, or change the one with that e-mail."""
    if role not in ROLES:
        raise BadInput(f"role must be one of {', '.join(ROLES)}")
    if unknown := set(queues) - set(QUEUES):
        raise BadInput(f"no such queue: {', '.join(sorted(unknown))}")
    if len(password) < PASSWORD_MIN_CHARS:
        raise BadInput(f"the password needs {PASSWORD_MIN_CHARS} characters or more")
    if len(password) > _MOST_CHARS:
        raise BadInput(f"the password has more than {_MOST_CHARS} characters")
    hashed = await asyncio.get_running_loop().run_in_executor(_threads(), _hasher.hash, password)
    async with database.write() as session:
        row = await session.scalar(select(StaffRow).where(StaffRow.email == email.lower()))
        if row is None:
            row = StaffRow(email=email.lower())
            session.add(row)
        row.name, row.name_en, row.role = name, name_en, role
        row.queues, row.password_hash, row.active = list(queues), hashed, True
        row.session_number = (row.session_number or 0) + 1  # the old password's sessions end
        await session.flush()
        return snapshot(row)


async def check_password(database: Database, email: str, password: str) -> Staff:
    """The member of staff with this e-mail and password; the same refusal whichever is wrong."""
    async with database.read() as session:
        row = await session.scalar(
            select(StaffRow).where(StaffRow.email == email.strip().lower(), StaffRow.active)
        )
        staff, hashed = (snapshot(row), row.password_hash) if row else (None, None)
    loop = asyncio.get_running_loop()
    is_right = await loop.run_in_executor(_threads(), _fits, hashed, password[:_MOST_CHARS])
    if staff is None or not is_right:
        raise Unauthorized("wrong e-mail or password")
    return staff


async def end_sessions(database: Database, staff: Staff) -> None:
    """Sign `staff` out everywhere: what was signed for them so far is good no more."""
    async with database.write() as session:
        row = await locked_row(session, StaffRow, StaffRow.id == staff.id)
        if row is not None:
            row.session_number += 1


async def session_number(session: AsyncSession, staff_id: int) -> int | None:
    """Which of the sessions of this member of staff are good; None if nobody's are."""
    row = await session.get(StaffRow, staff_id)
    return row.session_number if row and row.active else None


async def staff_by_email(session: AsyncSession, email: str) -> Staff | None:
    row = await session.scalar(
        select(StaffRow).where(StaffRow.email == email.strip().lower(), StaffRow.active)
    )
    return snapshot(row) if row else None


async def staff_by_id(session: AsyncSession, staff_id: int) -> Staff | None:
    row = await session.get(StaffRow, staff_id)
    return snapshot(row) if row and row.active else None


async def all_staff(session: AsyncSession, limit: int = 200) -> list[Staff]:
    rows = await session.scalars(
        select(StaffRow).where(StaffRow.active).order_by(StaffRow.id).limit(limit)
    )
    return [snapshot(row) for row in rows]


def snapshot(row: StaffRow) -> Staff:
    return Staff(row.id, row.email, row.name, row.name_en, row.role, tuple(row.queues))


def _fits(hashed: str | None, password: str) -> bool:
    """Without a hash a wrong one is tried, so that the answer takes as long either way."""
    try:
        return _hasher.verify(hashed or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


@cache
def _threads() -> ThreadPoolExecutor:
    """Threads of their own: whoever tries passwords keeps nobody else's work waiting."""
    return ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="passwords")
