"""Finding tickets: one by its number, a company's, a queue's. Who may see one is decided here."""

from typing import Any, TypeVarTuple, Unpack

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline import permissions
from hotline.attempts import NotTheirs
from hotline.conversations.rows import MessageRow
from hotline.conversations.seen import SeenRow
from hotline.conversations.service import Conversation, not_theirs
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import NotFound
from hotline.partners.service import Contact
from hotline.tickets.reading import tickets_of
from hotline.tickets.rows import NoteRow, TicketRow
from hotline.tickets.ticket import COLUMNS, Ticket, snapshot
from wording import ticket_number

Columns = TypeVarTuple("Columns")

# In the very words of the indexes, else SQLite does not see that they are meant.
IS_OPEN: ColumnElement[bool] = literal_column("tickets.state <> 'closed'")


async def find(session: AsyncSession, number: str) -> Ticket:
    return snapshot(await _by_number(session, number))


async def find_for(
    session: AsyncSession, hotline: Hotline, asker: Conversation, number: str
) -> Ticket:
    """The ticket, if whoever speaks in `asker` may see it; else NotFound, either way."""
    ticket = await find(session, number)
    require_seen(hotline, asker, ticket)
    return ticket


async def find_as(session: AsyncSession, hotline: Hotline, contact: Contact, number: str) -> Ticket:
    """The ticket, if whoever is signed in may see it; else NotFound, either way."""
    ticket = await find(session, number)
    if not may_see_as(hotline, contact, ticket):
        raise NotTheirs(
            "no such ticket", conversation_id=None, contact_id=contact.id, ticket_id=ticket.id
        )
    return ticket


def require_seen(hotline: Hotline, asker: Conversation, ticket: Ticket) -> None:
    """NotTheirs if whoever speaks in `asker` may not see the ticket."""
    if not may_see(hotline, asker, ticket):
        raise not_theirs("no such ticket", asker, ticket_id=ticket.id)


def may_see(hotline: Hotline, asker: Conversation, ticket: Ticket) -> bool:
    """A contact sees what `contact_sees`. One that a visitor opened is seen where it was opened
    and by whoever has proven the address in it."""
    if ticket.contact is not None:
        return asker.contact is not None and contact_sees(hotline, asker.contact, ticket)
    return ticket.conversation_id == asker.id or _has_address(ticket, asker.address)


def may_see_as(hotline: Hotline, contact: Contact, ticket: Ticket) -> bool:
    """The same without a conversation: by who is signed in."""
    if ticket.contact is not None:
        return contact_sees(hotline, contact, ticket)
    return _has_address(ticket, contact.email)


def contact_sees(hotline: Hotline, contact: Contact, ticket: Ticket) -> bool:
    """The tickets of its company: those it opened, and its colleagues' if it may see those."""
    if ticket.contact is None or ticket.partner_id != contact.partner_id:
        return False
    return ticket.contact.id == contact.id or _sees_colleagues(hotline, contact)


def seen_by(hotline: Hotline, asker: Conversation) -> ColumnElement[bool]:
    """The same as `may_see`, asked of the database."""
    seen = seen_as_visitor(asker)
    if asker.contact is not None:
        seen = or_(seen, seen_by_contact(hotline, asker.contact))
    return seen


def seen_as(hotline: Hotline, contact: Contact) -> ColumnElement[bool]:
    """The same as `may_see_as`, asked of the database."""
    by_address = and_(TicketRow.contact_id.is_(None), _visitors_address() == contact.email)
    return or_(by_address, seen_by_contact(hotline, contact))


def seen_by_contact(hotline: Hotline, contact: Contact) -> ColumnElement[bool]:
    """The same as `contact_sees`, asked of the database."""
    seen = and_(TicketRow.contact_id.is_not(None), TicketRow.partner_id == contact.partner_id)
    if _sees_colleagues(hotline, contact):
        return seen
    return and_(seen, TicketRow.contact_id == contact.id)


