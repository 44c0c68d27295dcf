"""What a person is recognised by in other people's words: the full name, the e-mail, the phone.

Pure. Only the whole of one counts: 「陳小姐」 may be anybody.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

MASK = "●●●"
_LEAST_NAME_CHARS = 2
_LEAST_DIGITS = 6
_BETWEEN = r"[\s().\-－]{0,3}"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_NOT_DIGITS = re.compile(r"[^0-9]")


@dataclass(frozen=True)
class Marks:
    """How the person is named; empty ones name nobody."""

    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()  # of theirs, as they stand

    def masked(self, value: Any) -> Any:
        """`value`, a text or JSON of any depth, with every mark of the person masked."""
        if isinstance(value, str):
            return self._pattern.sub(MASK, value) if self._pattern else value
        if isinstance(value, dict):
            return {key: self.masked(it) for key, it in value.items()}
        if isinstance(value, list):
            return [self.masked(it) for it in value]
        return value

    def is_in(self, text: str) -> bool:
        return self._pattern is not None and self._pattern.search(text) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        ways = [
            # The longest first: a subject may be the beginning of its description.
            *(re.escape(said) for said in sorted(self.phrases, key=len, reverse=True) if said),
            *(_email(email) for email in sorted(self.emails) if email),
            *(_phone(phone) for phone in sorted(self.phones) if len(digits(phone)) > _LEAST_DIGITS),
            *(_name(name) for name in sorted(self.names) if len(name) >= _LEAST_NAME_CHARS),
        ]
        return re.compile("|".join(ways), re.IGNORECASE) if ways else None


NOBODY = Marks()


def digits(phone: str) -> str:
    """The digits as dialled from Taiwan, without an extension: "+886 912 345 678" → 0912345678."""
    number = _NOT_DIGITS.sub("", phone.partition("#")[0])
    return f"0{number.removeprefix('886').lstrip('0')}" if number.startswith("886") else number


def _email(email: str) -> str:
    return rf"(?<![A-Za-z0-9._%+\-]){re.escape(email)}(?![A-Za-z0-9\-]|\.[A-Za-z0-9])"


def _phone(phone: str) -> str:
    number = digits(phone)
    ways = [_BETWEEN.join(_digit(char) for char in number)]
    if number.startswith("0"):
        abroad = _BETWEEN.join(_digit(char) for char in f"886{number[1:]}")
        ways.append(abroad)
    return rf"(?<![0-9０-９])\+?(?:{'|'.join(ways)})(?![0-9０-９])"


def _digit(char: str) -> str:
    return f"[{char}{char.translate(_FULL_WIDTH)}]"


def _name(name: str) -> str:
    """A name in Latin letters is a word of its own; 「陳怡君您好」 needs no gap."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return rf"(?<![A-Za-z]){words}(?![A-Za-z])" if name.isascii() else words
