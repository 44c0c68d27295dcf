"""Ticket numbers: `T26-000042-7` is T, the year, a sequence of six digits or more, a check digit.

The check digit is ISO 7064 MOD 11,10 over year and sequence. It refuses every single wrong digit
and every swap of neighbouring digits, save that one swap of digits that follow each other (0
follows 9) may pass.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wording.text import NOT_AFTER_LATIN, NOT_BEFORE_LATIN, plain

_BETWEEN = r"[ \-_./]{0,3}"
_WRITTEN = re.compile(
    rf"{NOT_AFTER_LATIN}[Tt]{_BETWEEN}[0-9]{{2}}{_BETWEEN}[0-9]{{6,10}}"
    rf"(?P<check>{_BETWEEN}[0-9])?{NOT_BEFORE_LATIN}(?!-[A-Za-z0-9])"
)
_SHORTEST_SEQUENCE = 6
# Without its T or its noughts it is a ticket number only if the check digit says so.
_SHORTENED = re.compile(
    rf"{NOT_AFTER_LATIN}(?<!-)(?:[Tt](?P<t_year>[0-9]{{2}})-(?P<t_part>[0-9]{{1,5}})"
    rf"|(?P<year>[0-9]{{2}})-(?P<part>[0-9]{{6,10}}))-(?P<check>[0-9]){NOT_BEFORE_LATIN}(?!-)"
)


class Candidate(NamedTuple):
    """Something written like a ticket number: tidied, and read if its check digit is right."""

    written: str
    number: str | None
    start: int
    end: int


def write(year: int, sequence: int) -> str:
    """The ticket number of the year's `sequence`-th ticket; `year` in two digits or four."""
    if sequence < 0:
        raise ValueError(f"a ticket's sequence is not negative: {sequence}")
    digits = f"{year % 100:02d}{sequence:0{_SHORTEST_SEQUENCE}d}"
    return f"T{digits[:2]}-{digits[2:]}-{_check_digit(digits)}"


def read(text: str) -> str | None:
    """The ticket number that `text` is, however it is written; None if it is none or is wrong."""
    match = _WRITTEN.fullmatch(plain(text).strip())
    return _number(_digits(match.group())) if match else None


def find(text: str) -> list[Candidate]:
    """All that is written like a ticket number in `text`, right or wrong, in order."""
    searched = plain(text)
    found = [_candidate(match) for match in _WRITTEN.finditer(searched)]
    found += [one for match in _SHORTENED.finditer(searched) if (one := _shortened(match))]
    return sorted(found, key=lambda candidate: candidate.start)


def _candidate(match: re.Match[str]) -> Candidate:
    """The best reading of one find: 「T26-000042-7 3台」 must not take the 3."""
    shorter = match.start("check")
    ends = [match.end()] if shorter < 0 else [match.end(), shorter]
    for end in ends:
        number = _number(_digits(match.string[match.start() : end]))
        if number is not None:
            return Candidate(number, number, match.start(), end)
    return Candidate(_tidied(_digits(match.group())), None, match.start(), match.end())


def _shortened(match: re.Match[str]) -> Candidate | None:
    year, sequence = match["t_year"] or match["year"], match["t_part"] or match["part"]
    number = write(int(year), int(sequence))
    if not number.endswith(f"-{match['check']}"):
        return None
    return Candidate(number, number, *match.span())


def _digits(written: str) -> str:
    return "".join(char for char in written if char.isdigit())


def _number(digits: str) -> str | None:
    sequence = digits[2:-1]
    if len(sequence) < _SHORTEST_SEQUENCE:
        return None
    number = write(int(digits[:2]), int(sequence))
    return number if _digits(number) == digits else None


def _tidied(digits: str) -> str:
    year, rest = digits[:2], digits[2:]
    if len(rest) <= _SHORTEST_SEQUENCE:
        return f"T{year}-{rest}"
    return f"T{year}-{rest[:-1]}-{rest[-1]}"


def _check_digit(digits: str) -> int:
    product = 10
    for digit in digits:
        product = 2 * ((product + int(digit)) % 10 or 10) % 11
    return (11 - product) % 10
