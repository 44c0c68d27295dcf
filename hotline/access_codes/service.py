"""Proving an address: asking for it, a code to it, the code back.

Nobody learns here whether an address is known. A code is made, hashed and stored for every
address alike; only `send`, which runs beside the conversation, looks whether anybody is there.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.access_codes import heard, rules
from hotline.access_codes.rows import AccessCodeRow, snapshot
from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import locked
from hotline.core import Hotline
from hotline.journal import write_entry
from hotline.notices import mail
from hotline.partners.service import Contact, contact_by_email
from hotline.tickets.queries import is_visitors_address


@dataclass(frozen=True)
class NewCode:
    """A code in clear: it lives in memory only, on its way into a mail."""

    code: str
    address: str


@dataclass(frozen=True)
class Wait:
    """No new code yet: too many wrong tries, or too many codes."""

    minutes: int
    locked: bool


@dataclass(frozen=True)
class Checked:
    """What became of a code. `asked_seq` is the message that may be answered now."""

    verdict: Literal["right", "wrong", "locked", "gone"]
    tries_left: int = 0
    minutes: int = 0
    contact: Contact | None = None
    asked_seq: int | None = None


async def ask_address(hotline: Hotline, conversation_id: str) -> None:
    """The next address that is typed is the one to prove."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        _ask(row, heard.ADDRESS, hotline.now())


async def new_code(
    hotline: Hotline, conversation_id: str, caller: str, address: str | None = None
) -> NewCode | Wait | None:
    """A code for `address`, or once more for the last one; None if there was none.

    It takes the place of the one before. Too often is too often whoever the address belongs to.
    """
    now, code = hotline.now(), f"{secrets.randbelow(10**rules.DIGITS):0{rules.DIGITS}}"
    who = _keyed(hotline, "caller", caller)
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        before = await _newest(session, row.id)
        address = address or (before.email if before else None)
        if address is None:
            return None
        # First, because on PostgreSQL it makes all who ask wait for each other: they are counted.
        await write_entry(session, now, "access_code.asked", "partner", conversation_id=row.id)
        _ask(row, heard.CODE, now)
        if lock := rules.locked_for(snapshot(before) if before else None, now):
            return Wait(rules.minutes_of(lock), locked=True)
        if wait := await _wait_for_next(session, now, address, row.id, who):
            return Wait(wait, locked=False)
        await session.execute(
            delete(AccessCodeRow).where(AccessCodeRow.sent_at < now - rules.KEPT_FOR)
        )
        session.add(
            AccessCodeRow(
                conversation_id=row.id,
                email=address,
                caller=who,
                code_hash=_hash(hotline, row.id, address, code),
                sent_at=now,
            )
        )
    return NewCode(code, address)


async def check(hotline: Hotline, conversation_id: str, code: str) -> Checked:
    """Try `code`; the right one says who speaks here from now on, and is used up."""
    now = hotline.now()
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        newest = await _newest(session, row.id)
        known = snapshot(newest) if newest else None
        standing = rules.standing(known, now)
        if newest is None or standing == "gone":
            return Checked("gone")
        if standing == "locked":
            return Checked("locked", minutes=rules.minutes_of(rules.locked_for(known, now)))
        newest.tries += 1
        newest.tried_at = now
        expected = _hash(hotline, row.id, newest.email, code)
        if not hmac.compare_digest(expected, newest.code_hash):
            left = rules.TRIES - newest.tries
            await write_entry(
                session, now, "access_code.wrong", "partner", conversation_id=row.id, left=left
            )
            if left:
                return Checked("wrong", tries_left=left)
            return Checked("locked", minutes=rules.minutes_of(rules.LOCKED_FOR))
        newest.used_at = now
        asked_seq = (row.asking or {}).get("asked")
        row.asking = heard.afterwards(row.asking)
        contact = await _identify(session, hotline, row, newest.email)
        return Checked("right", contact=contact, asked_seq=asked_seq)


async def send(hotline: Hotline, new: NewCode, language: str) -> None:
    """Mail the code to its address, if that is a contact's or of a ticket opened by a visitor."""
    async with hotline.database.read() as session:
        known = await contact_by_email(session, new.address) is not None
        known = known or await is_visitors_address(session, new.address)
    if known:
        await mail.send(hotline.settings, _letter(hotline, new, language), hotline.now())


def _letter(hotline: Hotline, new: NewCode, language: str) -> mail.Letter:
    vendor = hotline.settings.vendor
    values = {"vendor": vendor.name(language), "toll_free": vendor.toll_free}
    return mail.Letter(
        to=new.address,
        subject=hotline.words.say("mail.code.subject", language, **values),
        text=hotline.words.say("mail.code.text", language, code=new.code, **values),
    )


def _ask(row: ConversationRow, kind: str, now: datetime) -> None:
    row.asking = heard.question(kind, (row.asking or {}).get("asked"), now, row.asking)


async def _identify(
    session: AsyncSession, hotline: Hotline, row: ConversationRow, address: str
) -> Contact | None:
    """A contact's address signs the contact in; any other one is proven as it stands."""
    contact = await contact_by_email(session, address)
    if contact and row.contact_id is None:
        row.contact_id = contact.id
    else:
        row.proven_email = address
    await write_entry(
        session,
        hotline.now(),
        "conversation.identified",
        "partner",
        conversation_id=row.id,
        contact=contact.id if contact else None,
    )
    return contact


async def _newest(session: AsyncSession, conversation_id: str) -> AccessCodeRow | None:
    found: AccessCodeRow | None = await session.scalar(
        select(AccessCodeRow)
        .where(AccessCodeRow.conversation_id == conversation_id)
        .order_by(AccessCodeRow.id.desc())
        .limit(1)
    )
    return found


async def _wait_for_next(
    session: AsyncSession, now: datetime, address: str, conversation_id: str, caller: str
) -> int | None:
    """Minutes until one more may be sent; None if it may be at once."""
    sent = await session.execute(
        select(
            AccessCodeRow.email,
            AccessCodeRow.conversation_id,
            AccessCodeRow.caller,
            AccessCodeRow.sent_at,
        )
        .where(
            AccessCodeRow.sent_at > now - rules.WITHIN,
            or_(
                AccessCodeRow.email == address,
                AccessCodeRow.conversation_id == conversation_id,
                AccessCodeRow.caller == caller,
            ),
        )
        .order_by(AccessCodeRow.id.desc())
        .limit(rules.PER_ADDRESS + rules.PER_CONVERSATION + rules.PER_CALLER)
    )
    rows = sent.all()
    wait = rules.wait_for_next(
        now,
        [at for email, _, _, at in rows if email == address],
        [at for _, conversation, _, at in rows if conversation == conversation_id],
        [at for _, _, who, at in rows if who == caller],
    )
    return rules.minutes_of(wait) if wait else None


def _hash(hotline: Hotline, conversation_id: str, address: str, code: str) -> str:
    return _keyed(hotline, "code", conversation_id, address, code)


def _keyed(hotline: Hotline, *parts: str) -> str:
    """An HMAC: without the key nobody tries a million codes on a stolen table."""
    key = hotline.settings.secrets.jwt_key.get_secret_value().encode()
    said = "\0".join(("access-code", *parts)).encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()
