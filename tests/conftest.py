"""What tests share: a hotline over a fresh database, with the demonstration's people in it."""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import asyncpg
import pytest

from hotline import schema, seed
from hotline.clock import Clock
from hotline.core import Hotline, open_hotline
from hotline.partners.service import Contact, contact_by_email
from hotline.settings import Settings, load_settings
from hotline.staff.service import Staff, staff_by_email

# A Tuesday morning in open hours, and a Friday night.
TUESDAY_MORNING = datetime.fromisoformat("2026-12-01T10:15:00+08:00")
FRIDAY_NIGHT = datetime.fromisoformat("2026-12-04T22:40:00+08:00")
CONTACT = "yichun.chen@heguang.example"
COLLEAGUE = "bohong.lin@heguang.example"
OTHER_COMPANY = "amy.wu@polaris.example"
ENGINEER, LEAD = "zhihao.wang@hotline.example", "wenbin.zhang@hotline.example"


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the demonstration data; copied for each test."""
    file = tmp_path_factory.mktemp("seeded") / "hotline.db"
    settings = _settings(file.parent, f"sqlite+aiosqlite:///{file}")
    asyncio.run(_prepare(settings))
    return file


@pytest.fixture
def settings(tmp_path: Path, seeded_file: Path) -> Settings:
    file = tmp_path / "hotline.db"
    shutil.copy(seeded_file, file)
    return _settings(tmp_path, f"sqlite+aiosqlite:///{file}")


@pytest.fixture
async def hotline(settings: Settings) -> AsyncIterator[Hotline]:
    """The core at a set time: Tuesday 10:15 in Taipei."""
    set_clock(settings, TUESDAY_MORNING)
    async with open_hotline(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres_server() -> str:
    return os.environ["TEST_POSTGRES_URL"]


@pytest.fixture
def postgres_settings(tmp_path: Path, postgres_server: str) -> Iterator[Settings]:
    """Settings over a new, migrated and seeded database of the test server."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    server = postgres_server.rpartition("/")[0]
    plain = postgres_server.replace("+asyncpg", "")
    asyncio.run(_execute(plain, f'CREATE DATABASE "{name}"'))
    settings = _settings(tmp_path, f"{server}/{name}")
    asyncio.run(_prepare(settings))
    yield settings
    asyncio.run(_execute(plain, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
async def postgres_hotline(postgres_settings: Settings) -> AsyncIterator[Hotline]:
    set_clock(postgres_settings, TUESDAY_MORNING)
    async with open_hotline(postgres_settings) as opened:
        yield opened


@pytest.fixture
async def contact(hotline: Hotline) -> Contact:
    return await contact_of(hotline, CONTACT)


@pytest.fixture
async def engineer(hotline: Hotline) -> Staff:
    return await staff_of(hotline, ENGINEER)


@pytest.fixture
async def lead(hotline: Hotline) -> Staff:
    return await staff_of(hotline, LEAD)


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


def _settings(folder: Path, url: str) -> Settings:
    return load_settings().model_copy(update={"database_url": url, "var_dir": folder})


async def _prepare(settings: Settings) -> None:
    await schema.upgrade(settings.database_url)
    async with open_hotline(settings) as hotline:
        await seed.seed(hotline)


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
