"""What the partner hears of whoever is on call: alerted, somebody else instead, notice taken.

The hotline's own promise stands beside it: by day somebody takes over.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import locked as locked_conversation
from hotline.conversations.service import say
from hotline.core import Hotline
from hotline.escalations import records
from hotline.escalations.levels import ON_CALL
from hotline.escalations.records import Escalation
from hotline.staff.service import Staff
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket


async def alerted(hotline: Hotline, ticket: Ticket, language: str) -> str:
    """A sentence on who has been woken up for the ticket; "" if nobody has."""
    async with hotline.database.read() as session:
        known = await records.of_ticket(session, ticket.id)
    woken = [it for it in known if it.level == ON_CALL and it.to is not None]
    if not woken or woken[-1].acknowledge_by is None or woken[-1].to is None:
        return ""
    newest, staff = woken[-1].acknowledge_by, woken[-1].to
    by = hotline.words.time(newest, hotline.now(), language)
    return hotline.words.say("on_call.alerted", language, name=staff.called(language), by=by)


async def tell_of_next(
    session: AsyncSession, hotline: Hotline, row: TicketRow, before: Escalation, now: Escalation
) -> None:
    """Whoever was on call has not answered, and somebody else is alerted."""
    if before.level != ON_CALL or before.to is None or now.to is None or not now.acknowledge_by:
        return
    await _say(
        session,
        hotline,
        row,
        "on_call_next",
        before=before.to,
        who=now.to,
        by=now.acknowledge_by,
    )


async def tell_of_notice(session: AsyncSession, hotline: Hotline, notice: Escalation) -> None:
    """Whoever was alerted at night has taken notice."""
    row = await session.get(TicketRow, notice.ticket_id)
    known = await records.of_ticket(session, notice.ticket_id)
    began = records.chain_of(known, notice.id)[-1]
    if row is None or began.level != ON_CALL or hotline.calendar.is_open(hotline.now()):
        return
    await _say(session, hotline, row, "on_call_noticed", who=notice.acknowledged_by)


async def _say(
    session: AsyncSession, hotline: Hotline, row: TicketRow, pattern: str, **about: object
) -> None:
    if row.conversation_id is None:
        return
    conversation = await locked_conversation(session, row.conversation_id)
    language = conversation.language
    said = {
        key: value.called(language)
        if isinstance(value, Staff)
        else hotline.words.time(value, hotline.now(), language)
        if isinstance(value, datetime)
        else value
        for key, value in about.items()
    }
    reply = hotline.replies.say(pattern, language, number=row.number, **said)
    await say(session, hotline, conversation, "bot", reply, actor="system")
