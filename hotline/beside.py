"""What there is beside a ticket's own row: asked at once, so that its page reads only the lists in
which there is anything. Most tickets have little beside what was said."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calls.rows import CallRow
from hotline.conversations.notes import ConversationNoteRow
from hotline.conversations.withheld import WithheldRow
from hotline.database import together
from hotline.escalations.rows import EscalationRow
from hotline.hardware_line.rows import LineCheckRow
from hotline.intake.rows import IntakeMessageRow
from hotline.knowledge.rows import QuestionRow
from hotline.tickets.rows import LinkRow, NoteRow, RatingRow, TicketRow
from hotline.tickets.ticket import Ticket

_OF_TICKET = {
    "notes": (NoteRow.ticket_id,),
    "calls": (CallRow.ticket_id,),
    "escalations": (EscalationRow.ticket_id,),
    "line_checks": (LineCheckRow.ticket_id,),
    "links": (LinkRow.ticket_id, LinkRow.other_id),
    "merged": (TicketRow.merged_into_id,),
    "ratings": (RatingRow.ticket_id,),
    "from_elsewhere": (IntakeMessageRow.ticket_id,),
}
_OF_CONVERSATION = {
    "remarks": (ConversationNoteRow.conversation_id,),
    "withheld": (WithheldRow.conversation_id,),
    "questions": (QuestionRow.conversation_id,),
}


@dataclass(frozen=True)
class Beside:
    """Whether there is any of it; `merged` are tickets merged into this one, `remarks` the notes of
    its conversation."""

    notes: bool
    calls: bool
    escalations: bool
    line_checks: bool
    links: bool
    merged: bool
    ratings: bool
    from_elsewhere: bool
    remarks: bool
    withheld: bool
    questions: bool


async def beside(session: AsyncSession, ticket: Ticket) -> Beside:
    of = {"ticket": ticket.id, "conversation": ticket.conversation_id}
    found = (await session.execute(_asked(), of)).one()
    return Beside(**{name: bool(is_any) for name, is_any in found._mapping.items()})


@cache
def _asked() -> Select[Any]:
    return together(
        {
            name: select(or_(*(exists().where(column == bindparam(of)) for column in columns)))
            for of, lists in (("ticket", _OF_TICKET), ("conversation", _OF_CONVERSATION))
            for name, columns in lists.items()
        }
    )
