"""What a message speaks of: machines, software, prices, deliveries, events, tickets, people ...

A few hundred sentences cannot teach a classifier that PSU, 電源供應器 and fan are parts of a
machine; lists can. They say nothing about what somebody wants, which is learned from sentences.
"""

from __future__ import annotations

import re

from wording.subject_words import SUBJECTS
from wording.text import folded


def subjects_in(text: str) -> list[str]:
    """The subjects that `text` speaks of, in the order of the lists."""
    searched = folded(text)
    return [subject for subject, pattern in _PATTERNS.items() if pattern.search(searched)]


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(_one(word.strip()) for word in words.split(",")))


def _one(word: str) -> str:
    if not word.isascii():
        return re.escape(word)
    return rf"(?<![a-z0-9]){re.escape(word)}(?:s|es|d|ed|ing)?(?![a-z0-9])"


_PATTERNS = {subject: _pattern(words) for subject, words in SUBJECTS.items()}
