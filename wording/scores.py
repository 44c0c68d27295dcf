"""The score that somebody gives, from 1 to 5: 5, 五分, 滿分, five, 4/5, 三顆星."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wording.found import Found
from wording.numerals import CHINESE_NUMBER, number_of
from wording.text import folded

BEST = 5
_DIGIT = "[0-9]{1,3}"
_WORD = "one|two|three|four|five"
_NUMBER = rf"(?:{_DIGIT}(?:\.[0-9])?|{CHINESE_NUMBER}|{_WORD})"
_FULL = re.compile(
    r"滿分|(?<![0-9])100 ?分|一百分|full (?:marks|score)|top (?:marks|score)|perfect score"
)
# With something beside it that makes it a score: 分, 顆星, out of 5, /5. 「5 分鐘」 is a time.
_MARKED = re.compile(
    rf"(?<![0-9a-z./\-第])(?<![那這少扣差]的)(?<![那這少扣差])(?<!滿分)(?<!滿分 )"
    rf"(?P<score>{_NUMBER}) ?"
    r"(?:分(?![鐘店公機之店頁])|[顆个個]?半?星|stars?(?![a-z])|points?(?![a-z])"
    r"|(?:/|out of) ?(?P<most>5|five|五|10)(?:分(?![鐘店公機之店頁]))?(?![0-9/\-]))"
)
# Who rates says how it was; "4/5 前", 「4/5 下午」 is a day.
_RATES = re.compile(
    r"評[分價]|滿意|服務|態度|專業|親切|耐心|厲害|超強|很棒|不錯|處理|回[覆應]|太慢|有點慢|很快|工程師|講師|客服|專線"
    r"|(?<![a-z])(?:rate|rating|score|service|support|overall|engineer|great|slow|good|bad|poor|nice"
    r"|excellent|helpful)(?![a-z])"
)
_DAY_AFTER = re.compile(
    r" ?(?:[前後日號到]|以[前後]|之[前後]|[上下]午|早上|中午|晚上|週|\("
    r"|[0-9]{1,2} ?(?:[:點時]|[ap]m))"
)
# "9/10 👍", 「４／５，差在等太久」: a message that begins with one, and says no day.
_TOLD_FIRST = re.compile(r"\s*(?P<score>[0-9]{1,2}) ?/ ?(?P<most>5|10)(?=\s*(?:$|[^\w\s/\-(]))")
_GIVEN = re.compile(
    r"(?:評分?|評價|打|給|rate|rating|score|give)"
    r"(?: ?(?:是|為|:|it|you|this|a|an|of|你們|您們))* ?"
    rf"(?P<score>{_NUMBER})(?![0-9a-z./\-]|個|台|張|天|小時|點)"
)
# 「速度4/態度5」, "CSAT 5": a number alone behind what is rated, with nothing that it counts.
_LABELLED = re.compile(
    r"(?:[給打]|滿意度?|評[分價]|分數|態度|速度|專業度?|服務|價格|整體|csat"
    r"|(?<![a-z])(?:rating|score|rate|give|overall|survey|hotline|service|engineer|speed))"
    r"(?: ?(?:是|為|就|只有|[:?]|it|you|this|that|them|one|a|an))* ?"
    r"(?P<score>10|[0-9](?:\.5)?)"
    r"(?= ?(?:$|[,;、。!?~/()\n]|[吧啦喔囉了哈]|其他|但|因|回[覆應]|速度|態度|專業|服務|價格|整體"
    r"|\.(?![0-9])|(?:for|thanks|because|but|and)(?![a-z])))"
)
_BARE = re.compile(rf"(?:我?[給打評]|就|a)? ?(?P<score>{_NUMBER})(?:吧|好了|啦|謝謝|thanks)?")
_CUE_BEFORE = re.compile(
    r"(?:評分?|評價|打|給|分數|整體|滿意度?|overall|服務|態度|處理|support|service|rate|rating|score|give)[^0-9]{0,6}$"
)
_CUE_AFTER = re.compile(r"[ ,，]{0,2}(?:很|非常|超|great|good|nice|excellent|well|bad|poor|for )")
_TRIM = " .。,，!~\n"
_FILLER = re.compile(
    r"我|[給打評]|你們|您們|這次|分數|覺得|就|吧|謝謝|感謝|(?<![a-z])(?:i|we|you|it|this|rate|rating|score"
    r"|give|a|is|thanks|thank|for)(?![a-z])"
)


def score_of(text: str) -> int | None:
    """The score from 1 to 5 that `text` gives; None where it gives none, or one out of bounds."""
    searched = folded(text).strip(_TRIM)
    if _FULL.search(searched):
        return BEST
    found = _MARKED.search(searched) or _GIVEN.search(searched) or _BARE.fullmatch(searched)
    if found is None:
        return None
    number = number_of(found["score"])
    if number is not None and found.groupdict().get("most") == "10":
        number = (number + 1) // 2
    return number if number is not None and 1 <= number <= BEST else None


def find_scores(text: str) -> Iterator[Found]:
    """What is said to be a score by what stands beside it: 「5分」, "3 out of 5", 「態度4」.

    The value is the score from 1 to 5, or as it was said where it is out of bounds.
    """
    searched = folded(text)
    marked = [match for match in _MARKED.finditer(searched) if not _FULL.match(match.group())]
    labelled = _LABELLED.finditer(searched) if _RATES.search(searched) else ()
    if not marked:  # 「90 分，滿分我是不給的」
        for match in _FULL.finditer(searched):
            yield Found("score", text[match.start() : match.end()], str(BEST), *match.span())
    for match in marked:
        said = match.group()
        is_very = (
            said == "十分" and searched[match.end() : match.end() + 1].isalpha()
        )  # 「十分感謝」
        if not is_very:
            value = score_of(said) or number_of(match["score"]) or match["score"]
            yield Found("score", text[match.start() : match.end()], str(value), *match.span())
    for match in labelled:
        start, end = match.span("score")
        if not any(other.start() < end and start < other.end() for other in marked):
            yield Found("score", text[start:end], match["score"], start, end)


def is_given(text: str, score: Found) -> bool:
    """Whether words beside a score say that it is one, which a date such as 4/5 lacks."""
    searched = folded(text)
    first = _TOLD_FIRST.match(searched)
    if "/" in score.text and _RATES.search(searched) and not _DAY_AFTER.match(searched, score.end):
        return True
    if first and first.end() == score.end and int(first["score"]) <= int(first["most"]):
        return True
    return bool(
        _CUE_BEFORE.search(searched[: score.start]) or _CUE_AFTER.match(searched[score.end :])
    )


def without_score(text: str) -> str:
    """What is said beside the score: 「3 分 回太慢」 -> 「回太慢」."""
    searched = folded(text)
    for pattern in (_FULL, _MARKED, _GIVEN):
        if found := pattern.search(searched):
            left, right = text[: found.start()], text[found.end() :]
            rest = f"{left.strip(_TRIM)} {right.strip(_TRIM)}".strip()
            return rest if re.search(r"\w", _FILLER.sub(" ", folded(rest))) else ""
    return "" if _BARE.fullmatch(searched.strip(_TRIM)) else text.strip()
