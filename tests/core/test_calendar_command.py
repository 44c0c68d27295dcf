"""`hotline calendar`: looking at the hours, and changing them while the hotline runs."""

import json
from datetime import datetime
from typing import Any

import pytest

from hotline.settings import Settings
from tests.conftest import set_clock
from tests.core.test_command_line import Command


@pytest.fixture
def hotline_command(sqlite_settings: Settings) -> Command:
    """The command over a hotline on Wednesday 2 December 2026 at 12:00."""
    set_clock(sqlite_settings, datetime.fromisoformat("2026-12-02T12:00:00+08:00"))
    return Command(sqlite_settings.var_dir)


def listed(command: Command, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(command("calendar", *arguments, "--json"))
    return found


def due(command: Command, start: str, minutes: int) -> str:
    said = command("due", "--from", start, "--minutes", str(minutes), "--json")
    return str(json.loads(said)["due_at"])


def test_a_typhoon_closes_from_now_on_and_moves_what_is_due(hotline_command: Command) -> None:
    before = due(hotline_command, "2026-12-02T11:30:00+08:00", 60)
    closed = listed(
        hotline_command, "close", "now", "--reason", "颱風停班", "--reason-en", "Typhoon"
    )
    after = due(hotline_command, "2026-12-02T11:30:00+08:00", 60)
    assert (before, after) == ("2026-12-02T12:30:00+08:00", "2026-12-03T09:30:00+08:00")
    assert (closed["version"], closed["open_now"]) == (1, False)
    assert closed["exceptions"] == [
        {
            "kind": "sudden",
            "day": "2026-12-02",
            "name_zh": "颱風停班",
            "name_en": "Typhoon",
            "hours": ["12:00-24:00"],
        }
    ]
    assert listed(hotline_command, "undo", "now")["open_now"] is True
    assert due(hotline_command, "2026-12-02T11:30:00+08:00", 60) == before


def test_a_make_up_saturday_counts(hotline_command: Command) -> None:
    hotline_command("calendar", "open", "2026-12-05", "--reason", "補班")
    assert due(hotline_command, "2026-12-04T16:30:00+08:00", 60) == "2026-12-05T09:30:00+08:00"


def test_it_lists_the_week_and_the_official_days_of_a_year(hotline_command: Command) -> None:
    hotline_command(
        "calendar", "close", "2026-12-24", "--hours", "13:00-17:00", "--reason", "盤點",
        "--reason-en", "Stocktaking",
    )  # fmt: skip
    said = hotline_command("calendar", "list")
    assert "Mon  09:00-17:00" in said
    assert "Sat  closed" in said
    assert "2026-12-25  Constitution Day" in said
    assert "2026-12-24  closed  13:00-17:00  Stocktaking" in said
    next_year = listed(hotline_command, "list", "--year", "2027")
    assert next_year["confirmed"] is False
    assert {"day": "2027-01-01"}.items() <= next_year["holidays"][0].items()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("close", "2026-12-01", "--reason", "x"), "the day has gone"),
        (("close", "now", "--until", "11:00", "--reason", "x"), "--until has passed already"),
        (("close", "2026-12-03", "--until", "11:00", "--reason", "x"), "--until goes with now"),
        (("close", "tomorrow", "--reason", "x"), "'tomorrow' is not a day such as 2026-12-24"),
        (
            ("open", "2026-12-05", "--hours", "22:00-06:00", "--reason", "x"),
            "cross midnight",
        ),
        (("open", "2026-12-05", "--reason", " "), "needs a reason"),
        (("undo", "2026-12-05"), "nothing is declared for 2026-12-05"),
        (("list", "--year", "1999"), "the year must be one of the next 3"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    hotline_command: Command, arguments: tuple[str, ...], why: str
) -> None:
    assert why in hotline_command.refused("calendar", *arguments)


def test_the_same_closure_twice_is_refused(hotline_command: Command) -> None:
    hotline_command("calendar", "close", "2026-12-24", "--reason", "盤點")
    refused = hotline_command.refused("calendar", "close", "2026-12-24", "--reason", "盤點")
    assert "there is such an exception on this day already" in refused
