"""Finding tickets: one by its number, a company's, a queue's. Who may see one is decided here."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import MessageRow
from hotline.conversations.seen import SeenRow
from hotline.conversations.service import Conversation
from hotline.database import locked_row
from hotline.errors import NotFound
from hotline.partners.service import Contact
from hotline.tickets.moves import OPEN_STATES, PAUSED_STATES
from hotline.tickets.rows import NoteRow, TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from wording import ticket_number


async def find(session: AsyncSession, number: str) -> Ticket:
    return snapshot(await _by_number(session, number))


async def find_for(session: AsyncSession, conversation: Conversation, number: str) -> Ticket:
    """The ticket, if whoever speaks in `conversation` may see it; else NotFound, either way."""
    ticket = await find(session, number)
    if not may_see(conversation, ticket):
        raise NotFound("no such ticket")
    return ticket


async def find_as(session: AsyncSession, contact: Contact, number: str) -> Ticket:
    """The ticket, if `contact` may see it; else NotFound, either way."""
    ticket = await find(session, number)
    if not may_see_as(contact, ticket):
        raise NotFound("no such ticket")
    return ticket


def may_see(conversation: Conversation, ticket: Ticket) -> bool:
    """What its contact may see, and what a visitor opened in it."""
    is_from_here = ticket.contact is None and ticket.conversation_id == conversation.id
    return is_from_here or _is_for(conversation.contact, conversation.address, ticket)


def may_see_as(contact: Contact, ticket: Ticket) -> bool:
    """The same without a conversation: by who is signed in."""
    return _is_for(contact, contact.email, ticket)


def seen_by(conversation: Conversation) -> ColumnElement[bool]:
    """The same as `may_see`, asked of the database."""
    from_here = and_(TicketRow.contact_id.is_(None), TicketRow.conversation_id == conversation.id)
    return or_(from_here, *_are_for(conversation.contact, conversation.address))


def seen_as(contact: Contact) -> ColumnElement[bool]:
    """The same as `may_see_as`, asked of the database."""
    return or_(*_are_for(contact, contact.email))


async def open_tickets_for(
    session: AsyncSession, conversation: Conversation, limit: int = 5, offset: int = 0
) -> list[Ticket]:
    """What whoever speaks here has open, most urgent first."""
    query = _open_for(select(TicketRow), conversation).order_by(*urgency())
    return [snapshot(row) for row in await session.scalars(query.limit(limit).offset(offset))]


async def count_open_for(session: AsyncSession, conversation: Conversation) -> int:
    """How many tickets whoever speaks here has open."""
    query = _open_for(select(func.count()).select_from(TicketRow), conversation)
    return await session.scalar(query) or 0


async def is_visitors_address(session: AsyncSession, address: str) -> bool:
    """Whether a visitor, who is nobody's contact, has ever opened a ticket with this address."""
    found = await session.scalar(
        select(TicketRow.id)
        .where(TicketRow.contact_id.is_(None), _visitors_address() == address)
        .limit(1)
    )
    return found is not None


async def queue_of(
    session: AsyncSession, queue: str | None = None, limit: int = 200, *, closed: bool = False
) -> list[Ticket]:
    """The open tickets of a queue (or of all), the most urgent deadline first."""
    query = select(TicketRow)
    if not closed:
        query = query.where(TicketRow.state != "closed")
    if queue:
        query = query.where(TicketRow.queue == queue)
    rows = await session.scalars(query.order_by(*urgency()).limit(limit))
    return [snapshot(row) for row in rows]


async def tickets_of_conversation(
    session: AsyncSession, conversation_id: str, limit: int = 20
) -> list[Ticket]:
    """The tickets opened in one conversation, newest first."""
    rows = await session.scalars(
        select(TicketRow)
        .where(TicketRow.conversation_id == conversation_id)
        .order_by(TicketRow.id.desc())
        .limit(limit)
    )
    return [snapshot(row) for row in rows]


