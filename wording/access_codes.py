"""What somebody answers who is to prove an address: the address, the digits, or no mail yet."""

from __future__ import annotations

import re

from wording.emails import find_emails
from wording.text import folded, plain

_LONGEST_REST = 30  # an address in a longer sentence belongs to another wish
_LONGEST_COMPLAINT = 40
_DIGITS = re.compile(r"[0-9](?:[ -]?[0-9]){3,7}")
# As the mail itself says it: somebody may paste all of it.
_LABELLED = re.compile(r"(?:驗證碼|code)[ ]?(?:是|is)?[ ]?:?[ ]?([0-9]{6})(?![0-9])")
_AROUND_CODE = re.compile(
    r"(?:這是|我的|您的|你的|收到了?|驗證碼|認證碼|密碼|代碼|號碼|是|為|了|喔|謝謝|好"
    r"|the|my|your|it|is|it's|its|here|code|verification|passcode|got|thanks|[\s:,.。!#()\[\]「」'\"-])*"
)
_NO_MAIL = re.compile(
    r"""(?: 沒有? | 未 | 不 )[^,。;]{0,3}(?: 收到 | 看到 | 寄[來到] | 收過 )
      | 收不到 | 還沒[來到寄有] | 沒有?(?: 信 | 郵件 | mail | 驗證碼 )
      | (?<![a-z])(?: (?: did | have | has )(?: n't | nt | \ not ) | not | never | no | nothing
          | where\ is | where's )(?![a-z])
        .{0,16}(?: get | got | receive | arrive | came | come | mail | code | yet )""",
    re.VERBOSE,
)


def address_in(text: str) -> str | None:
    """The one address that `text` gives, in lower case; None if it says much else besides."""
    found = find_emails(text)
    if len(found) != 1 or len(text.strip()) - len(found[0].text) > _LONGEST_REST:
        return None
    return found[0].value


def looks_like_address(text: str) -> bool:
    """Whether `text` was meant as an address although it is none: amy@polaris, a@b@c.example."""
    said = plain(text).strip()
    return "@" in said and len(said) <= _LONGEST_REST


def code_in(text: str) -> str | None:
    """The digits of a pasted code, in any width, with spaces; too few or too many are a code too.

    None if the message says something else: 「訂單 123456 到了嗎」 is no code.
    """
    said = folded(text)
    if labelled := _LABELLED.search(said):
        return labelled[1]
    found = _DIGITS.findall(said)
    if len(found) != 1 or not _AROUND_CODE.fullmatch(said.replace(found[0], " ")):
        return None
    return re.sub(r"[^0-9]", "", found[0])


def digits_in(text: str) -> str:
    """All digits of what was entered where nothing but a code belongs, in any width."""
    return re.sub(r"[^0-9]", "", folded(text))


def says_no_mail(text: str) -> bool:
    """「沒收到」, "I didn't get it": short, and about nothing else."""
    said = folded(text).replace("’", "'").strip()
    return len(said) <= _LONGEST_COMPLAINT and _NO_MAIL.search(said) is not None
