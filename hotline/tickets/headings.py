"""Tickets as a link shows them: number, subject and state, read without the rest of them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import Conversation
from hotline.tickets.queries import open_of, seen_as_visitor, urgency
from hotline.tickets.rows import TicketRow


@dataclass(frozen=True)
class Heading:
    id: int
    number: str
    subject: str
    state: str


async def open_around(
    session: AsyncSession, asker: Conversation, limit: int
) -> tuple[list[Heading], int]:
    """For staff: the most urgent of what the asker's whole company has open, and how many."""
    around = seen_as_visitor(asker)
    if asker.contact is not None:
        around = or_(around, TicketRow.partner_id == asker.contact.partner_id)
    return await _open(session, around, limit)


async def open_of_company(
    session: AsyncSession, partner_id: str, limit: int
) -> tuple[list[Heading], int]:
    """For staff: the most urgent of what a company has open, and how many."""
    return await _open(session, TicketRow.partner_id == partner_id, limit)


async def count_open_of_company(session: AsyncSession, partner_id: str) -> tuple[int, int]:
    """How many a company has open, and how many of them are of the first severity."""
    severe = func.count().filter(TicketRow.severity == 1)
    query = select(func.count(), severe).select_from(TicketRow)
    found = await session.execute(open_of(query, TicketRow.partner_id == partner_id))
    every, of_these = found.one()
    return every, of_these


async def _open(
    session: AsyncSession, whose: ColumnElement[bool], limit: int
) -> tuple[list[Heading], int]:
    every = open_of(select(func.count()).select_from(TicketRow), whose).correlate(None)
    columns = TicketRow.id, TicketRow.number, TicketRow.subject, TicketRow.state
    query = open_of(select(*columns, every.scalar_subquery()), whose).order_by(*urgency())
    found = (await session.execute(query.limit(limit))).all()
    return [Heading(*row[:-1]) for row in found], found[0][-1] if found else 0
