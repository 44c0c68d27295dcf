"""The second step of a sign-in: a code of the person's own phone (TOTP, RFC 6238), or a spare one.

The secret is kept sealed by a key that is made of the hotline's own. With another key of the
hotline no code fits any more; spare codes go on working, and an administrator can reset the step.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import BadInput, NotAllowed, Unauthorized
from hotline.journal import write_entry
from hotline.staff.rows import SpareCodeRow, StaffRow
from hotline.staff.service import Staff

REQUIRED_OF = frozenset(("lead", "administrator"))
SPARE_CODES = 10

_PERIOD_S = 30
_AROUND = (-1, 0, 1)  # periods: a phone's clock may be off by half a minute
_SPACES = re.compile(r"[\s\-]+")
_DIGITS = re.compile(r"[0-9]{6}", re.ASCII)


@dataclass(frozen=True)
class Secret:
    """What the person's app is to know: by hand, or as the address that a picture of it holds."""

    text: str
    uri: str


def is_required(hotline: Hotline, staff: Staff) -> bool:
    """Whether `staff` has to have a second step."""
    return hotline.settings.requires_second_step and staff.role in REQUIRED_OF


async def propose(hotline: Hotline, staff: Staff) -> None:
    """Make a new secret, which counts once a code of it has come. NotAllowed if there is a step."""
    async with hotline.database.write() as session:
        row = await _row(session, staff.id)
        if row.totp_since is not None:
            raise NotAllowed("there is a second step already")
        row.totp_secret, row.totp_step = _sealer(hotline).encrypt(_new_secret()).decode(), None


async def proposed(hotline: Hotline, session: AsyncSession, staff: Staff) -> Secret | None:
    """The secret that waits for its first code."""
    row = await session.get_one(StaffRow, staff.id)
    secret = _opened(hotline, row)
    if secret is None or row.totp_since is not None:
        return None
    issuer = hotline.settings.vendor.name_en
    return Secret(secret, pyotp.TOTP(secret).provisioning_uri(name=staff.email, issuer_name=issuer))


async def confirm(hotline: Hotline, staff: Staff, code: str) -> tuple[str, ...]:
    """The step counts from now on, as `code` shows; the spare codes, which nobody sees again.

    BadInput if the code does not fit, or nothing was proposed.
    """
    now = hotline.now()
    async with hotline.database.write() as session:
        row = await _row(session, staff.id)
        step = _step_of(hotline, row, code, now) if row.totp_since is None else None
        if step is None:
            raise BadInput("the code does not fit", reason="code", field="code")
        row.totp_since, row.totp_step = now, step
        row.version += 1
        spare = await _new_spare_codes(session, staff.id)
        actor = f"staff:{staff.id}"
        await write_entry(session, now, "staff.second_step_set", actor, staff=staff.id)
        return spare


async def require_code(hotline: Hotline, staff: Staff, code: str) -> None:
    """Use up `code` for this sign-in: of the phone, later than the last, or a spare one.

    Unauthorized if it is none of them.
    """
    now = hotline.now()
    async with hotline.database.write() as session:
        row = await _row(session, staff.id)
        if row.totp_since is None:
            raise Unauthorized("there is no second step")
        step = _step_of(hotline, row, code, now)
        if step is not None:
            row.totp_step = step
            return
        used = await session.scalar(
            update(SpareCodeRow)
            .where(
                SpareCodeRow.code_hash == _hash(code),
                SpareCodeRow.staff_id == staff.id,
                SpareCodeRow.used_at.is_(None),
            )
            .values(used_at=now)
            .returning(SpareCodeRow.staff_id)
        )
        if used is None:
            raise Unauthorized("the code does not fit")
        left = await spare_left(session, staff)
        actor = f"staff:{staff.id}"
        await write_entry(session, now, "staff.spare_code_used", actor, staff=staff.id, left=left)


async def remove(hotline: Hotline, by: Staff, staff_id: int) -> None:
    """Take the step away, its spare codes with it."""
    async with hotline.database.write() as session:
        row = await _row(session, staff_id)
        if row.totp_secret is None:
            return
        row.totp_secret = row.totp_since = row.totp_step = None
        row.version += 1
        await session.execute(delete(SpareCodeRow).where(SpareCodeRow.staff_id == staff_id))
        actor = f"staff:{by.id}"
        await write_entry(
            session, hotline.now(), "staff.second_step_removed", actor, staff=staff_id
        )


async def spare_left(session: AsyncSession, staff: Staff) -> int:
    count = await session.scalar(
        select(func.count())
        .select_from(SpareCodeRow)
        .where(SpareCodeRow.staff_id == staff.id, SpareCodeRow.used_at.is_(None))
    )
    return count or 0


async def _row(session: AsyncSession, staff_id: int) -> StaffRow:
    row = await locked_row(session, StaffRow, StaffRow.id == staff_id)
    if row is None or not row.active:
        raise Unauthorized("this session has ended")
    return row


def _step_of(hotline: Hotline, row: StaffRow, code: str, now: datetime) -> int | None:
    """The period that `code` is of, if it is near enough and later than the last that was used."""
    secret, said = _opened(hotline, row), _SPACES.sub("", code)
    if secret is None or not _DIGITS.fullmatch(said):
        return None
    totp, present = pyotp.TOTP(secret), int(now.timestamp()) // _PERIOD_S
    for step in (present + off for off in _AROUND):
        is_later = row.totp_step is None or step > row.totp_step
        if hmac.compare_digest(totp.generate_otp(step), said) and is_later:
            return step
    return None


async def _new_spare_codes(session: AsyncSession, staff_id: int) -> tuple[str, ...]:
    await session.execute(delete(SpareCodeRow).where(SpareCodeRow.staff_id == staff_id))
    codes = tuple(_new_spare_code() for _ in range(SPARE_CODES))
    session.add_all(SpareCodeRow(code_hash=_hash(code), staff_id=staff_id) for code in codes)
    return codes


def _new_spare_code() -> str:
    text = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def _hash(code: str) -> str:
    return hashlib.sha256(_SPACES.sub("", code).lower().encode(errors="replace")).hexdigest()


def _new_secret() -> bytes:
    return pyotp.random_base32().encode()


def _opened(hotline: Hotline, row: StaffRow) -> str | None:
    if row.totp_secret is None:
        return None
    try:
        return _sealer(hotline).decrypt(row.totp_secret.encode()).decode()
    except InvalidToken:
        return None


def _sealer(hotline: Hotline) -> Fernet:
    key = hotline.settings.secrets.jwt_key.get_secret_value().encode()
    return Fernet(base64.urlsafe_b64encode(hmac.new(key, b"second step", hashlib.sha256).digest()))
