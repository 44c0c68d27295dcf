"""The log of calls: the last ones, those about a ticket, one of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calls.rows import CallRow
from hotline.errors import NotFound
from hotline.partners import service as partners
from hotline.partners.service import Contact
from hotline.staff import service as staff_service
from hotline.staff.service import Staff


@dataclass(frozen=True)
class Call:
    """Who it was with says `contact`, else `caller` and `company` in words; "" is not known."""

    id: int
    direction: str
    contact: Contact | None
    caller: str
    company: str
    phone: str
    staff: Staff
    ticket_id: int | None
    outcome: str
    words: str
    began_at: datetime
    ended_at: datetime

    @property
    def name(self) -> str:
        return self.contact.name if self.contact else self.caller


async def recent(session: AsyncSession, limit: int = 50) -> list[Call]:
    """The last calls, the newest first."""
    query = select(CallRow).order_by(CallRow.ended_at.desc(), CallRow.id.desc())
    return [snapshot(row) for row in await session.scalars(query.limit(limit))]


async def calls_of(session: AsyncSession, ticket_id: int, limit: int = 200) -> list[Call]:
    """The calls about a ticket, oldest first."""
    query = select(CallRow).where(CallRow.ticket_id == ticket_id).order_by(CallRow.id)
    return [snapshot(row) for row in await session.scalars(query.limit(limit))]


async def find(session: AsyncSession, call_id: int) -> Call:
    row = await session.get(CallRow, call_id)
    if row is None:
        raise NotFound("no such call")
    return snapshot(row)


def snapshot(row: CallRow) -> Call:
    return Call(
        id=row.id,
        direction=row.direction,
        contact=partners.snapshot(row.contact) if row.contact else None,
        caller=row.caller,
        company=row.company,
        phone=row.phone,
        staff=staff_service.snapshot(row.staff),
        ticket_id=row.ticket_id,
        outcome=row.outcome,
        words=row.words,
        began_at=row.began_at,
        ended_at=row.ended_at,
    )
