"""CSV as spreadsheets write it: with commas, semicolons or tabs, and cells of several lines."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from hotline.errors import BadInput
from hotline.imports.tables import Line

_DELIMITERS = ",;\t"
_SAID = re.compile(r"\ufeff?\"?sep=(?P<delimiter>[,;\t])\"?\r?\n", re.IGNORECASE)  # Excel's own
_QUOTED = re.compile(r'"[^"]*"')


def lines_of(text: str) -> Iterator[Line]:
    """Each record with the line it begins on; BadInput names the line of a broken one."""
    said = _SAID.match(text)
    delimiter = said["delimiter"] if said else _delimiter(text)
    records = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    skipped = bool(said)
    while True:
        line = records.line_num + 1
        try:
            cells = next(records, None)
        except csv.Error as broken:
            raise BadInput(
                f"the record that begins on line {line} cannot be read: {broken}"
            ) from None
        if cells is None:
            return
        if skipped:
            skipped = False
            continue
        yield line, list(cells)


def _delimiter(text: str) -> str:
    """What parts the heading most often; a list in the rows may have semicolons, too."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    outside = _QUOTED.sub("", heading)
    return max(_DELIMITERS, key=outside.count)
