"""Who is calling: found by a number, a tax id or a part of a name, and what to know of them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calls.matching import contains, dialled, digits_of
from hotline.errors import NotFound
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.partners.service import Contact, snapshot
from hotline.tickets.of_company import Complained, Rated, last_complaint, last_rating
from hotline.tickets.queries import open_tickets_of_company
from hotline.tickets.ticket import Ticket
from wording import tax_id
from wording.text import plain

MOST_HITS = 8
_MOST_TERMS = 6
_MOST_OPEN = 6
_WHOLE_NUMBER = 8  # so many digits behind the first nought; +886 has none


@dataclass(frozen=True)
class Card:
    """A caller with what the company has open; None where the hotline has nothing."""

    contact: Contact
    open_tickets: tuple[Ticket, ...]
    open_count: int
    rating: Rated | None
    complaint: Complained | None


async def search(session: AsyncSession, words: str, limit: int = MOST_HITS) -> list[Contact]:
    """Contacts by company and name: those with this number, else those with every word.

    A number is read in any writing; of a name a part is enough, in either language.
    """
    written = " ".join(plain(words).split())
    conditions = _numbered(written) or _named(written)
    if not conditions:
        return []
    rows = await session.scalars(
        select(ContactRow)
        .join(ContactRow.partner)
        .where(ContactRow.erased_at.is_(None), *conditions)
        .order_by(PartnerRow.name_zh, ContactRow.name, ContactRow.id)
        .limit(limit)
    )
    return [snapshot(row) for row in rows]


async def find(session: AsyncSession, contact_id: int) -> Contact:
    """The contact; NotFound of nobody, and of somebody who was erased."""
    row = await session.get(ContactRow, contact_id)
    if row is None or row.erased_at is not None:
        raise NotFound("no such contact")
    return snapshot(row)


async def card_of(session: AsyncSession, contact: Contact) -> Card:
    tickets, every = await open_tickets_of_company(session, contact.partner_id, _MOST_OPEN)
    return Card(
        contact,
        tuple(tickets),
        every,
        await last_rating(session, contact.partner_id),
        await last_complaint(session, contact.partner_id),
    )


def _numbered(written: str) -> list[ColumnElement[bool]]:
    digits = dialled(written)
    if not digits:
        return []
    phone = digits_of(ContactRow.phone)
    whole = digits.lstrip("0")
    is_phone = contains(phone, whole if len(whole) >= _WHOLE_NUMBER else digits)
    if tax_id.is_valid(digits):
        return [or_(PartnerRow.tax_id == digits, is_phone)]
    return [is_phone]


def _named(written: str) -> list[ColumnElement[bool]]:
    columns = (ContactRow.name, PartnerRow.name_zh, PartnerRow.name_en)
    return [
        or_(*(contains(column, term) for column in columns))
        for term in written.split()[:_MOST_TERMS]
    ]
