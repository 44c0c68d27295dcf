"""Proving an address in a conversation: asking for it, a code to it, the code back.

Nobody learns here whether an address is known: only `send`, which runs beside the conversation,
looks whether anybody is there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.access_codes import codes, heard
from hotline.access_codes.codes import NewCode, Place, Wait
from hotline.conversations.identifying import known_as
from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import locked
from hotline.core import Hotline
from hotline.notices import mail
from hotline.partners.service import Contact, contact_by_email
from hotline.tickets.queries import is_visitors_address


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
    place = Place(conversation_id)
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        before = await codes.newest(session, place)
        address = address or (before.email if before else None)
        if address is None:
            return None
        _ask(row, heard.CODE, hotline.now())
        return await codes.make(session, hotline, place, caller, address)


async def check(hotline: Hotline, conversation_id: str, code: str) -> Checked:
    """Try `code`; the right one says who speaks here from now on, and is used up."""
    place = Place(conversation_id)
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        newest = await codes.newest(session, place)
        tried = await codes.attempt(session, hotline, place, newest, code)
        if newest is None or tried.verdict != "right":
            return Checked(tried.verdict, tried.tries_left, tried.minutes)
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
        letter = codes.letter(hotline, new, "mail.code.text", language)
        await mail.send(hotline.settings, letter, hotline.now())


def _ask(row: ConversationRow, kind: str, now: datetime) -> None:
    row.asking = heard.question(kind, (row.asking or {}).get("asked"), now, row.asking)


async def _identify(
    session: AsyncSession, hotline: Hotline, row: ConversationRow, address: str
) -> Contact | None:
    """A contact's address signs the contact in; any other one is proven as it stands."""
    contact = await contact_by_email(session, address)
    if contact is None or row.contact_id is not None:
        row.proven_email = address
    await known_as(session, hotline, row, contact)
    return contact
