"""Real processes fire each timer once and in order, also when one of them is killed."""

import asyncio
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.core import Hotline
from hotline.timers.service import set_timer, waiting
from tests.core.desk_work import journal
from tests.core.fire_timers import COMMITTED, FIRED, KIND, STEPS

ROOT = Path(__file__).parents[2]
MINUTE = timedelta(minutes=1)
MANY = 100
STUCK_S = 60


async def start(hotline: Hotline, *arguments: str) -> asyncio.subprocess.Process:
    """A process over the same database and clock that is about to fire."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.core.fire_timers",
        *arguments,
        cwd=ROOT,
        env=os.environ
        | {
            "HOTLINE_DATABASE_URL": hotline.settings.database_url,
            "HOTLINE_VAR_DIR": str(hotline.settings.var_dir),
        },
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n", await process.communicate()
    return process


async def fire(*processes: asyncio.subprocess.Process) -> list[int | None]:
    """Let them fire, all at the same moment; how they ended."""
    async with asyncio.timeout(STUCK_S):
        ends = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [complaint.decode() for _said, complaint in ends] == [""] * len(processes)
    return [process.returncode for process in processes]


async def set_all(hotline: Hotline, due: dict[str, timedelta]) -> None:
    async with hotline.database.write() as session:
        for key, later in due.items():
            await set_timer(session, key, KIND, hotline.now() + later)


async def fired(hotline: Hotline) -> list[str]:
    return [entry.detail["key"] for entry in await journal(hotline, FIRED)]


async def still_set(hotline: Hotline) -> dict[str, datetime]:
    async with hotline.database.read() as session:
        return {row.key: row.due_at for row in await waiting(session)}


def due_in_another_order() -> dict[str, timedelta]:
    """MANY timers that are due; they are due in the order of their keys, and set in another."""
    numbers = [(place * 37) % MANY for place in range(MANY)]
    return {f"t{number:02}": (number - MANY) * MINUTE for number in numbers}


async def test_two_processes_fire_each_of_100_timers_once(any_hotline: Hotline) -> None:
    await set_all(any_hotline, due_in_another_order())
    pair = [await start(any_hotline) for _ in range(2)]
    assert await fire(*pair) == [0, 0]
    keys = [f"t{number:02}" for number in range(MANY)]
    assert sorted(await fired(any_hotline)) == keys
    assert sorted(await still_set(any_hotline)) == [f"after {key}" for key in keys]


async def test_one_process_fires_100_timers_in_the_order_in_which_they_are_due(
    any_hotline: Hotline,
) -> None:
    await set_all(any_hotline, due_in_another_order())
    assert await fire(await start(any_hotline)) == [0]
    assert await fired(any_hotline) == [f"t{number:02}" for number in range(MANY)]


@pytest.mark.parametrize("step", STEPS)
async def test_a_process_killed_at_any_step_leaves_each_timer_to_be_fired_once(
    any_hotline: Hotline, step: str
) -> None:
    await set_all(any_hotline, {"c": -MINUTE, "a": -3 * MINUTE, "b": -2 * MINUTE})
    assert await fire(await start(any_hotline, step, "b")) == [-signal.SIGKILL]
    done = ["a", "b"] if step == COMMITTED else ["a"]
    assert await fired(any_hotline) == done
    left = {"a", "b", "c"} - {*done} | {f"after {key}" for key in done}
    assert {*await still_set(any_hotline)} == left

    assert await fire(await start(any_hotline)) == [0]
    assert await fired(any_hotline) == ["a", "b", "c"]
    assert {*await still_set(any_hotline)} == {"after a", "after b", "after c"}
    assert await fire(await start(any_hotline)) == [0]
    assert await fired(any_hotline) == ["a", "b", "c"]


async def test_what_was_due_while_nothing_ran_is_fired_on_return_in_its_order(
    any_hotline: Hotline,
) -> None:
    await set_all(
        any_hotline,
        {"d": 40 * MINUTE, "b": 20 * MINUTE, "a": -MINUTE, "e": 90 * MINUTE, "c": 30 * MINUTE},
    )
    assert await fire(await start(any_hotline)) == [0]
    assert await fired(any_hotline) == ["a"]
    any_hotline.clock.advance(60 * MINUTE)
    assert await fire(await start(any_hotline)) == [0]
    assert await fired(any_hotline) == ["a", "b", "c", "d"]
    assert "e" in await still_set(any_hotline)
