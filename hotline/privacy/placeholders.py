"""What stands in the place of somebody who was erased: no name, no address, nobody's.

An erased address leaves a keyed hash behind. Nobody reads the address out of it; but who meets that
address again, as an import does, can ask whether its owner wished to be forgotten.
"""

import hashlib
import hmac
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline
from hotline.partners.record_rows import CertificationRow
from hotline.partners.rows import ContactRow

_START, _DOMAIN = "erased-", "@erased.invalid"  # RFC 2606: no mail ever arrives there
_HASH_CHARS = 16


def address_for(hotline: Hotline, email: str, contact_id: int | None = None) -> str:
    """An unusable address instead of `email`; with the id it is unique among contacts."""
    owner = "" if contact_id is None else f".{contact_id}"
    return f"{_START}{_hash(hotline, 'email', email.strip().lower())}{owner}{_DOMAIN}"


def name_for(hotline: Hotline, partner_id: str, name: str) -> str:
    """Instead of a name where names must differ, as on certificates of one company."""
    return f"{_START}{_hash(hotline, 'name', partner_id, name)}"


def is_erased(address: str | None) -> bool:
    """Whether an address is one of ours that stand for nobody."""
    return address is not None and address.startswith(_START) and address.endswith(_DOMAIN)


async def was_erased(hotline: Hotline, session: AsyncSession, email: str) -> bool:
    """Whether a contact with this e-mail was erased: nothing may bring them back in silence."""
    return bool(await were_erased(hotline, session, (email,)))


async def were_erased(hotline: Hotline, session: AsyncSession, emails: Collection[str]) -> set[str]:
    """Those of `emails` that were a contact's who has been erased, by one query."""
    starts = {email: f"{address_for(hotline, email).removesuffix(_DOMAIN)}." for email in emails}
    if not starts:
        return set()
    start = func.substr(ContactRow.email, 1, len(_START) + _HASH_CHARS + 1)
    found = set(
        await session.scalars(
            select(start).where(ContactRow.erased_at.is_not(None), start.in_(starts.values()))
        )
    )
    return {email for email, its_start in starts.items() if its_start in found}


async def was_visitor_erased(hotline: Hotline, session: AsyncSession, address: str) -> bool:
    """Whether somebody who was erased had spoken in a conversation by this address."""
    conversation = select(ConversationRow.id).where(
        ConversationRow.proven_email == address_for(hotline, address)
    )
    return await session.scalar(conversation.limit(1)) is not None


async def were_certified(
    hotline: Hotline, session: AsyncSession, people: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of `people`, as (partner, name), who had a certificate and have been erased."""
    names = {person: name_for(hotline, *person) for person in people}
    if not names:
        return set()
    rows = await session.scalars(
        select(CertificationRow.person).where(CertificationRow.person.in_(names.values()))
    )
    found = set(rows)
    return {person for person, name in names.items() if name in found}


def _hash(hotline: Hotline, *parts: str) -> str:
    key = hotline.settings.secrets.jwt_key.get_secret_value().encode()
    said = "\0".join(("erased", *parts)).encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()[:_HASH_CHARS]
