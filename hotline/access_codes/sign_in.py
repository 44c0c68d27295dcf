"""Signing in on the page: a code to a contact's address, for the browser that asked for it.

A sign-in is known by a secret in the browser's cookie, which is kept as a keyed hash only. As in
a conversation nobody learns whether an address is known; but only contacts sign in here.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.access_codes import codes, rules
from hotline.access_codes.codes import NewCode, Place, Wait
from hotline.access_codes.rows import AccessCodeRow, snapshot
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.notices import mail
from hotline.partners.service import Contact, contact_by_email


@dataclass(frozen=True)
class Standing:
    """How the newest code of a sign-in stands, for the page that asks for it."""

    address: str
    verdict: Literal["live", "locked", "gone"]
    minutes: int  # it is still good for, or until there may be a new one
    tries_left: int
    again_in: timedelta  # until the next one may be sent


@dataclass(frozen=True)
class Checked:
    """What became of a code; with the right one, who signs in."""

    verdict: Literal["right", "wrong", "locked", "gone"]
    tries_left: int = 0
    minutes: int = 0
    contact: Contact | None = None


async def new_code(
    hotline: Hotline, secret: str, caller: str, address: str | None = None
) -> NewCode | Wait | None:
    """A code for `address`, or once more for the last one; None if there was none."""
    place = _place(hotline, secret)
    async with hotline.database.write() as session:
        before = await codes.newest(session, place)
        address = address or (before.email if before else None)
        if address is None:
            return None
        if before and before.email == address and (wait := _just_sent(hotline, before)):
            return wait
        return await codes.make(session, hotline, place, caller, address)


async def standing(hotline: Hotline, secret: str) -> Standing | None:
    """How the newest code stands; None if this browser has not asked for one."""
    async with hotline.database.read() as session:
        row = await codes.newest(session, _place(hotline, secret))
    if row is None:
        return None
    now, code = hotline.now(), snapshot(row)
    verdict, lock = rules.standing(code, now), rules.locked_for(code, now)
    left = lock or row.sent_at + rules.LIFETIME - now
    return Standing(
        address=row.email,
        verdict=verdict,
        minutes=rules.minutes_of(left),
        tries_left=rules.TRIES - row.tries,
        again_in=max(lock, _again_in(hotline, row)),
    )


async def check(hotline: Hotline, secret: str, code: str) -> Checked:
    """Try `code`; the right one is used up, and says which contact signs in."""
    place = _place(hotline, secret)
    async with hotline.database.write() as session:
        row = await _locked_newest(session, place)
        tried = await codes.attempt(session, hotline, place, row, code)
        if row is None or tried.verdict != "right":
            return Checked(tried.verdict, tried.tries_left, tried.minutes)
        contact = await contact_by_email(session, row.email)
        # Nobody got this code by mail: it was guessed, for an address that is no contact's.
        return Checked("right", contact=contact) if contact else Checked("gone")


async def send(hotline: Hotline, new: NewCode, language: str) -> None:
    """Mail the code to its address, if that is a contact's."""
    async with hotline.database.read() as session:
        known = await contact_by_email(session, new.address) is not None
    if known:
        letter = codes.letter(hotline, new, "mail.sign_in.text", language)
        await mail.send(hotline.settings, letter, hotline.now())


async def _locked_newest(session: AsyncSession, place: Place) -> AccessCodeRow | None:
    """The code to try, locked: two tries at once are two."""
    newest = await codes.newest(session, place)
    if newest is None:
        return None
    return await locked_row(session, AccessCodeRow, AccessCodeRow.id == newest.id)


def _just_sent(hotline: Hotline, row: AccessCodeRow) -> Wait | None:
    """That the next code comes a little later; a rest after wrong tries is told first."""
    wait = _again_in(hotline, row)
    if not wait or rules.locked_for(snapshot(row), hotline.now()):
        return None
    return Wait(rules.minutes_of(wait), locked=False, just_sent=True)


def _again_in(hotline: Hotline, row: AccessCodeRow) -> timedelta:
    return max(timedelta(0), row.sent_at + rules.AGAIN_AFTER - hotline.now())


def _place(hotline: Hotline, secret: str) -> Place:
    return Place(sign_in=codes.keyed(hotline, "sign-in", secret))
