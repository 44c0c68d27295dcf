"""The tickets that somebody may mean: those they may see, by what they want of them."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.tickets import queries
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot

_AT_MOST = 500


async def open_ones(session: AsyncSession, hotline: Hotline, asker: Conversation) -> list[Ticket]:
    """What the asker has open, the most urgent first."""
    return await queries.open_tickets_for(session, hotline, asker, limit=_AT_MOST)


async def done_lately(session: AsyncSession, hotline: Hotline, asker: Conversation) -> list[Ticket]:
    """What was resolved, or closed so lately that it can be opened again; the latest first."""
    since = hotline.now() - timedelta(days=hotline.settings.reopen_days)
    query = select(TicketRow).where(
        queries.seen_by(hotline, asker),
        (TicketRow.state == "resolved")
        | ((TicketRow.state == "closed") & (TicketRow.closed_at >= since)),
    )
    rows = await session.scalars(
        query.order_by(TicketRow.updated_at.desc(), TicketRow.id.desc()).limit(_AT_MOST)
    )
    return [snapshot(row) for row in rows]


async def last_spoken_of(
    session: AsyncSession, hotline: Hotline, asker: Conversation
) -> Ticket | None:
    """「那張」: the ticket that this conversation spoke of last."""
    if asker.last_ticket is None:
        return None
    try:
        return await queries.find_for(session, hotline, asker, asker.last_ticket)
    except NotFound:
        return None
