"""The letters to a silent partner: who reads them, and what they say when they are sent.

No words of anybody are in them: the address may be one that a visitor typed and never proved.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline
from hotline.notices.letters import Writer
from hotline.notices.mail import Letter
from hotline.privacy.placeholders import is_erased
from hotline.tickets.rows import TicketRow
from hotline.tickets.silence import still_waits
from hotline.tickets.ticket import snapshot


async def reader_of(session: AsyncSession, row: TicketRow) -> tuple[str, str] | None:
    """Address and language: the contact's; of a visitor the address proven, else the one given."""
    if row.contact is not None:
        address: str | None = row.contact.email
        language = row.contact.language
    else:
        talk = None
        if row.conversation_id is not None:
            talk = await session.get(ConversationRow, row.conversation_id)
        address = (talk.proven_email if talk else None) or snapshot(row).fact("email")
        language = row.language
    return None if not address or is_erased(address) else (address, language)


async def _reminder(
    session: AsyncSession, hotline: Hotline, ids: Mapping[str, Any]
) -> Letter | None:
    """Nothing once the partner has answered."""
    row = await session.get(TicketRow, ids["ticket"])
    if row is None or not still_waits(row, ids):
        return None
    return await _letter(session, hotline, row, ids, datetime.fromisoformat(ids["closes_at"]))


async def _question(
    session: AsyncSession, hotline: Hotline, ids: Mapping[str, Any]
) -> Letter | None:
    """Nothing once the partner has answered."""
    row = await session.get(TicketRow, ids["ticket"])
    if row is None or not still_waits(row, ids):
        return None
    return await _letter(session, hotline, row, ids)


async def _closed(session: AsyncSession, hotline: Hotline, ids: Mapping[str, Any]) -> Letter | None:
    """Nothing if it was opened again meanwhile."""
    row = await session.get(TicketRow, ids["ticket"])
    if row is None or row.closed_at != datetime.fromisoformat(ids["closed_at"]):
        return None
    return await _letter(session, hotline, row, ids)


WRITERS: dict[str, Writer] = {
    "silence.solved.ask": _question,
    "silence.solved.remind": _reminder,
    "silence.solved.close": _closed,
    "silence.waiting.remind": _reminder,
    "silence.waiting.close": _closed,
}


async def _letter(
    session: AsyncSession,
    hotline: Hotline,
    row: TicketRow,
    ids: Mapping[str, Any],
    closes_at: datetime | None = None,
) -> Letter | None:
    reader = await reader_of(session, row)
    if reader is None:
        return None
    address, language = reader
    words, settings = hotline.words, hotline.settings
    values = {
        "number": row.number,
        # With its date: nobody knows when a mail is read.
        "closes_at": words.in_table(closes_at, hotline.now(), language) if closes_at else "",
        "n": settings.reopen_days,
        "vendor": settings.vendor.name(language),
        "toll_free": settings.vendor.toll_free,
    }
    return Letter(
        address,
        words.say(f"mail.{ids['letter']}.subject", language, **values),
        words.say(f"mail.{ids['letter']}.text", language, **values),
    )
