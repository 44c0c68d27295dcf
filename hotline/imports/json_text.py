"""JSON: a list of objects, {"rows": [...]}, or one object, which is one row.

A row's line is its place, from 1. A row names its own columns, and what it does not name is left
as it is; null is an empty cell, a list is what a cell has with semicolons.
"""

import json
from typing import Any, NoReturn

from hotline.errors import BadInput
from hotline.imports.tables import Cell, Fault, Row, Spoilt, Table, limited, named, said

_NO_CELL = "must be a text, a number, true, false, null or a list of texts"


class _Object(dict[str, Any]):
    """An object that knows which of its names stood in it twice."""

    twice: frozenset[str] = frozenset()


def table_of(text: str) -> Table:
    try:
        read = json.loads(text, object_pairs_hook=_object, parse_constant=_refused)
    except (ValueError, RecursionError) as failure:
        where = f": line {failure.lineno}" if isinstance(failure, json.JSONDecodeError) else ""
        raise BadInput(f"the file is not JSON{where}") from None
    rows = read.get("rows", [read]) if isinstance(read, dict) else read
    if not isinstance(rows, list):
        raise BadInput('JSON must be a list of objects, or {"rows": [...]}')
    names: dict[str, int] = {}
    found = []
    for line, one in limited(enumerate(rows, start=1)):
        row = _row(line, one)
        found.append(row)
        for name in row.cells:
            names.setdefault(name, line)
    return Table(tuple((line, name) for name, line in names.items()), tuple(found), False)


def _row(line: int, one: Any) -> Row:
    if not isinstance(one, _Object):
        return Row(line, {}, (Fault(line, "", "must be an object"),))
    cells: dict[str, Cell] = {}
    twice = {named(name) for name in one.twice}
    for name, value in one.items():
        if named(name) in cells:
            twice.add(named(name))
        cells[named(name)] = _cell(value)
    faults = tuple(Fault(line, name, "stands twice in this row") for name in sorted(twice))
    return Row(line, cells, faults)


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, bool | int | float | str):
        return said(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ";".join(value)
    return Spoilt(_NO_CELL)


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        made.twice = frozenset(name for name in made if names.count(name) > 1)
    return made


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
