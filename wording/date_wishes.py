"""The words in which somebody says by when: 週五前, 12/15, 下週三早上, by Friday, 明天下班前.

Only the words are found. What day they mean depends on today and on the calendar, which are not
ours to know. A day on which something *happened* (昨天, 上週五, 今天早上壞了) is no wish.
"""

from __future__ import annotations

import re

from wording.found import Found
from wording.numerals import CHINESE_NUMBER
from wording.text import folded

_NUMBER = rf"(?: [0-9]{{1,3}} | {CHINESE_NUMBER} )"
_HOUR = r"""(?: [0-9]{1,2}:[0-9]{2} | (?: [0-9]{1,2} | 十[一二]? | [一二兩三四五六七八九] )\ ?點
    (?: 半 | [0-9]{1,2}分? )? )"""
_PART_OF_DAY = (
    rf"(?: \ ?(?: 一早 | 早上 | 上午 | 中午 | 下午 | 傍晚 | 晚上 | 下班 ) )? (?: \ ?{_HOUR} )?"
)
_WEEKDAY = r"(?: 週 | 星期 | 禮拜 )\ ?[一二三四五六日天末]"
_MONTH_NO = r"(?: 1[0-2] | 0?[1-9] )"
_DAY_NO = r"(?: 3[01] | [12][0-9] | 0?[1-9] )"
_CHINESE_MONTH = rf"(?: {_MONTH_NO} | 十[一二]? | [一二三四五六七八九] )\ ?月"
_CHINESE_DAY = rf"""(?: {_DAY_NO} | 三十一? | 二?十[一二三四五六七八九]? | [一二三四五六七八九] )
    \ ?[日號]"""
_BEFORE = r"\ ?(?: 以前 | 之前 | 前 | 為止 | 內 )"
# 「12/20 之後都可以」: no single day, but a wish.
_AFTER = r"\ ?(?: 之後 | 以後 | 過後 | 起(?= \ ?(?: 都 | 皆 | 可 | 生效 | 適用 | [,。;] | $ ) ) )"
_MUST = (
    r"(?= \ ?就?(?: 要 | 得 | 必須 | 需要 | 給我 | 交 | 截 | 上線 | 到貨 | 送 | 寄"
    r" | 請?\ ?(?: 回電 | 打給 | 打電話 | 回撥 | 聯絡 ) ) )"
)
_HAPPENED = (
    r"(?! \ ?[就才]?(?: 開始 | 起 | 壞 | 當 | 發生 | 買 | 購 | 下單 | 報修 | 到現在 | 已"
    r" | 就?(?: 到期 | 屆滿 | 期滿 | 過期 ) ) )"
)

# A day that can only lie ahead is a wish by itself.
_AHEAD = rf"""
    下下?個?{_WEEKDAY} | 下個?月\ ?{_CHINESE_DAY}
    | 明年(?: \ ?{_CHINESE_MONTH}(?: \ ?{_CHINESE_DAY} | [底初中] )? | [底初] )
    | 下下?(?: 個月 | 週 | 禮拜 | 星期 | 季 )[底初中]? | 大?後天 | 明[天早晚日]
    | (?: 這個月 | 本月 | 月 | 年 | 季 | 本週 | 這週 )[底初]
    | {_CHINESE_MONTH}\ ?(?: [底初] | [上中下]旬 | 中(?!旬) | {_CHINESE_DAY} )
    | (?: [0-9]{{4}}[/\-.年]\ ? )?{_MONTH_NO}(?: / | \ ?月\ ? ){_DAY_NO}(?![0-9/%])(?: \ ?[日號] )?
      (?: \ ?\({_WEEKDAY}\) )?
    | [0-9]{{4}}-{_MONTH_NO}-{_DAY_NO}(?![0-9])
"""
# A day that may as well be past is one only with 前, 要 and the like.
_UNSURE = rf"""
    [這本]?個?{_WEEKDAY} | 今[天日晚] | {_CHINESE_DAY}
    | {_NUMBER}\ ?個?(?: 工作天 | 工作日 | 小時 | 天 | 日 | 週 | 星期 | 禮拜 | 月 )
"""
_CHINESE = re.compile(
    rf"""(?<![0-9a-z./\-上每])(?<!上個)(?:
        (?: {_AHEAD} ){_PART_OF_DAY}(?: {_BEFORE} | {_AFTER} )?{_HAPPENED}
        | (?: {_UNSURE} ){_PART_OF_DAY}(?: {_BEFORE} | {_MUST} )
    )""",
    re.VERBOSE,
)

