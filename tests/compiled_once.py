"""Statements are compiled once for all databases of a run, not once more for each test's own.

SQLAlchemy keeps what it compiled with the engine and its dialect, and every test opens an engine:
without this, two fifths of a test's time went there.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from hotline import database

_FIRST: dict[str, Engine] = {}


def begin() -> None:
    """From now on `hotline.database` opens engines that share it."""
    database.create_async_engine = _engine  # type: ignore[assignment,attr-defined]


def _engine(url: str, **options: Any) -> AsyncEngine:
    engine = create_async_engine(url, **options)
    own = engine.sync_engine
    first = _FIRST.get(own.dialect.name)
    if first is None or first.dialect.server_version_info is None:  # it has never connected
        _FIRST[own.dialect.name] = own
        return engine
    own.dialect = own.pool._dialect = first.dialect
    own._compiled_cache = first._compiled_cache
    return engine
