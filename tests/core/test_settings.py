"""The settings: the file, the environment over it, and one clear line for each fault."""

import os
import re
from pathlib import Path

import pytest
import tomllib

from hotline.errors import SettingsError
from hotline.settings import Settings, load_settings
from hotline.settings.load import OTHER_VARIABLES
from tests.core.settings_file import faults, written

PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("HOTLINE_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    written(tmp_path)
    return tmp_path


def test_the_file_of_the_project_says_what_the_defaults_are(root: Path) -> None:
    (root / "hotline.toml").write_bytes((PROJECT / "hotline.toml").read_bytes())
    spelled_out = load_settings(root)
    written(root)
    assert spelled_out == load_settings(root)


def test_the_file_of_the_project_names_every_key_but_the_secrets() -> None:
    text = (PROJECT / "hotline.toml").read_text(encoding="utf-8")
    told = set(tomllib.loads(text)) | set(re.findall(r"^# (?:\[\[)?(\w+)(?: =|\]\])", text, re.M))
    assert set(Settings.model_fields) - {"root", "secrets"} <= told


def test_the_targets_are_those_of_the_hotline(root: Path) -> None:
    targets = load_settings(root).severity
    assert {
        level: (target.first_response_minutes, target.resolution_minutes)
        for level, target in targets.items()
    } == {1: (30, 240), 2: (120, 480), 3: (240, 1440), 4: (480, 2880)}


def test_paths_are_relative_to_the_root(root: Path) -> None:
    settings = load_settings(root)
    assert settings.database_url == f"sqlite+aiosqlite:///{root}/var/hotline.db"
    assert settings.clock_file == root / "var" / "clock"


def test_the_environment_wins_over_the_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(root, before="reopen_days = 7\n", after="[desk]\nhost = '0.0.0.0'\nport = 8000\n")
    monkeypatch.setenv("HOTLINE_DESK__PORT", "9000")
    monkeypatch.setenv("HOTLINE_SEVERITY__1__FIRST_RESPONSE_MINUTES", "15")
    monkeypatch.setenv("HOTLINE_HOURS__SAT", '["09:00-12:00"]')
    monkeypatch.setenv("HOTLINE_DATABASE_URL", "postgresql+asyncpg://hotline@localhost/hotline")
    settings = load_settings(root)
    assert (settings.desk.host, settings.desk.port) == ("0.0.0.0", 9000)  # noqa: S104
    assert settings.severity[1].first_response_minutes == 15
    assert settings.severity[1].resolution_minutes == 240
    assert settings.hours.sat == ("09:00-12:00",)
    assert settings.database_url == "postgresql+asyncpg://hotline@localhost/hotline"
    assert settings.reopen_days == 7


def test_an_empty_variable_is_as_good_as_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_DATABASE_URL", "")
    assert load_settings(root).database_url.endswith("var/hotline.db")


def test_settings_cannot_be_changed_afterwards(root: Path) -> None:
    settings = load_settings(root)
    with pytest.raises(ValueError, match="frozen"):
        settings.demo = "none"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('env = "staging"', "", "env is 'staging'; allowed: 'development' or 'production'"),
        ("colour = 1", "", "colour is unknown; known here are env, database_url, "),
        ("", "[desk]\nprot = 1", "desk.prot is unknown; known here are host, port"),
        ("", "[desk]\nport = 'http'", "desk.port is 'http'; allowed: a valid integer"),
        (
            "",
            "[scanner]\naddress = 'http://x'",
            "scanner.address is 'http://x'; allowed: tcp://127.0.0.1:3310, unix:///run/",
        ),
        (
            "",
            "[scanner]\naddress = 'tcp://clamd:3310'\nfile_mb = 5",
            "scanner is not valid; allowed: a file_mb of at least 10, that of limits",
        ),
        ("", "[desk]\nport = 0", "desk.port is 0; allowed: greater than or equal to 1"),
        (
            "",
            "[severity.1]\nurgent = 1",
            "severity.1.urgent is unknown; known here are first_response_minutes, ",
        ),
        ("", "[severity.5]\n", "severity is not valid; allowed: the severities 1, 2, 3 and 4"),
        ("", "[hours]\nmon = ['9-5']", "hours.mon is ['9-5']; allowed: hours like 09:00-17:00"),
        ("", "[hours]\ntimezone = 'Taipei'", "hours.timezone is 'Taipei'; allowed: a time zone"),
        (
            "",
            "[[closures]]\ndate = 2026-12-01\nname_zh = '颱風'",
            "closures.0.name_en is missing",
        ),
        (
            "",
            "[severity.1]\nresolution_minutes = 5",
            "severity.1 is not valid; allowed: a resolution_minutes that is not below",
        ),
        (
            "",
            "[silence]\nsolved_close_days = 1",
            "silence is not valid; allowed: a solved_close_days that is above solved_reminder_days",
        ),
        (
            "",
            "[silence]\nwaiting_reminder_days = 10",
            "silence is not valid; allowed: a waiting_close_days that is above waiting_reminder_",
        ),
        (
            'database_url = "mysql://root:hunter2@db/x"',
            "",
            "database_url is not valid; allowed: sqlite+aiosqlite:///FILE or postgresql+asyncpg",
        ),
        ("", "[secrets]\njwt_key = 'x'", "secrets have no place here"),
        ('root = "/tmp"', "", "root is unknown"),
    ],
)
def test_a_fault_of_the_file_is_told_with_its_key_and_what_is_allowed(
    root: Path, before: str, after: str, fault: str
) -> None:
    written(root, before + "\n", after + "\n")
    told = faults(root)
    assert len(told) == 1
    assert told[0].startswith(f"hotline.toml: {fault}")
    assert "\n" not in told[0]
    assert "hunter2" not in told[0]


