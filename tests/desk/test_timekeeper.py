"""Timers fire in the running desk: at their time, when poked, and after the clock was moved."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from desk.keys import TIMEKEEPER
from desk.timekeeper import Timekeeper
from hotline.core import Hotline
from hotline.settings import Settings
from hotline.timers.rows import TimerRow
from hotline.timers.service import UNKNOWN, Handler, set_timer, waiting
from tests.conftest import TUESDAY_MORNING, set_clock
from tests.core.desk_work import journal
from tests.core.fire_timers import FIRED, KIND, handlers
from tests.desk.people import Client

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
STUCK_S = 30
NEVER_S = 3600.0

pytestmark = pytest.mark.both


class Kept:
    """A timekeeper at work in this process; it looks by itself only when something is due."""

    def __init__(
        self, hotline: Hotline, known: Mapping[str, Handler], look_s: float = NEVER_S
    ) -> None:
        self._changes = asyncio.Semaphore(0)
        self.timekeeper = Timekeeper(hotline, known, on_change=self._changes.release, look_s=look_s)

    async def changed(self, times: int = 1) -> None:
        async with asyncio.timeout(STUCK_S):
            for _ in range(times):
                await self._changes.acquire()


@contextlib.asynccontextmanager
async def kept(
    hotline: Hotline, known: Mapping[str, Handler], look_s: float = NEVER_S
) -> AsyncIterator[Kept]:
    keeper = Kept(hotline, known, look_s)
    running = asyncio.create_task(keeper.timekeeper.run())
    try:
        yield keeper
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


@contextlib.asynccontextmanager
async def keeping_time(hotline: Hotline) -> AsyncIterator[asyncio.StreamReader]:
    """A process that keeps time over the same database and clock; what it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.desk.keep_time",
        cwd=ROOT,
        env=os.environ
        | {
            "HOTLINE_DATABASE_URL": hotline.settings.database_url,
            "HOTLINE_VAR_DIR": str(hotline.settings.var_dir),
        },
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        process.kill()
        await process.wait()


async def changes(said: asyncio.StreamReader, times: int) -> None:
    async with asyncio.timeout(STUCK_S):
        for _ in range(times):
            assert await said.readline() == b"changed\n"


async def set_at(hotline: Hotline, key: str, later: timedelta, kind: str = KIND) -> None:
    """So much after the tests' morning."""
    async with hotline.database.write() as session:
        await set_timer(session, key, kind, TUESDAY_MORNING + later)


async def fired(hotline: Hotline) -> list[str]:
    return [entry.detail["key"] for entry in await journal(hotline, FIRED)]


async def still_set(hotline: Hotline) -> list[TimerRow]:
    async with hotline.database.read() as session:
        return [row for row in await waiting(session) if not row.key.startswith("after ")]


async def test_a_clock_that_jumps_forward_fires_all_in_order_and_backward_nothing_twice(
    hotline: Hotline, settings: Settings
) -> None:
    for key, days in (("c", 2.9), ("a", 1), ("d", 4), ("b", 2)):
        await set_at(hotline, key, days * DAY)
    async with keeping_time(hotline) as said:
        set_clock(settings, TUESDAY_MORNING + 3 * DAY)
        await changes(said, 3)
        assert await fired(hotline) == ["a", "b", "c"]

        set_clock(settings, TUESDAY_MORNING + 2 * DAY)
        await set_at(hotline, "set since", 2 * DAY)
        await changes(said, 1)
        assert await fired(hotline) == ["a", "b", "c", "set since"]
        assert [(row.key, row.due_at) for row in await still_set(hotline)] == [
            ("d", TUESDAY_MORNING + 4 * DAY)
        ]

        set_clock(settings, TUESDAY_MORNING + 4 * DAY)
        await changes(said, 1)
        assert await fired(hotline) == ["a", "b", "c", "set since", "d"]


async def test_after_a_kill_the_next_one_fires_what_was_due_meanwhile_in_its_order(
    hotline: Hotline, settings: Settings
) -> None:
    for key, days in (("b", 1), ("a", 0), ("d", 3), ("c", 2)):
        await set_at(hotline, key, days * DAY)
    async with keeping_time(hotline) as said:
        await changes(said, 1)
    set_clock(settings, TUESDAY_MORNING + 3 * DAY)
    async with keeping_time(hotline) as said:
        await changes(said, 3)
    assert await fired(hotline) == ["a", "b", "c", "d"]


async def test_it_wakes_for_the_next_one_by_itself(hotline: Hotline) -> None:
    await set_at(hotline, "soon", hotline.now() - TUESDAY_MORNING + timedelta(seconds=1))
    async with kept(hotline, handlers()) as keeper:
        await keeper.changed()
    assert await fired(hotline) == ["soon"]


async def test_a_poke_makes_it_look_at_once(hotline: Hotline) -> None:
    await set_at(hotline, "first", -DAY)
    async with kept(hotline, handlers()) as keeper:
        await keeper.changed()
        await set_at(hotline, "second", -DAY)
        keeper.timekeeper.poke()
        await keeper.changed()
    assert await fired(hotline) == ["first", "second"]


async def test_a_round_that_fails_is_not_the_last_one(hotline: Hotline) -> None:
    for key, days in (("first", -2), ("second", -1)):
        await set_at(hotline, key, days * DAY)
    calls, both = [], asyncio.Event()

    def fail_at_first() -> None:
        calls.append(len(calls))
        if len(calls) == 1:
            raise ConnectionError
        both.set()

    running = asyncio.create_task(Timekeeper(hotline, handlers(), fail_at_first, 0.01).run())
    async with asyncio.timeout(STUCK_S):
        await both.wait()
    running.cancel()
    assert await fired(hotline) == ["first", "second"]


async def test_the_desk_puts_off_what_another_version_has_set(
    client: Client, hotline: Hotline
) -> None:
    await set_at(hotline, "of the future", -DAY, "of_another_version")
    assert client.app is not None
    client.app[TIMEKEEPER].poke()
    async with asyncio.timeout(STUCK_S):
        while (row := (await still_set(hotline))[0]).failure is None:
            pass
    assert (row.key, row.failure, row.tries) == ("of the future", UNKNOWN, 1)
