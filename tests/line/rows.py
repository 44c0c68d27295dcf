"""The rows of the line's database, read past the line; alike from SQLite and from PostgreSQL."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import text

from hotline.database import Database

Row = tuple[Any, ...]


class Rows:
    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(self, statement: str, *values: object) -> list[Row]:
        """The rows of a SELECT with a `?` for each of `values`; times are UTC texts, JSON is text.

        In a thread of its own, for Playwright keeps an event loop in this one.
        """
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self._ask(statement, values)).result()

    async def _ask(self, statement: str, values: tuple[object, ...]) -> list[Row]:
        first, *rest = statement.split("?")
        named = first + "".join(f":v{n}{part}" for n, part in zip(count(), rest, strict=False))
        database = Database(self._url)
        try:
            async with database.read() as session:
                found = await session.execute(
                    text(named), {f"v{n}": value for n, value in enumerate(values)}
                )
                return [tuple(map(_as_text, row)) for row in found]
        finally:
            await database.close()


def _as_text(value: Any) -> Any:
    """As SQLite keeps it, if it is a time or JSON."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
