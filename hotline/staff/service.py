"""Adding staff, finding them, and checking a password."""

import asyncio
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.database import Database
from hotline.errors import BadInput, Unauthorized
from hotline.staff.rows import StaffRow

ROLES = ("specialist", "engineer", "channel_manager", "lead")
QUEUES = ("presales", "technical", "admin", "campaign", "other")
PASSWORD_MIN_CHARS = 10

_hasher = PasswordHasher()  # argon2id with the library's current defaults
# Verified against when no such person exists, so that the answer takes as long either way.
_NOBODY = _hasher.hash("nobody has this password")


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
    hashed = await asyncio.to_thread(_hasher.hash, password)
    async with database.write() as session:
        row = await session.scalar(select(StaffRow).where(StaffRow.email == email.lower()))
        if row is None:
            row = StaffRow(email=email.lower())
            session.add(row)
        row.name, row.name_en, row.role = name, name_en, role
        row.queues, row.password_hash, row.active = list(queues), hashed, True
        await session.flush()
        return snapshot(row)


async def check_password(database: Database, email: str, password: str) -> Staff:
    """The member of staff with this e-mail and password; the same refusal whichever is wrong."""
    async with database.read() as session:
        row = await session.scalar(
            select(StaffRow).where(StaffRow.email == email.strip().lower(), StaffRow.active)
        )
        staff, hashed = (snapshot(row), row.password_hash) if row else (None, _NOBODY)
    try:
        await asyncio.to_thread(_hasher.verify, hashed, password)
    except (VerificationError, InvalidHashError):
        staff = None
    if staff is None:
        raise Unauthorized("wrong e-mail or password")
    return staff


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
