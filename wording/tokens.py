"""Tokens of mixed text: Latin words and numbers whole, Chinese one character at a time.

`我的S1014連不上` is 我, 的, S1014, 連, 不, 上. No dictionary is needed, so no word is cut wrong,
and a part number keeps its hyphen.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wording.text import plain

# Ideographs with their extensions, kana, hangul, and bopomofo, which Taiwan types for fun (ㄉ, ㄅ).
CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u3105-\u312f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD_INSIDE = "-_.@+"
_TOKEN = re.compile(
    rf"(?P<cjk>[{CJK}])|(?P<word>[^\W_{CJK}](?:[^\W{CJK}]|[{re.escape(_WORD_INSIDE)}])*)"
)


class Token(NamedTuple):
    """A piece of `plain` text and where it stands, in it as in the raw text."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order; punctuation, spaces and emoji belong to none."""
    found = []
    for match in _TOKEN.finditer(plain(text)):
        word = match.group().rstrip(_WORD_INSIDE)
        found.append(Token(word, match.start(), match.start() + len(word)))
    return found


def has_cjk(text: str) -> bool:
    """Whether a Chinese (Japanese, Korean) character occurs."""
    return any(match.lastgroup == "cjk" for match in _TOKEN.finditer(text))
