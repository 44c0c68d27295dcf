"""Filling a database with very many tickets, quickly: invented, and past the services.

What is said is drawn from a few hundred sentences, so that the words of each are found once and not
a million times. Some tickets are checked against what the index itself makes of them.
"""

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import asyncpg
from sqlalchemy import func, make_url, select, text

from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.core import Hotline
from hotline.database import insert_many
from hotline.journal import EntryRow
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.search.texts import words_by_ticket
from hotline.search.words import words_of, words_of_names, words_of_number
from hotline.staff.rows import StaffRow
from hotline.tickets.promises import FIRST, FIX
from hotline.tickets.rows import TicketRow
from wording import ticket_number

BATCH = 2_000
COMPANIES, CONTACTS = 300, 3
OPEN_OF = 10  # one in so many is open
MESSAGES = 6

_PARTS = [
    "主機板",
    "風扇",
    "電源",
    "控制器",
    "硬碟",
    "記憶體",
    "網路卡",
    "背板",
    "光纖",
    "磁帶機",
    "韌體",
    "授權",
]
_TROUBLES = ["壞了", "有異音", "亮黃燈", "讀不到", "開不了機", "斷線", "溫度過高", "一直重開"]
_WISHES = ["請報價", "要報價單", "幫忙查合約", "想換料件", "請安排工程師", "要延長保固"]
_ENGLISH = [
    "firmware update failed",
    "please quote two drives",
    "the fan is loud",
    "disk is degraded",
]
_RARE = ("冷門的詞在這裡", "凡例見附件")
_SURNAMES, _NAMES = "陳林黃張李王吳劉蔡楊", "怡君家豪志明淑芬俊傑雅婷建宏美玲"
_FIRMS = ["旭昇", "恆遠", "宏展", "立群", "永信", "冠宇", "嘉禾", "新穎", "長泰", "和碩"]
_TRADES = ["資訊", "科技", "系統", "電子", "數位", "整合"]
_ENGLISH_FIRMS = [
    "Apex",
    "Borealis",
    "Cobalt",
    "Dynamo",
    "Everest",
    "Fjord",
    "Granite",
    "Horizon",
    "Indigo",
    "Juniper",
]


@dataclass
class Filled:
    """What was made, to ask for."""

    tickets: int = 0
    words: int = 0
    open_ids: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    serials: list[str] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Person:
    id: int
    partner_id: str
    words: frozenset[str]


async def fill(hotline: Hotline, tickets: int, until: float) -> Filled:
    """Make so many tickets, or as many as there is time for `until` then, by `perf_counter`."""
    filled = Filled()
    async with hotline.database.read() as session:
        first = (await session.scalar(select(func.max(TicketRow.id))) or 0) + 1
        staff = list(await session.scalars(select(StaffRow.id)))
    people = await _add_people(hotline, filled)
    async with _words(hotline) as words:
        for start in range(first, first + tickets, BATCH):
            if time.perf_counter() > until:
                break
            ids = range(start, min(start + BATCH, first + tickets))
            await words.add(await _add_batch(hotline, filled, ids, people, staff))
        filled.words = await words.finish()
    await _check(hotline, filled)
    return filled


async def _add_people(hotline: Hotline, filled: Filled) -> list[_Person]:
    firms, contacts, people = [], [], []
    for n, (firm, trade) in zip(
        range(COMPANIES), itertools.cycle(itertools.product(_FIRMS, _TRADES)), strict=False
    ):
        name = f"{firm}{trade}{n // 60 + 1}廠"
        english = f"{_ENGLISH_FIRMS[n % 10]} {n}"
        filled.companies.append(name)
        firms.append(
            {
                "id": f"B-{n:04d}", "name_zh": name, "name_en": english, "tax_id": None,
                "types": ["reseller"], "tier": ("gold", "silver", "standard")[n % 3],
                "region": "north", "territory": None, "status": "active",
                "as_of": hotline.today(), "source": "bench",
            }
        )  # fmt: skip
        for m in range(CONTACTS):
            k = n * CONTACTS + m
            called = _SURNAMES[k % 10] + _NAMES[(k * 2) % 16] + _NAMES[(k * 2 + 1) % 16]
            email, phone = f"p{k}@b{n:04d}.example", f"0990-{k // 1000:03d}-{k % 1000:03d}"
            contacts.append(
                {
                    "id": 10_000 + k, "partner_id": f"B-{n:04d}", "name": called, "email": email,
                    "phone": phone, "language": "zh-TW", "roles": ["technical"], "erased_at": None,
                }
            )  # fmt: skip
            words = words_of_names((called, email, name, english)) | words_of_number(phone)
            people.append(_Person(10_000 + k, f"B-{n:04d}", frozenset(words)))
    async with hotline.database.write() as session:
        await insert_many(session, PartnerRow, firms)
        await insert_many(session, ContactRow, contacts)
    return people