async def open_tickets_for(
    session: AsyncSession,
    hotline: Hotline,
    asker: Conversation,
    limit: int = 5,
    offset: int = 0,
) -> list[Ticket]:
    """What whoever speaks here has open, most urgent first."""
    return await _open(session, seen_by(hotline, asker), limit, offset)


async def count_open_for(session: AsyncSession, hotline: Hotline, asker: Conversation) -> int:
    """How many tickets whoever speaks here has open."""
    return await _count_open(session, seen_by(hotline, asker))


async def open_tickets_of_company(
    session: AsyncSession, partner_id: str, limit: int
) -> tuple[list[Ticket], int]:
    """For staff: the most urgent of what a company has open, and how many."""
    whose = TicketRow.partner_id == partner_id
    return await _open(session, whose, limit), await _count_open(session, whose)


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


async def by_ids(session: AsyncSession, ids: set[int]) -> dict[int, Ticket]:
    query = select(*COLUMNS).where(TicketRow.id.in_(ids))
    return {ticket.id: ticket for ticket in await tickets_of(session, query)} if ids else {}


async def kept_of(session: AsyncSession, ticket: Ticket) -> Ticket:
    """The ticket in which this one's matter is handled: itself, unless it was merged."""
    while ticket.merged_into_id is not None:
        ticket = snapshot(await session.get_one(TicketRow, ticket.merged_into_id))
    return ticket


async def merged_into(session: AsyncSession, ticket_id: int, limit: int = 50) -> list[Ticket]:
    """Every ticket that was merged into this one, also by way of another; the oldest first."""
    found, into = dict[int, Ticket](), {ticket_id}
    while into and len(found) < limit:
        rows = await session.scalars(
            select(TicketRow)
            .where(TicketRow.merged_into_id.in_(into), TicketRow.id.not_in(found))
            .order_by(TicketRow.id)
            .limit(limit - len(found))
        )
        into = set()
        for row in rows:
            found[row.id] = snapshot(row)
            into.add(row.id)
    return [found[key] for key in sorted(found)]


async def unread(session: AsyncSession, ids: set[int]) -> dict[int, int]:
    """How much the partner has said to those of `ids` that whoever has the ticket has not seen."""
    if not ids:
        return {}
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
    if not ids:
        return {}
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


async def locked_by_id(session: AsyncSession, ticket_id: int) -> TicketRow | None:
    """The same for what knows the id only, such as a timer; None if it is gone."""
    return await locked_row(session, TicketRow, TicketRow.id == ticket_id)


def urgency() -> tuple[Any, ...]:
    """The clock that runs decides; what waits for somebody else, then for a yes, comes after."""
    return TicketRow.stands, TicketRow.due_at, TicketRow.severity, TicketRow.id


def _sees_colleagues(hotline: Hotline, contact: Contact) -> bool:
    rule = hotline.settings.partners.colleagues_tickets
    return permissions.sees_colleagues_tickets(rule, contact.roles)


def seen_as_visitor(asker: Conversation) -> ColumnElement[bool]:
    """What a visitor opened here, or with the address that is certain by now."""
    own = TicketRow.conversation_id == asker.id
    if asker.address is not None:
        own = or_(own, _visitors_address() == asker.address)
    return and_(TicketRow.contact_id.is_(None), own)


async def _open(
    session: AsyncSession, whose: ColumnElement[bool], limit: int, offset: int = 0
) -> list[Ticket]:
    query = open_of(select(*COLUMNS), whose).order_by(*urgency())
    return await tickets_of(session, query.limit(limit).offset(offset))


async def _count_open(session: AsyncSession, whose: ColumnElement[bool]) -> int:
    return await session.scalar(open_of(select(func.count()).select_from(TicketRow), whose)) or 0


def open_of(query: Select[Unpack[Columns]], whose: ColumnElement[bool]) -> Select[Unpack[Columns]]:
    """What of a query is open and theirs."""
    return query.where(IS_OPEN, whose)


def _has_address(ticket: Ticket, address: str | None) -> bool:
    """Whether it is the address in the ticket's facts."""
    given = ticket.fact("email")
    return given is not None and given.lower() == address


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
