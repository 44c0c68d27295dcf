"""What tests share: a hotline over a fresh database, with the demonstration's people in it."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from hotline import schema, seed
from hotline.clock import Clock
from hotline.core import Hotline, open_hotline
from hotline.partners.service import Contact, contact_by_email
from hotline.settings import Settings, load_settings
from hotline.staff import presence
from hotline.staff.rules import BUSY
from hotline.staff.service import Staff, staff_by_email
from tests import compiled_once
from tests.postgres import new_database

# A Tuesday morning in open hours, and a Friday night.
TUESDAY_MORNING = datetime.fromisoformat("2026-12-01T10:15:00+08:00")
FRIDAY_NIGHT = datetime.fromisoformat("2026-12-04T22:40:00+08:00")
CONTACT = "yichun.chen@heguang.example"
COLLEAGUE = "bohong.lin@heguang.example"
OTHER_COMPANY = "amy.wu@polaris.example"
ENGINEER, LEAD = "zhihao.wang@hotline.example", "wenbin.zhang@hotline.example"
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both: runs on SQLite and on PostgreSQL")
    compiled_once.begin()


def pytest_collection_finish() -> None:
    """Seven thousand tests stay to the end: looking for garbage among them again is no use."""
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is marked `both` runs once on each database."""
    if "settings" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both"):
        metafunc.parametrize("settings", BOTH, indirect=True)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the demonstration data; copied for each test."""
    file = tmp_path_factory.mktemp("seeded") / "hotline.db"
    settings = _settings(file.parent, f"sqlite+aiosqlite:///{file}")
    asyncio.run(_prepare(settings))
    return file


@pytest.fixture(scope="session")
def year_file(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the whole year in it, made on Tuesday at 10:15; copied for each test."""
    return file_with_the_year(seeded_file, tmp_path_factory.mktemp("year"))


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> Settings:
    """Settings over a database of its own: SQLite, unless the test is one for both."""
    prepared: Settings = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_settings")
    return prepared


@pytest.fixture
def sqlite_settings(tmp_path: Path, seeded_file: Path) -> Settings:
    file = tmp_path / "hotline.db"
    shutil.copy(seeded_file, file)
    return _settings(tmp_path, f"sqlite+aiosqlite:///{file}")


@pytest.fixture
def year_settings(tmp_path: Path, year_file: Path) -> Settings:
    """For tests whose `settings` are parametrized with "year"."""
    file = tmp_path / "hotline.db"
    shutil.copy(year_file, file)
    return settings_of_the_year(tmp_path, f"sqlite+aiosqlite:///{file}")


@pytest.fixture
async def hotline(settings: Settings) -> AsyncIterator[Hotline]:
    """The core at a set time: Tuesday 10:15 in Taipei, or what a desk has set before."""
    begin_clock(settings)
    async with open_hotline(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres_server() -> str:
    return os.environ["TEST_POSTGRES_URL"]


@pytest.fixture(scope="session")
def seeded_database(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A migrated PostgreSQL database with the demonstration data; copied for each test."""
    with new_database(postgres_server) as url:
        asyncio.run(_prepare(_settings(tmp_path_factory.mktemp("seeded"), url)))
        yield url


@pytest.fixture
def postgres_settings(
    tmp_path: Path, postgres_server: str, seeded_database: str
) -> Iterator[Settings]:
    with new_database(postgres_server, copy_of=seeded_database) as url:
        yield _settings(tmp_path, url)


@pytest.fixture
async def contact(hotline: Hotline) -> Contact:
    return await contact_of(hotline, CONTACT)


@pytest.fixture
async def engineer(hotline: Hotline) -> Staff:
    return await staff_of(hotline, ENGINEER)


@pytest.fixture
async def lead(hotline: Hotline) -> Staff:
    return await staff_of(hotline, LEAD)


@pytest.fixture
async def somebody_there(hotline: Hotline) -> None:
    """Else nobody who asks for a person is put in line; and nobody is asked to take over."""
    await presence.stand(hotline, await staff_of(hotline, LEAD), BUSY)


def begin_clock(settings: Settings, at: datetime = TUESDAY_MORNING) -> None:
    """Set the clock once: set again, it would go back for whoever has read it."""
    if not settings.clock_file.exists():
        set_clock(settings, at)


def set_clock(settings: Settings, at: datetime) -> None:
    Clock(settings.clock_file, settings.env).set(at)


async def contact_of(hotline: Hotline, email: str) -> Contact:
    async with hotline.database.read() as session:
        found = await contact_by_email(session, email)
    assert found is not None
    return found


async def staff_of(hotline: Hotline, email: str) -> Staff:
    async with hotline.database.read() as session:
        found = await staff_by_email(session, email)
    assert found is not None
    return found


def file_with_the_year(seeded: Path, folder: Path) -> Path:
    file = folder / "hotline.db"
    shutil.copy(seeded, file)
    settings = settings_of_the_year(folder, f"sqlite+aiosqlite:///{file}")
    set_clock(settings, TUESDAY_MORNING)
    asyncio.run(_seed(settings))
    return file


def settings_of_the_year(folder: Path, url: str) -> Settings:
    """Settings of the demonstration year."""
    return _settings(folder, url).model_copy(update={"demo": "year"})


def _settings(folder: Path, url: str) -> Settings:
    own = {"database_url": url, "var_dir": folder, "demo": "people"}
    return load_settings().model_copy(update=own)


async def _prepare(settings: Settings) -> None:
    await schema.upgrade(settings.database_url)
    set_clock(settings, TUESDAY_MORNING)  # what is seeded lies around the day of the tests
    await _seed(settings)


async def _seed(settings: Settings) -> None:
    async with open_hotline(settings) as hotline:
        await seed.seed(hotline)
