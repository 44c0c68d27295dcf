"""Reading what is recorded about a company: by whom it may be read, and that it was read."""

from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline import permissions
from hotline.core import Hotline
from hotline.database import Base
from hotline.errors import NotAllowed
from hotline.journal import write_entry
from hotline.partners import record_rows, records
from hotline.partners.records import Recorded
from hotline.partners.rows import PartnerRow
from hotline.partners.service import Contact

# Each record's name, as permissions have it, and its table.
_TABLES: dict[type[Recorded], tuple[str, type[Any]]] = {
    records.Company: (permissions.COMPANY, PartnerRow),
    records.Contract: (permissions.CONTRACT, record_rows.ContractRow),
    records.Certification: (permissions.CERTIFICATION, record_rows.CertificationRow),
    records.Fund: (permissions.FUND, record_rows.FundRow),
    records.Performance: (permissions.PERFORMANCE, record_rows.PerformanceRow),
    records.Credit: (permissions.CREDIT, record_rows.CreditRow),
    records.Headcount: (permissions.HEADCOUNT, record_rows.HeadcountRow),
    records.Satisfaction: (permissions.SATISFACTION, record_rows.SatisfactionRow),
    records.Complaint: (permissions.SATISFACTION, record_rows.ComplaintRow),
    records.Commitment: (permissions.COMMITMENT, record_rows.CommitmentRow),
}

Kind = TypeVar("Kind", bound=Recorded)


class NoRole(NotAllowed):
    """The record is for other roles; `fields` have its name and the roles."""

    code = "no_role"


async def read_own(
    hotline: Hotline, contact: Contact, kind: type[Kind], conversation_id: str | None = None
) -> list[Kind]:
    """What is recorded about the contact's own company, newest first, and journalled.

    NoRole, journalled too, if the contact's roles do not read this record.
    """
    name, _ = _TABLES[kind]
    may_read = permissions.may_read(contact.roles, name)
    async with hotline.database.write() as session:
        await write_entry(
            session,
            hotline.now(),
            "record.read" if may_read else "record.refused",
            "partner",
            conversation_id=conversation_id,
            record=name,
            contact=contact.id,
            partner=contact.partner_id,
        )
        found = await of_company(session, contact.partner_id, kind) if may_read else []
    if not may_read:
        raise NoRole(
            f"{name} is not for this contact's roles",
            record=name,
            roles=sorted(permissions.READERS[name] or ()),
        )
    return found


async def read_as_staff(
    session: AsyncSession, role: str, partner_id: str, kind: type[Kind]
) -> list[Kind]:
    """What is recorded about a company, newest first, for staff with this role; else NoRole.

    That somebody looked at the company is journalled by whoever shows it.
    """
    name, _ = _TABLES[kind]
    if not permissions.staff_may_read(role, name):
        raise NoRole(
            f"{name} is not for this role",
            record=name,
            roles=sorted(permissions.STAFF_READERS[name]),
        )
    return await of_company(session, partner_id, kind)


async def of_company(session: AsyncSession, partner_id: str, kind: type[Kind]) -> list[Kind]:
    """Everything of one kind that is recorded about a company, newest first; for whom we trust."""
    _, table = _TABLES[kind]
    key = table.id if table is PartnerRow else table.partner_id
    order = (table.as_of.desc(), table.id.desc())
    rows = await session.scalars(select(table).where(key == partner_id).order_by(*order))
    return [_record(kind, row) for row in rows]


def _record(kind: type[Kind], row: Base) -> Kind:
    values: dict[str, Any] = {}
    for field in fields(kind):
        value = getattr(row, field.name)
        values[field.name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)
