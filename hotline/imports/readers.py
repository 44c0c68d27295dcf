"""What a cell says, as a value; or Unreadable, which completes the sentence "this cell ...". Pure.

A reader gets the text of a cell that is not empty.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from wording import tax_id as company_numbers
from wording.emails import find_emails
from wording.phones import Phone, find_phones, read_phone
from wording.table_cells import read_date, read_whole_number, read_year, read_yes_no
from wording.text import plain, strip_control

Reader = Callable[[str], Any]

LONGEST_TEXT = 2000  # of any cell
MOST_MONEY = 10**13  # whole NT$
MOST_PEOPLE = 1_000_000

_LOST = "\ufffd"
_KEPT_CONTROLS = "\n\r\t"
_SPREADSHEET_ERRORS = (
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
)  # fmt: skip
_PARTNER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_BETWEEN = re.compile(r"[;,、|]")
_GAPS = re.compile(r"[\s\-]+")
_DECIMAL = re.compile(r"[0-9](?:\.[0-9]{1,6})?")
_QUARTER = re.compile(r"q?([0-9])")
_OF_A_PHONE = re.compile(r"[\s()\-.+]*")
_PHONE_FAULTS = {
    "missing_area_code": "lacks its area code, such as 02-2345-6789",
    "short_mobile": "is a mobile number with a digit too few",
    "unreadable": "is not a phone number, such as 02-2345-6789#12, 0912-345-678 or +81-3-1234-5678",
}


class Unreadable(ValueError):
    """Why a cell has no value, in words for whoever wrote it."""


def written(text: str) -> str:
    """The cell's text without what shows nothing; Unreadable if it cannot be kept or is lost."""
    if not text.isprintable():
        for character in text:
            is_control = unicodedata.category(character) in ("Cc", "Cs")
            if is_control and character not in _KEPT_CONTROLS:
                raise Unreadable(f"has a character that cannot be kept (U+{ord(character):04X})")
        text = strip_control(text)
    if _LOST in text:
        raise Unreadable("has a character that was lost before (U+FFFD)")
    kept = text.strip()
    if kept.upper() in _SPREADSHEET_ERRORS:
        raise Unreadable(f"is an error of the spreadsheet: {kept}")
    return _within(kept, LONGEST_TEXT)


def line(most: int) -> Reader:
    """Text on one line, as long as its column."""

    def read(text: str) -> str:
        return _within(" ".join(text.split()), most)

    return read


def text(cell: str) -> str:
    """Text of several lines, as it stands."""
    return cell


def partner_id(most: int) -> Reader:
    def read(text: str) -> str:
        said = plain(text)
        if not _PARTNER_ID.fullmatch(said):
            raise Unreadable("must have letters, digits, - _ and . only, such as P-1001")
        return _within(said, most)

    return read


def one_of(allowed: Sequence[str]) -> Reader:
    """One of `allowed`, whatever its case, with a space or a hyphen for an underscore."""
    by_key = {_key(value): value for value in allowed}

    def read(text: str) -> str:
        found = by_key.get(_key(text))
        if found is None:
            raise Unreadable(f"{_quoted(text)} must be one of {', '.join(allowed)}")
        return found

    return read


def some_of(allowed: Sequence[str]) -> Reader:
    """Those of `allowed` that the cell names, each once, in the cell's order."""
    read_one = one_of(allowed)

    def read(text: str) -> list[str]:
        parts = [part.strip() for part in _BETWEEN.split(plain(text))]
        found = list(dict.fromkeys(read_one(part) for part in parts if part))
        if not found:
            raise Unreadable(f"must name one or more of {', '.join(allowed)}, with ; between")
        return found

    return read


def tax_id(text: str) -> str:
    digits = plain(text)
    if not re.fullmatch(r"[0-9]{8}", digits):
        lost = "; a spreadsheet drops a leading 0" if re.fullmatch(r"[0-9]{7}", digits) else ""
        raise Unreadable(f"must have 8 digits{lost}")
    if not company_numbers.is_valid(digits):
        raise Unreadable("does not pass the check of its digits (the rule since April 2023)")
    return digits


def email(text: str) -> str:
    found = find_emails(text)
    if len(found) != 1 or found[0].text != text:
        raise Unreadable("is not one e-mail address, such as name@company.example")
    return found[0].value


def phone(text: str) -> str:
    read = read_phone(text)
    if not isinstance(read, Phone):
        raise Unreadable(_PHONE_FAULTS[read.code])
    found = find_phones(text)
    beside = "".join(text[: one.start] + text[one.end :] for one in found[:1])
    if len(found) != 1 or not _OF_A_PHONE.fullmatch(beside):
        raise Unreadable("has more than one phone number in it, or words beside it")
    return str(read)


def day(text: str) -> date:
    found = read_date(text)
    if found is None:
        raise Unreadable(
            f"{_quoted(text)} is not a day that means one thing only: 2026-03-05, 2026/3/5, "
            "or of the Republic's years 115/03/05"
        )
    return found


def year(text: str) -> int:
    found = read_year(text)
    if found is None or not 1990 <= found <= 2199:
        raise Unreadable(f"{_quoted(text)} is not a year, such as 2026")
    return found


def quarter(text: str) -> int:
    found = _QUARTER.fullmatch(plain(text).lower())
    if not found or int(found[1]) > 4:
        raise Unreadable(f"{_quoted(text)} must be 1, 2, 3, 4, or 0 for the whole year")
    return int(found[1])


def money(text: str) -> int:
    return _whole(text, MOST_MONEY, "of whole NT$, such as 1200000 or NT$1,200,000")


def people(text: str) -> int:
    return _whole(text, MOST_PEOPLE, "such as 12")


def score(text: str) -> float:
    said = plain(text)
    if not _DECIMAL.fullmatch(said) or not 1 <= float(said) <= 5:
        raise Unreadable(f"{_quoted(text)} must be a number from 1 to 5, such as 4 or 4.5")
    return float(said)


def yes_no(text: str) -> bool:
    found = read_yes_no(text)
    if found is None:
        raise Unreadable(f"{_quoted(text)} must be yes or no")
    return found


def _whole(text: str, most: int, shape: str) -> int:
    found = read_whole_number(text)
    if found is None:
        raise Unreadable(f"{_quoted(text)} is not a whole number {shape}")
    if found < 0:
        raise Unreadable(f"{_quoted(text)} must not be negative")
    if found > most:
        raise Unreadable(f"{_quoted(text)} is more than {most}")
    return found


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise Unreadable(f"has {len(text)} characters; {most} are allowed")
    return text


def _key(text: str) -> str:
    return _GAPS.sub("_", plain(text).strip()).lower()


def _quoted(text: str) -> str:
    """The cell as it stands, no longer than a reader needs to find it."""
    short = text if len(text) <= 40 else f"{text[:40]}…"
    return f'"{short}"'
