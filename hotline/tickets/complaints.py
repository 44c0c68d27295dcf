"""A ticket that came back twice is a complaint as well: the lead has it, with a clock of its own.

The number stays, and so do the promises; what is added is by when the lead is in touch in person.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.escalations.levels import LEAD
from hotline.escalations.records import who_is_at
from hotline.escalations.rows import COMPLAINT
from hotline.escalations.service import bring_up
from hotline.staff.rows import StaffRow
from hotline.tickets.changes import changed
from hotline.tickets.clocks import complain
from hotline.tickets.rows import TicketRow

TWICE = 2


async def complain_if_twice(session: AsyncSession, hotline: Hotline, row: TicketRow) -> bool:
    """Whether it has come back so often; then the lead of its queue has it from now on."""
    if row.reopened < TWICE:
        return False
    complain(hotline, row, hotline.now())
    lead = await who_is_at(session, LEAD, row.queue)
    if lead is not None:
        row.assignee_id = lead.id
        row.assignee = await session.get_one(StaffRow, lead.id)
    await bring_up(session, hotline, row, COMPLAINT, LEAD)
    await changed(
        session,
        hotline,
        row,
        "ticket.complained",
        "partner",
        lead=lead.id if lead else None,
        times=row.reopened,
    )
    return True
