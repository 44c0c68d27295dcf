"""Facts that only some requests have, found in a message by rule where its words are plain.

What no rule finds is asked for; better once more than a half-understood clause in the ticket.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from wording.amounts import amount_in
from wording.logs import pasted_spans
from wording.numerals import CHINESE_NUMBER
from wording.text import folded, plain

_CLAUSE = re.compile(r"[^,;!?。\n、:]+")

# What is to be done with a contract or a fund; the first that is said.
_PURPOSE = re.compile(
    r"續約|續簽|換約|更新合約|終止|解約|解除|修約|修改|變更|增補|附約|用印|簽約|重簽|簽署|簽回|簽"
    r"|申請|核銷|請款|報銷|結報|撥款"
    r"|(?<![a-z])(?:renew(?:al)?|terminat\w+|amend\w*|sign(?:ing|ed)?|countersign\w*"
    r"|apply|application|claim|reimburse\w*|request)(?![a-z])"
)
_PURPOSES = {
    "renew": re.compile(r"續約|續簽|換約|更新合約|renew(?:al)?"),
    "end": re.compile(r"終止(?:合約)?|解約|解除|end|terminat(?:e|ed|ing|ion)"),
    "amend": re.compile(r"修約|修改(?:合約)?|變更|增補|附約|amend(?:ing|ment)?"),
    "sign": re.compile(r"用印|簽約|重簽|簽署|簽回|簽|(?:counter)?sign(?:ing|ed)?"),
    "apply": re.compile(r"申請|apply|application|request"),
    "claim": re.compile(r"核銷|請款|報銷|結報|撥款|claim|reimburse(?:ment|d)?"),
}
# A new value after the word that changes it: 「地址改成 …」, "our new address is …".
_NEW_VALUE = re.compile(
    r"""(?: 改[成為到] | 換成 | 變更[為成] | 更新[為成] | 更正[為成] | 搬[到去至] | 遷[到至]
      | 新(?:\ ?的\ ?)?(?: 地址 | 電話 | 名稱 | 公司名 | 聯絡人 | 窗口 | 負責人 | 統編 | 信箱 )
        \ ?(?: 是 | 為 | : )
      | (?<![a-z])(?: new\ [a-z]+\ (?: is | will\ be )
        | (?: changed? | moved? | moving | renamed | updated? )\ to ) )
      \ *:?\ *(?P<value>[^,;。\n]{2,80}(?:,\ (?-i:[A-Z0-9])[^,;。\n]{1,40}){0,4})""",
    re.VERBOSE | re.IGNORECASE,
)
_EVENT = re.compile(
    r"""研討會|說明會|展覽|參展|論壇|發表會|巡迴|餐會|講座|工作坊|路演|客戶日|活動|廣告|文宣|行銷案|電子報|影片
    |(?<![a-z])(?:seminars?|webinars?|workshops?|roadshows?|trade\ ?shows?|booths?|exhibitions?
    |campaign|ads?|customer\ day|event)(?![a-z])""",
    re.VERBOSE,
)
_COURSE = re.compile(
    r"""[A-Za-z0-9][A-Za-z0-9 .+\-]{1,30}\ ?(?:課程|認證課|的課|課|認證|考試|證照)
    |[A-Za-z][A-Za-z0-9.+\-]{1,20}\ ?[那這这](?:門|门|堂|梯|個|个)(?!人|月|同)
    |[\u4e00-\u9fff]{1,8}(?:課程|班|認證|證照)(?!的|考|過|到|嗎)
    |(?<![A-Za-z])(?:[A-Z][\w+\-]*\ ){1,4}
      (?:course|class|exam|certification|training|bootcamp)(?![a-z])""",
    re.VERBOSE,
)
# 「C1000 那張認證」
_EXAM = re.compile(r"(?P<code>[A-Z]{1,3}[0-9]{3,5}(?:-[0-9]{2,4})?) ?(?:那|這)[張個科]")
# 「Academy 的課」 names no course yet.
_NO_COURSE = re.compile(
    r"channel|academy|學院|課程|的課|認證|考試|證照|課|course|class|exam|certification|training",
    re.IGNORECASE,
)
_MYSELF = re.compile(
    r"我(?:自己|本人)?[想要]?(?:報名|報考|報|補考|重考|上課|參加|去考)"
    r"|(?<![a-z])i(?:'d| would)? (?:want|need|like) to (?:enrol|register|retake|take|book|sit)"
)
_HEADS = re.compile(
    r"(?:[0-9]{1,3}|[一二兩三四五六七八九十])\ ?(?:位|個人|人|名)(?!員)"
    r"|(?:[0-9]{1,3}|two|three|four|five) (?:of us|people|engineers?|colleagues?|seats?|persons?)"
)
_YEARS = re.compile(
    r"[0-9一二兩三四五六七八九十]{1,3}\ ?(?:年多?|個月)(?!前|後|底|[0-9])|[0-9]+ (?:years?|months?)"
)
_FOUNDED = re.compile(
    r"(?:founded|established|started|since)(?: in)? (?:19|20)[0-9]{2}"
    r"|(?:成立|創立|設立)(?:於| )*(?:19|20|民國 ?)[0-9]{2,3}年?"
    r"|(?:19|20)[0-9]{2} ?年(?:成立|創立|設立)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[0-9]|[一二兩三四五六七八九十百千萬半]|(?<![a-z])(?:one|two|three|four|five|six"
    r"|seven|eight|nine|ten|a (?:few|dozen|hundred)|hundreds?|thousands?)(?![a-z])"
)
_AGE = re.compile(
    r"(?:大[概約]|約|快|超過|差不多|已經|about|around|over|almost|more than|since)? ?"
    r"(?:[0-9]{1,4}(?:\.[0-9])?|[一二兩三四五六七八九十半]{1,3}|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|a|half a) ?(?:年多?|個?月|半|多|了|左右|years?|yrs?|months?|old| )*"
)
_SIZE = re.compile(
    r"[大小多少中幾]|(?<![a-z])(?:small|large|big|medium|many|few|several|all)(?![a-z])"
)
# 「地點在客戶高雄廠」, 「在台中客戶那」, "the site is Taoyuan".
_SITE = re.compile(
    r"""(?:地點|場地|地址|現場)\ ?(?:是在|改在|是|在|:)\ ?(?P<value>[^,;。\n]{2,30})
    |在\ ?(?P<at>(?:台北|臺北|新北|桃園|新竹|苗栗|台中|臺中|彰化|南投|雲林|嘉義|台南|臺南|高雄|屏東
      |宜蘭|花蓮|台東|臺東|基隆)[^,;。\s]{0,6}?客[戶户])
    |(?<![a-z])(?:the\ )?(?:site|location|venue)\ (?:is|:)\ (?P<english>[^,;.\n]{2,30})""",
    re.VERBOSE | re.IGNORECASE,
)
# 「產品是 Spectrum」, 「借一台 Power」.
_PRODUCT = re.compile(
    r"""(?:產品|機型|型號)\ ?(?:是|為|:)\ ?(?P<value>(?!什麼|哪|誰|不)[^,;。\s]+(?:\ [A-Z0-9]\w*)*)
    |[一兩二三四五六0-9]\ ?台\ ?(?P<named>[A-Z][A-Za-z0-9]+(?:\ [A-Z0-9]\w*)*)(?![A-Za-z])""",
    re.VERBOSE,
)
_TEAM = re.compile(
    r"""(?:業務|技術|工程師?|行政|會計|sales|technical|engineers?|admin)\ ?(?:人員|人力)?
      \ ?[0-9一二兩三四五六七八九十]+(?:\ ?[位人個])?
    |[0-9]+\ (?:sales|technical|engineers?|admin)""",
    re.VERBOSE | re.IGNORECASE,
)
_PARTIES = re.compile(
    r"""(?<![a-z])[^,。\n]{0,20}
      (?:你們|貴公司|原廠|另一家|別家|其他|(?<![a-z])another|(?<![a-z])your)\ ?的?
      (?:業務|人|經銷商|夥伴|AM|sales|rep|partner|reseller)[^,。\n]{0,60}(?![a-z])""",
    re.VERBOSE | re.IGNORECASE,
)
_PROMISED = re.compile(
    r"(?<![a-z])[^,。\n]{0,16}"
    r"(?:登錄過|報備過|報備|登錄|答應過?|承諾|說好|(?<![a-z])registered|(?<![a-z])promised)"
    r"[^,。\n]{0,60}(?![a-z])",
    re.IGNORECASE,
)
_PROMISED_VERB = re.compile("登錄|報備|答應|承諾|說好|registered|promised")
_PROJECT = re.compile(
    r"(?<![a-z])[\u4e00-\u9fffA-Za-z0-9 ]{2,24}"
    r"(?:專案|標案|汰換|建置案|採購案|擴充案|project|tender)",
    re.IGNORECASE,
)
# 「案子 備份主機」: said by its name, as one word.
_NAMED_PROJECT = re.compile(
    r"(?:案子|案名|專案名稱|專案)(?:名稱)?(?: ?(?:是|叫做?|:) ?| )"
    r"(?P<value>[^\s,;。、]{2,24})(?=$|[\s,;。、])"
)
_OPENING_VERB = re.compile(
    r"^(?:我們?|貴公司|請問|想要?|要|幫我?|麻煩|報名?|參加|考|上|辦|的|了|去|在|這個?|那個?|\ )+"
)
_OUTCOME = re.compile(
    r"(?:希望|要求|請你們|我要你們|i want|we want|please have)"
    r"(?! to (?:complain|report|talk|speak|make))(?P<value>[^,。\n]{3,60})",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"(?<![a-z0-9])(?:error|err|code|錯誤碼?|代碼)[ :#]*(?=[a-z0-9\-]*[0-9])[a-z0-9\-]{2,20}",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"(?<![0-9,.])[0-9,.]+\ ?(?:tb|gb|pb|人|users?|個?使用者|台\ ?vm|vms?|iops)(?![a-z])"
    rf"|{CHINESE_NUMBER}\ ?(?:個使用者|位使用者|個人用|個人|人用)",
    re.IGNORECASE,
)


_CLAIM = re.compile(r"核銷|請款|報銷|結報|撥款|(?<![a-z])(?:claim|reimburse)")
_CREDIT_LIMIT = re.compile(r"額度|credit (?:limit|line)")
_INVOICE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{2}[\- ]?[0-9]{8}|INV[\- ]?[0-9][0-9\-]{2,12})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"(?<![A-Za-z0-9@.])(?=[A-Za-z0-9\-]*[0-9]{4})[A-Za-z0-9][A-Za-z0-9\-]{4,20}(?![A-Za-z0-9@])"
)
_STATEMENT = re.compile(r"對帳單|帳單明細|statements?(?: of account)?(?![a-z])")
_SPECIAL_BID = re.compile(r"特價|特殊報價|special (?:bid|price|pricing)")
_OWN_ACCOUNT = re.compile(
    r"我的?(?:帳號|密碼|入口|登|進不去)"
    r"|(?<![a-z])my (?:account|password|login)|i can'?t (?:log|sign)"
)
_SOON = re.compile(
    r"越快越好|愈快愈好|儘快|盡快|馬上|立刻|隨時|不急|不趕"
    r"|(?<![a-z])(?:asap|as soon as|soon|right away|any ?time)"
    # A part of the year is an answer as well, though it is no day.
    r"|月[初中]|[上中下]旬|[日號週0-9] ?(?:之後|以後|過後|起)"
    r"|[0-9一二三四五六七八九十]月(?![0-9一二三四五六七八九十底])|下個?月"
    r"|下下?季|第[一二三四]季|年後|明年"
    r"|(?<![a-z])(?:early|mid|late|next (?:week|month|quarter|year)|q[1-4]|in (?:january|february"
    r"|march|april|may|june|july|august|september|october|november|december))(?![a-z])"
)
_TAX_ID = re.compile(
    r"(?:統一編號|統編|tax id)?\ ?[:是]?\ ?(?<![0-9])[0-9]{8}(?![0-9])", re.IGNORECASE
)


def is_about_credit(text: str) -> bool:
    """Whether a credit limit is meant, and no invoice."""
    return _CREDIT_LIMIT.search(folded(text)) is not None


def purpose_of(words: str) -> str | None:
    """What `words` for what is to be done stand for, if they are nothing but that: "claim"."""
    said = folded(words).strip()
    return next((name for name, way in _PURPOSES.items() if way.fullmatch(said)), None)


def is_claim(purpose: str) -> bool:
    """Whether money of a fund is claimed that was applied for before."""
    return _CLAIM.search(folded(purpose)) is not None


def is_special_bid(text: str) -> bool:
    return _SPECIAL_BID.search(folded(text)) is not None


def is_own_account(text: str) -> bool:
    """Whether somebody's own sign-in is meant, not a colleague's."""
    return _OWN_ACCOUNT.search(folded(text)) is not None


def is_soon(text: str) -> bool:
    """Whether "by when?" is answered without a day: 「越快越好」, "any time"."""
    return _SOON.search(folded(text)) is not None


def invoice_number(text: str, *, asked: bool) -> str:
    """The invoice's number in `text`; asked for it, anything that looks like a number of papers."""
    match = _INVOICE.search(plain(text)) or (_PAPERS.search(plain(text)) if asked else None)
    return match.group().upper() if match else ""


