"""Adding staff, finding them, and checking a password."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.database import Database
from hotline.errors import BadInput, NotAllowed, Unauthorized
from hotline.permissions import HANDLERS, ROLES
from hotline.settings import QUEUES
from hotline.staff import passwords
from hotline.staff.rows import SpareCodeRow, StaffRow, StaffSessionRow

LANGUAGES = ("zh-TW", "en")


@dataclass(frozen=True)
class Staff:
    """Somebody on staff. Who has left is not `active`; `owes_renewal` with a temporary password."""

    id: int
    email: str
    name: str
    name_en: str
    role: str
    queues: tuple[str, ...]
    languages: tuple[str, ...] = LANGUAGES
    active: bool = True
    owes_renewal: bool = False
    has_second_step: bool = False

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
    """Add a member of staff, or change the one with that e-mail, who then signs in anew.

    A second step is taken away: whoever may do this has the machine, and an administrator who has
    lost the phone has nobody else to ask.
    """
    require_known(role, queues)
    passwords.require_good(password, email, name, name_en)
    hashed = await passwords.hashed(password)
    async with database.write() as session:
        row = await session.scalar(select(StaffRow).where(StaffRow.email == email.lower()))
        if row is None:
            row = StaffRow(email=email.lower())
            session.add(row)
        row.name, row.name_en, row.role = name, name_en, role
        row.queues, row.password_hash, row.active = list(queues), hashed, True
        row.temporary_until = row.totp_secret = row.totp_since = row.totp_step = None
        row.version = (row.version or 0) + 1
        await session.flush()
        # What the old password has begun ends; nobody knows better when than the session itself.
        await session.execute(
            update(StaffSessionRow)
            .where(StaffSessionRow.staff_id == row.id, StaffSessionRow.ended_at.is_(None))
            .values(ended_at=StaffSessionRow.seen_at)
        )
        await session.execute(delete(SpareCodeRow).where(SpareCodeRow.staff_id == row.id))
        return snapshot(row)


def require_known(role: str, queues: tuple[str, ...]) -> None:
    if role not in ROLES:
        raise BadInput(f"role must be one of {', '.join(ROLES)}", field="role")
    if unknown := set(queues) - set(QUEUES):
        raise BadInput(f"no such queue: {', '.join(sorted(unknown))}", field="queues")


def require_handler(staff: Staff) -> None:
    """NotAllowed unless `staff` handles tickets and conversations."""
    if staff.role not in HANDLERS:
        raise NotAllowed("this is for those who handle tickets")


async def check_password(database: Database, email: str, password: str) -> StaffRow:
    """The member of staff with this e-mail and password; the same refusal whichever is wrong."""
    async with database.read() as session:
        row = await session.scalar(
            select(StaffRow).where(StaffRow.email == email.strip().lower(), StaffRow.active)
        )
    is_right = await passwords.fits(row.password_hash if row else None, password)
    if row is None or not is_right:
        raise Unauthorized("wrong e-mail or password")
    return row


def stamp_of(row: StaffRow) -> str:
    """Which password an account has, without telling anything of it; a new one has another."""
    return hashlib.sha256(row.password_hash.encode()).hexdigest()[:16]


async def staff_by_email(session: AsyncSession, email: str) -> Staff | None:
    row = await session.scalar(
        select(StaffRow).where(StaffRow.email == email.strip().lower(), StaffRow.active)
    )
    return snapshot(row) if row else None


async def staff_by_id(session: AsyncSession, staff_id: int) -> Staff | None:
    row = await session.get(StaffRow, staff_id)
    return snapshot(row) if row and row.active else None


async def staff_by_ids(session: AsyncSession, ids: Collection[int]) -> dict[int, Staff]:
    """Of a list; also those who have left."""
    if not ids:
        return {}
    rows = await session.scalars(select(StaffRow).where(StaffRow.id.in_(ids)))
    return {row.id: snapshot(row) for row in rows}


async def all_staff(
    session: AsyncSession, limit: int = 200, *, also_left: bool = False
) -> list[Staff]:
    """Who works here; `also_left` for the names in what has happened."""
    query = select(StaffRow).order_by(StaffRow.id)
    if not also_left:
        query = query.where(StaffRow.active).limit(limit)
    return [snapshot(row) for row in await session.scalars(query)]


def snapshot(row: StaffRow) -> Staff:
    return Staff(
        row.id,
        row.email,
        row.name,
        row.name_en,
        row.role,
        tuple(row.queues),
        tuple(row.languages),
        row.active,
        row.temporary_until is not None,
        row.totp_since is not None,
    )
