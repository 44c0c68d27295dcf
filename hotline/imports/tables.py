"""A table as every format gives it: columns by name, rows with the line they stand on. Pure.

Cells are text, whatever the format, so that the same content in any of them reads the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeVar

from hotline.errors import BadInput, TooLarge
from wording.text import plain

MOST_ROWS = 50_000
MOST_COLUMNS = 100

_GAPS = re.compile(r"[\s_\-]+")


@dataclass(frozen=True)
class Fault:
    """What is wrong, for whoever can put it right; a fault of a whole row names no column."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class Spoilt:
    """A cell that has no value to read, and why."""

    reason: str


Cell = str | Spoilt
Line = tuple[int, list[Cell]]
Item = TypeVar("Item")


def said(value: Any) -> str:
    """Nothing, a truth, a number or a text, as it would stand in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


@dataclass(frozen=True)
class Row:
    """`cells` has what the row says of each column; a column that it does not name is absent."""

    line: int
    cells: Mapping[str, Cell]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Table:
    """`names` are (line, column) as they were met; with a heading they hold for every row."""

    names: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]
    has_heading: bool


def headed(lines: Iterable[Line]) -> Table:
    """The table whose first line that is not empty names the columns; BadInput without one."""
    written = ((line, cells) for line, cells in lines if any(not _is_empty(cell) for cell in cells))
    first = next(written, None)
    if first is None:
        raise BadInput("the file is empty")
    line, cells = first
    columns = [named(cell) if isinstance(cell, str) else "" for cell in cells]
    if len(columns) > MOST_COLUMNS:
        raise TooLarge(f"the file has more than {MOST_COLUMNS} columns")
    rows = tuple(_row(columns, number, cells) for number, cells in limited(written))
    return Table(tuple((line, name) for name in columns if name), rows, has_heading=True)


def named(heading: str) -> str:
    """A column's name however it is typed: " Partner ID" is partner_id."""
    return _GAPS.sub("_", plain(heading).strip().lower())


def limited(rows: Iterable[Item]) -> Iterator[Item]:
    """`rows`, as many as a table may have; TooLarge beyond."""
    for place, row in enumerate(rows):
        if place == MOST_ROWS:
            raise TooLarge(f"the file has more than {MOST_ROWS} rows")
        yield row


def _row(columns: list[str], line: int, cells: list[Cell]) -> Row:
    found: dict[str, Cell] = {}
    faults: tuple[Fault, ...] = ()
    for name, cell in zip_longest(columns, cells, fillvalue=""):
        if isinstance(name, str) and name:
            found.setdefault(name, cell)
        elif not _is_empty(cell):
            reason = f"a value stands in no column: the heading has {len(columns)}"
            faults = (Fault(line, "", reason),)
    return Row(line, found, faults)


def _is_empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
