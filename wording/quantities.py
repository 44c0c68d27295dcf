"""How many: 3 台, 兩台, three units, a couple of servers, 5 個授權."""

from __future__ import annotations

import re

from wording.found import Found
from wording.numerals import CHINESE_NUMBER, ENGLISH_NUMBER, number_of
from wording.text import folded

# 第三台, 另一台, 這兩台 name a thing and count nothing.
_POINTING = "第另哪那這同每某上下前後再任唯整"
_MEASURES = (
    "台|套|組|顆|片|座|箱|部(?![分份門署屬長])|支(?![援持電付])|位(?![置於元數])|人(?![員力工資])"
)
_COUNTED_BY_GE = "授權|使用者|用戶|帳號|節點|模組|核心|席|license|user|seat|node|core"
_CHINESE = re.compile(
    rf"(?P<number>(?<![0-9a-z.\-/#*])(?<![{_POINTING}][ ])(?<![{_POINTING}])[0-9]{{1,5}}"
    rf"|(?<![{_POINTING}一二三四五六七八九十百千])(?<![{_POINTING}][ ]){CHINESE_NUMBER})[ ]?"
    rf"(?:{_MEASURES}|個(?=[ ]?(?:{_COUNTED_BY_GE})))"
)
_UNITS = (
    r"units?|sets?|pcs|pieces?|licen[cs]es?|seats?|users?|copies|boxes|people|persons?|attendees"
)
_THINGS = r"servers?|machines?|nodes?|drives?|disks?|switches|systems?|storages?|controllers?|boxes"
_ENGLISH = re.compile(
    rf"(?<![a-z0-9.\-/#])(?P<number>[0-9]{{1,5}}|{ENGLISH_NUMBER})(?:[ ]?x)?"
    rf"(?:[ ](?:{_UNITS})(?![a-z0-9])"
    rf"|(?=[ ](?!day|week|month|year|hour|min)(?:[a-z][a-z0-9\-]*[ ])?(?:{_THINGS})(?![a-z0-9])))"
)
_TIMES = re.compile(r"(?<=[ a-z0-9])[*×][ ]?(?P<number>[0-9]{1,4})(?![0-9a-z.])")


def find_quantities(text: str) -> list[Found]:
    """The quantities in `text`; the value is the number in digits.

    "A server is down" counts nothing, so "a" is no number here; 「一台」 is one.
    """
    found: dict[int, Found] = {}
    for pattern in (_CHINESE, _ENGLISH, _TIMES):
        for match in pattern.finditer(folded(text)):
            number = number_of(match["number"])
            if number is None or number == 0:
                continue
            start, end = match.span()
            found.setdefault(start, Found("quantity", text[start:end], str(number), start, end))
    return [found[start] for start in sorted(found)]
