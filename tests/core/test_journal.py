"""The journal as a feed: whoever follows it by id misses nothing, however slow a writer was."""

import asyncio
import random

import pytest

from hotline.core import Hotline, open_hotline
from hotline.journal import entries_after, write_entry
from hotline.settings import Settings

WRITERS, EACH = 4, 15  # of each of two processes


async def entry_ids(hotline: Hotline, after: int) -> list[int]:
    async with hotline.database.read() as session:
        return [entry.id for entry in await entries_after(session, after)]


async def write_slowly(
    hotline: Hotline, written: asyncio.Event, go_on: asyncio.Event, ids: list[int]
) -> None:
    async with hotline.database.write() as session:
        ids.append(await write_entry(session, hotline.now(), "slow", "system"))
        written.set()
        await go_on.wait()


async def write_quickly(hotline: Hotline, ids: list[int]) -> None:
    async with hotline.database.write() as session:
        ids.append(await write_entry(session, hotline.now(), "quick", "system"))


async def test_entries_appear_in_the_order_of_their_ids(hotline: Hotline) -> None:
    ids: list[int] = []
    written, go_on = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write_slowly(hotline, written, go_on, ids))
        await written.wait()
        quick = tasks.create_task(write_quickly(hotline, ids))
        # The quick one must not appear with a higher id while the slow one is invisible.
        await asyncio.wait([quick], timeout=0.2)
        seen = await entry_ids(hotline, 0)
        go_on.set()
    assert seen == []
    assert await entry_ids(hotline, 0) == ids == sorted(ids)


async def test_an_entry_goes_with_the_change_it_tells_of(hotline: Hotline) -> None:
    async def fail() -> None:
        async with hotline.database.write() as session:
            await write_entry(session, hotline.now(), "never", "system")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    ids: list[int] = []
    await write_quickly(hotline, ids)
    assert await entry_ids(hotline, 0) == ids


class Follower:
    """Reads the journal on and on, as the desk does; remembers the ids in the order they came."""

    def __init__(self, hotline: Hotline) -> None:
        self._hotline = hotline
        self.seen: list[int] = []

    async def run(self) -> None:
        while True:
            await self.look()

    async def look(self) -> None:
        self.seen += await entry_ids(self._hotline, self.seen[-1] if self.seen else 0)


async def write_late(hotline: Hotline, chance: random.Random, committed: list[int]) -> None:
    """Entries that are there after a while of their own, or never; sometimes two at once."""
    for _ in range(EACH):
        written: list[int] = []
        try:
            async with hotline.database.write() as session:
                for _ in range(chance.choice((1, 1, 2))):
                    written.append(await write_entry(session, hotline.now(), "late", "system"))
                    await asyncio.sleep(chance.uniform(0, 0.004))
                if chance.random() < 0.1:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            continue
        committed += written


async def test_a_follower_misses_no_entry_and_reads_none_twice_however_late_writers_commit(
    settings: Settings, hotline: Hotline
) -> None:
    committed: list[int] = []
    follower = Follower(hotline)
    following = asyncio.create_task(follower.run())
    async with open_hotline(settings) as another, asyncio.TaskGroup() as writers:
        for n in range(WRITERS):
            for process in (hotline, another):
                late = write_late(process, random.Random(f"{n} {process is hotline}"), committed)
                writers.create_task(late)
    following.cancel()
    await asyncio.wait([following])
    await follower.look()
    assert len(committed) > 2 * WRITERS * EACH * 0.7
    assert follower.seen == sorted(committed)
