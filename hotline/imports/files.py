"""Which format a file has, by its content: a name may say anything."""

from pathlib import Path

from hotline.errors import BadInput, TooLarge
from hotline.imports import csv_text, json_text
from hotline.imports.tables import Table, headed
from hotline.imports.texts import decoded

MOST_BYTES = 10 * 1024 * 1024

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"  # Excel until 2003, and anything with a password


def read_path(path: Path) -> Table:
    """The table in a file; BadInput or TooLarge says, with the path, why there is none."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as failure:
        why = getattr(failure, "strerror", None) or "no such file"
        raise BadInput(f"{path} cannot be read: {why}") from None
    try:
        return read_content(content)
    except (BadInput, TooLarge) as refused:
        raise type(refused)(f"{path}: {refused.message}") from None


def read_content(content: bytes) -> Table:
    """The table in the content of a file: a workbook, JSON or CSV."""
    if len(content) > MOST_BYTES:
        raise TooLarge(f"the file has more than {MOST_BYTES >> 20} MB")
    if content.startswith(_ZIP):
        # openpyxl takes long to load: no command waits for it but one that reads a workbook.
        from hotline.imports import workbooks

        return headed(workbooks.lines_of(content))
    if content.startswith(_OLE):
        raise BadInput(
            "the file is an old Excel workbook, or one with a password: save it as .xlsx"
        )
    text = decoded(content)
    if text.lstrip()[:1] in ("[", "{"):
        return json_text.table_of(text)
    return headed(csv_text.lines_of(text))
