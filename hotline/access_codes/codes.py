"""One code, from making it to trying it, for one place: a conversation or a browser's sign-in.

Nobody learns here whether an address is known: for every one a code is made, hashed and stored
alike. The caller holds the transaction, and the lock under which a place's codes are tried.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.access_codes import rules
from hotline.access_codes.rows import AccessCodeRow, snapshot
from hotline.core import Hotline
from hotline.journal import write_entry
from hotline.notices import mail


@dataclass(frozen=True)
class Place:
    """Where a code may be used and nowhere else; exactly one of the two is given."""

    conversation_id: str | None = None
    sign_in: str | None = None

    @property
    def id(self) -> str:
        return self.conversation_id or self.sign_in or ""


@dataclass(frozen=True)
class NewCode:
    """A code in clear: it lives in memory only, on its way into a mail."""

    code: str
    address: str


@dataclass(frozen=True)
class Wait:
    """No new code yet: too many wrong tries, too many codes, or the last one only just sent."""

    minutes: int
    locked: bool
    just_sent: bool = False


@dataclass(frozen=True)
class Tried:
    """What became of a code that was tried."""

    verdict: Literal["right", "wrong", "locked", "gone"]
    tries_left: int = 0
    minutes: int = 0


async def make(
    session: AsyncSession, hotline: Hotline, place: Place, caller: str, address: str
) -> NewCode | Wait:
    """A code for `address`; it takes the place of the one before.

    Too often is too often whoever the address belongs to.
    """
    now, code = hotline.now(), f"{secrets.randbelow(10**rules.DIGITS):0{rules.DIGITS}}"
    # First, because on PostgreSQL it makes all who ask wait for each other: they are counted.
    await write_entry(
        session, now, "access_code.asked", "partner", conversation_id=place.conversation_id
    )
    before = await newest(session, place)
    if lock := rules.locked_for(snapshot(before) if before else None, now):
        return Wait(rules.minutes_of(lock), locked=True)
    who = keyed(hotline, "caller", caller)
    if wait := await _wait_for_next(session, now, address, place, who):
        return Wait(wait, locked=False)
    await session.execute(delete(AccessCodeRow).where(AccessCodeRow.sent_at < now - rules.KEPT_FOR))
    session.add(
        AccessCodeRow(
            conversation_id=place.conversation_id,
            sign_in=place.sign_in,
            email=address,
            caller=who,
            code_hash=_hash(hotline, place, address, code),
            sent_at=now,
        )
    )
    return NewCode(code, address)


async def newest(session: AsyncSession, place: Place) -> AccessCodeRow | None:
    """The code that counts in this place, whatever has become of it."""
    found: AccessCodeRow | None = await session.scalar(
        select(AccessCodeRow).where(_is_of(place)).order_by(AccessCodeRow.id.desc()).limit(1)
    )
    return found


async def attempt(
    session: AsyncSession, hotline: Hotline, place: Place, row: AccessCodeRow | None, code: str
) -> Tried:
    """Try `code` against the newest of the place, which is used up if it is right."""
    now, known = hotline.now(), snapshot(row) if row else None
    standing = rules.standing(known, now)
    if row is None or standing == "gone":
        return Tried("gone")
    if standing == "locked":
        return Tried("locked", minutes=rules.minutes_of(rules.locked_for(known, now)))
    row.tries += 1
    row.tried_at = now
    if not hmac.compare_digest(_hash(hotline, place, row.email, code), row.code_hash):
        left = rules.TRIES - row.tries
        await write_entry(
            session,
            now,
            "access_code.wrong",
            "partner",
            conversation_id=place.conversation_id,
            left=left,
        )
        if left:
            return Tried("wrong", tries_left=left)
        return Tried("locked", minutes=rules.minutes_of(rules.LOCKED_FOR))
    row.used_at = now
    return Tried("right")


def letter(hotline: Hotline, new: NewCode, text: str, language: str) -> mail.Letter:
    """The mail that carries the code; `text` names its words in the catalogue."""
    vendor = hotline.settings.vendor
    values = {"vendor": vendor.name(language), "toll_free": vendor.toll_free}
    return mail.Letter(
        to=new.address,
        subject=hotline.words.say("mail.code.subject", language, **values),
        text=hotline.words.say(text, language, code=new.code, **values),
    )


def keyed(hotline: Hotline, *parts: str) -> str:
    """An HMAC: without the key nobody tries a million codes on a stolen table."""
    key = hotline.settings.secrets.jwt_key.get_secret_value().encode()
    said = "\0".join(("access-code", *parts)).encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()


async def _wait_for_next(
    session: AsyncSession, now: datetime, address: str, place: Place, caller: str
) -> int | None:
    """Minutes until one more may be sent; None if it may be at once."""
    sent = await session.scalars(
        select(AccessCodeRow)
        .where(
            AccessCodeRow.sent_at > now - rules.WITHIN,
            or_(AccessCodeRow.email == address, _is_of(place), AccessCodeRow.caller == caller),
        )
        .order_by(AccessCodeRow.id.desc())
        .limit(rules.PER_ADDRESS + rules.PER_CONVERSATION + rules.PER_CALLER)
    )
    rows = sent.all()
    wait = rules.wait_for_next(
        now,
        [row.sent_at for row in rows if row.email == address],
        [row.sent_at for row in rows if _place_of(row) == place],
        [row.sent_at for row in rows if row.caller == caller],
    )
    return rules.minutes_of(wait) if wait else None


def _is_of(place: Place) -> ColumnElement[bool]:
    if place.sign_in is not None:
        return AccessCodeRow.sign_in == place.sign_in
    return AccessCodeRow.conversation_id == place.conversation_id


def _place_of(row: AccessCodeRow) -> Place:
    return Place(row.conversation_id, row.sign_in)


def _hash(hotline: Hotline, place: Place, address: str, code: str) -> str:
    return keyed(hotline, "code", place.id, address, code)
