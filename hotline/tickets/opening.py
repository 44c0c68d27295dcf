"""Opening a ticket: its number, its queue, its promise."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import locked as locked_conversation
from hotline.core import Hotline
from hotline.database import insert_or
from hotline.escalations.service import severe
from hotline.hardware_line.watching import named as line_named
from hotline.journal import write_entry
from hotline.partners.rows import ContactRow
from hotline.tickets import clocks
from hotline.tickets.audience import audience_of
from hotline.tickets.kinds import KINDS
from hotline.tickets.rows import TicketCounterRow, TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from hotline.tickets.watching import watch
from hotline.voice.keeping import attach
from wording import ticket_number

SUBJECT_CHARS = 120


@dataclass(frozen=True)
class NewTicket:
    """A request ready to be opened. A repeated `key` gives back what it opened the first time.

    `served_as` is the kind whose queue and people it goes to, where that is not its own.
    """

    key: str
    intent: str
    description: str
    severity: int
    severity_words: tuple[str, ...] = ()
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    source: str = "chat"
    served_as: str = ""
    # The partner was told to call the 24-hour line, and to quote its number.
    line_named: bool = False


async def open_ticket(hotline: Hotline, conversation_id: str, request: NewTicket) -> Ticket:
    """Open a ticket for whoever holds the conversation, and journal it, in one transaction.

    The promise is counted from now. Callers may retry with the same key.
    """
    async with hotline.database.write() as session:
        conversation = await locked_conversation(session, conversation_id)
        row = await open_in(
            session,
            hotline,
            request,
            contact=conversation.contact,
            language=conversation.language,
            conversation=conversation,
        )
        return snapshot(row)


async def open_in(
    session: AsyncSession,
    hotline: Hotline,
    request: NewTicket,
    *,
    contact: ContactRow | None,
    language: str,
    conversation: ConversationRow | None,
) -> TicketRow:
    """The same in the caller's transaction, which has the conversation locked.

    Without a conversation nobody can be answered in writing.
    """
    now, kind = hotline.now(), KINDS[request.intent]
    served = KINDS[request.served_as or request.intent]
    again = await session.scalar(select(TicketRow).where(TicketRow.key == request.key))
    if again is not None:
        return again
    row = TicketRow(
        number=await _next_number(session, hotline, now),
        key=request.key,
        conversation_id=conversation.id if conversation else None,
        partner_id=contact.partner_id if contact else None,
        contact_id=contact.id if contact else None,
        identity_verified=contact is not None,
        intent=request.intent,
        queue=served.queue,
        audience=audience_of(served, request.severity, contact.partner.status if contact else None),
        source=request.source,
        language=language,
        severity=request.severity,
        severity_words=list(request.severity_words),
        state="new",
        subject=subject_of(request.description),
        description=request.description,
        facts=request.facts,
        opened_at=now,
        updated_at=now,
        callback="due" if kind.wants_a_call else None,
        after_hours=not hotline.calendar.is_open(now),
    )
    if contact is not None:
        row.contact = await session.get_one(ContactRow, contact.id)
    clocks.start(hotline, row, now)
    session.add(row)
    await session.flush()
    if conversation is not None:
        conversation.last_ticket = row.number
        conversation.unsure = 0
        await attach(session, conversation.id, row.id)
    await write_entry(
        session,
        now,
        "ticket.opened",
        "partner",
        conversation_id=row.conversation_id,
        ticket_id=row.id,
        queue=row.queue,
        severity=row.severity,
        due=row.first_response_due.isoformat(),
    )
    await session.refresh(row)
    await watch(session, hotline, row)
    await severe(session, hotline, row)
    if request.line_named:
        await line_named(session, hotline, row.id)
    return row


def subject_of(description: str) -> str:
    line = " ".join(description.split())
    return line if len(line) <= SUBJECT_CHARS else line[: SUBJECT_CHARS - 1] + "…"


async def _next_number(session: AsyncSession, hotline: Hotline, now: datetime) -> str:
    """The next number of the year in the hotline's own zone; its row stays locked to the commit."""
    year = now.astimezone(hotline.calendar.timezone).year
    new = insert_or(session, TicketCounterRow).values(year=year, last=0)
    await session.execute(new.on_conflict_do_nothing())
    last = await session.scalar(
        update(TicketCounterRow)
        .where(TicketCounterRow.year == year)
        .values(last=TicketCounterRow.last + 1)
        .returning(TicketCounterRow.last)
    )
    assert last is not None
    return ticket_number.write(year, last)
