"""What a message speaks of, what is wished of it, and what a short one amounts to.

A hundred sentences an intent cannot teach a classifier that PSU, 電源供應器 and fan are parts of a
machine; lists can. They do not decide what somebody wants; that is learned from sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from wording.act_words import ACTS
from wording.reply_words import REPLIES
from wording.subject_words import SUBJECTS
from wording.text import folded
from wording.trade_words import MATTERS

_SUFFIXES = ("", "s", "es", "d", "ed", "ing")


def subject_shares(text: str) -> dict[str, float]:
    """The lists whose words occur in `text`, each with its share of the letters and digits.

    Of 「好的，謝謝」 half is "yes" and half is "thanks"; words may belong to several lists.
    """
    searched = folded(text)
    size = _letters(searched) or 1
    covered: dict[str, int] = defaultdict(int)
    taken: dict[str, int] = defaultdict(int)
    for start, end in _words(searched):
        word = searched[start:end]
        for listed in _LISTS_OF[word]:
            if taken[listed] <= start:
                taken[listed] = end
                covered[listed] += _letters(word)
    return {listed: letters / size for listed, letters in covered.items() if letters}


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where listed words stand in `text`, from left to right, the longer of two before."""
    for start in range(len(text)):
        for length in _LENGTHS_OF.get(text[start], ()):
            end = start + length
            if text[start:end] in _LISTS_OF and _stands_alone(text, start, end):
                yield start, end


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Latin letters and digits go on in no word that is Latin: no "fan" in "fantastic"."""
    if not text[start:end].isascii():
        return True
    return not (_is_latin(text[start - 1 : start]) or _is_latin(text[end : end + 1]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _forms(word: str) -> Iterator[str]:
    yield from (word + suffix for suffix in _SUFFIXES) if word.isascii() else (word,)


def _lists_of_words() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = defaultdict(list)
    for listed, words in {**SUBJECTS, **MATTERS, **ACTS, **REPLIES}.items():
        for form in {form for word in words.split(",") for form in _forms(word.strip())}:
            lists[form].append(listed)
    return dict(lists)


def _lengths_by_first_character() -> dict[str, list[int]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in _LISTS_OF:
        lengths[word[0]].add(len(word))
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}


_LISTS_OF = _lists_of_words()
_LENGTHS_OF = _lengths_by_first_character()
