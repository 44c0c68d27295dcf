"""What a message speaks of, and what a short one amounts to.

A few hundred sentences cannot teach a classifier that PSU, 電源供應器 and fan are parts of a
machine; lists can. They do not decide what somebody wants; that is learned from sentences.
"""

from __future__ import annotations

import re

from wording.act_words import ACTS
from wording.reply_words import REPLIES
from wording.subject_words import SUBJECTS
from wording.text import folded
from wording.trade_words import MATTERS


def subject_shares(text: str) -> dict[str, float]:
    """The lists whose words occur in `text`, each with its share of the letters and digits.

    Of 「好的，謝謝」 half is "yes" and half is "thanks"; words may belong to several lists.
    """
    searched = folded(text)
    size = _letters(searched) or 1
    covered = {
        subject: sum(_letters(match.group()) for match in pattern.finditer(searched))
        for subject, pattern in _PATTERNS.items()
    }
    return {subject: letters / size for subject, letters in covered.items() if letters}


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _pattern(words: str) -> re.Pattern[str]:
    listed = sorted((word.strip() for word in words.split(",")), key=len, reverse=True)
    return re.compile("|".join(map(_one, listed)))


def _one(word: str) -> str:
    if not word.isascii():
        return re.escape(word)
    return rf"(?<![a-z0-9]){re.escape(word)}(?:s|es|d|ed|ing)?(?![a-z0-9])"


_LISTS = {**SUBJECTS, **MATTERS, **ACTS, **REPLIES}
_PATTERNS = {subject: _pattern(words) for subject, words in _LISTS.items()}
