"""Erasing a person: what is theirs goes or becomes nobody's; their tickets count on.

The order makes a broken-off erasing repeatable: first the person is masked in what others said,
then everything of theirs goes in one transaction, then what lies outside the database. Of somebody
who was erased already the last part is done again.
"""

from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, EngineSessionRow, FileRow, MessageRow
from hotline.core import Hotline
from hotline.errors import Conflict, NotFound
from hotline.journal import write_entry
from hotline.partners.rows import ContactRow
from hotline.privacy import outside, placeholders
from hotline.privacy.becomes import Erasing, note_words
from hotline.privacy.inventory import with_words
from hotline.privacy.marks import Marks
from hotline.privacy.person import Person, find_contact, find_visitor, is_contact
from hotline.privacy.treating import Masked, count, mask, treat
from hotline.tickets.rows import NoteRow, TicketRow

# An addition to a ticket is the message that made it; the turn between them takes seconds.
_SAME_TURN = timedelta(minutes=15)
_WORDS = 4  # fewer characters stand in any note
_PARTNERS_NOTES = ("addition", "reopened", "escalation", "correction")


@dataclass(frozen=True)
class Erased:
    """What was erased, in numbers; `complete` is false if a database file could not be emptied.

    Of somebody who was erased `already` only what lies outside the database is swept once more.
    """

    contact: int | None
    dry_run: bool
    rows: dict[str, int]
    masked: int
    open_tickets: tuple[str, ...]
    files: int = 0
    engine_events: int = 0
    mails: int = 0
    complete: bool = True
    already: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


async def erase_contact(
    hotline: Hotline, email: str, *, also_open: bool = False, dry_run: bool = False
) -> Erased:
    """Erase the contact with this e-mail.

    Conflict, naming them, while tickets of theirs are open, unless `also_open`: then their words
    go as well, and the company keeps the tickets. NotFound for an e-mail that is no contact's.
    """
    async with hotline.database.read() as session:
        person = None
        if await is_contact(session, email):
            person = await find_contact(session, email)
        elif not await placeholders.was_erased(hotline, session, email):
            raise NotFound(f"no contact has the e-mail {email}")
    if person is not None:
        return await _erase(hotline, person, also_open=also_open, dry_run=dry_run)
    return await _finished(hotline, email, dry_run=dry_run)


async def erase_visitor(
    hotline: Hotline, address: str, *, also_open: bool = False, dry_run: bool = False
) -> Erased:
    """Erase whoever proved this address, or left it in a ticket, and is nobody's contact."""
    async with hotline.database.read() as session:
        try:
            person = await find_visitor(session, address)
        except NotFound:
            if not await placeholders.was_visitor_erased(hotline, session, address):
                raise
            person = None
    if person is None:
        return await _finished(hotline, address, dry_run=dry_run)
    return await _erase(hotline, person, also_open=also_open, dry_run=dry_run)


async def _erase(hotline: Hotline, person: Person, *, also_open: bool, dry_run: bool) -> Erased:
    if person.open_tickets and not also_open and not dry_run:
        raise Conflict(
            f"still open: {', '.join(person.open_tickets)}; settle them first, or erase their "
            "words as well with --also-open",
            tickets=list(person.open_tickets),
        )
    masked = await mask(hotline, person.marks, person.colleagues, person.reach, dry_run=dry_run)
    masked += await _mask_quotations(hotline, person, dry_run=dry_run)
    if dry_run:
        async with hotline.database.read() as session:
            rows, hashes = await count(session, person.reach), await _hashes(session, person)
        return Erased(
            person.contact_id, True, dict(rows), masked.rows, person.open_tickets, len(hashes)
        )
    rows, hashes = await _erase_rows(hotline, person, masked)
    erased = Erased(person.contact_id, False, dict(rows), masked.rows, person.open_tickets)
    return await _outside(hotline, erased, person.marks, hashes)


