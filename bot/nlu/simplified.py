"""Simplified text made Traditional, for the classifier's copy of a message only.

Words go over as well as characters: 服务器 becomes 伺服器, as the training sentences have it, and
not 服務器. Where a word would change its length (内存, 記憶體), the clause around it goes over
character by character, so that offsets stay.
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

from wording.text import is_usual_in_taiwan

_CLAUSE = re.compile(r"[^\s,.;:!?，。；：！？、]+")


def traditional(text: str) -> str:
    """`text` in Traditional characters if it is written in Simplified ones; same length."""
    if not any(map(_is_simplified_only, text)):
        return text
    return _CLAUSE.sub(lambda clause: _same_length(clause.group()), text)


def _same_length(clause: str) -> str:
    converted: str = _by_words().convert(clause)
    if len(converted) == len(clause):
        return converted
    return "".join(map(_traditional_character, clause))


@cache
def _is_simplified_only(char: str) -> bool:
    return _traditional_character(char) != char and not is_usual_in_taiwan(char)


@cache
def _traditional_character(char: str) -> str:
    converted = _by_characters().convert(char)
    return converted if len(converted) == 1 else char


@cache
def _by_words() -> OpenCC:
    return OpenCC("s2twp")


@cache
def _by_characters() -> OpenCC:
    return OpenCC("s2t")
