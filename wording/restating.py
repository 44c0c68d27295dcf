"""The description says what the facts say: a fact that is corrected is corrected in it as well.

「S1014 三台」 beside 「數量 5」 would have staff ask once more.
"""

import re
from datetime import date

from wording.amounts import find_amounts
from wording.date_wishes import find_date_wishes
from wording.dates import read_day
from wording.numerals import CHINESE_NUMBER
from wording.quantities import find_quantities

_SHORTEST = 2  # one letter or figure stands in many a word
_ISO = 10
# What is written one way only; a name in a sentence may be meant as it was said.
_EXACT = ("quantity", "amount", "needed_by", "attendee", "serial", "order_number", "phone")
_COUNT = re.compile(rf"^(?:[0-9０-９]+|{CHINESE_NUMBER}) ?")


def restated(description: str, fact: str, before: str, after: str, today: date | None) -> str:
    """`description` with `after` in the places of `before`."""
    if not before or not after or before == after or fact not in _EXACT:
        return description
    places = _places(description, fact, before, today)
    if not places:
        if len(before) < _SHORTEST or before not in description or before in after:
            return description
        return description.replace(before, after)
    for start, end in reversed(places):
        words = _said(fact, description[start:end], after)
        front = description[:start]
        description = (
            f"{front}{words.lstrip() if front[-1:].isspace() else words}{description[end:]}"
        )
    return description


def _places(description: str, fact: str, before: str, today: date | None) -> list[tuple[int, int]]:
    """Where the old value is said in words of its own: 「三台」 is 3."""
    if fact == "quantity":
        counts = find_quantities(description)
        return [(one.start, one.end) for one in counts if one.value == before]
    if fact == "amount":
        sums = find_amounts(description)
        return [(one.start, one.end) for one in sums if one.value == before]
    if fact == "needed_by" and today is not None:
        days = find_date_wishes(description)
        return [(one.start, one.end) for one in days if _is_day(one.value, before, today)]
    return []


def _is_day(words: str, noted: str, today: date) -> bool:
    day = read_day(words, today)
    return day is not None and day.day.isoformat() == noted[:_ISO]


def _said(fact: str, words: str, after: str) -> str:
    if fact == "quantity":
        counted = _COUNT.sub("", words)
        return f" {after} {counted}" if counted and not counted[0].isascii() else after
    return _month_and_day(after) if fact == "needed_by" else after


def _month_and_day(noted: str) -> str:
    """2026-12-17 as people write it; its time is with the fact."""
    try:
        day = date.fromisoformat(noted[:_ISO])
    except ValueError:
        return noted
    return f"{day.month}/{day.day}"