async def _add_batch(
    hotline: Hotline, filled: Filled, ids: range, people: list[_Person], staff: list[int]
) -> list[tuple[str, int]]:
    """The batch's words, by ticket."""
    now = hotline.now()
    talks, tickets, messages, entries, words = [], [], [], [], []
    for ticket_id in ids:
        chance = Random(ticket_id)
        person = chance.choice(people)
        is_open = chance.randrange(OPEN_OF) == 0
        at = now - timedelta(minutes=chance.randrange(60, 4_000 if is_open else 500_000))
        number, serial = ticket_number.write(27, ticket_id), f"78{ticket_id:06X}"
        customer = f"{chance.choice(_FIRMS)}{chance.choice(_TRADES)}"
        said = [_sentence(chance) for _ in range(MESSAGES)]
        talk = f"b{ticket_id:031d}"
        talks.append(_talk(talk, person, at))
        ticket = _ticket(ticket_id, number, talk, person, said[0], at, chance, is_open, staff)
        ticket["facts"] = {
            "serial": {"value": serial, "status": "known"},
            "customer": {"value": customer, "status": "known"},
        }
        tickets.append(ticket)
        messages += [_message(talk, seq, line, at, staff) for seq, line in enumerate(said, 1)]
        entries.append(
            {
                "at": at, "kind": "ticket.opened", "actor": "bot", "conversation_id": talk,
                "ticket_id": ticket_id,
                "detail": {"severity": ticket["severity"], "due": at.isoformat()},
            }
        )  # fmt: skip
        own = (
            set(person.words)
            | words_of_number(number)
            | _names(customer)
            | words_of_names((serial,))
        )
        own = own.union(*map(_said, said))
        words += [(word, ticket_id) for word in own]
        filled.tickets += 1
        if is_open:
            filled.open_ids.append(ticket_id)
        if chance.randrange(200) == 0 or len(filled.numbers) < 20:
            filled.numbers.append(number)
            filled.serials.append(serial)
    async with hotline.database.write() as session:
        for table, rows in (
            (ConversationRow, talks), (TicketRow, tickets),
            (MessageRow, messages), (EntryRow, entries),
        ):  # fmt: skip
            await insert_many(session, table, rows)
    return words