async def unread(session: AsyncSession, ids: set[int]) -> dict[int, int]:
    """How much the partner has said to those of `ids` that whoever has the ticket has not seen."""
    rows = await session.execute(
        select(TicketRow.id, func.count())
        .join(MessageRow, MessageRow.conversation_id == TicketRow.conversation_id)
        .outerjoin(
            SeenRow,
            and_(
                SeenRow.conversation_id == TicketRow.conversation_id,
                SeenRow.staff_id == TicketRow.assignee_id,
            ),
        )
        .where(
            TicketRow.id.in_(ids),
            TicketRow.assignee_id.is_not(None),
            TicketRow.state != "closed",
            MessageRow.sender == "partner",
            MessageRow.seq > func.coalesce(SeenRow.seq, 0),
        )
        .group_by(TicketRow.id)
    )
    return {ticket_id: count for ticket_id, count in rows}


async def notes_of(session: AsyncSession, ticket_id: int, limit: int = 500) -> list[NoteRow]:
    """A ticket's notes and additions, oldest first."""
    rows = await session.scalars(
        select(NoteRow).where(NoteRow.ticket_id == ticket_id).order_by(NoteRow.id).limit(limit)
    )
    return list(rows)


async def numbers_of(session: AsyncSession, ids: set[int]) -> dict[int, tuple[str, str]]:
    """Number and queue by id, for the journal's readers."""
    rows = await session.execute(
        select(TicketRow.id, TicketRow.number, TicketRow.queue).where(TicketRow.id.in_(ids))
    )
    return {ticket_id: (number, queue) for ticket_id, number, queue in rows}


async def locked(session: AsyncSession, number: str) -> TicketRow:
    """The row to change, locked until the end of the caller's transaction."""
    canonical = ticket_number.read(number)
    row = await locked_row(session, TicketRow, TicketRow.number == canonical)
    if row is None:
        raise NotFound("no such ticket")
    return row


def urgency() -> tuple[Any, ...]:
    """The clock that runs decides; what waits for somebody else, then for a yes, comes after."""
    stands = case(
        (TicketRow.state.in_(PAUSED_STATES), 1),
        (TicketRow.state == "resolved", 2),
        (TicketRow.state == "closed", 3),
        else_=0,
    )
    due = case(
        (TicketRow.first_responded_at.is_(None), TicketRow.first_response_due),
        else_=TicketRow.resolution_due,
    )
    return stands, due, TicketRow.severity, TicketRow.id


def _open_for(query: Select[Any], conversation: Conversation) -> Select[Any]:
    return query.where(TicketRow.state.in_(OPEN_STATES), seen_by(conversation))


def _is_for(contact: Contact | None, address: str | None, ticket: Ticket) -> bool:
    """A contact sees its company's tickets; one that a visitor opened, whoever has proven the
    address in it."""
    if ticket.contact is not None:
        return contact is not None and contact.partner_id == ticket.contact.partner_id
    given = ticket.fact("email")
    return given is not None and given.lower() == address


def _are_for(contact: Contact | None, address: str | None) -> list[ColumnElement[bool]]:
    """The same as `_is_for`, as conditions of which one must hold."""
    seen: list[ColumnElement[bool]] = []
    if address is not None:
        seen.append(and_(TicketRow.contact_id.is_(None), _visitors_address() == address))
    if contact is not None:
        seen.append(TicketRow.partner_id == contact.partner_id)
    return seen


def _visitors_address() -> ColumnElement[str]:
    """The e-mail address in a ticket's facts."""
    return func.lower(TicketRow.facts["email"]["value"].as_string())


async def _by_number(session: AsyncSession, number: str) -> TicketRow:
    canonical = ticket_number.read(number)
    row = None
    if canonical:
        row = await session.scalar(select(TicketRow).where(TicketRow.number == canonical))
    if row is None:
        raise NotFound("no such ticket")
    return row
