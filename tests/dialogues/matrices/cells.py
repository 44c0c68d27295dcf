"""Cells of a matrix: what was tried, what is wrong, and what is known not to be right yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import yaml

NOT_YET = Path(__file__).parent / "not_yet.yml"
_OK, _WRONG, _KNOWN, _NOT_TRIED = ".", "X", "k", " "


@dataclass(frozen=True)
class Cell:
    """`row` and `column` say where, `fault` is empty if all is as it must be."""

    matrix: str
    row: str
    column: str
    words: str = ""
    fault: str = ""

    @property
    def place(self) -> str:
        return f"{self.matrix} | {self.row} | {self.column}"

    @property
    def is_known(self) -> bool:
        return any(fnmatch(self.place, pattern) for pattern in known())

    def __str__(self) -> str:
        return f"{self.place}: 「{self.words}」: {self.fault}"


def known() -> dict[str, str]:
    """The places that are known not to be right yet, as patterns, with the reason."""
    return _KNOWN_PLACES


def faults(cells: Iterable[Cell]) -> list[str]:
    """The cells that fail and are not known to."""
    return [str(cell) for cell in cells if cell.fault and not cell.is_known]


def healed(cells: Iterable[Cell], matrix: str) -> list[str]:
    """The known places of a matrix that was tried as a whole where nothing fails any longer."""
    failing = [cell.place for cell in cells if cell.fault]
    return [
        pattern
        for pattern in known()
        if pattern.startswith(matrix) and not any(fnmatch(place, pattern) for place in failing)
    ]


def drawn(cells: Sequence[Cell], title: str) -> str:
    """A table: a line a row, a letter a column; `k` is wrong and known, `X` wrong and not."""
    rows = list(dict.fromkeys(cell.row for cell in cells))
    columns = list(dict.fromkeys(cell.column for cell in cells))
    letters = [chr(ord("a") + place) for place in range(len(columns))]
    marks = {(cell.row, cell.column): _mark(cell) for cell in cells}
    wide = max(map(len, rows), default=0)
    wrong = [cell for cell in cells if cell.fault]
    lines = [
        f"{title}: {len(cells)} cells, {len(wrong)} not right,"
        f" {sum(cell.is_known for cell in wrong)} of them known",
        *(f"  {letter} {column}" for letter, column in zip(letters, columns, strict=True)),
        f"{'':<{wide}} {' '.join(letters)}",
    ]
    for row in rows:
        cells_of_row = (marks.get((row, column), _NOT_TRIED) for column in columns)
        lines.append(f"{row:<{wide}} {' '.join(cells_of_row)}")
    return "\n".join(lines)


def _mark(cell: Cell) -> str:
    if not cell.fault:
        return _OK
    return _KNOWN if cell.is_known else _WRONG


_KNOWN_PLACES: dict[str, str] = yaml.safe_load(NOT_YET.read_text(encoding="utf-8")) or {}
