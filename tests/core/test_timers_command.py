"""`hotline timers`: what waits for its time, what has failed first."""

import json

import pytest

from hotline.core import open_hotline
from hotline.settings import Settings
from hotline.timers.service import fire_next, set_timer
from tests.conftest import TUESDAY_MORNING, set_clock
from tests.core.test_command_line import Command


@pytest.fixture
def hotline_command(sqlite_settings: Settings) -> Command:
    set_clock(sqlite_settings, TUESDAY_MORNING)
    return Command(sqlite_settings.var_dir)


async def set_three(settings: Settings) -> None:
    """One of a kind that nobody knows has failed, two wait."""
    async with open_hotline(settings) as hotline:
        async with hotline.database.write() as session:
            for key, hour in (("ticket:2:warn", 13), ("ticket:1:warn", 12), ("other", 9)):
                at = TUESDAY_MORNING.replace(hour=hour, minute=0)
                await set_timer(session, key, "promise" if ":" in key else "moon", at)
        assert await fire_next(hotline, {})


def test_where_nothing_is_set_it_says_so(hotline_command: Command) -> None:
    assert hotline_command("timers") == "nothing waits"
    assert json.loads(hotline_command("timers", "--json")) == []


async def test_what_has_failed_comes_first_then_what_is_due_next(
    hotline_command: Command, sqlite_settings: Settings
) -> None:
    await set_three(sqlite_settings)
    failed, *rest = hotline_command("timers").splitlines()
    assert failed.startswith(
        "2026-12-01T09:00:00+08:00  moon         other  failed: unknown_kind, tries: 1, again at 2"
    )
    assert rest == [
        "2026-12-01T12:00:00+08:00  promise      ticket:1:warn",
        "2026-12-01T13:00:00+08:00  promise      ticket:2:warn",
    ]


async def test_the_same_as_json(hotline_command: Command, sqlite_settings: Settings) -> None:
    await set_three(sqlite_settings)
    failed, *rest = json.loads(hotline_command("timers", "--json"))
    assert failed.pop("not_before").startswith("2026-12-01T10:15:")
    assert failed == {
        "key": "other",
        "kind": "moon",
        "due_at": "2026-12-01T09:00:00+08:00",
        "tries": 1,
        "failure": "unknown_kind",
    }
    assert [(one["key"], one["tries"], one["failure"], one["not_before"]) for one in rest] == [
        ("ticket:1:warn", 0, None, None),
        ("ticket:2:warn", 0, None, None),
    ]
