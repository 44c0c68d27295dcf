"""Simplified text made Traditional, for the classifier's copy of a message only."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

# Big5 keeps the 5,401 frequent characters below this lead byte. 后, 台, 里 and 干 are among them:
# they are good Traditional, although OpenCC would change them.
_FIRST_RARE_BYTE = 0xC9


def traditional(text: str) -> str:
    """`text` in Traditional characters if it is written in Simplified ones; same length."""
    if not any(map(_is_simplified_only, text)):
        return text
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(map(_traditional_character, text))


@cache
def _is_simplified_only(char: str) -> bool:
    return _traditional_character(char) != char and not _is_frequent_in_taiwan(char)


@cache
def _traditional_character(char: str) -> str:
    converted = _converter().convert(char)
    return converted if len(converted) == 1 else char


def _is_frequent_in_taiwan(char: str) -> bool:
    encoded = char.encode("big5", errors="ignore")
    return len(encoded) == 2 and encoded[0] < _FIRST_RARE_BYTE


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")
