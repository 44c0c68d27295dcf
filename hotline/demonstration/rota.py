"""The demonstration's rota: four weeks, of which the second is the present one.

Technical engineers take turns at the first place, technical leads at the second, from Monday to
Monday. Where there are two engineers one has stood in for another from Thursday on.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select

from hotline.core import Hotline
from hotline.rota.rows import DutyRow
from hotline.rota.rules import FIRST, SECOND
from hotline.staff.rows import StaffRow

_WEEKS = 4
_CHANGES_AT = time(9)
_QUEUE = "technical"
_WEEK, _UNTIL_THURSDAY = timedelta(days=7), timedelta(days=3)
_SWAPPED = 2  # the week in which somebody stands in: the coming one


async def add_turns(hotline: Hotline, emails: Sequence[str]) -> None:
    """Turns of the staff with these addresses; nothing where there is a turn already."""
    async with hotline.database.write() as session:
        if await session.scalar(select(DutyRow.id).limit(1)) is not None:
            return
        staff = await session.scalars(
            select(StaffRow).where(StaffRow.email.in_(emails)).order_by(StaffRow.id)
        )
        technical = [member for member in staff if _QUEUE in member.queues]
        engineers = [member for member in technical if member.role == "engineer"]
        leads = [member for member in technical if member.role == "lead"]
        monday = _monday(hotline) - _WEEK
        for week in range(_WEEKS):
            for place, members in ((FIRST, engineers), (SECOND, leads)):
                session.add_all(_turns(place, members, monday + week * _WEEK, week))
            await session.flush()


def _turns(
    place: int, members: Sequence[StaffRow], begins_at: datetime, week: int
) -> list[DutyRow]:
    if not members:
        return []
    ends_at, owner = begins_at + _WEEK, members[week % len(members)]
    if place != FIRST or week != _SWAPPED or len(members) < 2:
        return [DutyRow(place=place, staff=owner, begins_at=begins_at, ends_at=ends_at)]
    other, thursday = members[(week + 1) % len(members)], begins_at + _UNTIL_THURSDAY
    return [
        DutyRow(place=place, staff=owner, begins_at=begins_at, ends_at=thursday),
        DutyRow(place=place, staff=other, begins_at=thursday, ends_at=ends_at, instead_of=owner),
    ]


def _monday(hotline: Hotline) -> datetime:
    today = hotline.today()
    monday = today - timedelta(days=today.weekday())
    return datetime.combine(monday, _CHANGES_AT, hotline.calendar.timezone)
