"""What of a ticket is searched: its number, who asks and for whom, what was said on it.

Said are the partner's words and those of staff, with notes and what was written down of
recordings; the assistant's are the same on every ticket and would find them all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import FileRow, MessageRow
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.search.words import words_of, words_of_names, words_of_number
from hotline.tickets.rows import NoteRow, TicketRow

SAID_BY = ("partner", "staff")
_NUMBERS = ("phone", "tax_id")
_LONGEST_NAME = 120  # what is longer is a description, whatever fact it was given as


@dataclass
class _Texts:
    names: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def found_by(self) -> set[str]:
        found = words_of(self.words) | words_of_names(self.names)
        for number in self.numbers:
            found |= words_of_number(number)
        return found - {""}


async def words_by_ticket(session: AsyncSession, ids: Collection[int]) -> dict[int, set[str]]:
    """All words of each of these tickets, as they are now."""
    texts: dict[int, _Texts] = {}
    by_conversation: dict[str, list[int]] = defaultdict(list)
    for row in await session.execute(_tickets(ids)):
        texts[row.id] = _of_ticket(row)
        if row.conversation_id is not None:
            by_conversation[row.conversation_id].append(row.id)
    for conversation_id, text in await session.execute(_said_in(by_conversation)):
        for ticket_id in by_conversation[conversation_id]:
            texts[ticket_id].words.append(text)
    notes = select(NoteRow.ticket_id, NoteRow.text).where(NoteRow.ticket_id.in_(ids))
    for ticket_id, text in await session.execute(notes):
        texts[ticket_id].words.append(text)
    spoken = select(FileRow.ticket_id, FileRow.words).where(
        FileRow.ticket_id.in_(ids), FileRow.words.is_not(None)
    )
    for of_ticket, written in await session.execute(spoken):
        if of_ticket is not None and written:
            texts[of_ticket].words.append(written)
    return {ticket_id: texts[ticket_id].found_by() for ticket_id in texts}


def words_of_company(names: Iterable[str]) -> set[str]:
    return words_of_names(names)


def _tickets(ids: Collection[int]) -> Any:
    return (
        select(
            TicketRow.id,
            TicketRow.number,
            TicketRow.conversation_id,
            TicketRow.subject,
            TicketRow.description,
            TicketRow.resolution,
            TicketRow.facts,
            ContactRow.name,
            ContactRow.email,
            ContactRow.phone,
            PartnerRow.name_zh,
            PartnerRow.name_en,
        )
        .outerjoin(ContactRow, ContactRow.id == TicketRow.contact_id)
        .outerjoin(PartnerRow, PartnerRow.id == TicketRow.partner_id)
        .where(TicketRow.id.in_(ids))
    )


def _said_in(conversations: Collection[str]) -> Any:
    return select(MessageRow.conversation_id, MessageRow.text).where(
        MessageRow.conversation_id.in_(list(conversations)),
        MessageRow.sender.in_(SAID_BY),
        MessageRow.text != "",
    )


def _of_ticket(row: Any) -> _Texts:
    texts = _Texts(
        names=[text for text in (row.name, row.email, row.name_zh, row.name_en) if text],
        numbers=[text for text in (row.number, row.phone) if text],
        words=[text for text in (row.subject, row.description, row.resolution) if text],
    )
    for kind, known in row.facts.items():
        value = str(known.get("value") or "")
        if kind in _NUMBERS:
            texts.numbers.append(value)
        else:
            (texts.names if len(value) <= _LONGEST_NAME else texts.words).append(value)
    return texts
