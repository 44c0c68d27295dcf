"""How many: 3 台, 兩台, three units, a couple of servers, 5 個授權."""

from __future__ import annotations

import re
from itertools import pairwise

from wording.found import Found
from wording.numerals import CHINESE_NUMBER, ENGLISH_NUMBER, number_of
from wording.text import folded

# 第三台, 另一台, 這兩台 point at a thing and count nothing.
_NOT_POINTED_AT = (
    "(?<![第另哪那這同每某上下前後再任唯整])(?<![第另哪那這同每某上下前後再任唯整][ ])"
)
_COUNTED = r"""(?: [台套組顆座箱] | 片(?![白面子]) | 部(?![分份門署屬長]) | 支(?![援持電付])
    | 位(?![置於元數]|\ ?(?:吃?素|不?吃|葷)) | 個人(?![電資化用])
    | 人(?![員力工資])
    | 個(?=\ ?(?: 授權 | 使用者 | 帳號 | 節點 | 模組 | 核心 | license | user )) )"""
_UNITS = r"""(?: units? | sets? | pcs | pieces? | licen[cs]es? | seats? | users? | copies | boxes
    | people | persons? | attendees )"""
_THINGS = r"""(?: servers? | machines? | nodes? | drives? | disks? | switch(?:es)? | systems?
    | boxes | arrays? | librar(?:y|ies) | appliances? | printers? | laptops? | racks? | storages?
    | licen[cs]es? | seats? | units? )"""
# "2 Power S1022": a name with a number is one thing, whatever its number.
_MODEL = r"""(?: (?: power | flashsystem | storwize | linuxone )\ ?[a-z]{0,2}[0-9]{3,4}
    | [a-z]{1,3}[0-9]{4} )[a-z]{0,2}"""
_PATTERNS = (
    rf"(?<![0-9a-z.\-/#*]){_NOT_POINTED_AT}(?P<number>[0-9]{{1,5}})\ ?{_COUNTED}",
    rf"(?<![零一二三四五六七八九十百千]){_NOT_POINTED_AT}(?P<number>{CHINESE_NUMBER})\ ?{_COUNTED}",
    rf"(?<![a-z0-9.\-/#])(?P<number>[0-9]{{1,5}}|{ENGLISH_NUMBER})\ {_UNITS}(?![a-z0-9])",
    # "2 entry servers", "3 x S1014": the thing is a fact of its own.
    rf"""(?<![a-z0-9.\-/#])(?P<number>[0-9]{{1,5}} | {ENGLISH_NUMBER})
    (?: (?=\ (?:[a-z][a-z0-9\-]*\ ){{0,2}}?{_THINGS}(?![a-z0-9]))
    | (?=\ {_MODEL}(?![a-z0-9]))
    | \ ?[x×](?=\ ?[a-z][a-z0-9]*\ ?[0-9]) )""",
    rf"(?<![a-z0-9.\-/#])(?P<number>[0-9]{{1,3}}|{ENGLISH_NUMBER})\ of\ us(?![a-z])",
    r"(?<=[a-z0-9]\ )x\ ?(?P<number>[0-9]{1,3})(?![0-9a-z.])",
    r"(?<=[ a-z0-9])[*×]\ ?(?P<number>[0-9]{1,4})(?![0-9a-z.])",
)
# 「素食一位」: counts what somebody eats.
_DIET = re.compile(r"(?:素食|吃素|vegetarian)[ :]?$")
# Between two counts of one list; and what makes the second a part of the first.
_LISTED = re.compile(r"[,、;+&和跟與及加\n]|還有|(?<![a-z])(?:and|plus)(?![a-z])")
_PART_OF = re.compile(r"[每各含內]|其中|(?<![a-z])(?:with|each|per|of)(?![a-z])|有")
_INSTEAD = re.compile(r"改|換成|變成|更正|應該是|而是|(?<![a-z])(?:instead|rather|to)(?![a-z])")
_QUANTITIES = tuple(re.compile(pattern, re.VERBOSE) for pattern in _PATTERNS)


def find_quantity(text: str) -> list[Found]:
    """The quantity that a message asks for, or none.

    「五個人，其中兩位吃素」 asks for five. Of a list of different things no number is the quantity:
    none is better than the last one.
    """
    counts = find_quantities(text)
    if len(counts) < 2:
        return counts
    searched = folded(text)
    for one, other in pairwise(counts):
        between = searched[one.end : other.start]
        if _INSTEAD.search(between):
            return [counts[-1]]
        if _LISTED.search(between) and not _PART_OF.search(between) and one.value != other.value:
            return []
    return counts[:1]


def find_quantities(text: str) -> list[Found]:
    """All counts in `text`; the value is the number in digits.

    "A server is down" counts nothing, so "a" is no number here; 「一台」 is one.
    """
    searched = folded(text)
    found: dict[int, Found] = {}
    for pattern in _QUANTITIES:
        for match in pattern.finditer(searched):
            number = number_of(match["number"])
            if number and not _DIET.search(searched[: match.start()]):
                start, end = match.span()
                found.setdefault(start, Found("quantity", text[start:end], str(number), start, end))
    return [found[start] for start in sorted(found)]
