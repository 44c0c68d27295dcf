"""The characters of a text file: UTF-8, UTF-16 with its mark, or Big5 as Excel in Taiwan writes."""

import codecs

from hotline.errors import BadInput

_BIG5 = "cp950"
_LOST = "\ufffd"


def decoded(content: bytes) -> str:
    """The text of a file; BadInput names the line where it cannot be read."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _or_refused(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        if _is_utf8_nearly(content):
            raise BadInput(
                f"line {_line(content, failure.start)} has a byte that is not UTF-8"
            ) from None
    return _or_refused(content, _BIG5)


def _is_utf8_nearly(content: bytes) -> bool:
    """Whether it is UTF-8 with a fault in it: read as Big5, its characters would be others."""
    read = content.decode("utf-8-sig", errors="replace")
    beyond_ascii = sum(not character.isascii() for character in read)
    return beyond_ascii > 2 * read.count(_LOST)


def _or_refused(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as failure:
        line = _line(content, failure.start)
        raise BadInput(f"line {line} is neither UTF-8 nor Big5; save it as CSV UTF-8") from None


def _line(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1
