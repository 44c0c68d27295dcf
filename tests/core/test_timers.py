"""Timers fire once, in order, whatever happens between two steps."""

import asyncio
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.journal import write_entry
from hotline.timers.service import Timer, drop_timers, fire_next, next_due, set_timer
from tests.core.desk_work import journal

MINUTE = timedelta(minutes=1)


async def note_it(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    """A handler whose effect can be counted."""
    await write_entry(session, hotline.now(), "test.fired", "system", key=timer.key)


async def fail_after_writing(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    await note_it(session, hotline, timer)
    if timer.detail.get("fails"):
        raise RuntimeError


HANDLERS = {"note": note_it, "fail": fail_after_writing}


async def set_at(
    hotline: Hotline, key: str, minutes: float, kind: str = "note", **more: int
) -> None:
    async with hotline.database.write() as session:
        await set_timer(session, key, kind, hotline.now() + minutes * MINUTE, **more)


async def fire_all(hotline: Hotline) -> list[str]:
    """Everything that is due; the keys, in the order in which it was done."""
    while await fire_next(hotline, HANDLERS):
        pass
    return [entry.detail["key"] for entry in await journal(hotline, "test.fired")]


async def test_what_is_due_is_done_in_order_and_once(hotline: Hotline) -> None:
    await set_at(hotline, "second", -1)
    await set_at(hotline, "first", -5)
    await set_at(hotline, "later", 30)
    assert await fire_all(hotline) == ["first", "second"]
    assert await fire_all(hotline) == ["first", "second"]
    hotline.clock.advance(timedelta(hours=1))
    assert await fire_all(hotline) == ["first", "second", "later"]


async def test_setting_it_again_moves_it_and_after_it_was_done_sets_it_anew(
    hotline: Hotline,
) -> None:
    await set_at(hotline, "one", -1)
    await set_at(hotline, "one", 10)
    assert await fire_all(hotline) == []
    hotline.clock.advance(timedelta(minutes=11))
    assert await fire_all(hotline) == ["one"]
    await set_at(hotline, "one", -1)
    assert await fire_all(hotline) == ["one", "one"]


async def test_a_dropped_timer_never_fires(hotline: Hotline) -> None:
    await set_at(hotline, "ticket:1:warn", -2)
    await set_at(hotline, "ticket:1:breach", -1)
    await set_at(hotline, "ticket:10:warn", -1)
    await set_at(hotline, "ticket:1%:warn", -3)
    async with hotline.database.write() as session:
        await drop_timers(session, "ticket:1:")
    assert await fire_all(hotline) == ["ticket:1%:warn", "ticket:10:warn"]


async def test_a_failure_leaves_nothing_and_holds_up_nobody(hotline: Hotline) -> None:
    await set_at(hotline, "bad", -5, "fail", fails=1)
    await set_at(hotline, "good", -1)
    assert await fire_all(hotline) == ["good"]
    hotline.clock.advance(timedelta(seconds=31))
    assert await fire_all(hotline) == ["good"]  # tried again, failed again
    await set_at(hotline, "bad", -5, "fail", fails=0)
    assert await fire_all(hotline) == ["good", "bad"]


async def test_a_kind_that_nobody_knows_is_kept_for_a_later_version(hotline: Hotline) -> None:
    await set_at(hotline, "of the future", -1, "unknown")
    assert await fire_all(hotline) == []
    async with hotline.database.read() as session:
        assert await next_due(session) is not None


async def test_several_at_once_do_each_timer_once(hotline: Hotline) -> None:
    for number in range(12):
        await set_at(hotline, f"t{number:02}", -20 + number)

    await asyncio.gather(*(fire_all(hotline) for _ in range(4)))
    done = [entry.detail["key"] for entry in await journal(hotline, "test.fired")]
    assert sorted(done) == [f"t{number:02}" for number in range(12)]


async def test_a_clock_that_goes_back_fires_nothing_twice(hotline: Hotline) -> None:
    await set_at(hotline, "once", -1)
    assert await fire_all(hotline) == ["once"]
    hotline.clock.advance(timedelta(hours=-3))
    assert await fire_all(hotline) == ["once"]
    hotline.clock.advance(timedelta(hours=4))
    assert await fire_all(hotline) == ["once"]
