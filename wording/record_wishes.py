"""Which part of a record is asked for: a year, a quarter, one's own, another company's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from wording.persons import SURNAMES
from wording.steering import is_yes
from wording.text import folded, plain

_BACK = (
    (re.compile(r"前年|year before last"), 2),
    (re.compile(r"去年|上[一個]?年度|(?<![a-z])(?:last|prior|previous) (?:fiscal )?year"), 1),
    (re.compile(r"今年|本年度?|這一?年|(?<![a-z])this year"), 0),
)
_YEAR = re.compile(r"(?<![0-9/\-.])(?P<year>20[0-9]{2})(?![0-9/\-.])")
_REPUBLIC = re.compile(r"(?:民國 ?)(?P<year>1[0-9]{2})|(?<![0-9])(?P<bare>1[1-9][0-9]) ?年(?!前)")
_QUARTER = re.compile(
    r"第 ?(?P<zh>[一二三四1-4]) ?季|(?<![a-z0-9])q(?P<q>[1-4])(?![0-9])"
    r"|(?<![0-9])(?P<nq>[1-4])q(?![a-z])"
    r"|(?<![a-z])(?P<en>first|second|third|fourth|1st|2nd|3rd|4th) quarter"
)
_LAST_QUARTER = re.compile(r"上一?個?季|(?<![a-z])last quarter|(?<![a-z])previous quarter")
_THIS_QUARTER = re.compile(r"[本這]一?個?季|(?<![a-z])this quarter")
_BY_QUARTER = re.compile(
    r"[各每]一?個?季|分季|by quarter|(?<![a-z])quarterly|(?:each|every|per) quarter"
)
_NUMBERS = {
    "一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
_ALL = re.compile(
    r"列出|清單|名單|名冊|全部|所有|一覽|盤點|明細|哪些|(?<![a-z])(?:list|all of|all the|everyone)"
)
_OWN = re.compile(
    r"(?<!替)(?<!給)(?<!幫)(?<!請)我(?!們|國|司|想|要|這邊|這裡|家|方|公司|手上)"
    r"(?:自己|本人|個人)?(?:名下)?的?(?:那|這)?張?(?:[a-z0-9 ]{0,16})(?:認證|證照|證書|資格|cert)"
    r"|我(?:自己|本人|名下)|(?<![a-z])my(?: own)? (?:[a-z0-9]+ )?(?:cert|exam|badge)"
)
_PARTNER_ID = re.compile(r"(?<![a-z0-9])p-?(?P<digits>[0-9]{3,6})(?![0-9])")
_TAX_ID = re.compile(r"(?<![0-9a-z\-])[0-9]{8}(?![0-9])")
_COMPANY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,6}?"
    r"(?:股份有限公司|有限公司|資訊|系統|科技|電腦|數位|企業|實業|國際))(?:公司)?"
    r"(?=的|之|現在|目前|今年|去年|還|有|剩| ?[A-Za-z])"
)
_OURS = re.compile(r"我們|我司|我的|敝|貴|你們|你的|本公司|這|那|該|入口|線上|查|網")
_LEAD_IN = re.compile(
    r"^(?:請問|請|麻煩|幫我|幫忙|幫|我想|想|我要|要|查詢|查一下|查|看一下|看看|看|問|告訴我|一下|關於)+"
)
# 「那去年的呢」, "and Q3?": another year or quarter and nothing else. What is no question by its
# words needs a mark of one where it might be a value.
_GO_ON = (
    r"(?:那麼?|所以|然後|至於|and|so|then|ok|okay|what about|how about|what of|for|in|the|[, ])*"
)
_ASKED = r"(?: *(?:的|呢|啊|咧|嗎|如何|怎麼?樣|多少|多少錢|then|'s|[?!.]))*"
_SPAN = (
    r"(?:去年|前年|今年|本年|上[一個]?年|(?:民國 ?)?1[0-9]{2} ?年|20[0-9]{2} ?年?)度?"
    r"|第 ?[一二三四1-4] ?季度?|q[1-4]|[1-4]q|[上本這]一?個?季度?"
    r"|(?:last|prior|previous|this) (?:fiscal )?(?:year|quarter)|year before last"
    r"|(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter"
)
_FOLLOW_UP = re.compile(rf"{_GO_ON}(?:(?:{_SPAN})[的 ]*(?:of |in )?)+{_ASKED}")
_MARK = re.compile(r"[呢?]|^(?:那|and |what |how )")
_BARE_NUMBER = re.compile(r"[0-9 ]+")
# A whole name; a word that only begins like one has such a character in it.
_NO_NAME = "的們個張級階種時候多少有效到期過了式師案類可以是在嗎呢和跟及與"
_HAN_NAME = rf"[{SURNAMES}][^\W\da-zA-Z{_NO_NAME}]{{2}}"
_LATIN_NAME = (
    r"(?!(?:Is|Are|Was|Do|Does|Did|Has|Have|Can|Show|Check|And) )[A-Z][a-z]+(?:[ \-][A-Z][a-z]+)+"
)
_NEXT_PERSON = re.compile(
    rf"(?i:{_GO_ON})(?P<name>{_HAN_NAME}|{_LATIN_NAME})"
    r"(?:先生|小姐|經理)?(?: *的| *['’]s)?(?: *[呢?？])+"
)
_PERSONS = re.compile(
    rf"(?:^|[, 查問看請我下])(?P<han>{_HAN_NAME})(?:先生|小姐|經理)?"
    r" ?(?:的|有沒有|有|還有|現在|目前)?"
    r"[a-zA-Z0-9 ]{0,16}(?:認證|證照|證書|資格|cert)"
    rf"|(?P<latin>{_LATIN_NAME})['’]s? (?:[A-Za-z0-9]+ )?(?:cert|exam|badge)"
    rf"|cert[a-z]* of (?P<of>{_LATIN_NAME})"
)

_WANTED = re.compile(
    r"(?:好[啊的]?[, ]*)?我?[需想]?要(?:的|啊|喔|哦|啦|辦|找|約)?(?:[, ]*謝謝)?|i do|please do"
)


class Period(NamedTuple):
    """`quarter` is 1 to 4; what was not said is None."""

    year: int | None = None
    quarter: int | None = None


def period_in(text: str, today: date) -> Period:
    """The year and the quarter that `text` asks for, seen from `today`."""
    said = folded(text)
    this = (today.month - 1) // 3 + 1
    if _LAST_QUARTER.search(said):
        return Period(today.year, this - 1) if this > 1 else Period(today.year - 1, 4)
    if _THIS_QUARTER.search(said):
        return Period(today.year, this)
    quarter = _QUARTER.search(said)
    return Period(_year_in(said, today.year), _number(quarter) if quarter else None)


def is_follow_up(text: str, intent: str, *, in_form: bool = False) -> bool:
    """Whether `text` only names another period, or of certificates a person, of a record told.

    In a form that goes on, and for a bare number, it has to be a question by its words.
    """
    said = folded(text).strip()
    if intent == "account_certification" and _NEXT_PERSON.fullmatch(plain(text).strip()):
        return True
    if _FOLLOW_UP.fullmatch(said) is None:
        return False
    is_value = in_form or _BARE_NUMBER.fullmatch(said) is not None
    return not is_value or _MARK.search(said) is not None


def takes_offer(text: str) -> bool:
    """Whether a message is a yes to what a record's answer offers: 「好」, 「要」."""
    return is_yes(text) or _WANTED.fullmatch(folded(text).strip(" .!。,")) is not None


