"""The journal as a feed: whoever follows it by id misses nothing, however slow a writer was."""

import asyncio

import pytest

from hotline.core import Hotline
from hotline.journal import entries_after, write_entry


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


async def test_entries_appear_in_the_order_of_their_ids(any_hotline: Hotline) -> None:
    ids: list[int] = []
    written, go_on = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write_slowly(any_hotline, written, go_on, ids))
        await written.wait()
        quick = tasks.create_task(write_quickly(any_hotline, ids))
        # The quick one must not appear with a higher id while the slow one is invisible.
        await asyncio.wait([quick], timeout=0.2)
        seen = await entry_ids(any_hotline, 0)
        go_on.set()
    assert seen == []
    assert await entry_ids(any_hotline, 0) == ids == sorted(ids)


async def test_an_entry_goes_with_the_change_it_tells_of(any_hotline: Hotline) -> None:
    async def fail() -> None:
        async with any_hotline.database.write() as session:
            await write_entry(session, any_hotline.now(), "never", "system")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    ids: list[int] = []
    await write_quickly(any_hotline, ids)
    assert await entry_ids(any_hotline, 0) == ids
