"""Loading invented tickets into a database by the quickest way it has.

Foreign keys are not asked for every row, and the words' key and index are made at the end.
"""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import asyncpg
from sqlalchemy import make_url

from bench.tickets_invented import Invented
from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.core import Hotline
from hotline.database import Base, insert_many
from hotline.journal import EntryRow
from hotline.tickets.rows import TicketRow


@dataclass
class Batch:
    """The rows of some tickets; `words` are each ticket's."""

    talks: list[dict[str, Any]] = field(default_factory=list)
    tickets: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    words: list[tuple[int, frozenset[str]]] = field(default_factory=list)

    def add(self, made: Invented) -> None:
        self.talks.append(made.talk)
        self.tickets.append(made.ticket)
        self.messages += made.messages
        self.entries.append(made.entry)
        self.words.append((made.ticket["id"], made.words))

    def tables(self) -> Iterator[tuple[type[Base], list[dict[str, Any]]]]:
        yield ConversationRow, self.talks
        yield TicketRow, self.tickets
        yield MessageRow, self.messages
        yield EntryRow, self.entries


def loader(hotline: Hotline) -> "_IntoSqlite | _IntoPostgres":
    """A context; `add` batches to it, then `finish` gives the number of words."""
    return (_IntoSqlite if hotline.database.is_sqlite else _IntoPostgres)(hotline)


class _IntoSqlite:
    """Words are set aside as they come and sorted at the end: put into the tree one by one takes
    ten times.

    No statistics are made afterwards: a hotline's SQLite has none, and by them it would read all
    messages to find the few live chats.
    """

    def __init__(self, hotline: Hotline) -> None:
        self._hotline = hotline
        file = str(make_url(hotline.settings.database_url).database)
        self._database = sqlite3.connect(file, isolation_level=None, check_same_thread=False)

    async def __aenter__(self) -> "_IntoSqlite":
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

    async def add(self, batch: Batch) -> None:
        async with self._hotline.database.write() as session:
            for table, rows in batch.tables():
                await insert_many(session, table, rows)
        await asyncio.to_thread(self._set_aside, batch)

    async def finish(self) -> int:
        return await asyncio.to_thread(self._finish)

    def _set_aside(self, batch: Batch) -> None:
        rows = ((word, ticket_id) for ticket_id, words in batch.words for word in words)
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO aside VALUES (?, ?)", rows)
        self._database.execute("COMMIT")

    def _finish(self) -> int:
        for statement in (
            "INSERT INTO ticket_words SELECT word, ticket_id FROM aside ORDER BY word, ticket_id",
            "CREATE INDEX ix_ticket_words_ticket_id ON ticket_words (ticket_id)",
            "PRAGMA wal_checkpoint(TRUNCATE)",
        ):
            self._database.execute(statement)
        [number] = self._database.execute("SELECT count(*) FROM ticket_words").fetchone()
        return int(number)


class _IntoPostgres:
    """Everything is copied; the words, most of it by far, as the text that COPY reads."""

    def __init__(self, hotline: Hotline) -> None:
        url = make_url(hotline.settings.database_url).set(drivername="postgresql")
        self._url = url.render_as_string(hide_password=False)

    async def __aenter__(self) -> "_IntoPostgres":
        self._database = await asyncpg.connect(self._url)
        for statement in (
            "SET session_replication_role = replica",  # asks for no foreign keys
            "SET maintenance_work_mem = '1GB'",
            "DROP INDEX ix_ticket_words_ticket_id",
            "ALTER TABLE ticket_words DROP CONSTRAINT pk_ticket_words,"
            " DROP CONSTRAINT fk_ticket_words_ticket_id",
            "ALTER TABLE ticket_words SET UNLOGGED",
        ):
            await self._database.execute(statement)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._database.close()

    async def add(self, batch: Batch) -> None:
        for table, rows in batch.tables():
            await self._database.copy_records_to_table(
                table.__tablename__,
                columns=list(rows[0]),
                records=[tuple(map(_kept, row.values())) for row in rows],
            )
        written = "".join(_lines(ticket_id, words) for ticket_id, words in batch.words)
        await self._database.copy_to_table("ticket_words", source=BytesIO(written.encode()))

    async def finish(self) -> int:
        for statement in (
            "ALTER TABLE ticket_words ADD CONSTRAINT pk_ticket_words PRIMARY KEY (word, ticket_id)",
            "CREATE INDEX ix_ticket_words_ticket_id ON ticket_words (ticket_id)",
            "ALTER TABLE ticket_words ADD CONSTRAINT fk_ticket_words_ticket_id"
            " FOREIGN KEY (ticket_id) REFERENCES tickets (id) NOT VALID",
            "VACUUM ANALYZE",
        ):
            await self._database.execute(statement)
        number: int = await self._database.fetchval("SELECT count(*) FROM ticket_words")
        return number


def _lines(ticket_id: int, words: frozenset[str]) -> str:
    rest = f"\t{ticket_id}\n"
    return rest.join(words) + rest


def _kept(value: Any) -> Any:
    """As the driver takes it: of JSON the text."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
