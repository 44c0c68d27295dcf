"""Signing in at the console: a password, then a code where there is a second step.

Wrong passwords and wrong codes count together, and alike for accounts that do not exist.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import BadInput, Unauthorized
from hotline.journal import write_entry
from hotline.staff import passwords, second_step, sessions, tries
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff, check_password, snapshot, stamp_of


async def by_password(hotline: Hotline, email: str, password: str) -> tuple[Staff, str]:
    """Who has this e-mail and password, and the password's stamp for the second step.

    Unauthorized if there is nobody such, or the password was a temporary one whose time has
    passed; TooMany while the account is locked. Who has a second step is not signed in by this.
    """
    async with _trying(hotline, email):
        row = await check_password(hotline.database, email, password)
        if row.temporary_until is not None and row.temporary_until <= hotline.now():
            raise Unauthorized("this password was for a while only")
    staff = snapshot(row)
    if staff.has_second_step:
        await tries.take_back(hotline, email)
    else:
        await tries.succeeded(hotline, email)
    return staff, stamp_of(row)


async def by_code(hotline: Hotline, staff_id: int, stamp: str, code: str) -> Staff:
    """The second step of whoever was right about the password that has this stamp."""
    async with hotline.database.read() as session:
        row = await session.get(StaffRow, staff_id)
    if row is None or not row.active or stamp_of(row) != stamp:
        raise Unauthorized("sign in anew")
    async with _trying(hotline, row.email):
        await second_step.require_code(hotline, snapshot(row), code)
    await tries.succeeded(hotline, row.email)
    return snapshot(row)


async def is_to_be_told(hotline: Hotline, staff: Staff) -> bool:
    """Whether the account was locked since the last sign-in; asked once, it is told."""
    async with hotline.database.write() as session:
        row = await locked_row(session, StaffRow, StaffRow.id == staff.id)
        if row is None or row.lock_told:
            return False
        row.lock_told = True
        return True


async def change_password(
    hotline: Hotline, own: sessions.StaffSession, current: str, password: str
) -> None:
    """Give oneself another password; every other session of one's own ends.

    Unauthorized if `current` is wrong, which counts as a try; PasswordFault if the new one is not
    good enough.
    """
    staff = own.staff
    async with _trying(hotline, staff.email):
        await check_password(hotline.database, staff.email, current)
    await tries.take_back(hotline, staff.email)
    if current == password:
        raise passwords.PasswordFault("same", "the password is the one of before")
    passwords.require_good(password, staff.email, staff.name, staff.name_en)
    hashed = await passwords.hashed(password)
    async with hotline.database.write() as session:
        row = await locked_row(session, StaffRow, StaffRow.id == staff.id)
        if row is None or not row.active:
            raise Unauthorized("this session has ended")
        row.password_hash, row.temporary_until = hashed, None
        row.version += 1
        now, actor = hotline.now(), f"staff:{staff.id}"
        await sessions.end_all_in(session, now, staff.id, staff.id, but=own.id)
        await write_entry(session, now, "staff.password_changed", actor, staff=staff.id)


async def remove_second_step(hotline: Hotline, staff: Staff, password: str) -> None:
    """Do without one's second step; Unauthorized if the password is wrong, which counts."""
    if second_step.is_required(hotline, staff):
        raise BadInput("it is compulsory for this role", reason="required", field="password")
    async with _trying(hotline, staff.email):
        await check_password(hotline.database, staff.email, password)
    await tries.take_back(hotline, staff.email)
    await second_step.remove(hotline, staff, staff.id)


@asynccontextmanager
async def _trying(hotline: Hotline, email: str) -> AsyncIterator[None]:
    """A try for the block; it has failed if that raises Unauthorized."""
    count = await tries.begin(hotline, email)
    try:
        yield
    except Unauthorized:
        await tries.failed(hotline, email, count)
        raise
