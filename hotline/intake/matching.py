"""Whose number or address it is: exactly one contact's, or nobody's that can be told."""

import re

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calls.matching import contains, digits_of
from hotline.partners.rows import ContactRow
from wording.phones import Phone, read_phone

_CANDIDATES = 50
_TAIL = 7  # digits that any way of writing the number ends in, whatever its area code


def number_of(said: str) -> str:
    """The number in `said` as it is dialled, with its extension; "" if there is none."""
    read = read_phone(said)
    return str(read) if isinstance(read, Phone) else ""


async def contact_by_number(session: AsyncSession, said: str) -> ContactRow | None:
    """The one contact with this number. A switchboard's, which several have, tells nobody.

    An extension tells colleagues apart where the caller and the contacts have one.
    """
    asked = read_phone(said)
    if not isinstance(asked, Phone):
        return None
    tail = re.sub(r"\D", "", asked.number)[-_TAIL:]
    rows = await session.scalars(
        select(ContactRow)
        .where(
            ContactRow.erased_at.is_(None),
            ContactRow.phone.is_not(None),
            contains(digits_of(ContactRow.phone), tail),
        )
        .order_by(ContactRow.id)
        .limit(_CANDIDATES)
    )
    found = [row for row in rows if _is_same(asked, row.phone)]
    return found[0] if len(found) == 1 else None


async def contact_by_address(session: AsyncSession, address: str) -> ContactRow | None:
    """The contact with this e-mail address; no two have one."""
    found: ContactRow | None = await session.scalar(
        select(ContactRow).where(
            ContactRow.email == address.strip().lower(), ContactRow.erased_at.is_(None)
        )
    )
    return found


def _is_same(asked: Phone, noted: str | None) -> bool:
    read = read_phone(noted or "")
    if not isinstance(read, Phone) or read.number.replace("-", "") != asked.number.replace("-", ""):
        return False
    return asked.extension is None or read.extension in (None, asked.extension)
