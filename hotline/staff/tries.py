"""Tries to sign in: too many in a row lock the account for a while, whether it exists or not.

A try counts from its beginning, so that many at once are no way around; a success takes all of them
back. The rows know a keyed hash of the address only, since what is typed there may be anything.
"""

import hashlib
import hmac
import math
from datetime import timedelta

from sqlalchemy import delete, select

from hotline.core import Hotline
from hotline.database import insert_or, locked_row
from hotline.errors import TooMany
from hotline.journal import write_entry
from hotline.staff.rows import SignInTriesRow, StaffRow

LOCKED = "staff.locked"
_KEPT_FOR = timedelta(days=1)


async def begin(hotline: Hotline, email: str) -> int:
    """Count a try and give how many there are; TooMany, with the seconds, while it is locked."""
    now, most = hotline.now(), hotline.settings.staff.tries
    lock = timedelta(minutes=hotline.settings.staff.lock_minutes)
    key = _key(hotline, email)
    async with hotline.database.write() as session:
        await session.execute(
            delete(SignInTriesRow).where(SignInTriesRow.tried_at < now - _KEPT_FOR)
        )
        new = insert_or(session, SignInTriesRow).values(address_hash=key, tries=0, tried_at=now)
        await session.execute(new.on_conflict_do_nothing())
        row = await locked_row(session, SignInTriesRow, SignInTriesRow.address_hash == key)
        assert row is not None
        wait = row.tried_at + lock - now
        if wait <= timedelta():
            row.tries = 0
        elif row.tries >= most:
            seconds = math.ceil(wait.total_seconds())
            raise TooMany("too many tries", retry_after_s=seconds)
        row.tries += 1
        row.tried_at = now
        return row.tries


async def take_back(hotline: Hotline, email: str) -> None:
    """The try was right so far: it counts for nothing, and those before it stand."""
    async with hotline.database.write() as session:
        key = _key(hotline, email)
        row = await locked_row(session, SignInTriesRow, SignInTriesRow.address_hash == key)
        if row is not None:
            row.tries = max(0, row.tries - 1)


async def succeeded(hotline: Hotline, email: str) -> None:
    async with hotline.database.write() as session:
        key = _key(hotline, email)
        await session.execute(delete(SignInTriesRow).where(SignInTriesRow.address_hash == key))


async def failed(hotline: Hotline, email: str, tries: int) -> None:
    """Journal it if this try has locked the account, and remember to tell whose it is.

    Of an account that does not exist the entry is written and taken back: it takes as long.
    """
    if tries < hotline.settings.staff.tries:
        return
    now = hotline.now()
    async with hotline.database.write() as session:
        row = await session.scalar(
            select(StaffRow).where(StaffRow.email == email.strip().lower(), StaffRow.active)
        )
        if row is not None:
            row.locked_at, row.lock_told = now, False
        staff_id = row.id if row else None
        await write_entry(session, now, LOCKED, "system", staff=staff_id, tries=tries)
        if row is None:
            await session.rollback()


def _key(hotline: Hotline, email: str) -> str:
    key = hotline.settings.secrets.jwt_key.get_secret_value().encode()
    said = email.strip().lower().encode(errors="replace")
    return hmac.new(key, b"sign-in tries\0" + said, hashlib.sha256).hexdigest()
