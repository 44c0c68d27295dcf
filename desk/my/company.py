"""What is recorded about the reader's company: one card each, as far as their role allows.

A card that is for other roles says so before anything is read, and names whom to ask.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desk.my.reader import Reader
from desk.records.cards import CARDS, listed, role_words
from desk.records.shapes import Card, Refused
from hotline import permissions
from hotline.partners.reading import read_own
from hotline.partners.records import Recorded
from hotline.partners.service import colleagues_with
from hotline.partners.vocabulary import ROLES


@dataclass(frozen=True, slots=True)
class CompanyPage:
    title: str
    roles: str
    cards: tuple[Card, ...]


async def company_page(reader: Reader) -> CompanyPage:
    cards = [await _card(reader, *kind) for kind in CARDS]
    roles = [role_words(reader, role) for role in ROLES if role in reader.contact.roles]
    said = reader.t("company.your_roles", roles=listed(reader, roles)) if roles else ""
    name = reader.contact.company(reader.language)
    return CompanyPage(name, said or reader.t("company.no_roles"), tuple(cards))


async def _card(
    reader: Reader, key: str, kind: type[Recorded], fill: Callable[[Any, Sequence[Any]], Card]
) -> Card:
    if not permissions.may_read(reader.contact.roles, key):
        refused = await _refused(reader, permissions.READERS[key] or frozenset())
        return Card(key, reader.t(f"company.{key}.title"), refused=refused)
    found = await read_own(reader.hotline, reader.contact, kind)
    if not found:
        return Card(key, reader.t(f"company.{key}.title"), none=reader.t("company.none"))
    return fill(reader, found)


async def _refused(reader: Reader, roles: frozenset[str]) -> Refused:
    async with reader.hotline.database.read() as session:
        people = await colleagues_with(session, reader.contact, roles)
    return Refused(
        listed(reader, [role_words(reader, role) for role in ROLES if role in roles]),
        listed(reader, [one.name for one in people]),
    )
