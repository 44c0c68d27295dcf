"""Who a contact is, as the rest of the core needs to know it."""

from collections.abc import Collection
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.partners.rows import ContactRow, PartnerRow


@dataclass(frozen=True)
class Contact:
    """A person of a partner company, with the company beside it."""

    id: int
    name: str
    email: str
    phone: str | None
    language: str
    partner_id: str
    company_zh: str
    company_en: str
    types: tuple[str, ...]
    tier: str
    region: str
    status: str
    roles: tuple[str, ...]

    def company(self, language: str) -> str:
        return self.company_en if language == "en" else self.company_zh


_FIELDS = tuple(each.name for each in fields(Contact))


async def contact_by_email(session: AsyncSession, email: str) -> Contact | None:
    """The contact with this address; nobody is the one who has been erased."""
    row = await session.scalar(
        select(ContactRow).where(
            ContactRow.email == email.strip().lower(), ContactRow.erased_at.is_(None)
        )
    )
    return snapshot(row) if row else None


async def contacts_by_id(session: AsyncSession, ids: Collection[int]) -> dict[int, Contact]:
    """Of a list; also those who have been erased. Read by columns: there may be many."""
    if not ids:
        return {}
    found = await session.execute(
        select(  # in the order of the fields
            ContactRow.id,
            ContactRow.name,
            ContactRow.email,
            ContactRow.phone,
            ContactRow.language,
            ContactRow.partner_id,
            PartnerRow.name_zh,
            PartnerRow.name_en,
            PartnerRow.types,
            PartnerRow.tier,
            PartnerRow.region,
            PartnerRow.status,
            ContactRow.roles,
        )
        .join(PartnerRow, PartnerRow.id == ContactRow.partner_id)
        .where(ContactRow.id.in_(ids))
    )
    contacts = {}
    for row in found:
        values = dict(zip(_FIELDS, row, strict=True))
        values["types"], values["roles"] = tuple(values["types"]), tuple(values["roles"])
        contacts[row[0]] = Contact(**values)
    return contacts


async def colleagues_with(
    session: AsyncSession, contact: Contact, roles: Collection[str], limit: int = 200
) -> list[Contact]:
    """Who of the contact's own company has one of `roles`, by name."""
    rows = await session.scalars(
        select(ContactRow)
        .where(
            ContactRow.partner_id == contact.partner_id,
            ContactRow.id != contact.id,
            ContactRow.erased_at.is_(None),
        )
        .order_by(ContactRow.name, ContactRow.id)
        .limit(limit)
    )
    return [snapshot(row) for row in rows if not set(roles).isdisjoint(row.roles)]


async def all_contacts(session: AsyncSession, limit: int = 50) -> list[Contact]:
    rows = await session.scalars(
        select(ContactRow)
        .where(ContactRow.erased_at.is_(None))
        .order_by(ContactRow.id)
        .limit(limit)
    )
    return [snapshot(row) for row in rows]


def snapshot(row: ContactRow) -> Contact:
    partner = row.partner
    return Contact(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        partner_id=partner.id,
        company_zh=partner.name_zh,
        company_en=partner.name_en,
        types=tuple(partner.types),
        tier=partner.tier,
        region=partner.region,
        status=partner.status,
        roles=tuple(row.roles),
    )
