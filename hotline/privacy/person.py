"""Who is meant: a contact by e-mail, or a visitor by an address, and all that is theirs."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calls.rows import CallRow
from hotline.conversations.rows import ConversationRow
from hotline.errors import Conflict, NotFound
from hotline.partners.record_rows import CertificationRow
from hotline.partners.rows import ContactRow
from hotline.privacy.inventory import Reach
from hotline.privacy.marks import NOBODY, Marks, digits
from hotline.tickets.moves import OPEN_STATES
from hotline.tickets.rows import RatingRow, TicketRow
from wording.phones import Phone, read_phone


@dataclass(frozen=True)
class Person:
    """`reach` is what is theirs, `colleagues` where else they may be named, by `marks`.

    A visitor has no contact and no company.
    """

    address: str
    contact_id: int | None
    partner_id: str | None
    reach: Reach
    colleagues: Reach
    marks: Marks
    open_tickets: tuple[str, ...]  # numbers


async def is_contact(session: AsyncSession, email: str) -> bool:
    address = email.strip().lower()
    return (
        await session.scalar(select(ContactRow.id).where(ContactRow.email == address)) is not None
    )


async def find_contact(session: AsyncSession, email: str) -> Person:
    """The contact with this e-mail; NotFound if there is none."""
    address = email.strip().lower()
    row = await session.scalar(select(ContactRow).where(ContactRow.email == address))
    if row is None:
        raise NotFound(f"no contact has the e-mail {email}")
    return await _person(session, row, address)


async def contact_by_id(session: AsyncSession, contact_id: int) -> Person:
    row = await session.get_one(ContactRow, contact_id)
    return await _person(session, row, row.email)


async def find_visitor(session: AsyncSession, address: str) -> Person:
    """Whoever proved this address or left it in a ticket, without being anybody's contact.

    Conflict if it is a contact's, NotFound if nobody here has used it.
    """
    address = address.strip().lower()
    if await is_contact(session, address):
        raise Conflict(f"{address} is a contact's: give it without --address")
    opened = await _tickets(session, _visitors_tickets(address))
    conversations = await _visitors_conversations(session, address, opened)
    tickets = await _tickets(
        session,
        or_(
            _visitors_tickets(address),
            and_(TicketRow.contact_id.is_(None), TicketRow.conversation_id.in_(conversations)),
        ),
    )
    if not tickets and not conversations:
        raise NotFound(f"no visitor has used the address {address}")
    ratings = await session.scalars(
        select(RatingRow.id).where(
            RatingRow.ticket_id.in_([row.id for row in tickets]), RatingRow.contact_id.is_(None)
        )
    )
    return Person(
        address=address,
        contact_id=None,
        partner_id=None,
        reach=Reach(
            conversations=frozenset(conversations),
            tickets=frozenset(row.id for row in tickets),
            ratings=frozenset(ratings),
            addresses=frozenset((address,)),
            calls=frozenset(await _calls(session, None, tickets)),
        ),
        colleagues=Reach(),
        marks=Marks(emails=frozenset((address,))),
        open_tickets=_open(tickets),
    )


async def _person(session: AsyncSession, row: ContactRow, address: str) -> Person:
    tickets = await _tickets(
        session, or_(TicketRow.contact_id == row.id, _visitors_tickets(address))
    )
    begun = await session.scalars(
        select(ConversationRow.id).where(ConversationRow.contact_id == row.id)
    )
    strangers = [ticket for ticket in tickets if ticket.contact_id is None]
    conversations = {*begun, *await _visitors_conversations(session, address, strangers)}
    certificates = await session.scalars(
        select(CertificationRow.id).where(
            or_(
                CertificationRow.contact_id == row.id,
                and_(
                    CertificationRow.contact_id.is_(None),
                    CertificationRow.partner_id == row.partner_id,
                    CertificationRow.person == row.name,
                ),
            )
        )
    )
    visitors = [ticket.id for ticket in strangers]
    marks = NOBODY if row.erased_at else await _marks(session, row)
    ratings = await session.scalars(
        select(RatingRow.id).where(
            or_(
                RatingRow.contact_id == row.id,
                and_(RatingRow.ticket_id.in_(visitors), RatingRow.contact_id.is_(None)),
            )
        )
    )
    return Person(
        address=address,
        contact_id=row.id,
        partner_id=row.partner_id,
        reach=Reach(
            contacts=frozenset((row.id,)),
            certifications=frozenset(certificates),
            conversations=frozenset(conversations),
            tickets=frozenset(ticket.id for ticket in tickets),
            ratings=frozenset(ratings),
            addresses=frozenset((address,)),
            calls=frozenset(await _calls(session, row.id, strangers, marks.phones)),
        ),
        colleagues=_company(row.partner_id),
        marks=marks,
        open_tickets=_open(tickets),
    )


def _company(partner_id: str) -> Reach:
    """Everything that anybody of the company has said or had written down."""
    tickets = select(TicketRow.id).where(TicketRow.partner_id == partner_id)
    colleagues = select(ContactRow.id).where(ContactRow.partner_id == partner_id)
    return Reach(
        conversations=select(ConversationRow.id).where(ConversationRow.contact_id.in_(colleagues)),
        tickets=tickets,
        ratings=select(RatingRow.id).where(RatingRow.ticket_id.in_(tickets)),
        companies=frozenset((partner_id,)),
        calls=select(CallRow.id).where(
            or_(CallRow.contact_id.in_(colleagues), CallRow.ticket_id.in_(tickets))
        ),
    )


async def _calls(
    session: AsyncSession,
    contact_id: int | None,
    strangers: list[TicketRow],
    phones: Collection[str] = (),
) -> set[int]:
    """A contact's calls; of callers nobody knew those about these tickets, and from a number that
    is this person's alone."""
    unknown = CallRow.contact_id.is_(None)
    numbers = {str(read) for phone in phones if isinstance(read := read_phone(phone), Phone)}
    theirs = [
        and_(unknown, CallRow.ticket_id.in_([ticket.id for ticket in strangers])),
        and_(unknown, CallRow.phone.in_({*phones, *numbers})),
    ]
    if contact_id is not None:
        theirs.append(CallRow.contact_id == contact_id)
    return set(await session.scalars(select(CallRow.id).where(or_(*theirs))))


