"""A person with something of everything kept on them, and a search for what is left."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import MetaData, select

from hotline.access_codes.rows import AccessCodeRow
from hotline.conversations import notes as live_notes
from hotline.conversations.messages import File
from hotline.conversations.rows import ConversationRow, EngineSessionRow
from hotline.conversations.service import Conversation, start
from hotline.conversations.stored_files import path_of
from hotline.conversations.turns import Incoming, begin, receive
from hotline.core import Hotline
from hotline.journal import write_entry
from hotline.notices import mail
from hotline.partners.record_rows import CertificationRow
from hotline.partners.rows import PartnerSessionRow
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, ratings
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket

# Said by nobody else, so whatever is found of them is left over.
PLATYPUS, MACHINE, RATED, ADDED = (
    "鴨嘴獸機房在漏水",
    "水豚主機開不了機",
    "樹懶一樣慢",
    "犰狳室的門鎖",
)
BYTES = b"aardvark in the server room"
_EVENTS = (
    "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255), type_name VARCHAR(255),"
    " timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"
)


@dataclass(frozen=True)
class Story:
    conversation: str
    ticket: Ticket
    file: File

    @property
    def words(self) -> tuple[str, ...]:
        return PLATYPUS, MACHINE, RATED, ADDED, "aardvark"


async def kept_on(
    hotline: Hotline, contact: Contact, staff: Staff, *, closed: bool = True
) -> Story:
    """A conversation, a ticket, a file, a rating, codes, a session, a certificate, mail."""
    conversation, _greeting = await start(hotline, contact)
    file = await upload(hotline, conversation.id, BYTES, "aardvark.txt")
    await hears(hotline, conversation.id, PLATYPUS)
    request = NewTicket(
        f"story:{contact.id}",
        "technical_hardware",
        MACHINE,
        2,
        severity_words=("水豚",),
        facts={
            "contact": {"value": contact.name, "status": "known"},
            "phone": {"value": contact.phone or "", "status": "known"},
            "serial": {"value": "78A1234", "status": "known"},
            "product": {"value": "水豚主機", "status": "known"},
        },
    )
    ticket = await open_ticket(hotline, conversation.id, request)
    await answers.add(hotline, conversation.id, ticket.number, ADDED)
    await handling.claim(hotline, staff, ticket.number)
    await handling.note(hotline, staff, ticket.number, f"{contact.name} 急著要，{PLATYPUS}")
    await live_notes.note(hotline, staff, conversation.id, f"找 {contact.name}")
    if closed:
        done = f"已換電源，並告知{contact.name}"
        await handling.set_state(hotline, staff, ticket.number, "resolved", text=done)
        ticket = await answers.confirm_solved(hotline, conversation.id, ticket.number)
        await ratings.rate(hotline, conversation.id, ticket.number, 2, RATED)
    await _rows_beside(hotline, contact, conversation)
    letter = mail.Letter(contact.email, "code", "123456")
    await mail.send(hotline.settings, letter, hotline.now())
    return Story(conversation.id, ticket, file)


async def _rows_beside(hotline: Hotline, contact: Contact, conversation: Conversation) -> None:
    now = hotline.now()
    async with hotline.database.write() as session:
        row = await session.get_one(ConversationRow, conversation.id)
        row.asking = {"kind": "next", "wishes": [{"text": PLATYPUS}]}
        session.add_all(
            (
                AccessCodeRow(
                    conversation_id=conversation.id,
                    email=contact.email,
                    caller="c",
                    code_hash="h",
                    sent_at=now,
                ),
                PartnerSessionRow(
                    id=f"s{contact.id}",
                    contact_id=contact.id,
                    how="code",
                    browser="Chrome, Windows",
                    began_at=now,
                    seen_at=now,
                    ends_at=now + timedelta(hours=12),
                ),
                CertificationRow(
                    partner_id=contact.partner_id,
                    person=contact.name,
                    title="Power 專業",
                    until=date(2027, 1, 1),
                    as_of=date(2026, 11, 1),
                    source="test",
                ),
            )
        )
        await write_entry(session, now, "record.read", "partner", contact=contact.id, record="fund")


async def upload(hotline: Hotline, conversation_id: str, content: bytes, name: str) -> File:
    """A file with its bytes in place, in a message of its own."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(hotline.settings, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    # The same content twice is two rows.
    made = hashlib.sha256(f"{conversation_id}{name}".encode()).hexdigest()[:32]
    file = File(made, name, "text/plain", len(content), sha256)
    await receive(hotline, conversation_id, Incoming(f"f-{made[:8]}", "", None, file))
    return file


async def hears(hotline: Hotline, conversation_id: str, text: str) -> str:
    """The partner says it and the engine's double keeps it, as Rasa does; the engine's sender."""
    client_id = hashlib.sha256(f"{conversation_id}{text}".encode()).hexdigest()[:36]
    received = await receive(hotline, conversation_id, Incoming(client_id, text))
    turn = await begin(hotline, conversation_id, received.message)
    with closing(sqlite3.connect(tracker_of(hotline), isolation_level=None)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            database.execute("PRAGMA journal_mode=WAL")
            database.execute(_EVENTS)
        database.execute(
            "INSERT INTO events (sender_id, type_name, data) VALUES (?, 'user', ?)",
            (turn.sender_id, json.dumps({"event": "user", "text": text})),
        )
    return turn.sender_id


def tracker_of(hotline: Hotline) -> Path:
    return hotline.settings.var_dir / "tracker.db"


def senders_kept(hotline: Hotline) -> set[str]:
    with closing(sqlite3.connect(tracker_of(hotline))) as database:
        return {sender for (sender,) in database.execute("SELECT sender_id FROM events")}


async def sessions_kept(hotline: Hotline) -> set[str]:
    async with hotline.database.read() as session:
        return set(await session.scalars(select(EngineSessionRow.sender_id)))


async def left_in_database(hotline: Hotline, *words: str) -> list[str]:
    """The tables and columns, as the database itself tells them, that still have one of `words`."""
    metadata = MetaData()
    async with hotline.database.engine.connect() as connection:
        await connection.run_sync(metadata.reflect)
    found = []
    async with hotline.database.read() as session:
        for table in metadata.sorted_tables:
            for row in (await session.execute(select(table))).mappings():
                found += [
                    f"{table.name}.{column}: {word}"
                    for column, value in row.items()
                    for word in words
                    if word.lower() in str(value).lower()
                ]
    return found


def left_in_files(folder: Path, *words: str) -> list[str]:
    """The files below `folder` with one of `words` in them, as text or as JSON escapes it."""
    found = []
    for file in sorted(it for it in folder.rglob("*") if it.is_file()):
        content = file.read_bytes().lower()
        for word in words:
            escaped = json.dumps(word)[1:-1]
            ways = (word.encode(), escaped.encode(), word.encode("utf-16-le"))
            if any(way.lower() in content for way in ways):
                found.append(f"{file.relative_to(folder)}: {word}")
    return found
