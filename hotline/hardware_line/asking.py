"""What the timers do: ask whether somebody answered on the line, and take silence for a no.

Nobody speaks over a person: while one holds the conversation the question waits. Silence wakes
whoever is on call all the same.
"""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import is_in_form, say
from hotline.conversations.service import locked as locked_conversation
from hotline.core import Hotline
from hotline.escalations.levels import ON_CALL, SPECIALIST, above
from hotline.escalations.records import Escalation
from hotline.escalations.rows import LINE
from hotline.escalations.service import bring_up
from hotline.hardware_line import told
from hotline.hardware_line.rows import SILENT, LineCheckRow
from hotline.hardware_line.watching import ASK, SILENCE, wait_for_answer
from hotline.privacy.placeholders import is_erased
from hotline.tickets.asking import put
from hotline.tickets.changes import added
from hotline.tickets.moves import DONE_STATES
from hotline.tickets.queries import locked_by_id
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import snapshot
from hotline.timers.service import Handler, Timer

QUESTION = "line"  # the kind of the question that stands then


async def ask(session: AsyncSession, hotline: Hotline, timer: Timer) -> datetime | None:
    """「接通了嗎？」, with what happens if nobody answers it."""
    row, check = await _standing(session, timer)
    if row is None or check is None:
        return None
    conversation = await _conversation(session, row)
    if conversation is None:
        return None
    if conversation.staff_id is not None:
        return hotline.now() + timedelta(minutes=hotline.settings.hardware_line.followup_minutes)
    question = told.question(hotline, row.number, conversation.language)
    await say(session, hotline, conversation, "bot", question, actor="system")
    if not await is_in_form(session, conversation):
        await put(session, conversation, QUESTION, ticket=row.number)
    check.asked_at = hotline.now()
    await wait_for_answer(session, hotline, row.id)
    await added(session, hotline, row, "ticket.line_asked", "system")
    return None


async def silent(session: AsyncSession, hotline: Hotline, timer: Timer) -> datetime | None:
    """Nobody has said whether it worked: as if it had not."""
    row, check = await _standing(session, timer)
    if row is None or check is None:
        return None
    check.outcome, check.outcome_at = SILENT, hotline.now()
    await added(session, hotline, row, "ticket.line", "system", outcome=SILENT)
    alerted = await alert(session, hotline, row)
    conversation = await _conversation(session, row)
    if conversation is not None and conversation.staff_id is None:
        reply = told.alerted(hotline, "hw_silent", snapshot(row), alerted, conversation.language)
        await say(session, hotline, conversation, "bot", reply, actor="system")
    return None


async def alert(session: AsyncSession, hotline: Hotline, row: TicketRow) -> Escalation:
    """Whoever is on call hears that the line did not help; by day an engineer."""
    is_open = hotline.calendar.is_open(hotline.now())
    level = above(row.queue, SPECIALIST) if is_open else ON_CALL
    return await bring_up(session, hotline, row, LINE, level)


HANDLERS: dict[str, Handler] = {ASK: ask, SILENCE: silent}


async def _standing(
    session: AsyncSession, timer: Timer
) -> tuple[TicketRow | None, LineCheckRow | None]:
    """The ticket and its check, if it is still to be known whether somebody answered."""
    row = await locked_by_id(session, int(timer.detail["ticket"]))
    if row is None or row.state in DONE_STATES:
        return None, None
    check = await session.get(LineCheckRow, row.id)
    return (row, check) if check is not None and check.outcome is None else (None, None)


async def _conversation(session: AsyncSession, row: TicketRow) -> ConversationRow | None:
    if row.conversation_id is None:
        return None
    conversation = await locked_conversation(session, row.conversation_id)
    return None if is_erased(conversation.proven_email) else conversation
