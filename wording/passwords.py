"""Passwords that somebody typed although nobody asks for one: masked before anything is stored."""

from __future__ import annotations

import re

from wording.text import plain

MASK = "•••"
_PASSWORD = re.compile(
    r"""(?: 密碼 | 口令 | (?<![a-z])(?: password | passwd | passcode | pwd | pw )(?![a-z]) )
    (?: \ ?(?: 是 | 為 | 用 | 改成 | 設成 | is(?![a-z]) | to(?![a-z]) | [:=] )\ ?['"「]?
      # 「密碼我試了 Abc12345」: what stands a word behind is one if it looks like one.
      | [\u4e00-\u9fff\ ]{0,6}?\ ?(?<![號單])(?<![號單][ ])
        (?=\S{0,40}\d)(?=\S{0,40}[a-z])(?!\S{0,64}@)(?!t\d\d-?\d|so-\d|http) )
    (?P<secret>[!-~]{4,64})""",
    re.VERBOSE | re.IGNORECASE,
)
_CODE = re.compile(
    r"(?:驗證碼|認證碼|(?<![a-z])(?:verification|access|one-time|my|the) code|(?<![a-z])otp)"
    r"(?:是|is|:|\ ){0,3}(?P<secret>[0-9](?:[ \-]?[0-9]){5})(?![0-9])",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """`text` with every password in it replaced by dots; the same object if there is none."""
    return _without(_PASSWORD, text)


def without_codes(text: str) -> str:
    """`text` without the six digits of a code that proves an address, where nobody waits for it."""
    return _without(_CODE, text)


def _without(secrets: re.Pattern[str], text: str) -> str:
    parts, end = [], 0
    for match in secrets.finditer(plain(text)):
        parts += [text[end : match.start("secret")], MASK]
        end = match.end("secret")
    return "".join([*parts, text[end:]]) if parts else text