def test_a_week_without_hours_is_refused(root: Path) -> None:
    written(root, after="[hours]\n" + "".join(f"{day} = []\n" for day in ["mon", "tue", "wed"]))
    load_settings(root)
    week = ["mon", "tue", "wed", "thu", "fri"]
    written(root, after="[hours]\n" + "".join(f"{day} = []\n" for day in week))
    assert faults(root) == [
        "hotline.toml: hours is not valid; allowed: seven days, one of them open at least"
    ]


def test_every_fault_has_its_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(root, before="colour = 1\nreopen_days = -1\n")
    monkeypatch.setenv("HOTLINE_DATABSE_URL", "x")
    assert len(faults(root)) == 3


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("HOTLINE_DESK__PORT", "http", "HOTLINE_DESK__PORT: desk.port is 'http'; allowed: "),
        ("HOTLINE_DESK__PROT", "1", "HOTLINE_DESK__PROT: desk.prot is unknown; known here are"),
        ("HOTLINE_DATABSE_URL", "x", "HOTLINE_DATABSE_URL: no such setting; known are env, "),
        ("HOTLINE_ENV", "prod", "HOTLINE_ENV: env is 'prod'; allowed: 'development' or"),
        ("HOTLINE_HOURS__MON", "09:00-17:00", "HOTLINE_HOURS__MON cannot be read; allowed: JSON"),
        ("HOTLINE_VENDOR", "Daybreak", "HOTLINE_VENDOR cannot be read; allowed: JSON"),
    ],
)
def test_a_fault_of_the_environment_is_told_by_the_name_of_the_variable(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, fault: str
) -> None:
    monkeypatch.setenv(name, value)
    told = faults(root)
    assert len(told) == 1
    assert told[0].startswith(fault)


def test_the_variables_that_the_engines_files_read_are_known() -> None:
    files = [PROJECT / "credentials.yml", PROJECT / "endpoints.yml"]
    read = {name for file in files for name in re.findall(r"\$\{(HOTLINE_\w+)\}", file.read_text())}
    assert read
    assert read <= OTHER_VARIABLES


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"hotline\.toml is missing"):
        load_settings(tmp_path)


def test_a_file_that_is_no_toml_is_told_with_the_line(root: Path) -> None:
    (root / "hotline.toml").write_text("env = production\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"hotline\.toml cannot be read: .*line 1"):
        load_settings(root)


def test_nothing_in_code_names_the_vendor(root: Path) -> None:
    (root / "hotline.toml").write_text("", encoding="utf-8")
    assert faults(root) == ["hotline.toml: vendor is missing"]