async def _marks(session: AsyncSession, row: ContactRow) -> Marks:
    """What is this person's alone: not a switchboard's number, not a name that a colleague has."""
    others = list(
        await session.execute(
            select(ContactRow.name, ContactRow.phone, ContactRow.partner_id).where(
                ContactRow.id != row.id, ContactRow.erased_at.is_(None)
            )
        )
    )
    names = {name for name, _, partner_id in others if partner_id == row.partner_id}
    phones = {digits(phone) for _, phone, _ in others if phone}
    own_phone = row.phone if row.phone and digits(row.phone) not in phones else None
    return Marks(
        names=frozenset((row.name,)) - names,
        emails=frozenset((row.email,)),
        phones=frozenset((own_phone,) if own_phone else ()),
    )


def _visitors_tickets(address: str) -> ColumnElement[bool]:
    left = func.lower(TicketRow.facts["email"]["value"].as_string())
    return and_(TicketRow.contact_id.is_(None), left == address)


async def _tickets(session: AsyncSession, condition: ColumnElement[bool]) -> list[TicketRow]:
    return list(await session.scalars(select(TicketRow).where(condition).order_by(TicketRow.id)))


async def _visitors_conversations(
    session: AsyncSession, address: str, tickets: list[TicketRow]
) -> set[str]:
    opened_in = [row.conversation_id for row in tickets if row.conversation_id]
    found = await session.scalars(
        select(ConversationRow.id).where(
            ConversationRow.contact_id.is_(None),
            or_(ConversationRow.proven_email == address, ConversationRow.id.in_(opened_in)),
        )
    )
    return set(found)


def _open(tickets: list[TicketRow]) -> tuple[str, ...]:
    return tuple(row.number for row in tickets if row.state in OPEN_STATES)
