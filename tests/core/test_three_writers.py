"""Three processes write into one database at the same moment, as in the real line."""

import asyncio
import sys
from pathlib import Path

import pytest

from hotline.core import Hotline
from hotline.database import Database
from hotline.tickets.rows import TicketCounterRow
from tests.core.count_up import YEAR

ROOT = Path(__file__).parents[2]
EACH = 600
STUCK_S = 10  # below the 15 s that SQLite waits for a lock


async def add_counter(database: Database) -> None:
    async with database.write() as session:
        session.add(TicketCounterRow(year=YEAR, last=0))


async def counted(database: Database) -> int:
    async with database.read() as session:
        row = await session.get(TicketCounterRow, YEAR)
        assert row is not None
        return row.last


async def test_1800_transactions_of_three_processes_all_count(any_hotline: Hotline) -> None:
    await add_counter(any_hotline.database)
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.core.count_up",
            any_hotline.settings.database_url,
            str(EACH),
            cwd=ROOT,
            stderr=asyncio.subprocess.PIPE,
        )
        for _ in range(3)
    ]
    complaints = [(await process.communicate())[1].decode() for process in processes]
    assert complaints == ["", "", ""]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert await counted(any_hotline.database) == 3 * EACH


async def test_reading_does_not_wait_for_a_writer_and_sees_what_was_before(
    any_hotline: Hotline,
) -> None:
    await add_counter(any_hotline.database)
    other_process = Database(any_hotline.settings.database_url)
    async with asyncio.timeout(STUCK_S), any_hotline.database.write() as session:
        row = await session.get(TicketCounterRow, YEAR)
        assert row is not None
        row.last = 7
        await session.flush()
        assert await counted(any_hotline.database) == 0
        assert await counted(other_process) == 0
    assert await counted(other_process) == 7
    await other_process.close()


async def test_a_unit_that_fails_leaves_nothing_behind_and_lets_the_next_one_in(
    any_hotline: Hotline,
) -> None:
    await add_counter(any_hotline.database)

    async def fail() -> None:
        async with any_hotline.database.write() as session:
            row = await session.get(TicketCounterRow, YEAR)
            assert row is not None
            row.last = 7
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await counted(any_hotline.database) == 0
    async with asyncio.timeout(STUCK_S), any_hotline.database.write() as session:
        row = await session.get(TicketCounterRow, YEAR)
        assert row is not None
        row.last = 1
    assert await counted(any_hotline.database) == 1
