"""How people name a fact of their request: to change it, to give it, to say nothing else."""

from __future__ import annotations

import re

from wording.text import plain

_WORDS = {
    "serial": ("序號", "serial number", "serial", "s/n"),
    "product": ("產品", "型號", "機型", "product", "model"),
    "customer": ("客戶", "customer"),
    "site": ("地點", "場地", "site", "location"),
    "phone": ("電話", "手機", "phone number", "phone", "number to call"),
    "email": ("信箱", "e-mail", "email", "mail"),
    "order_number": ("訂單號碼", "訂單編號", "訂單", "order number", "order"),
    "quantity": ("數量", "台數", "人數", "quantity"),
    "needed_by": ("希望日期", "日期", "時間", "needed by", "date"),
    "description": ("問題描述", "問題", "描述", "現象", "description", "problem"),
}
_SPACING = re.compile(r"[\W_]+")
_NAMES_AND_LINKS = re.compile(
    "|".join(
        sorted(
            {_SPACING.sub("", word) for words in _WORDS.values() for word in words}
            | {"名稱", "編號", "號碼", "是", "為", "打", "撥", "我的", "我們的"}
            | {"is", "my", "our", "the", "sn", "call", "wrong", "change", "to", "in", "at"}
            | {
                "改一下",
                "改成",
                "改為",
                "改",
                "打錯",
                "錯了",
                "要",
                "左右",
                "地點",
                "在",
                "於",
                "前",
            }
            | {
                "之前",
                "那",
                "那邊",
                "這邊",
                "以前",
                "大概",
                "約",
                "共",
                "請",
                "才對",
                "by",
                "before",
                "around",
                "about",
            },
            key=len,
            reverse=True,
        )
    )
)
_ANY_NAME = "|".join(
    re.escape(word)
    for word in sorted((w for g in _WORDS.values() for w in g), key=len, reverse=True)
)
_CHANGE_VERB = re.compile(
    r"改|更正|錯|換成|才對|應該是|change|correct|wrong|should be|make it", re.IGNORECASE
)
# From the name to the new value: 「客戶打錯了 是大立營造」, 「把數量改成 10」, "customer is Acme".
_TO_VALUE = re.compile(
    rf"""(?P<name>{_ANY_NAME})(?:名稱|編號|號碼)?\s*
    (?:(?:打|寫|填|給|說)?錯了?|也錯了?|不對|有誤|is\ wrong|was\ wrong)?[\s,，。]*
    (?:(?:後面|末碼|尾碼|尾數|最後)(?:幾碼|[一二三四五六]碼)?(?:應該)?(?:是|改成|為)
      |ends\ (?:in|with)|ending\ (?:in|is)|改成|改為|改|更正為|換成|應該是|應該|才是|是|為|叫
      |should\ be|must\ be|is\ now|is|to|:|：)
    \s*(?P<value>\S.*?)\s*(?:[\s,，](?:not|不是)\s*\w+)?\s*(?:才對|才是|而已|謝謝|啦)?\s*$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_TAIL = re.compile(
    r"(?:後面|末碼|尾碼|尾數|最後)(?:幾碼|[一二三四五六]碼)?(?:應該)?(?:是|改成|為)"
    r"|ends (?:in|with)|ending (?:in|is)|the last (?:digits|part)",
    re.IGNORECASE,
)
# 「抱歉打錯 是 0933-123-456」: what is wrong is not named.
_WRONG = re.compile(
    r"(?:打|寫|填|給|說|講)錯了?|有誤|不對|更正|typo|mistyped|(?:got|was|is) wrong|mistake"
    r"|correction",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"(?:應該是|應為|改成|改為|才對|是|should be|it's|is)[\s:：]*(?P<value>\S.*?)\s*(?:才對)?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_MARKER = re.compile(
    rf"^(?:對[,\s]*)?(?:{_ANY_NAME})(?![a-z那的端這在])(?:名稱|編號|號碼)?"
    r"\s*(?:改成|應該是|是|為|叫|is(?![a-z])|:|：)?\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"(?:我的|my )?(?:{_ANY_NAME}|分機|號碼|tel)(?:號碼)?\s*(?:是|為|改成?|is|:|：)?\s*$",
    re.IGNORECASE,
)
_NEXT_NAME = re.compile(rf"(?<![\s,，、])[\s,，、]+(?:{_ANY_NAME})", re.IGNORECASE)
_SHORT = 60
_OPENING = 6  # how far into a message a name may stand that no word of change goes with


def fact_to_change(text: str) -> str | None:
    """The fact that a short message wants to change: 「改序號」, 「序號」, "phone is wrong"."""
    short = plain(text).strip(" .。!?~").lower()
    named = [(short.find(word), fact) for fact, words in _WORDS.items() for word in words]
    places = [(place, fact) for place, fact in named if place >= 0]
    if not places or len(short) > _SHORT:
        return None
    if _CHANGE_VERB.search(short) or any(short in words for words in _WORDS.values()):
        return min(places)[1]
    return None


def new_value(text: str) -> tuple[str, str] | None:
    """The fact and its new value in a correction: 「客戶改成大立營造」; None if it gives none."""
    match = _TO_VALUE.search(plain(text)) if len(text) <= _SHORT else None
    if not match or not (_CHANGE_VERB.search(text) or match.start() <= _OPENING):
        return None
    value = text[match.start("value") : match.end("value")]
    following = _NEXT_NAME.search(value)  # 「序號改成 78A4321 電話改成 …」
    value = (value[: following.start()] if following else value).strip(" ,，。.")
    name = match["name"].lower()
    fact = next(fact for fact, words in _WORDS.items() if name in words)
    return (fact, value) if value else None


def is_tail(text: str) -> bool:
    """Whether only the end of the right value is given: 「後面是 01375」."""
    return _TAIL.search(plain(text)) is not None


def with_tail(known: str, tail: str) -> str:
    """`known` with its last letters and digits replaced by those of `tail`; hyphens stay."""
    fresh = [char for char in plain(tail).upper() if char.isascii() and char.isalnum()]
    written = list(known)
    for place in range(len(written) - 1, -1, -1):
        if fresh and written[place].isalnum():
            written[place] = fresh.pop()
    return "".join(written)


def value_after_wrong(text: str) -> str:
    """What is said to be right where something unnamed was wrong: 「打錯了 是 0933-123-456」."""
    wrong = _WRONG.search(plain(text))
    right = _RIGHT.search(plain(text), wrong.end()) if wrong else None
    return text[right.start("value") : right.end("value")].strip(" ,，。.") if right else ""


def says_more_than(text: str, values: list[str]) -> bool:
    """Whether anything is left of `text` besides `values` and the names of facts.

    「客戶是青田機械」 says no more than 青田機械: it does not answer "which product?".
    """
    rest = _SPACING.sub("", plain(text).lower())
    for value in values:
        rest = rest.replace(_SPACING.sub("", plain(value).lower()), " ")
    return re.search(r"\w", _NAMES_AND_LINKS.sub(" ", rest)) is not None


def without_label(text: str) -> str:
    """What stands before a number, without the word that only says what the number is."""
    label = _LABEL.search(plain(text))
    return text[: label.start()] if label else text


def without_marker(text: str) -> str:
    """An answer without the words that only name its fact: 「客戶是青田機械」 -> 「青田機械」."""
    said = _MARKER.sub("", text.strip())
    return said.strip(" ,。.") or text.strip()
