"""What a whole cell of a table says: a day, a year, a whole number, yes or no.

Strict, for nobody is there to ask back: what could mean two things is no reading (03/05/2026).
Years of the Republic count from 1912: 民國 115/03/05, and 115/3/5, for no other year has 3 digits.
"""

from __future__ import annotations

import re
from datetime import date

from wording.text import folded, plain

FIRST_YEAR, LAST_YEAR = 1900, 9999

_REPUBLIC = 1911
_MIDNIGHT = r"(?:[t ]00:00(?::00(?:\.0+)?)?z?)?"  # as a program writes a day
_REST = r"(?P<between>[-/.]) ?(?P<month>[0-9]{1,2})(?P=between) ?(?P<day>[0-9]{1,2})"
_REST_IN_WORDS = r" ?年 ?(?P<month>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?日"
_ERA = r"(?:中華)?民國 ?"
_WESTERN_DAYS = (
    re.compile(rf"(?:西元 ?)?(?P<year>[0-9]{{4}}){_REST}{_MIDNIGHT}"),
    re.compile(rf"(?:西元 ?)?(?P<year>[0-9]{{4}}){_REST_IN_WORDS}"),
    re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
)
_REPUBLIC_DAYS = (
    re.compile(rf"{_ERA}(?P<year>[0-9]{{1,3}}){_REST}"),
    re.compile(rf"{_ERA}(?P<year>[0-9]{{1,3}}){_REST_IN_WORDS}"),
    re.compile(rf"(?P<year>1[0-9]{{2}}){_REST}"),
    re.compile(rf"(?P<year>1[0-9]{{2}}){_REST_IN_WORDS}"),
    re.compile(r"(?P<year>1[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
)
_WESTERN_YEAR = re.compile(r"(?:西元 ?)?(?P<year>[0-9]{4}) ?年?(?:度)?")
_REPUBLIC_YEAR = re.compile(rf"(?:{_ERA}(?P<said>[0-9]{{1,3}})|(?P<bare>1[0-9]{{2}})) ?年?(?:度)?")
_WHOLE = re.compile(
    r"(?P<sign>-?) ?(?:nt\$?|ntd|twd|新?台幣|\$)? ?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0+)? ?元?(?:整)?"
)
_LONGEST_NUMBER = 18  # digits; more is no figure of a company
_YES = ("yes", "y", "true", "1", "是", "有", "v")
_NO = ("no", "n", "false", "0", "否", "無")


def read_date(text: str) -> date | None:
    """The one day that the whole of `text` means."""
    said = folded(text).strip()
    for patterns, years_before in ((_WESTERN_DAYS, 0), (_REPUBLIC_DAYS, _REPUBLIC)):
        for pattern in patterns:
            if match := pattern.fullmatch(said):
                year = int(match["year"]) + years_before
                return _date(year, int(match["month"]), int(match["day"]))
    return None


def read_year(text: str) -> int | None:
    """The year of our era."""
    said = folded(text).strip()
    if match := _WESTERN_YEAR.fullmatch(said):
        return int(match["year"])
    if match := _REPUBLIC_YEAR.fullmatch(said):
        return int(match["said"] or match["bare"]) + _REPUBLIC
    return None


def read_whole_number(text: str) -> int | None:
    """The number, with or without NT$ and with commas where they belong; it may be negative."""
    match = _WHOLE.fullmatch(plain(text).strip().lower())
    if match is None:
        return None
    digits = match["digits"].replace(",", "")
    if len(digits.lstrip("0")) > _LONGEST_NUMBER:
        return None
    return -int(digits) if match["sign"] else int(digits)


def read_yes_no(text: str) -> bool | None:
    said = folded(text).strip()
    return True if said in _YES else False if said in _NO else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None
