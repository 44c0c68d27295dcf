"""Who a notice is for, as the delivery's row has it: an id, never an address.

contact:ID   a partner's contact
talk:ID      a visitor, by the address proven in this conversation
ticket:ID    a visitor, by the address typed into this ticket, which may be anybody's
staff:ID     a colleague
hook:NAME    another program
"""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.notices import kinds
from hotline.partners.rows import ContactRow
from hotline.privacy.placeholders import is_erased
from hotline.staff.rows import StaffRow
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import snapshot


@dataclass(frozen=True)
class Reader:
    """`is_certain` unless the address was only typed: then no words of anybody go there.

    `wants` has what staff have switched off taken out, and of a partner what was not chosen.
    """

    address: str
    language: str
    is_certain: bool
    has_page: bool
    unwanted: frozenset[str] = frozenset()


def partner_receiver(ticket: TicketRow | None, talk: ConversationRow | None) -> str:
    """Whoever asked for the ticket, or speaks in the conversation; "" if no address is known."""
    contact_id = ticket.contact_id if ticket else talk.contact_id if talk else None
    if contact_id is not None:
        return f"contact:{contact_id}"
    if talk is not None and talk.proven_email:
        return "" if is_erased(talk.proven_email) else f"talk:{talk.id}"
    if ticket is not None and snapshot(ticket).fact("email"):
        return f"ticket:{ticket.id}"
    return ""


async def reader_of(session: AsyncSession, receiver: str) -> Reader | None:
    """Where a mail for `receiver` goes; None where nobody is there any more."""
    kind, _, code = receiver.partition(":")
    if kind == "staff":
        return _colleague(await session.get(StaffRow, int(code)))
    if kind == "contact":
        return _contact(await session.get(ContactRow, int(code)))
    if kind == "talk":
        talk = await session.get(ConversationRow, code)
        address = talk.proven_email if talk else None
        return _visitor(address, talk.language if talk else "", is_certain=True)
    ticket = await session.get(TicketRow, int(code))
    given = snapshot(ticket).fact("email") if ticket else None
    return _visitor(given, ticket.language if ticket else "", is_certain=False)


def _colleague(row: StaffRow | None) -> Reader | None:
    if row is None or not row.active:
        return None
    language = "zh-TW" if "zh-TW" in row.languages or not row.languages else row.languages[0]
    return Reader(row.email, language, True, True, frozenset(row.no_mails))


def _contact(row: ContactRow | None) -> Reader | None:
    if row is None or row.erased_at is not None:
        return None
    unwanted = frozenset(
        kind.name
        for kind in kinds.KINDS.values()
        if kind.to == kinds.PARTNER and not kinds.partner_wants(kind.name, row.mails)
    )
    return Reader(row.email, row.language, True, True, unwanted)


def _visitor(address: str | None, language: str, *, is_certain: bool) -> Reader | None:
    if not address or is_erased(address):
        return None
    return Reader(address, language, is_certain, False)
