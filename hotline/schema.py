"""Bringing the database to the schema of this version, by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from hotline import sqlite_driver

_MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade(database_url: str) -> None:
    """Apply every migration that is missing; does nothing on a database that is current."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(database_url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


async def is_current(database_url: str) -> bool:
    engine = _engine(database_url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_is_current)
    finally:
        await engine.dispose()


def _engine(database_url: str) -> AsyncEngine:
    """By our own driver: aiosqlite's answers a loop that has ended when a file cannot be opened."""
    if not database_url.startswith("sqlite"):
        return create_async_engine(database_url)
    return create_async_engine(
        database_url, connect_args={"async_creator_fn": sqlite_driver.connect}
    )


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def _upgrade(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_current(connection: Connection) -> bool:
    heads = set(ScriptDirectory.from_config(configuration()).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == heads
