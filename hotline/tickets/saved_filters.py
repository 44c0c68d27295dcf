"""The filters that staff save for themselves; each has their own, and nobody else's."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import BadInput, Conflict, NotFound
from hotline.journal import write_entry
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff
from hotline.tickets.choices import Choice
from hotline.tickets.filter_rows import NAME_CHARS, SavedFilterRow

MOST = 20  # of one person: more are no pills but a list


@dataclass(frozen=True)
class SavedFilter:
    id: int
    name: str
    choice: Choice


async def filters_of(session: AsyncSession, staff_id: int) -> list[SavedFilter]:
    """Somebody's own, the oldest first."""
    rows = await session.scalars(
        select(SavedFilterRow)
        .where(SavedFilterRow.staff_id == staff_id)
        .order_by(SavedFilterRow.id)
        .limit(MOST)
    )
    return [SavedFilter(row.id, row.name, Choice.read(row.chosen)) for row in rows]


async def save(hotline: Hotline, staff: Staff, name: str, choice: Choice) -> None:
    """Save the choice by a name of 1-40 characters; one of that name is replaced.

    BadInput without a name or with a longer one, Conflict where there are twenty already.
    """
    name = " ".join(name.split())
    if not name or len(name) > NAME_CHARS:
        raise BadInput(f"the name has 1 to {NAME_CHARS} characters", field="name")
    async with hotline.database.write() as session:
        # Two windows of one person wait for each other here.
        await locked_row(session, StaffRow, StaffRow.id == staff.id)
        own = SavedFilterRow.staff_id == staff.id
        row = await session.scalar(select(SavedFilterRow).where(own, SavedFilterRow.name == name))
        if row is None:
            query = select(func.count()).select_from(SavedFilterRow).where(own)
            if (await session.scalar(query) or 0) >= MOST:
                raise Conflict(f"there are {MOST} filters; remove one first", most=MOST)
            row = SavedFilterRow(staff_id=staff.id, name=name)
            session.add(row)
        row.chosen, row.saved_at = choice.told(), hotline.now()
        await session.flush()
        actor = f"staff:{staff.id}"
        await write_entry(session, row.saved_at, "filter.saved", actor, filter=row.id)


async def remove(hotline: Hotline, staff: Staff, filter_id: int) -> None:
    """Remove one's own; NotFound for anybody else's, as for one that there is none."""
    async with hotline.database.write() as session:
        gone = await session.execute(
            delete(SavedFilterRow).where(
                SavedFilterRow.id == filter_id, SavedFilterRow.staff_id == staff.id
            )
        )
        if not gone.rowcount:  # type: ignore[attr-defined]
            raise NotFound("no such filter")
        actor = f"staff:{staff.id}"
        await write_entry(session, hotline.now(), "filter.removed", actor, filter=filter_id)
