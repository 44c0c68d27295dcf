"""Whether a ticket can be opened again, and whether another colleague takes it then."""

from datetime import datetime, timedelta

from sqlalchemy import select

from hotline.core import Hotline
from hotline.journal import EntryRow
from hotline.permissions import HANDLERS
from hotline.staff.service import all_staff
from hotline.tickets.kinds import LEAD
from hotline.tickets.ticket import Ticket


def is_too_old(hotline: Hotline, closed_at: datetime | None) -> bool:
    """Whether it was closed too long ago to be opened again."""
    days = hotline.settings.reopen_days
    return closed_at is not None and hotline.now() - closed_at > timedelta(days=days)


async def goes_to_another(hotline: Hotline, ticket: Ticket) -> bool:
    """Whether somebody had the ticket before it was opened again, and somebody else may take it.

    The lead of a queue has it in view, and takes from it only what is brought up.
    """
    last = (
        select(EntryRow.detail)
        .where(
            EntryRow.ticket_id == ticket.id,
            EntryRow.kind == "ticket.moved",
            EntryRow.detail["move"].as_string() == "reopen",
        )
        .order_by(EntryRow.id.desc())
        .limit(1)
    )
    async with hotline.database.read() as session:
        before = (await session.scalar(last) or {}).get("before")
        staff = await all_staff(session)
    colleagues = {
        it.id for it in staff if ticket.queue in it.queues and it.role in HANDLERS - {LEAD}
    }
    return before is not None and bool(colleagues - {before})
