"""What a company has with the hotline, for staff: its tickets, its ratings, its complaints."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.tickets.rows import RatingRow, TicketRow
from hotline.tickets.ticket import Ticket, snapshot

MOST_LISTED = 5


@dataclass(frozen=True)
class Complained:
    """A time that the company was not content; `is_open` until the ticket is closed."""

    number: str
    at: datetime
    is_open: bool
    subject: str = ""


@dataclass(frozen=True)
class Rated:
    score: int
    number: str
    at: datetime
    words: str = ""


async def closed_tickets(
    session: AsyncSession, partner_id: str, limit: int = MOST_LISTED
) -> list[Ticket]:
    """What was closed for the company, the latest first."""
    rows = await session.scalars(
        select(TicketRow)
        .where(TicketRow.partner_id == partner_id, TicketRow.state == "closed")
        .order_by(TicketRow.closed_at.desc(), TicketRow.id.desc())
        .limit(limit)
    )
    return [snapshot(row) for row in rows]


async def ratings(
    session: AsyncSession, partner_id: str, limit: int = MOST_LISTED
) -> tuple[Rated, ...]:
    """How it found that its tickets were handled, the latest first."""
    found = await session.execute(
        select(RatingRow.score, TicketRow.number, RatingRow.rated_at, RatingRow.words)
        .join(TicketRow, TicketRow.id == RatingRow.ticket_id)
        .where(TicketRow.partner_id == partner_id)
        .order_by(RatingRow.rated_at.desc(), RatingRow.id.desc())
        .limit(limit)
    )
    return tuple(Rated(*row) for row in found)


async def complaints(
    session: AsyncSession, partner_id: str, limit: int = MOST_LISTED
) -> tuple[Complained, ...]:
    """Its complaints, and tickets that became one; the latest first."""
    found = await session.execute(
        select(
            TicketRow.number,
            func.coalesce(TicketRow.complained_at, TicketRow.opened_at),
            TicketRow.state != "closed",
            TicketRow.subject,
        )
        .where(TicketRow.partner_id == partner_id, _is_complaint())
        .order_by(TicketRow.opened_at.desc(), TicketRow.id.desc())
        .limit(limit)
    )
    return tuple(Complained(*row) for row in found)


async def last_rating(session: AsyncSession, partner_id: str) -> Rated | None:
    return next(iter(await ratings(session, partner_id, 1)), None)


async def last_complaint(session: AsyncSession, partner_id: str) -> Complained | None:
    return next(iter(await complaints(session, partner_id, 1)), None)


def _is_complaint() -> ColumnElement[bool]:
    return or_(TicketRow.intent == "complain", TicketRow.complained_at.is_not(None))
