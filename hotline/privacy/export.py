"""All that is kept on a person, as a zip: `data.json`, and the files they sent under `files/`.

What is told of each table stands in the inventory. A colleague's data is not in it. Notes that
staff wrote for each other are in it only if asked for: whoever hands those over has to read them
first, because they may be about somebody else.
"""

import asyncio
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.access_codes.rows import AccessCodeRow
from hotline.calls.rows import CallRow
from hotline.conversations import stored_files
from hotline.conversations.notes import ConversationNoteRow
from hotline.conversations.rows import ConversationRow, FileRow, MessageRow
from hotline.core import Hotline
from hotline.intake.rows import IntakeMessageRow
from hotline.journal import EntryRow, write_entry
from hotline.partners.record_rows import CertificationRow
from hotline.partners.rows import ContactRow, PartnerRow, PartnerSessionRow
from hotline.privacy.inventory import table_of
from hotline.privacy.person import Person
from hotline.tickets.rows import NoteRow, RatingRow, TicketRow

Json = dict[str, Any]
_OF_A_CONTACT = (
    "record.read", "record.refused", "conversation.identified", "person.exported",
    "session.began", "session.ended", "access.refused",
)  # fmt: skip


@dataclass(frozen=True)
class Export:
    """`data` as it stands in data.json; `files` are (name in the zip, sha256)."""

    data: Json
    files: tuple[tuple[str, str], ...]


async def collect(
    hotline: Hotline, person: Person, *, actor: str = "system", internal_notes: bool = False
) -> Export:
    """Everything kept on `person`, and journal that it was given out."""
    async with hotline.database.read() as session:
        conversations = await _conversations(session, hotline, person, internal_notes)
        files = list(await _rows(session, FileRow, person))
        data = {
            "exported_at": _plain(hotline, hotline.now()),
            "of": hotline.settings.vendor.name_en,
            "address": person.address,
            "contact": await _contact(session, hotline, person),
            "company": await _company(session, person),
            "conversations": conversations,
            "tickets": await _tickets(session, hotline, person, internal_notes),
            "additions": await _additions(session, hotline, person),
            "ratings": await _ratings(session, hotline, person),
            "certifications": await _told(session, hotline, CertificationRow, person),
            "sessions": await _told(session, hotline, PartnerSessionRow, person),
            "access_codes": await _told(session, hotline, AccessCodeRow, person),
            "calls": await _told(session, hotline, CallRow, person),
            "from_elsewhere": await _told(session, hotline, IntakeMessageRow, person),
            "files": [_file(hotline, row) for row in files],
            "journal": await _journal(session, hotline, person),
        }
    async with hotline.database.write() as session:
        await write_entry(
            session, hotline.now(), "person.exported", actor, contact=person.contact_id
        )
    return Export(data, tuple((_name_in_zip(row), row.sha256) for row in files))


async def write_zip(hotline: Hotline, export: Export, target: IO[bytes]) -> None:
    """The zip of `export` into `target`, which is left at its end."""
    await asyncio.to_thread(_write, hotline, export, target)


