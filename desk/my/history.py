"""A ticket's history as its partner may read it: what was said, added and done; nothing internal.

Of a colleague's ticket it is what belongs to the ticket itself: their chat is theirs.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.stretches import Stretch, stretch_of
from desk.my.reader import Reader, ticket_url
from hotline import journal
from hotline.conversations import messages
from hotline.conversations.messages import File, Message
from hotline.journal import Entry
from hotline.staff import service as staff_service
from hotline.staff.service import Staff
from hotline.tickets import history, queries
from hotline.tickets.promises import read_time
from hotline.tickets.rows import NoteRow
from hotline.tickets.talks import own_talk
from hotline.tickets.ticket import Ticket

Kind = Literal["own", "assistant", "staff", "system", "event"]
_KINDS: dict[str, Kind] = {
    "partner": "own",
    "bot": "assistant",
    "staff": "staff",
    "system": "system",
}
_TOLD_MOVES = (
    "wait_partner", "wait_other", "resume", "resolve", "confirm", "close", "lapse", "reopen",
)  # fmt: skip
_MEGABYTE, _KILOBYTE = 1024 * 1024, 1024


@dataclass(frozen=True, slots=True)
class FileLink:
    name: str
    url: str
    size_words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said or done; `detail` stands small beside the name."""

    id: str
    kind: Kind
    name: str
    text: str
    at_words: str
    at_iso: str
    lang: str = ""
    detail: str = ""
    file: FileLink | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Oldest first. `before` leads to what was said earlier; `is_whole` is false for a colleague's
    ticket, whose chat only its owner reads."""

    items: tuple[Item, ...]
    files: tuple[FileLink, ...]
    before: int | None
    is_newest: bool
    is_whole: bool


async def history_of(
    reader: Reader, session: AsyncSession, ticket: Ticket, before: int | None
) -> History:
    talk = await own_talk(session, reader.contact, ticket)
    notes = [note for note in await queries.notes_of(session, ticket.id) if _is_theirs(note)]
    entries = await journal.entries_of_ticket(session, ticket.id)
    staff = {member.id: member for member in await staff_service.all_staff(session, also_left=True)}
    attached = await history.files_of(session, ticket, notes)
    if talk is not None:
        said = await stretch_of(session, talk.id, before)
    else:
        said = Stretch(tuple(await history.staff_words(session, ticket, entries)))
    items = [_message(reader, ticket, message) for message in said.messages]
    for note in notes:
        if said.has(note.created_at) and not _is_said_there(note, said):
            items.append(_note(reader, ticket, note, attached.get(note.id)))
    for entry in entries:
        words = _event(reader, ticket, entry, staff)
        if words and said.has(entry.at):
            items.append(_item(reader, f"e{entry.id}", "event", "", words, entry.at))
    files = {file.id: _link(reader, ticket, file) for file in attached.values()}
    files |= {m.file.id: _link(reader, ticket, m.file) for m in said.messages if m.file}
    return History(
        tuple(sorted(items, key=lambda item: (item.at_iso, item.kind == "event"))),
        tuple(files.values()),
        said.before if talk is not None else None,
        said.is_newest,
        talk is not None,
    )


async def may_download(
    reader: Reader, session: AsyncSession, ticket: Ticket, file_id: str
) -> File | None:
    """The file, if it is among those that the ticket's page links to."""
    notes = await queries.notes_of(session, ticket.id)
    for file in (await history.files_of(session, ticket, notes)).values():
        if file.id == file_id:
            return file
    talk = await own_talk(session, reader.contact, ticket)
    return await messages.file_of(session, talk.id, file_id) if talk else None


def _is_theirs(note: NoteRow) -> bool:
    """What partners wrote, and what staff reported as done; no other word of staff."""
    return note.staff_id is None or note.kind == "resolution"


def _is_said_there(note: NoteRow, said: Stretch) -> bool:
    """Whether it stands among the messages already."""
    sender = "partner" if note.staff_id is None else "bot"
    return any(
        note.text in message.text or (message.file and message.file.name == note.text)
        for message in said.messages
        if message.sender == sender
    )


