"""Contacts signed in with a browser: beginning a session, seeing it, ending it.

The cookie's token carries the session's id, and each request asks the row: a session that has
ended or run out, or whose contact has been erased, is nobody's from then on. So is whoever a token
names: role, company and name are the row's, never the token's.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.journal import write_entry
from hotline.partners import service as partners
from hotline.partners.rows import ContactRow, PartnerSessionRow
from hotline.partners.service import Contact

LIFETIME = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)  # at most one write in that time
KEPT_FOR = timedelta(days=30)  # after its end, for whoever asks what has happened
PORTAL, CODE = "portal", "code"


@dataclass(frozen=True)
class PartnerSession:
    """A live session; `how` is PORTAL or CODE, `browser` such as "Chrome, Windows" or ""."""

    id: str
    contact: Contact
    how: str
    browser: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime


async def begin(
    hotline: Hotline, contact: Contact, how: str, browser: str, *, instead_of: str | None = None
) -> PartnerSession:
    """Sign `contact` in; the session that this browser had before, `instead_of`, ends."""
    now = hotline.now()
    async with hotline.database.write() as session:
        await session.execute(
            delete(PartnerSessionRow).where(PartnerSessionRow.ends_at < now - KEPT_FOR)
        )
        before = await live(session, instead_of, now) if instead_of else None
        if before is not None:
            await _end(session, now, before.id, before.contact.id, "partner")
        row = PartnerSessionRow(
            id=secrets.token_hex(16),
            contact_id=contact.id,
            how=how,
            browser=browser[:80],
            began_at=now,
            seen_at=now,
            ends_at=now + LIFETIME,
        )
        session.add(row)
        await write_entry(
            session, now, "session.began", "partner", session_id=row.id, contact=contact.id, how=how
        )
        return _snapshot(row, contact)


async def live(session: AsyncSession, session_id: str, now: datetime) -> PartnerSession | None:
    """The session, if it still says who somebody is."""
    found = await session.execute(
        select(PartnerSessionRow, ContactRow)
        .join(ContactRow, ContactRow.id == PartnerSessionRow.contact_id)
        .where(PartnerSessionRow.id == session_id, _is_live(now), ContactRow.erased_at.is_(None))
    )
    row = found.one_or_none()
    return _snapshot(row[0], partners.snapshot(row[1])) if row else None


async def seen(hotline: Hotline, known: PartnerSession) -> None:
    """Note that the session is in use; most of the time there is nothing to write."""
    now = hotline.now()
    if now - known.seen_at < SEEN_EVERY:
        return
    async with hotline.database.write() as session:
        await session.execute(
            update(PartnerSessionRow)
            .where(PartnerSessionRow.id == known.id, _is_live(now))
            .values(seen_at=now)
        )


async def live_of(
    session: AsyncSession, contact: Contact, now: datetime, limit: int = 100
) -> list[PartnerSession]:
    """The contact's live sessions, the one seen last first."""
    rows = await session.scalars(
        select(PartnerSessionRow)
        .where(PartnerSessionRow.contact_id == contact.id, _is_live(now))
        .order_by(PartnerSessionRow.seen_at.desc(), PartnerSessionRow.id)
        .limit(limit)
    )
    return [_snapshot(row, contact) for row in rows]


async def end(
    hotline: Hotline, contact: Contact, session_id: str, *, actor: str = "partner"
) -> bool:
    """End one of the contact's sessions; False if it is none, or none that is live."""
    now = hotline.now()
    async with hotline.database.write() as session:
        return await _end(session, now, session_id, contact.id, actor)


async def end_all(
    hotline: Hotline, contact: Contact, *, but: str | None = None, actor: str = "partner"
) -> int:
    """End every session of the contact, or every one `but` this; how many there were."""
    now = hotline.now()
    async with hotline.database.write() as session:
        ids = await session.scalars(
            select(PartnerSessionRow.id).where(
                PartnerSessionRow.contact_id == contact.id, _is_live(now)
            )
        )
        ended = [
            await _end(session, now, session_id, contact.id, actor)
            for session_id in ids.all()
            if session_id != but
        ]
    return sum(ended)


async def _end(
    session: AsyncSession, now: datetime, session_id: str, contact_id: int, actor: str
) -> bool:
    ended = await session.scalar(
        update(PartnerSessionRow)
        .where(
            PartnerSessionRow.id == session_id,
            PartnerSessionRow.contact_id == contact_id,
            _is_live(now),
        )
        .values(ended_at=now)
        .returning(PartnerSessionRow.id)
    )
    if ended is None:
        return False
    await write_entry(
        session, now, "session.ended", actor, session_id=session_id, contact=contact_id
    )
    return True


def _is_live(now: datetime) -> ColumnElement[bool]:
    return and_(PartnerSessionRow.ended_at.is_(None), PartnerSessionRow.ends_at > now)


def _snapshot(row: PartnerSessionRow, contact: Contact) -> PartnerSession:
    return PartnerSession(
        id=row.id,
        contact=contact,
        how=row.how,
        browser=row.browser,
        began_at=row.began_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
    )
