"""Timers fire once, in order, whatever happens between two steps."""

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.journal import write_entry
from hotline.partners.service import Contact
from hotline.tickets import queries
from hotline.tickets.rows import TicketRow
from hotline.timers.outside import TAKEN_FOR, reach_next
from hotline.timers.rows import TimerRow
from hotline.timers.service import (
    UNKNOWN,
    Handler,
    Timer,
    drop_timers,
    fire_next,
    next_due,
    set_timer,
    waiting,
)
from tests.core.desk_work import journal, opened

MINUTE = timedelta(minutes=1)
STUCK_S = 10


async def note_it(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    """A handler whose effect can be counted."""
    await write_entry(session, hotline.now(), "test.fired", "system", key=timer.key)


async def fail_after_writing(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    await note_it(session, hotline, timer)
    if timer.detail.get("fails"):
        raise RuntimeError


async def note_and_set_anew(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    await note_it(session, hotline, timer)
    await set_timer(session, timer.key, timer.kind, hotline.now() + MINUTE)


async def note_and_drop(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    await note_it(session, hotline, timer)
    await drop_timers(session, timer.key)


HANDLERS = {
    "note": note_it,
    "fail": fail_after_writing,
    "again": note_and_set_anew,
    "drop": note_and_drop,
}


async def set_at(
    hotline: Hotline, key: str, minutes: float, kind: str = "note", **more: int
) -> None:
    async with hotline.database.write() as session:
        await set_timer(session, key, kind, hotline.now() + minutes * MINUTE, **more)


async def fire_all(hotline: Hotline, *, known: Mapping[str, Handler] = HANDLERS) -> list[str]:
    """Everything that is due; the keys, in the order in which it was done."""
    while await fire_next(hotline, known):
        pass
    return [entry.detail["key"] for entry in await journal(hotline, "test.fired")]


async def still_set(hotline: Hotline, kind: str = "") -> list[TimerRow]:
    async with hotline.database.read() as session:
        return [row for row in await waiting(session) if kind in ("", row.kind)]


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


async def test_a_kind_that_nobody_knows_is_put_off_and_holds_up_nobody(hotline: Hotline) -> None:
    await set_at(hotline, "of the future", -2, "unknown")
    await set_at(hotline, "known", -1)
    assert await fire_all(hotline) == ["known"]
    [kept] = await still_set(hotline)
    assert (kept.key, kept.failure, kept.tries) == ("of the future", UNKNOWN, 1)
    hotline.clock.advance(timedelta(days=1))
    assert await fire_all(hotline) == ["known"]
    [kept] = await still_set(hotline)
    assert kept.tries == 2


async def test_a_version_that_knows_the_kind_fires_it_at_once(hotline: Hotline) -> None:
    await set_at(hotline, "of the future", -1, "unknown")
    await set_at(hotline, "bad", -1, "fail", fails=1)
    assert await fire_all(hotline) == []
    assert await fire_all(hotline, known={**HANDLERS, "unknown": note_it}) == ["of the future"]
    [bad] = await still_set(hotline)
    assert bad.tries == 1


async def test_a_handler_may_set_its_own_timer_anew(hotline: Hotline) -> None:
    await set_at(hotline, "each minute", -1, "again")
    assert await fire_all(hotline) == ["each minute"]
    hotline.clock.advance(1.5 * MINUTE)
    assert await fire_all(hotline) == ["each minute", "each minute"]
    assert [row.key for row in await still_set(hotline)] == ["each minute"]


async def test_a_handler_may_drop_its_own_timer(hotline: Hotline) -> None:
    await set_at(hotline, "ticket:1:warn", -1, "drop")
    assert await fire_all(hotline) == ["ticket:1:warn"]
    async with hotline.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(TimerRow)) == 0


async def test_who_drops_a_timer_while_its_handler_waits_for_the_same_ticket_wins(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    began = asyncio.Event()

    async def lock_and_note(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
        began.set()
        await locked_row(session, TicketRow, TicketRow.id == ticket.id)
        await note_it(session, hotline, timer)

    await set_at(hotline, "ticket:1:warn", -1, "lock")
    async with asyncio.timeout(STUCK_S):
        async with hotline.database.write() as session:
            await locked_row(session, TicketRow, TicketRow.id == ticket.id)
            firing = asyncio.create_task(fire_next(hotline, {"lock": lock_and_note}))
            if not hotline.database.is_sqlite:  # which lets nobody else begin
                await began.wait()
            await drop_timers(session, "ticket:1:")
        await firing
    assert await fire_all(hotline, known={"lock": lock_and_note}) == []
    assert await still_set(hotline, "lock") == []


async def test_who_moves_a_timer_and_locks_its_ticket_then_is_not_waited_for(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    locked = asyncio.Event()

    async def lock_and_note(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
        await locked_row(session, TicketRow, TicketRow.id == ticket.id)
        locked.set()
        await note_it(session, hotline, timer)

    later = hotline.now() + 10 * MINUTE
    await set_at(hotline, "ticket:1:warn", -1, "lock")
    async with asyncio.timeout(STUCK_S):
        async with hotline.database.write() as session:
            await set_timer(session, "ticket:1:warn", "lock", later)
            firing = asyncio.create_task(fire_next(hotline, {"lock": lock_and_note}))
            if not hotline.database.is_sqlite:
                await locked.wait()
            await locked_row(session, TicketRow, TicketRow.id == ticket.id)
        await firing
    assert await fire_all(hotline, known={"lock": lock_and_note}) == []
    assert [row.due_at for row in await still_set(hotline, "lock")] == [later]


async def test_what_has_failed_is_listed_first(hotline: Hotline) -> None:
    await set_at(hotline, "bad", -1, "fail", fails=1)
    await set_at(hotline, "done", -5)
    await fire_all(hotline)
    await set_at(hotline, "soon", -2)
    await set_at(hotline, "later", 5)
    told = [(row.key, row.tries, row.failure) for row in await still_set(hotline)]
    assert told == [("bad", 1, "RuntimeError"), ("soon", 0, None), ("later", 0, None)]


async def test_what_is_next_may_be_asked_from_a_moment_on(hotline: Hotline) -> None:
    now = hotline.now()
    async with hotline.database.write() as session:
        assert await next_due(session) is None
        await set_timer(session, "due", "note", now - MINUTE)
        await set_timer(session, "next", "note", now + MINUTE)
        assert await next_due(session) == now - MINUTE
        assert await next_due(session, after=now - MINUTE) == now + MINUTE
        assert await next_due(session, after=now + MINUTE) is None


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


async def test_a_handler_may_have_it_looked_at_again_later(hotline: Hotline) -> None:
    later = hotline.now() + 5 * MINUTE
    asked = list[datetime]()

    async def not_yet(session: AsyncSession, hotline: Hotline, timer: Timer) -> datetime | None:
        asked.append(timer.due_at)
        return later if len(asked) == 1 else None

    await set_at(hotline, "one", -1, "not_yet")
    for minutes in (0, 6, 6):
        while await fire_next(hotline, {"not_yet": not_yet}):
            pass
        hotline.clock.advance(minutes * MINUTE)
    assert len(asked) == 2
    assert asked[1] == later


async def test_what_is_moved_while_it_is_done_has_not_been_done(
    hotline: Hotline, contact: Contact
) -> None:
    """Whoever holds a ticket may move its timers while one of them waits for the ticket."""
    ticket = await opened(hotline, contact)
    began = asyncio.Event()

    async def on_the_ticket(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
        began.set()
        await queries.locked(session, ticket.number)
        await note_it(session, hotline, timer)

    handlers = {"note": on_the_ticket}
    await set_at(hotline, "ticket:1:warn", -1)
    async with hotline.database.write() as session:
        await queries.locked(session, ticket.number)
        firing = asyncio.create_task(fire_next(hotline, handlers))
        if not hotline.database.is_sqlite:  # where nobody begins to write beside us
            await began.wait()
        await set_timer(session, "ticket:1:warn", "note", hotline.now() + 30 * MINUTE)
    await firing
    assert await journal(hotline, "test.fired") == []
    assert not await fire_next(hotline, handlers)
    hotline.clock.advance(31 * MINUTE)
    assert await fire_next(hotline, handlers)
    assert len(await journal(hotline, "test.fired")) == 1


async def test_what_reaches_outside_is_done_beside_any_transaction_and_once(
    hotline: Hotline,
) -> None:
    reached = list[str]()

    async def reach(hotline: Hotline, timer: Timer) -> None:
        reached.append(timer.key)
        async with hotline.database.write() as session:  # would wait for ever for one of ours
            await write_entry(session, hotline.now(), "test.reached", "system")

    await set_at(hotline, "letter", -1, "mail")
    await set_at(hotline, "note", -1)
    assert await fire_all(hotline) == ["note"]

    async def all_of_it() -> None:
        while await reach_next(hotline, {"mail": reach}):
            pass

    await asyncio.gather(*(all_of_it() for _ in range(3)))
    hotline.clock.advance(timedelta(days=1))
    await all_of_it()
    assert reached == ["letter"]


async def test_what_could_not_be_reached_is_tried_again_and_so_is_what_nobody_finished(
    hotline: Hotline,
) -> None:
    tries = list[str]()

    async def reach(hotline: Hotline, timer: Timer) -> None:
        tries.append(timer.key)
        if len(tries) == 1:
            raise OSError
        if len(tries) == 2:
            raise asyncio.CancelledError  # as if the desk ended in the middle of it

    await set_at(hotline, "letter", -1, "mail")
    assert await reach_next(hotline, {"mail": reach})
    assert not await reach_next(hotline, {"mail": reach})
    hotline.clock.advance(timedelta(seconds=31))
    with contextlib.suppress(asyncio.CancelledError):
        await reach_next(hotline, {"mail": reach})
    assert not await reach_next(hotline, {"mail": reach})
    hotline.clock.advance(TAKEN_FOR)
    assert await reach_next(hotline, {"mail": reach})
    hotline.clock.advance(timedelta(days=1))
    assert not await reach_next(hotline, {"mail": reach})
    assert len(tries) == 3


async def test_after_the_clock_went_back_a_failure_does_not_wait_for_the_time_it_had(
    hotline: Hotline,
) -> None:
    await set_at(hotline, "bad", -3 * 24 * 60, "fail", fails=1)
    assert await fire_all(hotline) == []
    hotline.clock.advance(timedelta(days=-1))
    assert await fire_all(hotline) == []
    [bad] = await still_set(hotline)
    assert bad.tries == 2
