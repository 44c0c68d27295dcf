"""Comparing rows with what is there, and writing those that are new or say something new."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import Base
from hotline.imports.checking import Entry
from hotline.imports.kinds import CERTIFICATIONS, CONTACTS, PARTNERS, Kind
from hotline.imports.outcome import Outcome
from hotline.imports.tables import Fault
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.privacy import placeholders

_OTHER_COMPANY = "belongs to another company"
_ERASED = "is of a contact who was erased; an import does not bring one back"
_ERASED_NAME = "is of somebody who was erased; if it is another of that name, give the e-mail"
_SAID_BY_US = ("as_of", "source")  # where the file leaves them open


@dataclass
class Writing:
    """Writes in the caller's transaction; `source` and `today` are for rows that say none."""

    hotline: Hotline
    session: AsyncSession
    kind: Kind
    today: date
    source: str
    outcome: Outcome

    async def write(self, entries: Sequence[Entry]) -> None:
        """Write `entries` and count them; what is wrong with them only the database knew."""
        there = await self._there(entries)
        partners = await self._partners(entries)
        owners = await self._owners(entries)
        contacts = await self._contacts(entries)
        erased = await self._erased(entries)
        for entry in entries:
            row = there.get(entry.key)
            faults = [
                *_of_company(self.kind, entry, row, partners),
                *_of_tax_id(entry, owners),
                *_of_contact(self.kind, entry, contacts, erased),
                *_of_erased(self.kind, entry, erased),
            ]
            if faults:
                self.outcome.faults += [Fault(entry.line, *fault) for fault in faults]
            elif row is None:
                self.session.add(self._new(entry))
                self.outcome.created += 1
            elif self._is_changed(row, entry):
                self.outcome.updated += 1
            else:
                self.outcome.unchanged += 1
        await self.session.flush()

    def _new(self, entry: Entry) -> Base:
        values = {column.name: column.empty for column in self.kind.columns} | entry.values
        if self.kind.is_recorded:
            values["as_of"] = values["as_of"] or self.today
            values["source"] = values["source"] or self.source
        return self.kind.table(**self._of_row(values))

    def _is_changed(self, row: Any, entry: Entry) -> bool:
        """Whether the row says something new; then it is written.

        Where the file says no day, the same figures imported again hold for today: the day moves
        on, and that alone is no change.
        """
        said = {
            name: value
            for name, value in entry.values.items()
            if value is not None or name not in _SAID_BY_US
        }
        values = self._of_row(said)
        is_changed = any(getattr(row, name) != value for name, value in values.items())
        is_recorded = self.kind.is_recorded
        holds_again = is_recorded and "as_of" not in said and row.as_of < self.today
        if is_changed or holds_again:
            ours = {"as_of": self.today, "source": self.source} if is_recorded else {}
            for name, value in {**ours, **values}.items():
                setattr(row, name, value)
        return is_changed

    def _of_row(self, values: Mapping[str, Any]) -> dict[str, Any]:
        columns = self.kind.by_name
        return {columns[name].of_row: value for name, value in values.items()}

    async def _there(self, entries: Sequence[Entry]) -> dict[tuple[Any, ...], Any]:
        """The rows with these keys. Entries come in the order of keys, so they are not many."""
        names = [self.kind.by_name[name].of_row for name in self.kind.key]
        first = getattr(self.kind.table, names[0])
        found = select(self.kind.table).where(first.in_({entry.key[0] for entry in entries}))
        rows = await self.session.scalars(found)
        return {tuple(getattr(row, name) for name in names): row for row in rows}

    async def _partners(self, entries: Sequence[Entry]) -> set[str]:
        """Those of the companies named that there are."""
        named = {entry.values["partner_id"] for entry in entries}
        return set(
            await self.session.scalars(select(PartnerRow.id).where(PartnerRow.id.in_(named)))
        )

    async def _owners(self, entries: Sequence[Entry]) -> dict[str | None, str]:
        """Whose the tax ids are that some company has."""
        named = {entry.values.get("tax_id") for entry in entries} - {None}
        found = select(PartnerRow.tax_id, PartnerRow.id).where(PartnerRow.tax_id.in_(named))
        return {tax_id: owner for tax_id, owner in await self.session.execute(found)}

    async def _contacts(self, entries: Sequence[Entry]) -> dict[str, ContactRow]:
        """The contacts that a column refers to, by e-mail."""
        names = [column.name for column in self.kind.columns if column.refers]
        named = {entry.values.get(name) for entry in entries for name in names} - {None}
        rows = await self.session.scalars(select(ContactRow).where(ContactRow.email.in_(named)))
        return {row.email: row for row in rows}

    async def _erased(self, entries: Sequence[Entry]) -> "_Erased":
        """Whom nothing may bring back: an erasing leaves no address and no name to compare with."""
        if self.kind.name not in (CONTACTS, CERTIFICATIONS):
            return _Erased()
        named = {email for entry in entries if (email := entry.values.get("email"))}
        emails = await placeholders.were_erased(self.hotline, self.session, named)
        if self.kind.name == CONTACTS:
            return _Erased(emails)
        people = {_person(entry) for entry in entries}
        return _Erased(
            emails, await placeholders.were_certified(self.hotline, self.session, people)
        )


@dataclass(frozen=True)
class _Erased:
    """The e-mails, and the people as (partner, name), that are of somebody who was erased."""

    emails: Set[str] = frozenset()
    people: Set[tuple[str, str]] = frozenset()


def _of_company(
    kind: Kind, entry: Entry, row: Any, partners: set[str]
) -> Iterator[tuple[str, str]]:
    if kind.name == PARTNERS:
        return
    if entry.values["partner_id"] not in partners:
        yield "partner_id", "is no partner that is known; import the partners first"
    if row is None:
        return
    if row.partner_id != entry.values["partner_id"]:
        yield kind.key[-1], _OTHER_COMPANY


def _of_tax_id(entry: Entry, owners: Mapping[str | None, str]) -> Iterator[tuple[str, str]]:
    tax_id = entry.values.get("tax_id")
    if tax_id and owners.get(tax_id, entry.values["partner_id"]) != entry.values["partner_id"]:
        yield "tax_id", _OTHER_COMPANY


def _of_contact(
    kind: Kind, entry: Entry, contacts: Mapping[str, ContactRow], erased: _Erased
) -> Iterator[tuple[str, str]]:
    """Faults of who is referred to; where there is none, the e-mail becomes the contact's id."""
    for column in kind.columns:
        email = entry.values.get(column.name)
        if not column.refers or email is None:
            continue
        contact = contacts.get(email)
        if email in erased.emails:
            yield column.name, _ERASED
        elif contact is None or contact.partner_id != entry.values["partner_id"]:
            yield column.name, "is no contact of this company; import the contacts first"
        else:
            entry.values[column.name] = contact.id


def _of_erased(kind: Kind, entry: Entry, erased: _Erased) -> Iterator[tuple[str, str]]:
    """Faults of whose the row is. Of two with one name the one with an e-mail is known by it."""
    if kind.name == CONTACTS:
        email = entry.values["email"]
        if email in erased.emails or placeholders.is_erased(email):
            yield "email", _ERASED
    elif (
        kind.name == CERTIFICATIONS
        and _person(entry) in erased.people
        and not entry.values.get("email")
    ):
        yield "person", _ERASED_NAME


def _person(entry: Entry) -> tuple[str, str]:
    return entry.values["partner_id"], entry.values["person"]
