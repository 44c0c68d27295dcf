"""`hotline person` and `hotline retention`, as an administrator runs them, and their settings."""

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest

from hotline.core import open_hotline
from hotline.settings import load_settings
from tests.conftest import CONTACT, TUESDAY_MORNING, contact_of, set_clock
from tests.core.desk_work import opened
from tests.core.settings_file import faults, written
from tests.core.test_command_line import Command


@pytest.fixture
async def hotline(tmp_path: Path) -> Command:
    """A current database with the demonstration in it, and an open ticket of its contact."""
    command = Command(tmp_path)
    command("db", "upgrade")
    command("seed")
    url = f"sqlite+aiosqlite:///{tmp_path / 'hotline.db'}"
    settings = load_settings().model_copy(update={"database_url": url, "var_dir": tmp_path})
    set_clock(settings, TUESDAY_MORNING)
    async with open_hotline(settings) as core:
        await opened(core, await contact_of(core, CONTACT))
    return command


def test_a_person_is_exported_and_then_erased(hotline: Command, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    told = hotline("person", "export", CONTACT, "--out", str(out))
    assert told == f"{out}: 1 conversations, 1 tickets, 0 files"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with zipfile.ZipFile(out) as archive:
        assert json.loads(archive.read("data.json"))["address"] == CONTACT
    assert hotline.refused("person", "export", CONTACT, "--out", str(out)).endswith("there already")
    assert hotline.refused("person", "erase", CONTACT).startswith("still open: T26-")
    would = hotline("person", "erase", CONTACT, "--dry-run")
    assert would.startswith("would erase")
    assert "still open: T26-" in would
    erased = json.loads(hotline("person", "erase", CONTACT, "--also-open", "--json"))
    assert (erased["rows"]["contacts"], erased["complete"]) == (1, True)
    assert json.loads(hotline("person", "erase", CONTACT, "--json"))["rows"] == {}
    assert hotline.refused("partner-token", CONTACT).startswith("no contact has the e-mail")


def test_whoever_was_erased_already_is_called_so(hotline: Command) -> None:
    hotline("person", "erase", CONTACT, "--also-open")
    for more in ([], ["--dry-run"]):
        told = hotline("person", "erase", CONTACT, *more)
        assert told.splitlines()[0] == "was erased already"
    assert json.loads(hotline("person", "erase", CONTACT, "--json"))["already"] is True


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["erase", "nobody@x.example"], "no contact has the e-mail nobody@x.example"),
        (["erase", "--address", "nobody@x.example"], "no visitor has used the address"),
        (["erase", "--address", CONTACT], f"{CONTACT} is a contact's"),
        (["erase"], "give a contact's EMAIL, or --address EMAIL for a visitor"),
        (["export", CONTACT, "--address", CONTACT], "give a contact's EMAIL, or --address"),
        (["export", "nobody@x.example"], "no contact has the e-mail nobody@x.example"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else "",
)
def test_what_cannot_be_done_is_told_in_one_line(
    hotline: Command, arguments: list[str], told: str
) -> None:
    assert hotline.refused("person", *arguments).startswith(told)


def test_what_is_due_is_told_and_let_go(hotline: Command) -> None:
    told = json.loads(hotline("retention", "run", "--dry-run", "--json"))
    assert [gone["kind"] for gone in told["kinds"]][:2] == ["conversations", "ticket_conversations"]
    assert all(set(gone) == {"kind", "days", "before", "count"} for gone in told["kinds"])
    assert hotline("retention", "run").splitlines()[0].startswith("conversations")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("HOTLINE_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ('[privacy]\nconsent_zh = "留存"', "consent_zh and consent_en together, or neither"),
        ('[retention]\nat = "25:00"', "retention.at"),
        ("[retention]\nfiles_days = -1", "retention.files_days"),
        ("[retention]\naccess_codes_days = 0", "retention.access_codes_days"),
        ("[retention]\nphotos_days = 3", "retention.photos_days"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(root: Path, said: str, fault: str) -> None:
    written(root, after=said)
    assert fault in "\n".join(faults(root))


def test_the_consent_is_of_the_conversations_language(root: Path) -> None:
    written(root, after='[privacy]\nconsent_zh = "會留存"\nconsent_en = " kept "')
    privacy = load_settings(root).privacy
    assert (privacy.consent("zh-TW"), privacy.consent("en")) == ("會留存", "kept")
