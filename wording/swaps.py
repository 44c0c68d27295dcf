"""A correction that names both: 「不是台中廠 是台南廠」, "not Taichung but Tainan"."""

from __future__ import annotations

import re

from wording.text import plain

_WORD = r"[^,，。;\s]{1,30}"
_REST = r"[^,，。;]{1,40}"
_SWAPS = (
    re.compile(rf"不是\ *(?P<old>{_WORD})[\s,，。;]*(?:而是|應該是|是|才對是)\ *(?P<new>{_REST})"),
    re.compile(rf"(?:應該)?是\ *(?P<new>{_WORD})[\s,，。;]*而?不是\ *(?P<old>{_REST})"),
    re.compile(rf"(?P<old>{_WORD})\ *(?:要|想)?改[成為到]?\ *(?P<new>{_REST})"),
    re.compile(
        r"(?<![a-z])not (?P<old>[\w\- ]{1,30}?)[,;.]? (?:but|it's|it is|should be) "
        r"(?P<new>[\w\- ]{1,40})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![a-z])(?:it's|it is|should be|i meant|make it|is) (?P<new>[\w\- ]{1,30}?)[,;.]? "
        r"(?:and )?not (?P<old>[\w\- ]{1,40})",
        re.IGNORECASE,
    ),
)
_TAIL = " ,，。.;才對啦喔"
_DENIES = re.compile(r"不是|而是|(?<![a-z])not(?![a-z])", re.IGNORECASE)
# 「不是 是彰化廠」, "no, make it the 10th": what is right, and not what was wrong.
_RIGHT_ALONE = re.compile(
    r"^(?:(?:不[是對]|錯了?|喔不|no|sorry|wait)[\s,，。]*(?:應該)?(?:改[成為到]?|換成|是|make it"
    r"|change it to|it's|it should be)|改[成為到]|換成|改(?=[0-9])|make it|change it to)"
    r"\s*(?P<new>\S.{0,40})$",
    re.IGNORECASE,
)


def swapped(text: str) -> tuple[str, str] | None:
    """What was wrong and what it should be, where a message says both."""
    searched = plain(text)
    for pattern in _SWAPS:
        match = pattern.search(searched)
        if match:
            old = text[match.start("old") : match.end("old")].strip(_TAIL)
            new = text[match.start("new") : match.end("new")].strip(_TAIL)
            return (old, new) if old and new and old != new else None
    return None


def denies(text: str) -> bool:
    """Whether a message says what it is not: 「不是 VDI 是 ERP」; 「地址改送 …」 does not."""
    return _DENIES.search(plain(text)) is not None


def right_alone(text: str) -> str:
    """What a short correction says is right, where it does not name what was wrong; or nothing."""
    match = _RIGHT_ALONE.match(plain(text).strip())
    return text.strip()[match.start("new") :].strip(_TAIL) if match else ""
