"""Cells of a matrix: what was tried, what is wrong, and what is known not to be right yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

NOT_YET = Path(__file__).parent / "not_yet.yml"
OK, WRONG, KNOWN, NOT_TRIED = ".", "X", "k", " "


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

    def __str__(self) -> str:
        return f"{self.place}: 「{self.words}」: {self.fault}"


def known() -> dict[str, str]:
    """The places that are known not to be right yet, with the reason."""
    stored: dict[str, str] = yaml.safe_load(NOT_YET.read_text(encoding="utf-8")) or {}
    return stored


def faults(cells: Iterable[Cell]) -> list[str]:
    """What fails and is not known, and what is known but does not fail any longer."""
    excused = known()
    wrong = []
    for cell in cells:
        if cell.fault and cell.place not in excused:
            wrong.append(str(cell))
        elif cell.place in excused and not cell.fault:
            wrong.append(f"{cell.place}: is right now; take it out of {NOT_YET.name}")
    return wrong


def drawn(cells: Sequence[Cell], title: str) -> str:
    """A table: a line a row, a letter a column."""
    excused = known()
    rows = list(dict.fromkeys(cell.row for cell in cells))
    columns = list(dict.fromkeys(cell.column for cell in cells))
    marks = {
        (cell.row, cell.column): (KNOWN if cell.place in excused else WRONG) if cell.fault else OK
        for cell in cells
    }
    wide = max(map(len, rows), default=0)
    lines = [f"{title}: {len(cells)} cells, {sum(bool(c.fault) for c in cells)} not right"]
    lines += [f"{' ' * wide} {chr(ord('a') + place % 26)} {c}" for place, c in enumerate(columns)]
    lines += [f"{' ' * wide} {' '.join(chr(ord('a') + p % 26) for p in range(len(columns)))}"]
    lines += [
        f"{row:<{wide}} {' '.join(marks.get((row, column), NOT_TRIED) for column in columns)}"
        for row in rows
    ]
    return "\n".join(lines)
