"""One database, two kinds of unit of work: `read` and `write`.

SQLite with several writing processes works in one way only (measured: anything else loses updates
or fails under load): WAL; the driver's own transaction handling off, so that *we* say BEGIN; a
writing unit takes the write lock at its start (BEGIN IMMEDIATE), a reading one stays deferred; one
writer at a time per process. On PostgreSQL the units are plain READ COMMITTED transactions.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Select,
    Table,
    event,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import JSON, TypeDecorator

from hotline import sqlite_driver
from hotline.errors import BadInput

BUSY_TIMEOUT_MS = 15_000
PING_AFTER_S = 5.0
_USED_AT = "used_at"
_CHARACTER_NOT_IN_REPERTOIRE = "22021"  # PostgreSQL's code


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time on every database; SQLite alone would give naive ones back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        # SQLite gives texts; a page reads some thousands of them.
        return _time_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _time_of(text: str | None) -> datetime | None:
    return datetime.fromisoformat(f"{text}+00:00") if text is not None else None


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


Row = TypeVar("Row", bound=Base)


async def locked_row(
    session: AsyncSession, table: type[Row], condition: ColumnElement[bool]
) -> Row | None:
    """The one row that meets `condition`, locked until the end of the caller's transaction.

    On PostgreSQL first the lock, then the row: a SELECT ... FOR UPDATE that has to wait gives the
    new row joined with what belonged to the old one, a ticket just claimed without its assignee.
    Rows that refer to it may be written meanwhile (`key_share`): a journal entry of another
    transaction would else wait for us, and we for its place in the journal.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = select(literal_column("1", Integer)).select_from(table).where(condition)
        await session.execute(lock.with_for_update(key_share=True))
    found = select(table).where(condition).execution_options(populate_existing=True)
    row: Row | None = await session.scalar(found)
    return row


def insert_or(session: AsyncSession, table: type[Base]) -> Any:
    """An INSERT that may go on when the row exists: both databases' own, alike in what we use."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return (sqlite_insert if is_sqlite else postgresql_insert)(table)


def together(figures: Mapping[str, Select[Any]]) -> Select[Any]:
    """One statement for several figures, each a query of one value, by their names.

    Each is asked by itself, so that it has the index that fits it; to send and to read a statement
    takes longer than most of them.
    """
    return select(*(query.scalar_subquery().label(name) for name, query in figures.items()))


async def insert_many(
    session: AsyncSession, table: type[Base], rows: Sequence[dict[str, Any]]
) -> None:
    """Insert many rows at once, in this order; all have the same columns.

    By the table: an insert by the class goes anew for each row that has other columns empty.
    """
    if rows:
        await session.execute(insert(cast(Table, table.__table__)), rows)


# Given the session of a unit that begins to write; what it gives back is done before the commit.
Follow = Callable[[AsyncSession], Callable[[], Awaitable[None]]]


class Database:
    """Where units of work come from. Made inside a running event loop; `close` it at the end.

    `follow` is what goes along with every change, such as an index.
    """

    def __init__(self, url: str, follow: Follow | None = None) -> None:
        self.engine = _engine(url)
        self._writing = asyncio.Lock()
        self._follow = follow

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one state of the database and changes nothing.

        What it loaded may be used afterwards; closing it ends its transaction. BadInput if it was
        asked for something that no row can have in it.
        """
        with _refusing_unkeepable():
            async with AsyncSession(self.engine, expire_on_commit=False) as session:
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        with _refusing_unkeepable():
            async with self._turn(), AsyncSession(self.engine, expire_on_commit=False) as session:
                await session.connection(execution_options={"hotline_writes": True})
                settle = self._follow(session) if self._follow else None
                yield session
                if settle is not None:
                    await settle()
                await session.commit()

    async def close(self) -> None:
        await self.engine.dispose()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if not self.is_sqlite:
            yield
            return
        async with self._writing:
            yield


@contextmanager
def _refusing_unkeepable() -> Iterator[None]:
    """Half a character, or a NUL on PostgreSQL, is in no row: whoever sends one is told so."""
    try:
        yield
    except (DBAPIError, UnicodeEncodeError) as failure:
        if _is_of_characters(failure):
            raise BadInput("it has characters in it that cannot be kept") from failure
        raise


def _is_of_characters(failure: BaseException | None) -> bool:
    while failure is not None:
        is_refused = getattr(failure, "sqlstate", None) == _CHARACTER_NOT_IN_REPERTOIRE
        if is_refused or isinstance(failure, UnicodeEncodeError):
            return True
        failure = failure.__cause__
    return False


def _engine(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        engine = create_async_engine(
            url, pool_size=5, max_overflow=5, hide_parameters=True, json_deserializer=_json
        )
        _ping_what_rested(engine.sync_engine)
        return engine
    driver = {"isolation_level": None, "async_creator_fn": sqlite_driver.connect}
    # hide_parameters: an error's text must not repeat what a partner wrote.
    engine = create_async_engine(
        url, connect_args=driver, hide_parameters=True, json_deserializer=_json
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _ping_what_rested(engine: Engine) -> None:
    """Ask a connection that nobody used for a while whether it still lives, and replace a dead one.

    SQLAlchemy's own ping is a round trip before each unit of work, and a page has several units.
    """

    def given_back(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[_USED_AT] = time.monotonic()

    def taken(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get(_USED_AT, 0.0) < PING_AFTER_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as failure:
            # The pool makes a new one, and takes the others for dead as well.
            raise InvalidatePoolError("the database has closed a connection") from failure

    event.listen(engine, "checkin", given_back)
    event.listen(engine, "checkout", taken)


_read_json = json.JSONDecoder().raw_decode


def _json(text: str) -> Any:
    """As `json.loads`, without looking for blanks around it: a list reads a thousand of them."""
    return _read_json(text)[0]


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted is overwritten: no page keeps what a person wrote
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("hotline_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
