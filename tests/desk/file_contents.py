"""The beginnings of files, by which their kind is known."""

import zipfile
from io import BytesIO

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def zipped(*names: str) -> bytes:
    """A zip with members of these names."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return file.getvalue()