def _message(reader: Reader, ticket: Ticket, message: Message) -> Item:
    names = {
        "partner": reader.t("history.you"),
        "bot": reader.t("history.assistant"),
        "staff": _name(reader, message.staff_name, message.staff_name_en),
        "system": "",
    }
    return _item(
        reader,
        f"m{message.seq}",
        _KINDS[message.sender],
        names[message.sender],
        message.text,
        message.at,
        lang=message.language,
        file=_link(reader, ticket, message.file) if message.file else None,
    )


def _note(reader: Reader, ticket: Ticket, note: NoteRow, file: File | None) -> Item:
    link = _link(reader, ticket, file) if file else None
    if note.staff is not None:
        name = _name(reader, note.staff.name, note.staff.name_en)
        detail = reader.t("history.resolution")
        return _item(
            reader, f"n{note.id}", "staff", name, note.text, note.created_at, detail=detail
        )
    return _item(
        reader,
        f"n{note.id}",
        "own",
        _author(reader, note),
        "" if link else note.text,
        note.created_at,
        detail=reader.t(f"history.{note.kind}"),
        file=link,
    )


def _author(reader: Reader, note: NoteRow) -> str:
    """You, a colleague by name, or the company where it was not noted who."""
    if note.contact is None:
        return reader.t("history.company")
    is_own = note.contact_id == reader.contact.id
    return reader.t("history.you") if is_own else note.contact.name


def _item(
    reader: Reader,
    id: str,
    kind: Kind,
    name: str,
    text: str,
    at: datetime,
    *,
    lang: str = "",
    detail: str = "",
    file: FileLink | None = None,
) -> Item:
    return Item(id, kind, name, text, reader.at(at), reader.iso(at), lang, detail, file)


def _link(reader: Reader, ticket: Ticket, file: File) -> FileLink:
    size = file.size_bytes
    words = (
        f"{size / _MEGABYTE:.1f} MB"
        if size >= _MEGABYTE
        else f"{max(1, round(size / _KILOBYTE))} KB"
    )
    return FileLink(file.name, f"{ticket_url(ticket.number)}/files/{file.id}", words)


def _event(reader: Reader, ticket: Ticket, entry: Entry, staff: dict[int, Staff]) -> str:
    """What was done, in a line; "" for what stands there as a message, or is for staff alone."""
    kind, move = entry.kind, entry.detail.get("move")
    actor, _, number = entry.actor.partition(":")
    member = staff.get(int(number)) if actor == "staff" else None
    who = member.called(reader.language) if member else reader.t("history.company")
    match kind:
        case "ticket.opened":
            return reader.t("event.opened", at=reader.at(read_time(entry.detail["due"])))
        case "ticket.claimed" | "ticket.taken_over":
            return reader.t("event.taken", name=who)
        case "ticket.amended" if entry.detail["fact"] == "assignee":
            to = staff.get(int(entry.detail["to"] or 0))
            return reader.t("event.taken", name=to.called(reader.language)) if to else ""
        case "ticket.escalated":
            lead = staff.get(int(entry.detail["lead"] or 0))
            if lead is None:
                return reader.t("event.escalated_to_nobody")
            return reader.t("event.escalated", lead=lead.called(reader.language))
        case "ticket.complained":
            lead = staff.get(int(entry.detail["lead"] or 0))
            if lead is None:
                return reader.t("event.complained_to_nobody")
            return reader.t("event.complained", lead=lead.called(reader.language))
        case "ticket.promise_moved":
            due = reader.at(read_time(entry.detail["due"]))
            return reader.t(f"event.moved.{entry.detail['promise']}", at=due)
        case "ticket.at_risk" if "said" in entry.detail:
            return reader.t("event.at_risk", at=reader.at(read_time(entry.detail["due"])))
        case "ticket.corrected":
            fact = reader.hotline.words.fact(entry.detail["fact"], reader.language)
            return reader.t("event.corrected", fact=fact)
        case "ticket.rated":
            return reader.t("event.rated", n=entry.detail["score"])
        case "ticket.follows":
            return reader.t("event.follows", number=ticket.follows or "")
        case "ticket.merged" | "ticket.unmerged":
            return reader.t(f"event.{kind.removeprefix('ticket.')}")
        case "ticket.reminded":
            return reader.t(f"event.reminded_{entry.detail['step']}")
        case "ticket.moved" if move in _TOLD_MOVES:
            return reader.t(f"event.{move}", name=who)
    return ""


def _name(reader: Reader, name: str | None, name_en: str | None) -> str:
    return (name_en if reader.language == "en" else name) or name or ""
