"""The end customer, where it is plainly named: 客戶是青田機械 台中廠, customer: Qingtian Machinery.

「我們客戶的 Power 主機」 and "the customer is waiting" name nobody. Better to ask once more than to
write a verb into the ticket as a company.
"""

from __future__ import annotations

import re

from wording.found import Found
from wording.text import plain

_MARK = re.compile(
    r"""
    (?: (?: 最終 | 終端 )?客[戶户](?: 名稱 | 名 | 公司 )?
      | (?<![a-z])(?: end[\ \-]? )?customer(?: \ name | '?s\ name )? )
    \ *(?P<mark> 是 | 為 | 叫做? | is(?![a-z]) | [:=] )\ *
    | (?<![a-z])for\ (?: our\ | the\ | my\ )?(?: end[\ \-]? )?customer,?\ (?P<direct>)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# 「自用」, said as a clause of its own: the partner is the customer.
_OWN_USE = re.compile(
    r"(?:^|(?<=[,;、。\s])|(?<=我們)|(?<=公司)|(?<=是))(?P<own>自[家己]?用)(?=$|[,;、。\s])"
    r"|(?<![a-z])for (?P<use>our own use)(?![a-z])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^,;!?\n、。:/「」『』]+")
_LIMITED = re.compile(r",?\ (?:Co\.?,?\ )?(?:Ltd|Inc|Corp)\b\.?", re.IGNORECASE)
_SITE = re.compile(
    r"[\u4e00-\u9fff0-9]{1,10}(?:廠|店|公司|室|處|園區|總部|機房|門市|院區|校區|倉|大樓|所|中心|分行)"
)
# 「客戶是想換一台」, 「客戶是誰」: what begins like this is not a name.
_NO_NAME = re.compile(
    "[誰哪不說用想要在因有很從被把否需反昨今一沒同這那我您你他]|什麼|甚麼|自[己行]|希望|覺得|目前|現在|明天"
)
# Where a name ends although no punctuation says so.
_REMARK = re.compile(
    "的|[他她]們|想|要|需|希望|急|說|目前|現在|[昨今明]天|已|反[應映]|在催|有[一兩]台|主機|伺服器"
    "|序號|機型|電話|聯絡|因為|所以|但|而且|壞|不能|無法|一直"
)
_LINKS = {"of", "de", "the", "and", "&", "in", "at"}
_LONGEST = 40


def customer_in(text: str) -> str | None:
    """The end customer that `text` names, with its site, or None."""
    found = find_customer(text)
    return found.value if found else None


def find_customer(text: str) -> Found | None:
    """The first end customer that is plainly named."""
    searched = plain(text)
    for mark in _MARK.finditer(searched):
        name = _name(searched, mark.end(), listed=mark["mark"] in (":", "="))
        if name:
            start, end = mark.end(), mark.end() + len(name)
            words = text[start:end]
            return Found("customer", words, words, start, end)
    if own := _OWN_USE.search(searched):
        start, end = own.span("own" if own["own"] else "use")
        words = text[start:end]
        return Found("customer", words, words, start, end)
    return None


def _name(text: str, start: int, *, listed: bool) -> str | None:
    """The name that begins at `start`. `listed`: after a colon small letters will do."""
    clause = _CLAUSE.match(text, start)
    if not clause:
        return None
    words = clause.group().split(" ")
    if words[0][:1].isascii():
        name = _latin_name(words, listed=listed)
        limited = _LIMITED.match(text, start + len(name)) if name else None
        name += limited.group() if limited else ""
    else:
        name = _chinese_name(words)
    return name.strip() if 2 <= len(name.strip()) <= _LONGEST else None


def _chinese_name(words: list[str]) -> str:
    """The first word, and after spaces what is plainly a site: 青田機械 台中廠."""
    if _NO_NAME.match(words[0]):
        return ""
    remark = _REMARK.search(words[0])
    if remark:
        return words[0][: remark.start()]
    sites = 0
    while sites + 1 < len(words) and _SITE.fullmatch(words[sites + 1].strip("()")):
        sites += 1
    return " ".join(words[: sites + 1])


def _latin_name(words: list[str], *, listed: bool) -> str:
    """Words with capitals and the small ones between them: Bank of Taichung in Taichung."""
    kept = 0
    for place, word in enumerate(words):
        after = words[place + 1][:1] if place + 1 < len(words) else ""
        linked = place > 0 and word.lower() in _LINKS and after.isupper()
        named = word[:1].isupper() or word[:1].isdigit() or (listed and word[:1].isascii())
        if not (named or linked or (place > 0 and _SITE.fullmatch(word))):
            break
        kept = place + 1
    return " ".join(words[:kept])
