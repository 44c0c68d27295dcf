"""The real command, as an operator runs it: what it prints, and one clear line when it cannot."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import tomllib

from hotline.core import open_hotline
from hotline.partners import sessions
from hotline.settings import load_settings
from tests.conftest import CONTACT, ENGINEER, TUESDAY_MORNING, contact_of, set_clock
from tests.core.desk_work import opened

ROOT = Path(__file__).parents[2]
KEY = "k" * 32


class Command:
    """`hotline` over a folder of its own."""

    def __init__(self, folder: Path, **more: str) -> None:
        ours = {name for name in os.environ if name.startswith("HOTLINE_")}
        self.environment = {k: v for k, v in os.environ.items() if k not in ours} | {
            "HOTLINE_VAR_DIR": str(folder),
            "HOTLINE_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'hotline.db'}",
            "HOTLINE_DEMO": "people",
            **more,
        }

    def __call__(self, *arguments: str) -> str:
        done = self._run(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.strip()

    def refused(self, *arguments: str) -> str:
        """The one line of a command that cannot do what it is asked."""
        done = self._run(*arguments)
        assert (done.returncode, done.stdout) == (1, "")
        [line] = done.stderr.splitlines()
        assert line.startswith("hotline: ")
        return line.removeprefix("hotline: ")

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "hotline.cli", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a current database and the demonstration in it, all by the command."""
    folder = tmp_path_factory.mktemp("commands")
    hotline = Command(folder)
    assert hotline("db", "upgrade") == "the database is current"
    assert hotline("seed") == "the demonstration data is there"
    return folder


@pytest.fixture
def hotline(folder: Path) -> Command:
    return Command(folder)


@pytest.fixture
async def number(folder: Path) -> str:
    """An open ticket of the morning."""
    url = f"sqlite+aiosqlite:///{folder / 'hotline.db'}"
    settings = load_settings().model_copy(update={"database_url": url, "var_dir": folder})
    set_clock(settings, TUESDAY_MORNING)
    async with open_hotline(settings) as core:
        return (await opened(core, None)).number


def test_what_it_writes_is_for_its_owner_only(folder: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
    assert "hotline.db" in modes
    assert not any(mode & 0o077 for mode in modes.values())


def test_tickets_are_listed_and_shown(hotline: Command, number: str) -> None:
    assert number in hotline("tickets", "list", "--queue", "technical")
    listed = json.loads(hotline("tickets", "list", "--json"))
    assert number in [ticket["number"] for ticket in listed]
    shown = json.loads(hotline("tickets", "show", number, "--json"))
    assert (shown["number"], shown["state"]) == (number, "new")
    assert [event["kind"] for event in shown["events"]] == ["ticket.opened"]
    assert f"{number}" in hotline("tickets", "show", number)


def test_a_promise_is_explained(hotline: Command, number: str) -> None:
    told = json.loads(hotline("due", number, "--json"))
    assert told["due_at"] == "2026-12-01T14:15:00+08:00"
    assert sum(line["minutes"] for line in told["trace"]) == 240
    assert (told["promise"], told["rule"]) == ("first_response", "S3")
    assert (told["rules_version"], told["calendar_version"]) == (0, 0)
    assert hotline("due", number).splitlines()[-2:] == [
        "first_response by the rule 'S3' (rules 0, calendar 0)",
        "due 2026-12-01T14:15:00+08:00",
    ]
    counted = hotline("due", "--from", "2026-12-01T16:30", "--minutes", "60")
    assert counted.splitlines()[-1] == "due 2026-12-02T09:30:00+08:00"


def test_tokens_are_handed_out(hotline: Command) -> None:
    assert hotline("partner-token", CONTACT).count(".") == 2
    assert hotline("staff-token", ENGINEER).count(".") == 2


def test_staff_are_listed(hotline: Command) -> None:
    assert ENGINEER in hotline("staff", "list")
    everybody = json.loads(hotline("staff", "list", "--json"))
    assert ENGINEER in [member["email"] for member in everybody]
    assert not any("password" in key for member in everybody for key in member)


def test_the_clock_is_set_moved_on_and_real_again(hotline: Command) -> None:
    assert hotline("clock", "set", "2026-12-01T10:15:00+08:00").startswith("2026-12-01T10:15:0")
    assert hotline("clock", "advance", "6h").startswith("2026-12-01T16:15:0")
    assert hotline("clock", "show").startswith("2026-12-01T16:15:0")
    assert not hotline("clock", "real").startswith("2026-12-01T16:15:0")


def test_the_doctor_looks_at_the_database_and_the_model(tmp_path: Path, folder: Path) -> None:
    assert Command(tmp_path).refused("doctor") == (
        "the database is not current: run hotline db upgrade"
    )
    if sorted((ROOT / "models").glob("*.tar.gz")):
        assert Command(folder)("doctor") == (
            "settings, database and model are in order; uploads are not scanned for viruses"
        )
        nowhere = Command(folder, HOTLINE_SCANNER__ADDRESS="tcp://127.0.0.1:9")
        assert nowhere.refused("doctor").startswith(
            "the virus scanner at tcp://127.0.0.1:9 does not answer: "
        )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["tickets", "list", "--queue", "nonsense"], "the queue must be one of presales, "),
        (["tickets", "show", "T26-000042-7"], "no such ticket"),
        (["due", "--from", "2026-12-01T10:00", "--minutes=-5"], "the minutes must be from 0 to "),
        (["due", "--from", "2026-12-01", "--minutes", "999999999"], "the minutes must be from 0"),
        (["due", "--from", "9999-12-31T23:59Z", "--minutes", "60"], ""),
        (["due"], "give a ticket number, or --from TIME and --minutes N"),
        (["clock", "set", "9999-12-31T23:59:59Z"], "the time must lie in the years 2000 to 2200"),
        (["clock", "set", "0001-01-01T00:00:00+14:00"], "the time must lie in the years"),
        (["clock", "advance", "999999d"], ""),
        (["clock", "set", "yesterday"], "'yesterday' is not a time"),
        (["partner-token", "nobody@x.example"], "no contact has the e-mail nobody@x.example"),
        (["staff-token", "nobody@x.example"], "no member of staff has the e-mail"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else "",
)
def test_what_cannot_be_done_is_told_in_one_line(
    hotline: Command, arguments: list[str], told: str
) -> None:
    assert hotline.refused(*arguments).startswith(told)


