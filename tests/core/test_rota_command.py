"""`hotline rota`: who is on call, and changing it from the command line."""

import json
import sqlite3
from typing import Any

import pytest

from hotline.settings import Settings
from tests.conftest import ENGINEER, LEAD, TUESDAY_MORNING, set_clock
from tests.core.test_command_line import Command

NIGHT = ("--from", "2026-12-01T17:00", "--to", "2026-12-02T09:00")


@pytest.fixture
def hotline_command(sqlite_settings: Settings) -> Command:
    """The command over an empty rota on Tuesday at 10:15."""
    set_clock(sqlite_settings, TUESDAY_MORNING)
    with sqlite3.connect(sqlite_settings.var_dir / "hotline.db") as database:
        database.execute("DELETE FROM duties")
    return Command(sqlite_settings.var_dir)


def asked(command: Command, *arguments: str) -> Any:
    return json.loads(command("rota", *arguments, "--json"))


def test_a_turn_is_added_listed_swapped_and_removed(hotline_command: Command) -> None:
    added = asked(hotline_command, "add", ENGINEER, *NIGHT)
    assert (added["from"], added["to"]) == ("2026-12-01T17:00+08:00", "2026-12-02T09:00+08:00")
    number = str(added["id"])
    part = asked(hotline_command, "swap", number, LEAD, "--from", "2026-12-02T00:00")
    assert (part["email"], part["instead_of"]) == (LEAD, ENGINEER)
    listed = asked(hotline_command, "list", "--days", "1")
    assert [(it["email"], it["from"]) for it in listed["turns"]] == [
        (ENGINEER, "2026-12-01T17:00+08:00"),
        (LEAD, "2026-12-02T00:00+08:00"),
    ]
    assert listed["holes"] == [
        {"from": "2026-12-01T10:15+08:00", "to": "2026-12-01T17:00+08:00"},
        {"from": "2026-12-02T09:00+08:00", "to": "2026-12-02T10:15+08:00"},
    ]
    assert listed["on_call"] == []
    said = hotline_command("rota", "list", "--days", "1")
    assert said.splitlines()[0] == "on call now: nobody"
    assert f"Wed 2026-12-02 00:00 - Wed 2026-12-02 09:00  {LEAD} (instead of {ENGINEER})" in said
    hole = "nobody is on call from Tue 2026-12-01 10:15 to Tue 2026-12-01 17:00"
    assert hole in said.splitlines()
    assert hotline_command("rota", "remove", number).startswith("removed: ")
    assert len(asked(hotline_command, "list")["turns"]) == 1


def test_without_a_beginning_it_is_from_now_on(hotline_command: Command) -> None:
    assert hotline_command("rota", "add", LEAD, "--to", "2026-12-02", "--place", "2").startswith(
        "added: "
    )
    hotline_command("rota", "add", ENGINEER, "--to", "2026-12-02T09:00+08:00")
    said = hotline_command("rota", "list")
    assert said.splitlines()[0] == f"on call now: {ENGINEER}, then {LEAD}"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "nobody@hotline.example", *NIGHT), "nobody on staff has the e-mail nobody@"),
        (("add", LEAD, *NIGHT), f"place 1 is taken by {ENGINEER} from 2026-12-01 17:00 to"),
        (("add", LEAD, *NIGHT, "--place", "3"), "the place is 1 (alerted first) or 2"),
        (("add", LEAD, "--to", "tomorrow"), "'tomorrow' is not a time such as"),
        (("add", LEAD, "--to", ""), "'' is not a time such as"),
        (("add", LEAD, "--from", "", "--to", "2026-12-03"), "'' is not a time such as"),
        (("add", LEAD, "--to", "2026-11-30"), "must end after it begins"),
        (("add", LEAD, "--to", "2027-02-01"), "a turn lasts 31 days at most"),
        (("add", LEAD, "--to", "9999-12-31"), "the years 2000 to 2200"),
        (("add", LEAD, "--from", "2026-11-30", "--to", "2026-12-03"), "begin in the past"),
        (("swap", "4711", LEAD), "there is no turn 4711"),
        (("swap", "99999999999", LEAD), "there is no turn 99999999999"),
        (("swap", "1", ENGINEER), f"it is {ENGINEER}'s turn already"),
        (("swap", "1", LEAD, "--to", "2026-12-03"), "the part must lie within the turn"),
        (("remove", "0"), "there is no turn 0"),
        (("list", "--days", "0"), "the days must be from 1 to 366"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    hotline_command: Command, arguments: tuple[str, ...], why: str
) -> None:
    assert asked(hotline_command, "add", ENGINEER, *NIGHT)["id"] == 1
    assert why in hotline_command.refused("rota", *arguments)