_WEEKDAYS = r"(?: mon | tues? | wed(?:nes)? | thu(?:r|rs)? | fri | sat(?:ur)? | sun )(?:day)?"
_NAMED_DAY = rf"(?: (?: next | this | coming )\ )?{_WEEKDAYS}"
_MONTH = r"""(?: jan(?:uary)? | feb(?:ruary)? | mar(?:ch)? | apr(?:il)? | may | june? | july?
    | aug(?:ust)? | sep(?:t(?:ember)?)? | oct(?:ober)? | nov(?:ember)? | dec(?:ember)? )"""
_NTH = r"[0-9]{1,2}(?: st | nd | rd | th )?"
_DATE = rf"""(?: {_NAMED_DAY},?\ )?
    (?: {_MONTH}\ {_NTH} | {_NTH}(?:\ of)?\ {_MONTH} )"""
_CLOCK = r"""(?: ,?\ (?:at\ )?
    (?: [0-9]{1,2}(?::[0-9]{2})?\ ?[ap]m | [0-9]{1,2}:[0-9]{2} | morning | noon | afternoon ) )?"""
_AT_CLOCK = r"(?: [0-9]{1,2}(?::[0-9]{2})?\ ?[ap]m | [0-9]{1,2}:[0-9]{2} | noon )"
_PERIOD_END = r"""(?: (?:the\ )?end\ of\ (?: the\ | this\ | next\ )?(?: day | week | month | quarter
    | year ) | eod | eow | eom | noon )"""
_COMING = (
    r"(?: tmrw? | next\ (?: week | month | quarter ) | (?:the\ day\ after\ )?tomorrow | tonight )"
)
_BY = r"(?: by | before | until | till | due | no\ later\ than )"
_ENGLISH = re.compile(
    rf"""(?<![a-z0-9./\-])(?:
        {_BY}\ (?: {_DATE} | {_MONTH_NO}/{_DAY_NO} | {_NAMED_DAY} | {_COMING} | today
            | {_PERIOD_END} | {_MONTH} ){_CLOCK}
        | (?: after | around )\ {_AT_CLOCK}(?:\ (?: {_COMING} | today | {_NAMED_DAY} ))?
        | (?: before | by )\ {_AT_CLOCK}(?:\ (?: {_COMING} | today | {_NAMED_DAY} ))?
        | {_NAMED_DAY}\ {_AT_CLOCK}
        | (?: {_DATE} | (?: next | this )\ {_WEEKDAYS} | {_COMING} | {_PERIOD_END} ){_CLOCK}
        | within\ (?: [0-9]{{1,3}} | a | two | three )\ (?: working\ | business\ )?
          (?: hour | day | week | month )s?
    )(?![a-z0-9])""",
    re.VERBOSE,
)
# "Ordered on 3 November", "it was due Monday".
_PAST = re.compile(
    r"(?:(?:[a-z]ed|expires?|ends|bought|sent|came|broke)(?: on)?|since|from|was|were) $"
)
# A day that may be past is a wish when nothing else is said: "friday."
_ANSWER = re.compile(
    rf"""\ *(?P<day> (?: {_NAMED_DAY} | [這本]?{_WEEKDAY} | 今天 | today )
    {_CLOCK}{_PART_OF_DAY} )\ *(?: $ | [.。!] )""",
    re.VERBOSE,
)


def find_date_wishes(text: str) -> list[Found]:
    """The wishes in `text`; the value is their words, with single spaces."""
    searched = folded(text)
    answer = _ANSWER.match(searched)
    if answer:
        return [_found(text, *answer.span("day"))]
    places = [match.span() for match in _CHINESE.finditer(searched)]
    places += [
        match.span()
        for match in _ENGLISH.finditer(searched)
        if not _PAST.search(searched[: match.start()])
    ]
    return [_found(text, start, end) for start, end in sorted(places)]


def _found(text: str, start: int, end: int) -> Found:
    words = text[start:end]
    return Found("needed_by", words, " ".join(words.split()), start, end)
