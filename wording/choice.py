"""Which of the offered buttons somebody means: its label typed, 「1」, 「第一個」, "the first"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wording.numerals import CHINESE_NUMBER, number_of
from wording.text import folded

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_CHINESE = re.compile(
    rf"(?:我?[要選按]|就|那就)?(?:第(?P<nth>[0-9]{{1,2}}|{CHINESE_NUMBER})[個項張件種]?|(?P<bare>[0-9]{{1,2}}))"
    r"(?:好了|吧|就好|謝謝)?"
)
_ENGLISH = re.compile(
    r"(?:ido|illtake|itake|iwant|option|number|no|choice)?(?:the)?"
    rf"(?P<nth>{'|'.join(_ORDINALS)}|[0-9]{{1,2}}(?:st|nd|rd|th)?)(?:one|option)?(?:please|pls)?"
)
_SHORTEST_WORD = 4
_LAST = re.compile(r"(?:最後[一1]?[個項張]?|(?:the)?last(?:one)?)(?:please|吧|就好)?")


def chosen(text: str, titles: Sequence[str]) -> int | None:
    """The index in `titles` of what `text` chooses, or None.

    A label goes before a place: among the scores 5 4 3 2 1, 「1」 is the score and not the 5.
    """
    typed = _bare(text)
    if not typed:
        return None
    labels = [_bare(title) for title in titles]
    if typed in labels:
        return labels.index(typed)
    if (begun := _begun(text, titles)) is not None:
        return begun
    place = _place(typed, len(titles))
    return place - 1 if place is not None and 1 <= place <= len(titles) else None


def _begun(text: str, titles: Sequence[str]) -> int | None:
    """The one label of several words whose first is all that is typed: "close" for [Close it]."""
    typed = folded(text).strip(" .!")
    if len(typed) < _SHORTEST_WORD or not (typed.isascii() and typed.isalpha()):
        return None
    begin = [n for n, title in enumerate(titles) if folded(title).split()[0:1] == [typed]]
    return begin[0] if len(begin) == 1 else None


def _place(typed: str, count: int) -> int | None:
    if _LAST.fullmatch(typed):
        return count
    chinese = _CHINESE.fullmatch(typed)
    if chinese:
        return number_of(chinese["nth"] or chinese["bare"])
    english = _ENGLISH.fullmatch(typed)
    if english:
        nth = english["nth"]
        return _ORDINALS.get(nth) or number_of(re.sub(r"[a-z]", "", nth))
    return None


def _bare(text: str) -> str:
    """Letters and digits only, in one case: 「確認開單。」 is 「確認開單」."""
    return "".join(char for char in folded(text) if char.isalnum())
