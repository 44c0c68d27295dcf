"""The first sheet of an Excel workbook (.xlsx), read only, with the values of its formulas.

openpyxl parses with defusedxml where it is installed, and it is one of our requirements. What a
workbook unpacks to is limited first, by sizes that zipfile then holds to.
"""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import zip_longest
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from hotline.errors import BadInput, HotlineError, TooLarge
from hotline.imports.tables import MOST_COLUMNS, Cell, Line, Spoilt, said

MOST_UNPACKED = 100 * 1024 * 1024

_LAST_LINE = 1_048_576  # of any sheet
_MOST_PARTS = 1000
_FORMULA = "f"
_NEVER_CALCULATED = "is a formula without a value: open the workbook in Excel and save it once"


def lines_of(content: bytes) -> list[Line]:
    """Each row that is not empty, with its number; BadInput if this is no workbook."""
    _limit(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that we do not read
            written = list(_cells(content, data_only=False))
            if not any(cell.data_type == _FORMULA for _, cells in written for cell in cells):
                return [(line, [_said(cell.value) for cell in cells]) for line, cells in written]
            results = {
                line: [cell.value for cell in cells]
                for line, cells in _cells(content, data_only=True)
            }
    except HotlineError:
        raise
    except Exception as failure:  # a damaged file breaks the library in any way
        raise BadInput("the file is not an Excel workbook (.xlsx), or a damaged one") from failure
    return [
        (line, [_result(*pair) for pair in zip_longest(cells, results.get(line, ()))])
        for line, cells in written
    ]


def _limit(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise BadInput("the file is not an Excel workbook (.xlsx), or a damaged one") from broken
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLarge(f"the workbook unpacks to more than {MOST_UNPACKED >> 20} MB")


def _cells(content: bytes, *, data_only: bool) -> Iterator[tuple[int, tuple[Any, ...]]]:
    workbook = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=data_only)
    try:
        if not workbook.worksheets:
            raise BadInput("the workbook has no sheet with cells")
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # what other programs write there is not always so
        # One column more than there may be, so that too many are seen.
        rows = sheet.iter_rows(max_row=_LAST_LINE, max_col=MOST_COLUMNS + 1)
        gap = None  # the one row that stands for all that are missing; there may be a million
        for line, cells in enumerate(rows, start=1):
            if cells is gap:
                continue
            last = max((n for n, cell in enumerate(cells, 1) if cell.value is not None), default=0)
            if last:
                yield line, cells[:last]
            else:
                gap = cells
    finally:
        workbook.close()


def _result(cell: Any, value: Any) -> Cell:
    if cell.data_type == _FORMULA and value is None:
        return Spoilt(_NEVER_CALCULATED)
    return _said(value)


def _said(value: Any) -> str:
    """A cell as it would stand in a CSV file."""
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return said(value)
