"""Small whole numbers as people write them: 3, ３, 三, 兩百, three, a dozen."""

from __future__ import annotations

from wording.text import folded

_CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "兩": 2,
}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
_ENGLISH_IN_ORDER = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_ENGLISH = {word: value for value, word in enumerate(_ENGLISH_IN_ORDER)} | {
    "a couple": 2,
    "a couple of": 2,
    "a pair of": 2,
    "a dozen": 12,
    "dozen": 12,
}

# For patterns that look for a number in front of something.
CHINESE_NUMBER = f"[{''.join(_CHINESE_DIGITS)}{''.join(_CHINESE_UNITS)}]{{1,7}}"
ENGLISH_NUMBER = "|".join(sorted(_ENGLISH, key=len, reverse=True)).replace(" ", "[ ]")


def number_of(text: str) -> int | None:
    """The number that `text` is, or None where it is not one."""
    word = " ".join(folded(text).split())
    if word.isascii() and word.isdigit():
        return int(word)
    if word in _ENGLISH:
        return _ENGLISH[word]
    return _chinese(word)


def _chinese(word: str) -> int | None:
    total, digit = 0, None
    for char in word:
        if char in _CHINESE_DIGITS and not digit:
            digit = _CHINESE_DIGITS[char]
        elif char in _CHINESE_UNITS:
            total += (1 if digit is None else digit) * _CHINESE_UNITS[char]
            digit = None
        else:
            return None
    return total + (digit or 0) if word else None
