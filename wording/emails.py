"""E-mail addresses, by their shape alone."""

from __future__ import annotations

import re

from wording.found import Found
from wording.text import plain

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9_])?"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9])"
)


def find_emails(text: str) -> list[Found]:
    """The addresses in `text`; the value is in lower case."""
    return [
        Found(
            "email",
            text[match.start() : match.end()],
            match.group().lower(),
            match.start(),
            match.end(),
        )
        for match in _EMAIL.finditer(plain(text))
    ]