def _sentence(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.002:
        return chance.choice(_RARE)
    if kind < 0.1:
        return chance.choice(_ENGLISH)
    if kind < 0.3:
        return f"客戶{chance.choice(_WISHES)}，麻煩您"
    return f"{chance.choice(_PARTS)}{chance.choice(_TROUBLES)}，主機在{chance.choice(_FIRMS)}"


@cache
def _said(sentence: str) -> frozenset[str]:
    return frozenset(words_of((sentence,)))


@cache
def _names(name: str) -> set[str]:
    return words_of_names((name,))


def _talk(talk: str, person: _Person, at: datetime) -> dict[str, Any]:
    return {
        "id": talk, "contact_id": person.id, "proven_email": None, "needs_session": False,
        "language": "zh-TW", "holder": "bot", "held_since": at, "staff_id": None,
        "last_seq": MESSAGES, "last_ticket": None, "asking": None, "unsure": 0,
        "engine_sender": None, "created_at": at,
    }  # fmt: skip


def _message(talk: str, seq: int, line: str, at: datetime, staff: list[int]) -> dict[str, Any]:
    by_partner = seq % 2 == 1
    return {
        "conversation_id": talk, "seq": seq, "client_id": None,
        "sender": "partner" if by_partner else "staff",
        "staff_id": None if by_partner else staff[seq % len(staff)],
        "text": line, "language": "zh-TW", "answered_at": at,
        "created_at": at + timedelta(minutes=seq),
    }  # fmt: skip


def _ticket(
    ticket_id: int,
    number: str,
    talk: str,
    person: _Person,
    subject: str,
    at: datetime,
    chance: Random,
    is_open: bool,
    staff: list[int],
) -> dict[str, Any]:
    severity = chance.choices((1, 2, 3, 4), (1, 4, 10, 5))[0]
    state = chance.choice(("new", "open", "open", "waiting_partner", "resolved"))
    state = state if is_open else "closed"
    moment = [{"from": at.isoformat(), "severity": severity}]
    is_new = state == "new"
    done_at = at + timedelta(hours=30)
    return {
        "id": ticket_id, "number": number, "key": f"bench:{ticket_id}", "version": 1,
        "conversation_id": talk, "partner_id": person.partner_id, "contact_id": person.id,
        "identity_verified": True, "intent": "technical_hardware",
        "queue": chance.choice(("technical", "technical", "presales", "admin", "other")),
        "audience": "partner", "source": "chat", "language": "zh-TW", "severity": severity,
        "severity_words": [], "state": state, "merged_into_id": None, "subject": subject,
        "description": "", "assignee_id": None if is_new else staff[ticket_id % len(staff)],
        "opened_at": at, "updated_at": at, "first_response_due": at + timedelta(hours=4),
        "first_responded_at": None if is_new else at + timedelta(hours=1),
        "next_response_due": None, "resolution_due": at + timedelta(hours=48),
        "clocks": {FIRST: moment, FIX: moment}, "pauses": [], "calendar_version": 0,
        "rules_version": 0, "waiting_since": at if state == "waiting_partner" else None,
        "resolved_at": done_at if state in ("resolved", "closed") else None, "resolution": None,
        "closed_at": None if is_open else done_at, "reopened_at": None, "reopened": 0,
        "escalated_at": None, "complained_at": None, "complaint_due": None, "follows": None,
    }  # fmt: skip


async def _check(hotline: Hotline, filled: Filled) -> None:
    """The words of some are those that the index would have made."""
    async with hotline.database.read() as session:
        newest = list(
            await session.scalars(select(TicketRow.id).order_by(TicketRow.id.desc()).limit(20))
        )
        wanted = await words_by_ticket(session, newest)
        found = await session.execute(
            text("SELECT word, ticket_id FROM ticket_words WHERE ticket_id >= :id"),
            {"id": min(newest)},
        )
    made: dict[int, set[str]] = {}
    for word, ticket_id in found:
        made.setdefault(ticket_id, set()).add(word)
    assert made == wanted, "the index would have other words"
    assert filled.tickets >= len(newest)


def _words(hotline: Hotline) -> "_SqliteWords | _PostgresWords":
    url = make_url(hotline.settings.database_url)
    return _SqliteWords(str(url.database)) if hotline.database.is_sqlite else _PostgresWords(url)


class _SqliteWords:
    """Set aside as they come, sorted at the end: put into the tree one by one takes ten times.

    No statistics are made afterwards: a hotline's SQLite has none, and by them it would read all
    messages to find the few live chats.
    """

    def __init__(self, file: str) -> None:
        self._database = sqlite3.connect(file, isolation_level=None, check_same_thread=False)

    async def __aenter__(self) -> "_SqliteWords":
        for statement in (
            "PRAGMA busy_timeout=60000",
            "PRAGMA cache_size=-262144",
            "PRAGMA synchronous=OFF",
            "CREATE TEMP TABLE aside (word TEXT, ticket_id INTEGER)",
            "DROP INDEX ix_ticket_words_ticket_id",
        ):
            self._database.execute(statement)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._database.close()

    async def add(self, rows: list[tuple[str, int]]) -> None:
        await asyncio.to_thread(self._add, rows)

    def _add(self, rows: Iterable[tuple[str, int]]) -> None:
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO aside VALUES (?, ?)", rows)
        self._database.execute("COMMIT")

    async def finish(self) -> int:
        return await asyncio.to_thread(self._finish)

    def _finish(self) -> int:
        for statement in (
            "INSERT INTO ticket_words SELECT word, ticket_id FROM aside ORDER BY word, ticket_id",
            "CREATE INDEX ix_ticket_words_ticket_id ON ticket_words (ticket_id)",
            "PRAGMA wal_checkpoint(TRUNCATE)",
        ):
            self._database.execute(statement)
        [number] = self._database.execute("SELECT count(*) FROM ticket_words").fetchone()
        return int(number)


class _PostgresWords:
    """Copied into the bare table; the key and the index are made at the end."""

    def __init__(self, url: Any) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)

    async def __aenter__(self) -> "_PostgresWords":
        self._database = await asyncpg.connect(self._url)
        await self._database.execute(
            "ALTER TABLE ticket_words DROP CONSTRAINT pk_ticket_words,"
            " DROP CONSTRAINT fk_ticket_words_ticket_id; DROP INDEX ix_ticket_words_ticket_id"
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._database.close()

    async def add(self, rows: list[tuple[str, int]]) -> None:
        await self._database.copy_records_to_table("ticket_words", records=rows)

    async def finish(self) -> int:
        for statement in (
            "SET maintenance_work_mem = '512MB'",
            "ALTER TABLE ticket_words ADD CONSTRAINT pk_ticket_words PRIMARY KEY (word, ticket_id)",
            "CREATE INDEX ix_ticket_words_ticket_id ON ticket_words (ticket_id)",
            "ALTER TABLE ticket_words ADD CONSTRAINT fk_ticket_words_ticket_id"
            " FOREIGN KEY (ticket_id) REFERENCES tickets (id) NOT VALID",
            "VACUUM ANALYZE",
        ):
            await self._database.execute(statement)
        number: int = await self._database.fetchval("SELECT count(*) FROM ticket_words")
        return number
