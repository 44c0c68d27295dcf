"""How alike two texts are, told by the words they share: Latin words whole, Chinese by pairs.

Nothing is learnt or weighed: what two texts have in common can be shown to whoever asks why.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from wording.asking import ASKING, PARTICLES
from wording.text import folded
from wording.tokens import has_cjk, tokens

FEWEST = 3  # words in common: two are in half of all texts, a product and what it is
_EVERYDAY = frozenset(
    """
    a about after again all also am an and any are as at be because been but by can cannot could
    customer did do does for from get had has have help hello hi how i if in is it its just machine
    me my need no not of on or our out please problem says since so system than thank thanks that
    the their them then there they this to up us was we were what when where which while who will
    with would you your
    """.split()  # noqa: SIM905
)
# Of every other ticket: they say that something is wrong and for whom, and not what.
_EVERYDAY_PAIRS = frozenset(
    """
    我們 你們 您好 客戶 問題 機器 系統 設備 目前 現在 今天 昨天 無法 不能 沒有 已經 一直
    需要 協助 處理 幫忙
    """.split()  # noqa: SIM905
)


class Likeness(NamedTuple):
    """`share` in 0-1 is of the shorter text's words; `shared` are those in common, in order."""

    share: float
    shared: tuple[str, ...]


def likeness(one: str, other: str) -> Likeness:
    """What `one` and `other` have in common; nothing where that is less than `FEWEST` words."""
    first, second = words_of(one), words_of(other)
    shared = tuple(word for word in first if word in second)
    if len(shared) < FEWEST:
        return Likeness(0.0, ())
    return Likeness(len(shared) / min(len(first), len(second)), shared)


def words_of(text: str) -> tuple[str, ...]:
    """The words that say what `text` is about, each once, in order."""
    # A space in the place of what only asks, so that no pair reaches across it.
    found = tokens(ASKING.sub(" ", folded(text)))
    words = list[str]()
    for token in found:
        if not has_cjk(token.text) and token.text not in _EVERYDAY:
            words.append(token.text)
    for left, right in pairwise(found):
        joined = has_cjk(left.text) and has_cjk(right.text) and left.end == right.start
        if joined and left.text not in PARTICLES and right.text not in PARTICLES:
            words.append(left.text + right.text)
    return tuple(dict.fromkeys(word for word in words if word not in _EVERYDAY_PAIRS))
