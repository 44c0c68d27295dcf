"""The one number in an answer to "how many?": 7, 「大概二十台」, "about 20"."""

from __future__ import annotations

import re

from wording.numerals import number_of
from wording.text import plain

_DIGITS = re.compile(r"[0-9]{1,5}")
_AROUND = re.compile(r"[台個套組位顆份人左右大概約總共\s]")


def bare_number(text: str) -> int | None:
    """The number that `text` gives, or None where it gives none or several."""
    searched = plain(text)
    digits = _DIGITS.findall(searched)
    if digits:
        return int(digits[0]) if len(digits) == 1 else None
    return number_of(_AROUND.sub("", searched)) or number_of(re.sub(r"(?i)^about ", "", searched))
