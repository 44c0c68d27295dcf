"""What our short way through aiosqlite must not lose."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from hotline import schema, sqlite_driver
from hotline.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'hotline.db'}")
    async with database.write() as session:
        await session.execute(text("CREATE TABLE counter (n INTEGER UNIQUE)"))
        await session.execute(text("INSERT INTO counter VALUES (0)"))
    yield database
    await database.close()


async def count_up(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("UPDATE counter SET n = n + 1"))


async def counted(database: Database) -> list[int]:
    async with database.read() as session:
        return list(await session.scalars(text("SELECT n FROM counter ORDER BY n")))


async def test_a_writer_cancelled_while_it_waits_leaves_no_lock_behind(
    database: Database, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "hotline.db", isolation_level=None, timeout=5)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(count_up(database))
    await asyncio.wait([waiting], timeout=0.05)
    waiting.cancel()
    other.execute("ROLLBACK")
    with pytest.raises(asyncio.CancelledError):
        await waiting

    await count_up(database)
    other.execute("UPDATE counter SET n = n + 1")
    other.close()
    assert await counted(database) == [2]


async def test_a_refused_statement_is_an_error_of_sqlalchemy_and_changes_nothing(
    database: Database,
) -> None:
    async def count_twice() -> None:
        async with database.write() as session:
            await session.execute(text("UPDATE counter SET n = 7"))
            await session.execute(text("INSERT INTO counter VALUES (7)"))

    with pytest.raises(IntegrityError):
        await count_twice()

    assert await counted(database) == [0]


async def test_a_long_answer_is_read_whole(database: Database) -> None:
    async with database.write() as session:
        await session.execute(
            text("INSERT INTO counter VALUES (:n)"), [{"n": n} for n in range(1, 1000)]
        )

    assert await counted(database) == list(range(1000))


async def test_a_connection_closed_twice_at_once_ends_both_times(tmp_path: Path) -> None:
    connection = await sqlite_driver.connect(tmp_path / "twice.db")
    # With aiosqlite's own, the second one never ends.
    await asyncio.wait_for(asyncio.gather(connection.close(), connection.close()), 30)
    await asyncio.wait_for(connection.close(), 30)


async def test_a_connection_that_cannot_be_made_has_ended_when_it_says_so(tmp_path: Path) -> None:
    connection = sqlite_driver.connect(tmp_path)  # a folder
    with pytest.raises(sqlite3.OperationalError):
        await connection
    # Else its thread may answer a loop that is gone, and says so in many lines.
    assert vars(connection)["_ended"].done()


def test_a_file_that_cannot_be_opened_leaves_no_thread_that_answers_a_loop_that_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    before = set(threading.enumerate())
    for _ in range(100):
        with pytest.raises(OperationalError):
            asyncio.run(schema.upgrade(f"sqlite+aiosqlite:///{tmp_path}"))
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert failed == []
