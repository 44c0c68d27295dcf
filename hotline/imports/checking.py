"""A table's rows as values of their kind, and every fault that can be seen without the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hotline.errors import BadInput
from hotline.imports.checks import not_yet
from hotline.imports.columns import MUST, Column
from hotline.imports.kinds import Kind
from hotline.imports.readers import Unreadable, written
from hotline.imports.tables import Cell, Fault, Row, Spoilt, Table


@dataclass(frozen=True)
class Entry:
    """A row without a fault: its line, its key, and the values that it says, by column."""

    line: int
    key: tuple[Any, ...]
    values: dict[str, Any]


def checked(kind: Kind, table: Table, today: date) -> tuple[list[Entry], list[Fault]]:
    """The rows that are in order, and the faults of the heading and of the others.

    A heading that lacks a column, or has one twice, spoils every row. `today` is the day of a
    record that is kept by day and does not say which. BadInput if no column is one of the kind's.
    """
    is_spoilt = bool(spoiling(kind, table))
    faults = list(_of_heading(kind, table))
    if is_spoilt:
        return [], faults
    rows = _Rows(kind, today)
    entries = [entry for row in table.rows if (entry := rows.entry(row))]
    return entries, faults + rows.faults


def spoiling(kind: Kind, table: Table) -> list[Fault]:
    """The faults of the heading that spoil every row; none where it names what it must.

    BadInput if no column is one of the kind's.
    """
    known = kind.by_name
    if table.rows and not any(name in known for _, name in table.names):
        names = ", ".join(known)
        raise BadInput(f"the file has none of the columns of {kind.name}: {names}")
    if not table.has_heading:
        return []
    return [fault for fault in _of_heading(kind, table) if fault.column in known]


class _Rows:
    """Reads row after row and knows which keys have been there."""

    def __init__(self, kind: Kind, today: date) -> None:
        self.faults: list[Fault] = []
        self._kind = kind
        self._columns = kind.by_name
        self._today = today
        self._lines: dict[tuple[str, ...], dict[Any, int]] = {}

    def entry(self, row: Row) -> Entry | None:
        values: dict[str, Any] = {}
        faults = list(row.faults)
        for column in self._columns.values():
            try:
                if column.name in row.cells:
                    values[column.name] = _value(column, row.cells[column.name])
                elif column.required:
                    raise Unreadable("is missing")
            except Unreadable as unreadable:
                faults.append(Fault(row.line, column.name, str(unreadable)))
        if "as_of" in self._kind.key and not any(fault.column == "as_of" for fault in faults):
            values["as_of"] = values.get("as_of") or self._today
        faults += [Fault(row.line, *fault) for fault in self._kind.check(values)]
        faults += [Fault(row.line, *fault) for fault in not_yet(values, self._today)]
        faults += self._repeated(self._kind.key, values, row.line)
        if not faults:
            for name in self._kind.unique:
                faults += self._repeated((name,), values, row.line)
        self.faults += faults
        key = tuple(values.get(name) for name in self._kind.key)
        return None if faults else Entry(row.line, key, values)

    def _repeated(self, names: tuple[str, ...], values: dict[str, Any], line: int) -> list[Fault]:
        """The fault of a row whose values in these columns another one had before."""
        found = tuple(values.get(name) for name in names)
        if None in found:
            return []
        first = self._lines.setdefault(names, {}).setdefault(found, line)
        if first == line:
            return []
        return [Fault(line, names[-1], f"stands on line {first} already ({' + '.join(names)})")]


def _of_heading(kind: Kind, table: Table) -> Iterator[Fault]:
    met: set[str] = set()
    for line, name in table.names:
        if name not in kind.by_name:
            known = ", ".join(kind.by_name)
            yield Fault(
                line, name, f"is not a column of {kind.name} and was not read; there are {known}"
            )
        elif name in met:
            yield Fault(line, name, "is a column twice; nothing was read")
        met.add(name)
    if table.has_heading:
        line = table.names[0][0] if table.names else 1
        for column in kind.columns:
            if column.required and column.name not in met:
                yield Fault(line, column.name, "is a column that is missing; nothing was read")


def _value(column: Column, cell: Cell) -> Any:
    if isinstance(cell, Spoilt):
        raise Unreadable(cell.reason)
    text = written(cell)
    if text:
        return column.read(text)
    if column.empty is MUST:
        raise Unreadable("must not be empty")
    return column.empty
