"""What the tests of imports do again and again: import a file's text, read rows back."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from hotline.core import Hotline
from hotline.database import Base
from hotline.imports.files import read_content
from hotline.imports.outcome import Outcome
from hotline.imports.service import import_table, named_kind

ROOT = Path(__file__).parents[2]


async def imported(
    hotline: Hotline, kind: str, text: str | bytes, *, source: str = "test.csv", **more: Any
) -> Outcome:
    content = text.encode() if isinstance(text, str) else text
    table = read_content(content)
    return await import_table(hotline, named_kind(hotline, kind), table, source=source, **more)


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.created, outcome.updated, outcome.unchanged


def told(outcome: Outcome) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in outcome.faults]


async def rows(hotline: Hotline, table: type[Base]) -> list[dict[str, Any]]:
    """Every row of a table, as stored, by its primary key."""
    columns = table.__table__
    async with hotline.database.read() as session:
        found = await session.execute(select(columns).order_by(*columns.primary_key))
        return [dict(row) for row in found.mappings()]
