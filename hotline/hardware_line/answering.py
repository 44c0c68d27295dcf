"""What the partner says to "did you get through?": yes, no, or not called yet."""

from dataclasses import dataclass

from hotline.conversations.service import stop_asking
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.escalations.records import Escalation
from hotline.hardware_line.asking import alert
from hotline.hardware_line.rows import NOT_THROUGH, THROUGH, LineCheckRow
from hotline.hardware_line.watching import ask_later, stop_waiting
from hotline.tickets.answers import spoken_to
from hotline.tickets.changes import added
from hotline.tickets.ticket import Ticket, snapshot

NOT_YET = "not_yet"


@dataclass(frozen=True)
class Answered:
    """The ticket, and who was woken up for it where nobody had answered on the line."""

    ticket: Ticket
    alerted: Escalation | None = None


async def answer(hotline: Hotline, conversation_id: str, number: str, said: str) -> Answered:
    """Note one of THROUGH, NOT_THROUGH and NOT_YET; a later word counts more than an earlier one.

    After a no whoever is on call is alerted, once; after "not yet" it is asked again. NotFound
    where whoever speaks there may not see the ticket, or was never given the line's number for it.
    """
    async with spoken_to(hotline, conversation_id, number, "line") as (session, row, conversation):
        check = await session.get(LineCheckRow, row.id)
        if check is None:
            raise NotFound("the line was not named for this ticket")
        stop_asking(conversation, row.number)
        conversation.last_ticket = row.number
        if said == NOT_YET:
            if check.outcome is None:
                await ask_later(session, hotline, row.id)
            return Answered(snapshot(row))
        await stop_waiting(session, row.id)
        if check.outcome != said:
            check.outcome, check.outcome_at = said, hotline.now()
            await added(session, hotline, row, "ticket.line", "partner", outcome=said)
        if said == THROUGH:
            return Answered(snapshot(row))
        assert said == NOT_THROUGH, said
        return Answered(snapshot(row), await alert(session, hotline, row))
