"""Changing the rota: a turn is added, swapped or removed. Each is one transaction.

What has passed of a turn stays as it was: only its rest is swapped or removed. `by` is the lead
who changes it, or None for the command line.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import Conflict, NotAllowed, NotFound
from hotline.journal import write_entry
from hotline.permissions import HANDLERS, PLANNERS
from hotline.rota import rules
from hotline.rota.reading import (
    ADDED,
    CHANGED,
    REMOVED,
    SWAPPED,
    Duty,
    between,
    chain_at,
    history,
    holes_ahead,
    holes_between,
    on_call,
    snapshot,
    upcoming,
)
from hotline.rota.rows import DutyRow
from hotline.rota.rules import FIRST, RotaFault
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff

__all__ = [
    "Duty",
    "add",
    "chain_at",
    "history",
    "holes_ahead",
    "holes_between",
    "may_edit",
    "on_call",
    "remove",
    "swap",
    "upcoming",
]


def may_edit(by: Staff | None) -> bool:
    return by is None or by.role in PLANNERS


async def add(
    hotline: Hotline,
    by: Staff | None,
    staff_email: str,
    begins_at: datetime | None,
    ends_at: datetime,
    place: int = FIRST,
) -> Duty:
    """Put somebody on call; without `begins_at` from now on.

    NotAllowed; RotaFault: time, order, past, too_long, place, staff, overlap. Of an overlap the
    `fields` say with whose turn: staff_id, begins_at, ends_at.
    """
    _require_editor(by)
    rules.require_place(place)
    begins, ends = rules.stretch_of(begins_at, ends_at, hotline.now())
    async with hotline.database.write() as session:
        row = DutyRow(
            place=place,
            staff=await _member(session, staff_email),
            begins_at=begins,
            ends_at=ends,
            instead_of=None,
        )
        session.add(row)
        # Journalled before it is compared: on PostgreSQL two who add at once wait there.
        await _note(session, hotline, by, ADDED, row)
        turns = [it for it in await between(session, begins, ends) if it.id != row.id]
        if clash := rules.overlapping(turns, place, (begins, ends)):
            raise _overlap(hotline, clash)
        return snapshot(row)


async def swap(
    hotline: Hotline,
    by: Staff | None,
    duty_id: int,
    other_email: str,
    version: int | None = None,
    *,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Duty:
    """Give a turn, or the part of it between two moments, to somebody else; that part as it is now.

    What is before and behind the part stays with whoever had it, as turns of their own. The owner's
    own turn given back is no swap any longer. NotAllowed, NotFound, Conflict if the turn is not the
    `version` that was looked at; RotaFault: time, past, order, outside, staff, same.
    """
    _require_editor(by)
    async with hotline.database.write() as session:
        row = await _locked(session, duty_id, version)
        begins, ends = rules.part_of(snapshot(row), begins_at, ends_at, hotline.now())
        other, former, owner = await _member(session, other_email), row.staff, row.instead_of
        if other.id == former.id:
            raise RotaFault("same", f"it is {other.email}'s turn already")
        rests = [
            DutyRow(place=row.place, staff=former, begins_at=since, ends_at=until, instead_of=owner)
            for since, until in ((row.begins_at, begins), (ends, row.ends_at))
            if since < until
        ]
        owner = owner or former
        row.begins_at, row.ends_at, row.staff = begins, ends, other
        row.instead_of = None if owner.id == other.id else owner
        session.add_all(rests)
        entry = await _note(session, hotline, by, SWAPPED, row, former_id=former.id)
        for rest in rests:
            rest.version = entry
        return snapshot(row)


async def remove(
    hotline: Hotline, by: Staff | None, duty_id: int, version: int | None = None
) -> Duty:
    """Take a turn off the rota, as it was; of one that has begun the rest, as it is then.

    NotAllowed, NotFound, Conflict as for a swap; RotaFault past if it is over.
    """
    _require_editor(by)
    async with hotline.database.write() as session:
        row = await _locked(session, duty_id, version)
        begins, _ends = rules.part_of(snapshot(row), None, None, hotline.now())
        if begins > row.begins_at:
            row.ends_at = begins
            await _note(session, hotline, by, CHANGED, row)
            return snapshot(row)
        await _note(session, hotline, by, REMOVED, row)
        await session.delete(row)
        return snapshot(row)


def _require_editor(by: Staff | None) -> None:
    if not may_edit(by):
        raise NotAllowed(f"the rota is changed by {' and '.join(sorted(PLANNERS))}")


async def _locked(session: AsyncSession, duty_id: int, version: int | None) -> DutyRow:
    row = await locked_row(session, DutyRow, DutyRow.id == duty_id)
    if row is None:
        raise NotFound(f"there is no turn {duty_id}")
    if version is not None and version != row.version:
        raise Conflict("the turn has been changed meanwhile", version=row.version)
    return row


async def _member(session: AsyncSession, email: str) -> StaffRow:
    """Who is to be on call: somebody who works here, and on tickets."""
    wanted = select(StaffRow).where(
        StaffRow.email == email.strip().lower(), StaffRow.active, StaffRow.role.in_(HANDLERS)
    )
    row: StaffRow | None = await session.scalar(wanted)
    if row is None:
        raise RotaFault("staff", f"nobody on staff has the e-mail {email}")
    return row


async def _note(
    session: AsyncSession,
    hotline: Hotline,
    by: Staff | None,
    kind: str,
    row: DutyRow,
    **more: Any,
) -> int:
    """Journal what became of a turn; the entry's number is its version from now on.

    Numbers of turns may come again after one was removed, those of entries never do.
    """
    await session.flush()
    row.version = await write_entry(
        session,
        hotline.now(),
        kind,
        f"staff:{by.id}" if by else "system",
        duty_id=row.id,
        staff_id=row.staff.id,
        place=row.place,
        begins_at=row.begins_at.isoformat(),
        ends_at=row.ends_at.isoformat(),
        **more,
    )
    return row.version


def _overlap(hotline: Hotline, turn: Duty) -> RotaFault:
    zone = hotline.calendar.timezone
    since, until = turn.begins_at.astimezone(zone), turn.ends_at.astimezone(zone)
    whose = f"place {turn.place} is taken by {turn.staff.email}"
    return RotaFault(
        "overlap",
        f"{whose} from {since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M}",
        duty_id=turn.id,
        staff_id=turn.staff.id,
        begins_at=turn.begins_at.isoformat(),
        ends_at=turn.ends_at.isoformat(),
    )
