"""Staff signed in at the console with a browser: beginning a session, seeing it, ending it.

The cookie's token carries the session's id, and each request asks the row: a session that has ended
or run out, or whose owner has left, is nobody's from then on. Role and queues are the row's, never
the token's, so that a right that is lost is lost at the next act.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.journal import write_entry
from hotline.staff import presence
from hotline.staff.rows import PresenceRow, StaffRow, StaffSessionRow
from hotline.staff.service import Staff, snapshot

LIFETIME = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)  # at most one write in that time
KEPT_FOR = timedelta(days=30)  # after its end, for whoever asks what has happened
SIGNED_IN, SIGNED_OUT = "staff.signed_in", "staff.signed_out"


@dataclass(frozen=True)
class StaffSession:
    """A live session; `browser` such as "Chrome, Windows" or "", `beat_at` when a console of whose
    it is was last heard of."""

    id: str
    staff: Staff
    browser: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    beat_at: datetime | None = None


async def begin(
    hotline: Hotline, staff: Staff, browser: str, *, instead_of: StaffSession | None = None
) -> StaffSession:
    """Sign `staff` in; the session that this browser had before, `instead_of`, ends."""
    now = hotline.now()
    async with hotline.database.write() as session:
        await session.execute(
            delete(StaffSessionRow).where(StaffSessionRow.ends_at < now - KEPT_FOR)
        )
        if instead_of is not None:
            await _end(session, now, instead_of.id, instead_of.staff.id, instead_of.staff.id)
        row = StaffSessionRow(
            id=secrets.token_hex(16),
            staff_id=staff.id,
            browser=browser[:80],
            began_at=now,
            seen_at=now,
            ends_at=now + LIFETIME,
        )
        session.add(row)
        await presence.arrive_in(session, now, staff.id)
        actor = f"staff:{staff.id}"
        await write_entry(session, now, SIGNED_IN, actor, staff=staff.id, session_id=row.id)
        return _snapshot(row, staff)


async def live(session: AsyncSession, session_id: str, now: datetime) -> StaffSession | None:
    """The session, if it still says who somebody is."""
    found = await session.execute(
        select(StaffSessionRow, StaffRow, PresenceRow.beat_at)
        .join(StaffRow, StaffRow.id == StaffSessionRow.staff_id)
        .outerjoin(PresenceRow, PresenceRow.staff_id == StaffSessionRow.staff_id)
        .where(StaffSessionRow.id == session_id, _is_live(now), StaffRow.active)
    )
    row = found.one_or_none()
    if row is None:
        return None
    own, staff, beat_at = row
    return replace(_snapshot(own, snapshot(staff)), beat_at=beat_at)


async def seen(hotline: Hotline, known: StaffSession) -> None:
    """Note that the session is in use; most of the time there is nothing to write."""
    now = hotline.now()
    if now - known.seen_at < SEEN_EVERY:
        return
    async with hotline.database.write() as session:
        await session.execute(
            update(StaffSessionRow)
            .where(StaffSessionRow.id == known.id, _is_live(now))
            .values(seen_at=now)
        )


async def live_of(
    session: AsyncSession, staff: Staff, now: datetime, limit: int = 100
) -> list[StaffSession]:
    """The person's live sessions, the one seen last first."""
    rows = await session.scalars(
        select(StaffSessionRow)
        .where(StaffSessionRow.staff_id == staff.id, _is_live(now))
        .order_by(StaffSessionRow.seen_at.desc(), StaffSessionRow.id)
        .limit(limit)
    )
    return [_snapshot(row, staff) for row in rows]


async def count_live(session: AsyncSession, now: datetime) -> dict[int, int]:
    """How many live sessions each member of staff has that has any."""
    rows = await session.execute(
        select(StaffSessionRow.staff_id, func.count())
        .where(_is_live(now))
        .group_by(StaffSessionRow.staff_id)
    )
    return {staff_id: count for staff_id, count in rows}


async def end(hotline: Hotline, by: Staff, staff: Staff, session_id: str) -> bool:
    """End one of the sessions of `staff`; False if it is none, or none that is live."""
    now = hotline.now()
    async with hotline.database.write() as session:
        return await _end(session, now, session_id, staff.id, by.id)


async def end_all(hotline: Hotline, by: Staff, staff: Staff, *, but: str | None = None) -> int:
    """End every session of `staff`, or every one `but` this; how many there were."""
    async with hotline.database.write() as session:
        return await end_all_in(session, hotline.now(), by.id, staff.id, but=but)


async def end_all_in(
    session: AsyncSession, now: datetime, by_id: int, staff_id: int, *, but: str | None = None
) -> int:
    """The same in the caller's transaction."""
    ids = await session.scalars(
        select(StaffSessionRow.id).where(StaffSessionRow.staff_id == staff_id, _is_live(now))
    )
    ended = [
        await _end(session, now, session_id, staff_id, by_id)
        for session_id in ids.all()
        if session_id != but
    ]
    return sum(ended)


async def _end(
    session: AsyncSession, now: datetime, session_id: str, staff_id: int, by_id: int
) -> bool:
    ended = await session.scalar(
        update(StaffSessionRow)
        .where(
            StaffSessionRow.id == session_id,
            StaffSessionRow.staff_id == staff_id,
            _is_live(now),
        )
        .values(ended_at=now)
        .returning(StaffSessionRow.id)
    )
    if ended is None:
        return False
    if not await session.scalar(
        select(StaffSessionRow.id)
        .where(StaffSessionRow.staff_id == staff_id, _is_live(now))
        .limit(1)
    ):
        await presence.leave_in(session, now, staff_id)
    await write_entry(
        session, now, SIGNED_OUT, f"staff:{by_id}", staff=staff_id, session_id=session_id
    )
    return True


def _is_live(now: datetime) -> ColumnElement[bool]:
    return and_(StaffSessionRow.ended_at.is_(None), StaffSessionRow.ends_at > now)


def _snapshot(row: StaffSessionRow, staff: Staff) -> StaffSession:
    return StaffSession(
        id=row.id,
        staff=staff,
        browser=row.browser,
        began_at=row.began_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
    )
