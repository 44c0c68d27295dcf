"""What the timers of promises and escalations do: warn, tell that it is broken, let it climb."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import locked as locked_conversation
from hotline.conversations.service import say
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.escalations import records
from hotline.escalations.levels import LEAD
from hotline.escalations.rows import COMPLAINT
from hotline.escalations.service import breach, bring_up, climb, warn
from hotline.tickets import told
from hotline.tickets.changes import added
from hotline.tickets.moves import DONE_STATES
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import snapshot
from hotline.tickets.worklist import WORK_STATES
from hotline.timers.service import Timer


async def promise_warn(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    """So much of the time is used: somebody hears of it, and the partner before it is missed."""
    row = await _row(session, timer)
    if row is None or row.state not in WORK_STATES:
        return
    ticket = snapshot(row)
    await warn(session, hotline, row)
    seq = None
    if hotline.now() <= ticket.due_at:
        seq = await _tell(session, hotline, row)
    await added(
        session,
        hotline,
        row,
        "ticket.at_risk",
        "system",
        promise=ticket.owes,
        due=_written(ticket.due_at),
        **({"said": seq} if seq else {}),
    )


async def promise_breach(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    """A promise is broken: whoever is above the one who was warned hears of it."""
    row = await _row(session, timer)
    if row is None or row.state not in WORK_STATES:
        return
    ticket = snapshot(row)
    await breach(session, hotline, row)
    due = _written(ticket.due_at)
    await added(session, hotline, row, "ticket.breached", "system", promise=ticket.owes, due=due)


async def complaint_breach(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    """A complaint has not been answered in time."""
    row = await _row(session, timer)
    if row is None or row.complaint_due is None or row.state in DONE_STATES:
        return
    await bring_up(session, hotline, row, COMPLAINT, LEAD)
    due = _written(row.complaint_due)
    await added(session, hotline, row, "ticket.breached", "system", promise="complaint", due=due)


async def escalation_climb(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    """Nobody has taken notice in time."""
    escalation = await records.find(session, int(timer.detail["escalation"]))
    if escalation is None or escalation.acknowledged_at is not None:
        return
    row = await locked_row(session, TicketRow, TicketRow.id == escalation.ticket_id)
    if row is None or row.state in DONE_STATES:
        return
    await climb(session, hotline, row, escalation)


async def _tell(session: AsyncSession, hotline: Hotline, row: TicketRow) -> int | None:
    """How it stands, in the chat; nobody speaks over a person."""
    if row.conversation_id is None:
        return None
    conversation = await locked_conversation(session, row.conversation_id)
    if conversation.staff_id is not None:
        return None
    reply = told.status(hotline, snapshot(row), conversation.language)
    return await say(session, hotline, conversation, "bot", reply, actor="system")


async def _row(session: AsyncSession, timer: Timer) -> TicketRow | None:
    return await locked_row(session, TicketRow, TicketRow.id == int(timer.detail["ticket"]))


def _written(at: datetime) -> str:
    return at.isoformat()
