"""The index follows what is written, in the same transaction, whoever writes it.

A unit of work that writes is watched: which tickets, messages and notes it adds or changes through
the session, and which names. At its end, before the commit, their words are made anew. What is
written past the session (rows inserted or deleted by one statement) is told to `index` by whoever
does that.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import FileRow, MessageRow
from hotline.database import Base
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.search.index import add_company_words, add_words, index_again, lock
from hotline.search.texts import SAID_BY, words_of_company
from hotline.search.words import words_of
from hotline.tickets.rows import NoteRow, TicketRow

# The columns that are searched; of everything else a change is none of ours.
_SEARCHED: dict[type[Base], tuple[str, ...]] = {
    TicketRow: (
        *("number", "subject", "description", "resolution", "facts"),
        *("contact_id", "partner_id", "conversation_id"),
    ),
    MessageRow: ("text",),
    NoteRow: ("text",),
    FileRow: ("words", "ticket_id"),
    ContactRow: ("name", "email", "phone"),
    PartnerRow: ("name_zh", "name_en"),
}


def watch(session: AsyncSession) -> Callable[[], Awaitable[None]]:
    """Note what the session writes from now on; awaiting what comes back brings the index after."""
    changes = _Changes()
    event.listen(session.sync_session, "after_flush", changes.note)

    async def settle() -> None:
        await session.flush()
        await changes.settle(session)

    return settle


class _Changes:
    def __init__(self) -> None:
        self._tickets: set[int] = set()
        self._conversations: set[str] = set()
        self._contacts: set[int] = set()
        self._companies: dict[str, tuple[str, str]] = {}
        self._said: list[tuple[str, str]] = []
        self._noted: list[tuple[int, str]] = []

    def note(self, session: Any, _flushing: object) -> None:
        for row in session.new:
            self._added(row)
        for row in session.dirty:
            if _is_changed(row):
                self._changed(row)
        for row in session.deleted:
            if isinstance(row, MessageRow | NoteRow):
                self._changed(row)

    def _added(self, row: Base) -> None:
        if isinstance(row, TicketRow):
            self._tickets.add(row.id)
        elif isinstance(row, NoteRow):
            self._noted.append((row.ticket_id, row.text))
        elif isinstance(row, MessageRow) and row.sender in SAID_BY and row.text:
            self._said.append((row.conversation_id, row.text))

    def _changed(self, row: Base) -> None:
        if isinstance(row, TicketRow):
            self._tickets.add(row.id)
        elif isinstance(row, NoteRow):
            self._tickets.add(row.ticket_id)
        elif isinstance(row, FileRow):
            self._tickets.update(one for one in (row.ticket_id,) if one is not None)
        elif isinstance(row, MessageRow):
            self._conversations.add(row.conversation_id)
        elif isinstance(row, ContactRow):
            self._contacts.add(row.id)
        elif isinstance(row, PartnerRow):
            self._companies[row.id] = (row.name_zh, row.name_en)

    async def settle(self, session: AsyncSession) -> None:
        again = self._tickets | await self._of_changed(session)
        more: dict[int, set[str]] = {}
        for ticket_id, text in self._noted:
            more.setdefault(ticket_id, set()).update(words_of((text,)))
        for conversation_id, text in self._said:
            for ticket_id in await session.scalars(_of_conversations({conversation_id})):
                more.setdefault(ticket_id, set()).update(words_of((text,)))
        await lock(session, again | more.keys())
        await index_again(session, again)
        for ticket_id in sorted(more.keys() - again):
            await add_words(session, [ticket_id], more[ticket_id])
        for partner_id, names in sorted(self._companies.items()):
            await add_company_words(session, partner_id, words_of_company(names))

    async def _of_changed(self, session: AsyncSession) -> set[int]:
        found: set[int] = set()
        if self._conversations:
            found.update(await session.scalars(_of_conversations(self._conversations)))
        if self._contacts:
            of_contacts = select(TicketRow.id).where(TicketRow.contact_id.in_(self._contacts))
            found.update(await session.scalars(of_contacts))
        return found


def _of_conversations(ids: set[str]) -> Any:
    return select(TicketRow.id).where(TicketRow.conversation_id.in_(ids))


def _is_changed(row: Base) -> bool:
    columns = _SEARCHED.get(type(row), ())
    attributes = inspect(row).attrs
    return any(attributes[column].history.has_changes() for column in columns)
