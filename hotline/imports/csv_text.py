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
_QUOTES = re.compile(r'"+')


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
            raise BadInput(_why(text, line, delimiter, broken)) from None
        if cells is None:
            return
        if skipped:
            skipped = False
            continue
        yield line, list(cells)


def _why(text: str, line: int, delimiter: str, broken: csv.Error) -> str:
    """What is wrong with the record that begins on `line`: mostly a quote that was left open."""
    opened = _last_quote(text, line, delimiter)
    if opened is None:
        return f"the record that begins on line {line} cannot be read: {broken}"
    if "end of data" in str(broken):
        return f'the quote (") that begins on line {opened} is never closed'
    return (
        f'the quote (") that begins on line {opened} is not closed where it should be, or a quote '
        f"inside it is not doubled: {broken}"
    )


def _last_quote(text: str, line: int, delimiter: str) -> int | None:
    """The line of the last quote that opens a cell, from `line` up to the first fault."""
    opened: int | None = None
    is_open = False
    for number, written in enumerate(StringIO(text, newline=""), 1):
        if number < line:
            continue
        for quotes in _QUOTES.finditer(written):
            before, after = written[: quotes.start()][-1:], written[quotes.end() :][:1]
            if not is_open and before not in ("", delimiter):
                continue  # in the middle of a cell that is not quoted
            if not is_open:
                opened = number
            if len(quotes.group()) % 2:
                is_open = not is_open
            if not is_open and after not in (delimiter, "\r", "\n", ""):
                return opened
    return opened


def _delimiter(text: str) -> str:
    """What parts the heading most often; a list in the rows may have semicolons, too."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    outside = _QUOTED.sub("", heading)
    return max(_DELIMITERS, key=outside.count)
