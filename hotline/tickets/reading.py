"""Reading the tickets of a list: by columns, with contacts and staff once each.

A page of rows with all that belongs to them are made in a third of the time that joins take.
"""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.partners.service import contacts_by_id
from hotline.staff.service import staff_by_ids
from hotline.tickets.ticket import Ticket, of_columns


async def tickets_of(session: AsyncSession, query: Select[Any]) -> list[Ticket]:
    """What a query of `ticket.COLUMNS` finds, in its order."""
    found = (await session.execute(query)).all()
    contacts = await contacts_by_id(session, {row.contact_id for row in found} - {None})
    staff = await staff_by_ids(session, {row.assignee_id for row in found} - {None})
    return [of_columns(row, contacts, staff) for row in found]