def test_a_database_that_was_never_made_is_told_in_one_line(tmp_path: Path) -> None:
    for arguments in (["tickets", "list"], ["seed"], ["staff-token", ENGINEER]):
        told = Command(tmp_path).refused(*arguments)
        assert told.startswith("no such table: ")
        assert told.endswith("is the database current? hotline db upgrade")


def test_a_database_that_is_down_is_told_in_one_line(tmp_path: Path) -> None:
    nowhere = Command(tmp_path, HOTLINE_DATABASE_URL="postgresql+asyncpg://x@127.0.0.1:9/x")
    for arguments in (["db", "upgrade"], ["tickets", "list"], ["doctor"]):
        assert "does not answer" in nowhere.refused(*arguments)


def test_a_database_of_another_version_is_told_in_one_line(tmp_path: Path) -> None:
    hotline = Command(tmp_path)
    hotline("db", "upgrade")
    with sqlite3.connect(tmp_path / "hotline.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "9999" in hotline.refused("db", "upgrade")


def test_production_hands_out_no_partner_tokens_and_has_no_demonstration(folder: Path) -> None:
    secrets = {f"HOTLINE_SECRETS__{name}": KEY for name in ("JWT_KEY", "ENGINE", "PARTNER_TOKEN")}
    production = Command(folder, HOTLINE_ENV="production", HOTLINE_DEMO="", **secrets)
    assert production.refused("partner-token", CONTACT).startswith("in production only the portal")
    assert production.refused("seed") == "demonstration data does not belong into production"
    if sorted((ROOT / "models").glob("*.tar.gz")):
        assert production.refused("doctor").endswith("can sign in to production")


def test_the_command_is_the_one_that_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {"hotline": "hotline.cli:main"}


async def test_the_sessions_of_a_contact_are_listed_and_ended(
    hotline: Command, folder: Path
) -> None:
    url = f"sqlite+aiosqlite:///{folder / 'hotline.db'}"
    settings = load_settings().model_copy(update={"database_url": url, "var_dir": folder})
    set_clock(settings, TUESDAY_MORNING)
    assert hotline("sessions", "list", CONTACT) == "signed in nowhere"
    async with open_hotline(settings) as core:
        contact = await contact_of(core, CONTACT)
        for browser in ("Firefox, Linux", ""):
            await sessions.begin(core, contact, sessions.CODE, browser)
    listed = json.loads(hotline("sessions", "list", CONTACT, "--json"))
    assert {one["browser"] for one in listed} == {"Firefox, Linux", ""}
    assert {one["how"] for one in listed} == {"code"}
    assert listed[0]["ends_at"].startswith("2026-12-01T22:15")
    assert "Firefox, Linux" in hotline("sessions", "list", CONTACT)
    assert hotline("sessions", "end", CONTACT) == "sessions ended: 2"
    assert hotline("sessions", "end", CONTACT) == "sessions ended: 0"
    assert "nobody@" in hotline.refused("sessions", "end", "nobody@nowhere.example")