def _write(hotline: Hotline, export: Export, target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        written = json.dumps(export.data, ensure_ascii=False, indent=2)
        archive.writestr("data.json", written)
        for name, sha256 in export.files:
            path = stored_files.path_of(hotline.settings, sha256)
            if path.exists():
                archive.write(path, name)


async def _contact(session: AsyncSession, hotline: Hotline, person: Person) -> Json | None:
    if person.contact_id is None:
        return None
    return _row(hotline, await session.get_one(ContactRow, person.contact_id))


async def _company(session: AsyncSession, person: Person) -> Json | None:
    """Which one, no more: its records are the company's."""
    if person.partner_id is None:
        return None
    row = await session.get_one(PartnerRow, person.partner_id)
    return {"id": row.id, "name_zh": row.name_zh, "name_en": row.name_en}


async def _conversations(
    session: AsyncSession, hotline: Hotline, person: Person, internal_notes: bool
) -> list[Json]:
    told = []
    for row in await _rows(session, ConversationRow, person):
        shown = _row(hotline, row)
        said = await session.scalars(
            select(MessageRow).where(MessageRow.conversation_id == row.id).order_by(MessageRow.seq)
        )
        shown["messages"] = [_row(hotline, message) for message in said]
        if internal_notes:
            notes = await session.scalars(
                select(ConversationNoteRow)
                .where(ConversationNoteRow.conversation_id == row.id)
                .order_by(ConversationNoteRow.id)
            )
            shown["internal_notes"] = [_row(hotline, note) for note in notes]
        told.append(shown)
    return told


async def _tickets(
    session: AsyncSession, hotline: Hotline, person: Person, internal_notes: bool
) -> list[Json]:
    """Their own; what partners may read of the notes, and the others if asked for."""
    told = []
    for row in await _rows(session, TicketRow, person):
        shown = _row(hotline, row)
        notes = list(
            await session.scalars(
                select(NoteRow).where(NoteRow.ticket_id == row.id).order_by(NoteRow.id)
            )
        )
        shown["notes"] = [_row(hotline, note) for note in notes if not _is_internal(note)]
        if internal_notes:
            shown["internal_notes"] = [_row(hotline, note) for note in notes if _is_internal(note)]
        told.append(shown)
    return told


async def _additions(session: AsyncSession, hotline: Hotline, person: Person) -> list[Json]:
    """What they added to colleagues' tickets; nothing else of those is theirs."""
    notes = await session.execute(
        select(TicketRow.number, NoteRow)
        .join(TicketRow, TicketRow.id == NoteRow.ticket_id)
        .where(
            NoteRow.contact_id.in_(person.reach.contacts),
            NoteRow.ticket_id.not_in(person.reach.tickets),
        )
        .order_by(NoteRow.id)
    )
    return [{"ticket": number, **_row(hotline, note)} for number, note in notes]


def _is_internal(note: NoteRow) -> bool:
    """What was done is told to the partner; anything else that staff wrote is for colleagues."""
    return note.staff_id is not None and note.kind != "resolution"


async def _ratings(session: AsyncSession, hotline: Hotline, person: Person) -> list[Json]:
    numbers = dict(
        (
            await session.execute(
                select(RatingRow.id, TicketRow.number)
                .join(TicketRow, TicketRow.id == RatingRow.ticket_id)
                .where(table_of(RatingRow).meant_by(person.reach))
            )
        ).all()
    )
    rows = await _rows(session, RatingRow, person)
    return [{"ticket": numbers[row.id], **_row(hotline, row)} for row in rows]


async def _journal(session: AsyncSession, hotline: Hotline, person: Person) -> list[Json]:
    """What was done in their conversations and tickets, and who looked up what in their name."""
    about: list[ColumnElement[bool]] = [
        EntryRow.conversation_id.in_(person.reach.conversations),
        EntryRow.ticket_id.in_(person.reach.tickets),
    ]
    if person.contact_id is not None:
        of_contact = EntryRow.detail["contact"].as_integer() == person.contact_id
        about.append(and_(EntryRow.kind.in_(_OF_A_CONTACT), of_contact))
    rows = await session.scalars(select(EntryRow).where(or_(*about)).order_by(EntryRow.id))
    return [
        {
            "at": _plain(hotline, row.at),
            "kind": row.kind,
            "actor": row.actor,
            "conversation": row.conversation_id,
            "detail": row.detail,
        }
        for row in rows
    ]


async def _told(
    session: AsyncSession, hotline: Hotline, rows: type[Any], person: Person
) -> list[Json]:
    return [_row(hotline, row) for row in await _rows(session, rows, person)]


async def _rows(session: AsyncSession, rows: type[Any], person: Person) -> Sequence[Any]:
    """The person's rows of a table, oldest first as far as it knows."""
    order = getattr(rows, "created_at", rows.id)
    query = select(rows).where(table_of(rows).meant_by(person.reach)).order_by(order, rows.id)
    return list(await session.scalars(query))


def _row(hotline: Hotline, row: Any) -> Json:
    told = table_of(type(row)).told.split()
    return {column: _plain(hotline, getattr(row, column)) for column in told}


def _file(hotline: Hotline, row: FileRow) -> Json:
    is_there = stored_files.path_of(hotline.settings, row.sha256).exists()
    return {**_row(hotline, row), "in_zip": _name_in_zip(row) if is_there else None}


def _name_in_zip(row: FileRow) -> str:
    """Never out of the folder it is unpacked into."""
    name = row.name.replace("/", "_").replace("\\", "_")
    return f"files/{row.id}-{name}"


def _plain(hotline: Hotline, value: Any) -> Any:
    """As JSON has it; times in the hotline's own zone."""
    if isinstance(value, datetime):
        return value.astimezone(hotline.calendar.timezone).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
