"""How many: 3 台, 兩台, three units, a couple of servers, 5 個授權."""

from __future__ import annotations

import re

from wording.found import Found
from wording.numerals import CHINESE_NUMBER, ENGLISH_NUMBER, number_of
from wording.text import folded

# 第三台, 另一台, 這兩台 point at a thing and count nothing.
_NOT_POINTED_AT = (
    "(?<![第另哪那這同每某上下前後再任唯整])(?<![第另哪那這同每某上下前後再任唯整][ ])"
)
_COUNTED = r"""(?: [台套組顆座箱] | 片(?![白面子]) | 部(?![分份門署屬長]) | 支(?![援持電付])
    | 位(?![置於元數]) | 人(?![員力工資])
    | 個(?=\ ?(?: 授權 | 使用者 | 帳號 | 節點 | 模組 | 核心 | license | user )) )"""
_UNITS = r"""(?: units? | sets? | pcs | pieces? | licen[cs]es? | seats? | users? | copies | boxes
    | people | persons? | attendees )"""
_THINGS = r"(?: servers? | machines? | nodes? | drives? | disks? | switches | systems? | boxes )"
_PATTERNS = (
    rf"(?<![0-9a-z.\-/#*]){_NOT_POINTED_AT}(?P<number>[0-9]{{1,5}})\ ?{_COUNTED}",
    rf"(?<![零一二三四五六七八九十百千]){_NOT_POINTED_AT}(?P<number>{CHINESE_NUMBER})\ ?{_COUNTED}",
    rf"(?<![a-z0-9.\-/#])(?P<number>[0-9]{{1,5}}|{ENGLISH_NUMBER})\ {_UNITS}(?![a-z0-9])",
    # "2 entry servers", "3 x S1014": the thing is a fact of its own.
    rf"""(?<![a-z0-9.\-/#])(?P<number>[0-9]{{1,5}} | {ENGLISH_NUMBER})
    (?: (?=\ (?:[a-z][a-z0-9\-]*\ )?{_THINGS}(?![a-z0-9]))
    | \ ?[x×](?=\ ?[a-z][a-z0-9]*\ ?[0-9]) )""",
    r"(?<=[ a-z0-9])[*×]\ ?(?P<number>[0-9]{1,4})(?![0-9a-z.])",
)
_QUANTITIES = tuple(re.compile(pattern, re.VERBOSE) for pattern in _PATTERNS)


def find_quantities(text: str) -> list[Found]:
    """The quantities in `text`; the value is the number in digits.

    "A server is down" counts nothing, so "a" is no number here; 「一台」 is one.
    """
    searched = folded(text)
    found: dict[int, Found] = {}
    for pattern in _QUANTITIES:
        for match in pattern.finditer(searched):
            number = number_of(match["number"])
            if number:
                start, end = match.span()
                found.setdefault(start, Found("quantity", text[start:end], str(number), start, end))
    return [found[start] for start in sorted(found)]
