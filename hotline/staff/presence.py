"""Who is there: how each member of staff stands, and when a console of theirs was last heard of.

A console beats while it is open; somebody whose console has fallen silent is not there, whatever
they said last. Signing in makes available again: nobody is forgotten as away of yesterday.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import insert_or
from hotline.errors import BadInput
from hotline.journal import write_entry
from hotline.staff.rows import PresenceRow, StaffRow
from hotline.staff.rules import AVAILABLE, AWAY, STANDS, is_there
from hotline.staff.service import Staff, require_handler, snapshot

BEAT_EVERY = timedelta(seconds=20)  # at most one write in that time
CHANGED = "staff.presence"


@dataclass(frozen=True)
class Presence:
    """`stands` is what they said, `beat_at` when a console of theirs was last heard of."""

    staff: Staff
    stands: str
    since: datetime | None
    beat_at: datetime | None
    offered_at: datetime | None = None

    def is_there(self, hotline: Hotline) -> bool:
        away_after = timedelta(seconds=hotline.settings.hand_off.away_after_seconds)
        return is_there(self.stands, self.beat_at, hotline.now(), away_after)


async def beat(hotline: Hotline, staff_ids: Sequence[int]) -> None:
    """Consoles of these are open; most of the time there is nothing to write."""
    async with hotline.database.read() as session:
        known = await session.execute(
            select(PresenceRow.staff_id, PresenceRow.beat_at).where(
                PresenceRow.staff_id.in_(staff_ids)
            )
        )
        heard = {staff_id: at for staff_id, at in known}
    await heard_of(hotline, {staff_id: heard.get(staff_id) for staff_id in staff_ids})


async def heard_of(hotline: Hotline, before: Mapping[int, datetime | None]) -> None:
    """The same of whom it is known when a console of theirs was heard of `before`, if ever."""
    now = hotline.now()
    # The clock may have gone back: then a beat of the future is none.
    silent = sorted(
        staff_id for staff_id, at in before.items() if at is None or not at <= now < at + BEAT_EVERY
    )
    if not silent:
        return
    async with hotline.database.write() as session:
        for staff_id in silent:
            await _put(session, staff_id, now, beat_at=now)


async def stand(hotline: Hotline, staff: Staff, stands: str) -> None:
    """`staff` says how they stand: available for chats, busy, or away."""
    require_handler(staff)
    if stands not in STANDS:
        raise BadInput(f"one of {', '.join(STANDS)}", field="stands")
    now = hotline.now()
    async with hotline.database.write() as session:
        row = await session.get(PresenceRow, staff.id)
        if row is not None and row.stands == stands and row.beat_at == now:
            return
        await _put(session, staff.id, now, stands=stands, since=now, beat_at=now)
        await write_entry(session, now, CHANGED, f"staff:{staff.id}", staff=staff.id, stands=stands)


async def arrive_in(session: AsyncSession, now: datetime, staff_id: int) -> None:
    """`staff_id` has signed in, in the caller's transaction."""
    await _put(session, staff_id, now, stands=AVAILABLE, since=now, beat_at=now)


async def leave_in(session: AsyncSession, now: datetime, staff_id: int) -> None:
    """The last session of `staff_id` has ended, in the caller's transaction."""
    await session.execute(
        update(PresenceRow).where(PresenceRow.staff_id == staff_id).values(beat_at=None, since=now)
    )


async def presences(session: AsyncSession) -> list[Presence]:
    """Everybody who works here, whether they are there or not."""
    rows = await session.execute(
        select(StaffRow, PresenceRow)
        .outerjoin(PresenceRow, PresenceRow.staff_id == StaffRow.id)
        .where(StaffRow.active)
        .order_by(StaffRow.id)
    )
    return [
        Presence(snapshot(row), at.stands, at.since, at.beat_at, at.offered_at)
        if at is not None
        else Presence(snapshot(row), AWAY, None, None)
        for row, at in rows
    ]


async def presence_of(session: AsyncSession, staff: Staff) -> Presence:
    at = await session.get(PresenceRow, staff.id)
    if at is None:
        return Presence(staff, AWAY, None, None)
    return Presence(staff, at.stands, at.since, at.beat_at, at.offered_at)


async def _put(session: AsyncSession, staff_id: int, now: datetime, **values: object) -> None:
    """Write `values`; who is new here is available from now on."""
    first = {"stands": AVAILABLE, "since": now, "beat_at": now} | values
    new = insert_or(session, PresenceRow).values(staff_id=staff_id, **first)
    await session.execute(new.on_conflict_do_update(index_elements=["staff_id"], set_=values))
