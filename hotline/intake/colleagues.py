"""A colleague's answer to a notice by mail: an internal note, or notice taken of what it told.

Who writes is certain, or it is no colleague. Only their own words take notice: a mail program that
answers while they are away must not silence an alert.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.escalations import records
from hotline.escalations.service import take_notice_in
from hotline.intake import threading
from hotline.intake.messages import Arrived, Taken, cleaned, noted
from hotline.intake.rows import MATCHED
from hotline.intake.threading import Answers
from hotline.permissions import HANDLERS
from hotline.staff.service import Staff, staff_by_email
from hotline.tickets.changes import add_note, added
from hotline.tickets.queries import locked
from hotline.tickets.ticket import Ticket, snapshot
from wording.noticing import takes_notice

_MOST_OPEN = 99


async def meant_by(
    session: AsyncSession, arrived: Arrived, answers: Answers
) -> tuple[Staff, Ticket] | None:
    """Which colleague answers on which ticket; None where it is no colleague who handles any."""
    if not arrived.certain_email:
        return None
    staff = await staff_by_email(session, arrived.certain_email)
    if staff is None or staff.role not in HANDLERS:
        return None
    tickets = await threading.candidates(session, answers)
    return (staff, tickets[0]) if tickets else None


async def answer(hotline: Hotline, staff: Staff, ticket: Ticket, arrived: Arrived) -> Taken:
    """Note what the colleague wrote, and take notice of what is before them if they say so first.

    What somebody else has taken notice of meanwhile stays theirs.
    """
    arrived = cleaned(arrived)
    async with hotline.database.write() as session:
        row = await noted(session, hotline, arrived, MATCHED)
        if row is None:
            return Taken(ticket.number, False)
        row.ticket_id = ticket.id
        ticket_row = await locked(session, ticket.number)
        if takes_notice(arrived.text):
            for one in await records.open_for(session, staff, _MOST_OPEN):
                if one.ticket_id == ticket.id:
                    await take_notice_in(session, hotline, staff, one.id)
        if arrived.text:
            await add_note(session, hotline, ticket_row, "note", arrived.text, staff_id=staff.id)
            # Not as their doing: that alone would have taken notice.
            by = {"staff": staff.id, "message": row.id}
            await added(session, hotline, ticket_row, "ticket.noted", "system", **by)
        return Taken(snapshot(ticket_row).number, True)
