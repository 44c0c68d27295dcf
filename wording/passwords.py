"""Passwords that somebody typed although nobody asks for one: masked before anything is stored."""

from __future__ import annotations

import re

from wording.text import plain

MASK = "•••"
_PASSWORD = re.compile(
    r"""(?: 密碼 | 口令 | (?<![a-z])(?: password | passwd | passcode | pwd )(?![a-z]) )
    (?: \ ?(?: 是 | 為 | 用 | 改成 | 設成 | is(?![a-z]) | to(?![a-z]) | [:=] )\ ?['"「]?
      | \ ?(?=\S*\d)(?=\S*[a-z]) )
    (?P<secret>[!-~]{4,64})""",
    re.VERBOSE | re.IGNORECASE,
)


def masked(text: str) -> str:
    """`text` with every password in it replaced by dots; the same object if there is none."""
    parts, end = [], 0
    for match in _PASSWORD.finditer(plain(text)):
        parts += [text[end : match.start("secret")], MASK]
        end = match.end("secret")
    return "".join([*parts, text[end:]]) if parts else text
