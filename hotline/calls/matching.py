"""Searching rows by what somebody types: a part of a name, a number in any writing."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func

from wording.phones import Phone, read_phone

_FEWEST_DIGITS = 3  # fewer are in every number
_LIKE_A_NUMBER = re.compile(r"[Tt]?[\d\s\-+()./#]+")


def dialled(written: str) -> str:
    """The digits of what is written like a number or a part of one; "" of anything else."""
    if not _LIKE_A_NUMBER.fullmatch(written):
        return ""
    phone = read_phone(written)
    digits = re.sub(r"\D", "", phone.number if isinstance(phone, Phone) else written)
    return digits if len(digits) >= _FEWEST_DIGITS else ""


def contains(column: ColumnElement[Any] | Any, words: str) -> ColumnElement[bool]:
    """Whether the words stand in the column, in capitals or not."""
    found: ColumnElement[bool] = func.lower(column).contains(words.lower(), autoescape=True)
    return found


def digits_of(
    column: ColumnElement[Any] | Any, between: Sequence[str] = ("-", " ", "#", "(", ")")
) -> Any:
    """A number of a column without what stands between its digits."""
    column = cast(column, String)
    for mark in between:
        column = func.replace(column, mark, "")
    return column
