"""The index of titles: Latin ones by letter, Chinese ones by strokes, as a book of Taiwan has it.

Big5 has its 5,401 usual characters in the order of their strokes, so its code is the order, and
where a number of strokes begins is a table.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

Kind = Literal["letter", "strokes", "other"]

# An index of English passes over a leading article, and either language over a quotation mark.
_PASSED_OVER = re.compile(r"[\W_]+|(?:the|an?)\s+(?=\w)", re.IGNORECASE)
# The code of the first character with 1 stroke, with 2, and so on.
_BEGINS = (
    0xA440, 0xA442, 0xA454, 0xA4A1, 0xA4FE, 0xA5E0, 0xA6EA, 0xA8C3, 0xAB45, 0xADBB, 0xB0AE, 0xB3C3,
    0xB6C4, 0xB9AC, 0xBBF5, 0xBEA7, 0xC075, 0xC24F, 0xC35F, 0xC455, 0xC4D7, 0xC56B, 0xC5C8, 0xC5F1,
    0xC655, 0xC665, 0xC66C, 0xC676, 0xC67B,
)  # fmt: skip
_END = 0xC67F
# Characters with the radical 衤 beside, by their codes: Big5 counts one stroke too many there.
_ONE_LESS = frozenset(
    bytes.fromhex(
        "aaec ad6d b04c b04d b351 b352 b353 b354 b5f6 b8c8 b8c9 b8ce bb6f bb72 bb74 bb75 bdc5 "
        "bdc6 bdc8 bfc6 bfc7 bfc8 bfc9 c1b7 c1b9 c3cb c3cc c3cd c4b0 c4fb c4fc c5a8 "
    ).decode("big5")
)
_LATIN, _CHINESE, _OTHER = range(3)


@dataclass(frozen=True)
class Heading:
    """Under what a title stands: a letter, a number of strokes, or nothing of these."""

    kind: Kind
    value: str = ""


def heading_of(title: str) -> Heading:
    first = _begun(title)[:1]
    if first.isascii() and first.isalpha():
        return Heading("letter", first.upper())
    strokes = _strokes(first)
    return Heading("strokes", str(strokes)) if strokes else Heading("other")


def order_of(title: str) -> tuple[tuple[int, int, int], ...]:
    """What to sort titles by: letters, then strokes, then whatever is neither."""
    return tuple(_place(character) for character in _begun(title).casefold())


def _begun(title: str) -> str:
    """The title from where it is filed by."""
    found = _PASSED_OVER.match(title)
    return title[found.end() :] if found and found.end() < len(title) else title


def _place(character: str) -> tuple[int, int, int]:
    if character.isascii():
        return _LATIN, 0, ord(character)
    strokes = _strokes(character)
    return (_CHINESE, strokes, _big5(character)) if strokes else (_OTHER, 0, ord(character))


def _strokes(character: str) -> int:
    """How many there are; 0 of what is no usual Chinese character."""
    code = _big5(character)
    if not _BEGINS[0] <= code < _END:
        return 0
    return bisect_right(_BEGINS, code) - (character in _ONE_LESS)


def _big5(character: str) -> int:
    """The code of a character of two bytes; 0 of any other."""
    encoded = character.encode("big5", errors="ignore")
    return int.from_bytes(encoded) if len(encoded) == 2 else 0
