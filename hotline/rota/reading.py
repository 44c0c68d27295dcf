"""Questions about the rota: who is on call, who will be, when nobody is, and who changed what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.journal import Entry, EntryRow
from hotline.rota import rules
from hotline.rota.rows import DutyRow
from hotline.rota.rules import FIRST, Stretch
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff
from hotline.staff.service import snapshot as staff_snapshot

ADDED, CHANGED, SWAPPED, REMOVED = "rota.added", "rota.changed", "rota.swapped", "rota.removed"
HOLE = "rota.hole"
KINDS = (ADDED, CHANGED, SWAPPED, REMOVED, HOLE)
AHEAD_DAYS = 7  # a hole is told so long before

_MOST = 1000


@dataclass(frozen=True)
class Duty:
    """One turn. `instead_of` is whose it was before it was swapped.

    `version` is the journal's entry of its last change. Somebody who has left since is not
    `answering`: such a turn is as good as none.
    """

    id: int
    version: int
    place: int
    staff: Staff
    begins_at: datetime
    ends_at: datetime
    instead_of: Staff | None
    answering: bool = True


async def upcoming(session: AsyncSession, start: datetime, days: int = 28) -> list[Duty]:
    """The turns of `days` days from `start` on, also one that has begun; the earliest first."""
    return await between(session, start, start + timedelta(days=days))


async def between(session: AsyncSession, start: datetime, end: datetime) -> list[Duty]:
    """The turns that have a minute between the two; the earliest first."""
    return await _duties(session, DutyRow.begins_at < end, DutyRow.ends_at > start)


async def on_call(session: AsyncSession, at: datetime, place: int = FIRST) -> Staff | None:
    """Who is to be alerted at `place`; None if that is nobody's turn."""
    turns = await _duties(session, DutyRow.begins_at <= at, DutyRow.ends_at > at)
    turn = rules.on_call(_answering(turns), at, place)
    return turn.staff if turn else None


async def chain_at(session: AsyncSession, at: datetime) -> list[Staff]:
    """Who is to be alerted, in this order; each of them once."""
    turns = await _duties(session, DutyRow.begins_at <= at, DutyRow.ends_at > at)
    found = (rules.on_call(_answering(turns), at, place) for place in rules.PLACES)
    return list(dict.fromkeys(turn.staff for turn in found if turn))


async def holes_between(
    session: AsyncSession, start: datetime, end: datetime, place: int = FIRST
) -> list[Stretch]:
    """When nobody is on call at `place` between the two."""
    return rules.holes(_answering(await between(session, start, end)), start, end, place)


async def holes_ahead(hotline: Hotline, days: int = AHEAD_DAYS) -> list[Stretch]:
    """When nobody will be alerted first in the coming days."""
    now = rules.whole_minute(hotline.now())
    async with hotline.database.read() as session:
        return await holes_between(session, now, now + timedelta(days=days))


async def around(session: AsyncSession, start: datetime, end: datetime) -> list[Duty]:
    """The turns between the two at the first place, with the one before them and the one behind."""
    is_first = (DutyRow.place == FIRST, DutyRow.staff.has(StaffRow.active))
    before = (
        select(DutyRow)
        .where(*is_first, DutyRow.ends_at <= start)
        .order_by(DutyRow.ends_at.desc())
        .limit(1)
    )
    behind = (
        select(DutyRow)
        .where(*is_first, DutyRow.begins_at >= end)
        .order_by(DutyRow.begins_at)
        .limit(1)
    )
    edges = [row for query in (before, behind) for row in await session.scalars(query)]
    turns = _answering(await between(session, start, end))
    return [*(turn for turn in turns if turn.place == FIRST), *map(snapshot, edges)]


async def history(session: AsyncSession, limit: int = 20) -> list[Entry]:
    """The last changes, and the holes that were told of; the newest first."""
    rows = await session.scalars(
        select(EntryRow).where(EntryRow.kind.in_(KINDS)).order_by(EntryRow.id.desc()).limit(limit)
    )
    return [Entry(row.id, row.at, row.kind, row.actor, None, None, row.detail) for row in rows]


async def people(session: AsyncSession, ids: Iterable[int]) -> dict[int, Staff]:
    """The staff with these ids, also those who have left."""
    wanted = set(ids)
    rows = await session.scalars(
        select(StaffRow).where(StaffRow.id.in_(wanted)).order_by(StaffRow.id).limit(len(wanted))
    )
    return {row.id: staff_snapshot(row) for row in rows}


def snapshot(row: DutyRow) -> Duty:
    return Duty(
        row.id,
        row.version,
        row.place,
        staff_snapshot(row.staff),
        row.begins_at,
        row.ends_at,
        staff_snapshot(row.instead_of) if row.instead_of else None,
        row.staff.active,
    )


async def _duties(session: AsyncSession, *conditions: ColumnElement[bool]) -> list[Duty]:
    rows = await session.scalars(
        select(DutyRow)
        .where(*conditions)
        .order_by(DutyRow.begins_at, DutyRow.place, DutyRow.id)
        .limit(_MOST)
    )
    return [snapshot(row) for row in rows]


def _answering(turns: Iterable[Duty]) -> list[Duty]:
    return [turn for turn in turns if turn.answering]
