"""New databases on the tests' PostgreSQL, for as long as they are used."""

import asyncio
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import asyncpg


@contextmanager
def new_database(server: str, copy_of: str = "") -> Iterator[str]:
    """The URL of a database that is empty, or a copy of the one that `copy_of` is the URL of.

    Nobody may be connected to the original meanwhile.
    """
    name, original = f"test_{uuid.uuid4().hex[:12]}", copy_of.rpartition("/")[2] or "template0"
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        _execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _execute(server: str, statement: str) -> None:
    """In a thread of its own: this one may have a running event loop, such as Playwright's."""

    async def execute() -> None:
        connection = await asyncpg.connect(server.replace("+asyncpg", ""))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, execute()).result()