async def _erase_rows(
    hotline: Hotline, person: Person, masked: Masked
) -> tuple[Counter[str], set[str]]:
    """All that is theirs, in one transaction with its entry in the journal."""
    now, reach = hotline.now(), person.reach
    erasing = Erasing(hotline, person.marks, person.address)
    async with hotline.database.write() as session:
        hashes = await _hashes(session, person)
        additions = await _erase_additions(session, erasing, person)
        # Nobody answers there, and nobody waits for an answer.
        await session.execute(
            update(ConversationRow)
            .where(ConversationRow.id.in_(reach.conversations))
            .values(holder="nobody", staff_id=None, held_since=now, engine_sender=None)
        )
        await session.execute(
            update(TicketRow).where(TicketRow.id.in_(reach.tickets)).values(conversation_id=None)
        )
        # The engine has heard the colleagues' words, too: their next turn begins anew.
        await session.execute(
            delete(EngineSessionRow).where(
                EngineSessionRow.conversation_id.in_(masked.conversations)
            )
        )
        rows = await treat(session, erasing, reach)
        rows["ticket_notes"] += additions
        if person.contact_id is not None:
            contact = await session.get_one(ContactRow, person.contact_id)
            contact.erased_at = now
        await write_entry(
            session,
            now,
            "person.erased",
            "system",
            contact=person.contact_id,
            tickets=rows["tickets"],
            conversations=rows["conversations"],
            masked=masked.rows,
        )
        for ticket_id in sorted(reach.tickets):  # type: ignore[arg-type]  # ids, not a query
            await write_entry(session, now, "ticket.erased", "system", ticket_id=ticket_id)
    return +rows, hashes


async def _outside(
    hotline: Hotline, erased: Erased, marks: Marks, hashes: set[str] | None
) -> Erased:
    files = await outside.sweep_files(hotline, hashes)
    events = await outside.sweep_engine(hotline, compact=True)
    mails = await outside.sweep_mail(hotline, marks=marks)
    complete = await outside.compact_database(hotline, with_words())
    return replace(erased, files=files, engine_events=events, mails=mails, complete=complete)


async def _finished(hotline: Hotline, email: str, *, dry_run: bool) -> Erased:
    """Once more what lies outside, for somebody whose rows are gone."""
    erased = Erased(None, dry_run, {}, 0, (), already=True)
    if dry_run:
        return erased
    marks = Marks(emails=frozenset((email.strip().lower(),)))
    return await _outside(hotline, erased, marks, None)


async def _hashes(session: AsyncSession, person: Person) -> set[str]:
    conversations = FileRow.conversation_id.in_(person.reach.conversations)
    return set(await session.scalars(select(FileRow.sha256).where(conversations)))


async def _erase_additions(session: AsyncSession, erasing: Erasing, person: Person) -> int:
    """What they added to colleagues' tickets before a note said whose it is: it repeats what its
    author had said a moment before."""
    if person.partner_id is None:
        return 0
    notes = list(
        await session.scalars(
            select(NoteRow)
            .join(TicketRow, TicketRow.id == NoteRow.ticket_id)
            .where(
                TicketRow.partner_id == person.partner_id,
                TicketRow.id.not_in(person.reach.tickets),
                NoteRow.staff_id.is_(None),
                NoteRow.contact_id.is_(None),
                NoteRow.kind.in_(_PARTNERS_NOTES),
                NoteRow.text != "",
            )
        )
    )
    found = 0
    for note in notes:
        said = await session.scalars(
            select(MessageRow.text).where(
                MessageRow.conversation_id.in_(person.reach.conversations),
                MessageRow.sender == "partner",
                MessageRow.created_at.between(note.created_at - _SAME_TURN, note.created_at),
            )
        )
        if any(_repeats(note.text, text) for text in said):
            note.text = note_words(erasing, note, note.text)
            found += 1
    await session.flush()
    return found


def _repeats(note: str, said: str) -> bool:
    return note in said or (len(said) >= _WORDS and said in note)


async def _mask_quotations(hotline: Hotline, person: Person, *, dry_run: bool) -> Masked:
    """What the assistant showed colleagues of the person's tickets: subject and description."""
    async with hotline.database.read() as session:
        tickets = list(
            await session.scalars(select(TicketRow).where(TicketRow.id.in_(person.reach.tickets)))
        )
    quoted = Masked(0, frozenset())
    for ticket in tickets:
        phrases = Marks(phrases=frozenset(filter(None, (ticket.subject, ticket.description))))
        unit = hotline.database.read if dry_run else hotline.database.write
        async with unit() as session:
            shown = list(await session.scalars(select(MessageRow).where(*_shows(ticket, person))))
            for row in shown:
                if not dry_run:
                    row.text, row.card = phrases.masked(row.text), phrases.masked(row.card)
                    row.buttons = phrases.masked(row.buttons)
        quoted += Masked(len(shown), frozenset(row.conversation_id for row in shown))
    return quoted


def _shows(ticket: TicketRow, person: Person) -> tuple[ColumnElement[bool], ...]:
    """The assistant's messages elsewhere that name the ticket by its number."""
    number = f"%{ticket.number}%"
    said = (MessageRow.text, cast(MessageRow.card, Text), cast(MessageRow.buttons, Text))
    return (
        MessageRow.sender != "partner",
        MessageRow.conversation_id.not_in(person.reach.conversations),
        or_(*(words.like(number) for words in said)),
    )