def person_named(text: str) -> str | None:
    """The person whose certificates `text` asks for, as written; one whom nobody may know."""
    said = plain(text).strip()
    if found := _NEXT_PERSON.fullmatch(said):
        return found["name"]
    found = _PERSONS.search(said)
    return next(filter(None, found.groups()), None) if found else None


def wants_quarters(text: str) -> bool:
    return _BY_QUARTER.search(folded(text)) is not None


def wants_list(text: str) -> bool:
    return _ALL.search(folded(text)) is not None


def asks_for_own(text: str) -> bool:
    """Whether somebody's own certificates are meant, and not the company's."""
    return _OWN.search(folded(text)) is not None


def names_person(text: str, name: str) -> bool:
    """Whether `text` names the person: in full, or without the family name."""
    said, called = folded(text), folded(name).strip()
    if not called:
        return False
    if not called.isascii():
        return called in said or (len(called) > 2 and called[1:] in said)
    first = called.split()[0]
    return any(re.search(rf"(?<![a-z]){re.escape(one)}(?![a-z])", said) for one in (called, first))


def names_other_company(text: str, own: Iterable[str]) -> bool:
    """Whether `text` asks about a company that is none of the names and numbers in `own`."""
    known = [folded(one) for one in own if one]
    said = folded(text)
    ids = {f"p-{match['digits']}" for match in _PARTNER_ID.finditer(said)}
    numbers = {match.group() for match in _TAX_ID.finditer(said)}
    if any(one not in known for one in ids | numbers):
        return True
    for match in _COMPANY.finditer(plain(text)):
        name = folded(_LEAD_IN.sub("", match["name"]))
        if (
            len(name) > 3
            and not _OURS.search(name)
            and not any(name in one or one in name for one in known)
        ):
            return True
    return False


def _year_in(said: str, this_year: int) -> int | None:
    for words, back in _BACK:
        if words.search(said):
            return this_year - back
    if match := _YEAR.search(said):
        return int(match["year"])
    if match := _REPUBLIC.search(said):
        return 1911 + int(match["year"] or match["bare"])
    return None


def _number(match: re.Match[str]) -> int:
    said = next(value for value in match.groupdict().values() if value)
    return _NUMBERS.get(said) or int(said)
