"""Partner companies for staff: found by number, tax id or a part of the name, and their people."""

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.errors import NotFound
from hotline.partners.reading import of_company
from hotline.partners.records import Company
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.partners.service import Contact, snapshot
from wording.text import plain

MOST_FOUND, MOST_PEOPLE = 5, 100
_FEWEST_CHARS, _MOST_TERMS = 2, 6


async def find(session: AsyncSession, partner_id: str) -> Company:
    """The company with this number, in any writing of its letters; NotFound of no company."""
    found = await of_company(session, partner_id.upper(), Company)
    if not found:
        raise NotFound("no such partner")
    return found[0]


async def search(session: AsyncSession, words: str, limit: int = MOST_FOUND) -> list[Company]:
    """The companies that have this number or tax id, or every word in one of their names."""
    written = " ".join(plain(words).split())
    if len(written) < _FEWEST_CHARS:
        return []
    terms = written.lower().split()[:_MOST_TERMS]
    named = [
        or_(
            PartnerRow.name_zh.icontains(term, autoescape=True),
            PartnerRow.name_en.icontains(term, autoescape=True),
        )
        for term in terms
    ]
    ids = await session.scalars(
        select(PartnerRow.id)
        .where(or_(PartnerRow.id == written.upper(), PartnerRow.tax_id == written, and_(*named)))
        .order_by(PartnerRow.name_zh, PartnerRow.id)
        .limit(limit)
    )
    return [await find(session, one) for one in ids]


async def people_of(
    session: AsyncSession, partner_id: str, limit: int = MOST_PEOPLE
) -> list[Contact]:
    """The company's contacts by name; who was erased is nobody."""
    rows = await session.scalars(
        select(ContactRow)
        .where(ContactRow.partner_id == partner_id, ContactRow.erased_at.is_(None))
        .order_by(ContactRow.name, ContactRow.id)
        .limit(limit)
    )
    return [snapshot(row) for row in rows]
