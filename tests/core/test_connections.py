"""Connections to PostgreSQL: one that rested is asked whether it lives before it is used."""

import asyncpg
import pytest
from sqlalchemy import select, text

from hotline import database
from hotline.core import open_hotline
from hotline.settings import Settings

pytestmark = pytest.mark.postgres

_CLOSE_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'
"""


async def _close_all(url: str) -> None:
    own = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        await own.execute(_CLOSE_OTHERS)
    finally:
        await own.close()


async def test_connections_that_the_database_has_closed_are_replaced(
    postgres_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PING_AFTER_S", 0.0)
    async with open_hotline(postgres_settings) as hotline:
        async with hotline.database.read() as one, hotline.database.read() as other:
            assert await one.scalar(select(text("1"))) == await other.scalar(select(text("1")))
        await _close_all(postgres_settings.database_url)
        for _ in range(2):
            async with hotline.database.read() as session:
                assert await session.scalar(select(text("1"))) == 1


async def test_a_connection_in_use_is_not_asked_at_each_unit(
    postgres_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_hotline(postgres_settings) as hotline:
        dialect, asked = hotline.database.engine.sync_engine.dialect, list[object]()
        async with hotline.database.read() as session:
            await session.scalar(select(text("1")))
        monkeypatch.setattr(dialect, "do_ping", asked.append)
        for _ in range(3):
            async with hotline.database.read() as session:
                await session.scalar(select(text("1")))
        assert asked == []