def is_statement(text: str) -> bool:
    """Whether a statement of accounts is wanted, which has no number to ask for."""
    return _STATEMENT.search(folded(text)) is not None


def tells_size(text: str) -> bool:
    """Whether "how large?" is answered at all: a number, or 「很大」."""
    return has_number(text) or _SIZE.search(folded(text)) is not None


def is_an_age(text: str) -> bool:
    """Whether "for how many years?" is answered by a number alone: 「大概八年」, 2019."""
    return _AGE.fullmatch(folded(text).strip(" .。!?,")) is not None


def has_number(text: str) -> bool:
    return _NUMBER.search(folded(text)) is not None


def company_name(text: str) -> str:
    """The name in "禾光資訊 12345675": what is left without the number; empty if nothing is."""
    name = _FOUNDED.sub("", _TAX_ID.sub("", plain(text)))
    name = re.sub(r"[\s,;、]*,[\s,;、]*", ", ", name).strip(" ,;。、:")
    return name if any(char.isalpha() for char in name) else ""


def find(fact: str, text: str) -> str | None:
    """The value of `fact` that `text` plainly gives, or None."""
    finder = _FINDERS.get(fact)
    return finder(text) if finder else None


def _found(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    """The named group of `pattern` that has something in it; without one, all that it matches."""

    def finder(text: str) -> str | None:
        match = pattern.search(plain(text))
        if match is None:
            return None
        start, end = match.span(match.lastgroup or 0)
        return text[start:end].strip(" ,，。")

    return finder


def _purpose(text: str) -> str | None:
    match = _PURPOSE.search(folded(text))
    return text[match.start() : match.end()] if match else None


def _activity(text: str) -> str | None:
    """The clause that names an event: 「十二月的客戶研討會」."""
    searched = plain(text)
    for clause in _CLAUSE.finditer(searched):
        named = _EVENT.search(folded(clause.group()))
        if named and len(clause.group().strip()) > len(named.group()):
            return text[clause.start() : clause.end()].strip()
    return None


def _course(text: str) -> str | None:
    if exam := _EXAM.search(plain(text)):
        return text[exam.start("code") : exam.end("code")]
    found = _found(_COURSE)(text)
    course = _OPENING_VERB.sub("", found).strip() if found else ""
    return course if any(char.isalnum() for char in _NO_COURSE.sub("", course)) else None


def _attendee(text: str) -> str | None:
    """How many, or the asker; names are asked for."""
    searched = folded(text)
    if match := _HEADS.search(searched):
        return text[match.start() : match.end()].strip()
    if match := _MYSELF.search(searched):
        return text[match.start()] if text[match.start()] == "我" else "me"
    return None


def _years(text: str) -> str | None:
    match = _FOUNDED.search(plain(text)) or _YEARS.search(plain(text))
    return text[match.start() : match.end()].strip() if match else None


def _people(text: str) -> str | None:
    """「業務3 技術5 行政1」: the figures of a team, at least two of them."""
    found = [text[match.start() : match.end()] for match in _TEAM.finditer(plain(text))]
    return " ".join(found) if len(found) > 1 else None


def _promised(text: str) -> str | None:
    """The clause that says so; after a Chinese word a space ends a clause as well."""
    found = _found(_PROMISED)(text)
    if not found:
        return None
    verb = _PROMISED_VERB.search(folded(found))
    cut = found.rfind(" ", 0, verb.start()) if verb else -1
    return found[cut + 1 :] if cut > 0 and not found[cut - 1].isascii() else found


def _error(text: str) -> str | None:
    spans = pasted_spans(text)
    if spans:
        start, end = spans[0]
        return text[start:end].strip()[:200]
    return _found(_ERROR)(text)


_FINDERS: dict[str, Callable[[str], str | None]] = {
    "purpose": _purpose,
    "new_value": _found(_NEW_VALUE),
    "activity": _activity,
    "course": _course,
    "attendee": _attendee,
    "years": _years,
    "people": _people,
    "parties": _found(_PARTIES),
    "promised": _promised,
    "project": lambda text: _found(_NAMED_PROJECT)(text) or _found(_PROJECT)(text),
    "outcome": _found(_OUTCOME),
    "site": _found(_SITE),
    "product": _found(_PRODUCT),
    "error": _error,
    "scale": _found(_SCALE),
    "amount": amount_in,
}
