"""Short words that steer a form: skip, change, less urgent, and what a bare request leaves unsaid.

Only whole, short messages count: 「沒有」 as an answer skips, 「沒有反應」 is an answer.
"""

import re

from wording.text import plain

_SKIP = frozenset(
    """略過 跳過 先略過 沒有 不知道 不清楚 手邊沒有 之後再補 晚點補 不確定 先不填 不方便 沒印象 
    找不到 看不到 skip pass later none n/a dunno""".split()  # noqa: SIM905
) | {"not at hand", "don't know", "no idea", "not sure"}
_CHANGE = {"修改", "要改", "我要改", "改一下", "要修改", "更正", "change", "edit", "change it"}
_LESS_URGENT = {"沒那麼急", "不急", "沒這麼急", "沒有那麼急"} | {
    "less urgent", "not that urgent", "not urgent",
}  # fmt: skip

_YES = re.compile(r"(?:對|是的|好|可以|沒錯|ok(?:ay)?|yes|yep|sure|correct)(?![a-z])(?!像|了沒|不)")
_NO = re.compile(r"(?:還沒|還是|沒有|沒好|不行|不是|又|未|no|not|still|nope)(?![a-z])")

# How people name a fact when they want another value for it.
_FACT_WORDS = {
    "serial": ("序號", "serial", "s/n"),
    "product": ("產品", "型號", "機型", "product", "model"),
    "customer": ("客戶", "customer", "site"),
    "phone": ("電話", "手機", "phone", "number to call"),
    "email": ("信箱", "e-mail", "email", "mail"),
    "order_number": ("訂單", "order"),
    "quantity": ("數量", "台數", "quantity"),
    "needed_by": ("日期", "時間", "date"),
    "description": ("問題", "描述", "現象", "description", "problem"),
}
_SPACING = re.compile(r"[\W_]+")
_NAMES_AND_LINKS = re.compile(
    "|".join(
        sorted(
            {_SPACING.sub("", word) for words in _FACT_WORDS.values() for word in words}
            | {"名稱", "編號", "號碼", "是", "為", "打", "撥", "我的", "我們的"}
            | {"is", "my", "our", "the", "sn", "call"},
            key=len,
            reverse=True,
        )
    )
)
_CHANGE_VERB = re.compile(r"改|更正|錯|換成|change|correct|wrong", re.IGNORECASE)
_ENDS = ".。!?~ \t\n"
_PUNCTUATION = re.compile(r"[\s,.!?;:,。!?;:、~…]+")

# What carries no symptom and no wish of its own.
_BARE = re.compile(
    r"您好|你好|哈囉|嗨|請問|麻煩|謝謝|拜託|我們?公司|我們|我|要|想要|想|需要|可以|能不能|幫忙|幫|一下|"
    r"報修|叫修|維修|開單|開一張|工單|協助|處理|有問題|出問題|問題|壞了|故障|有狀況|詢問|問|報價|查|訂單|"
    r"了|的|是|有|個|件|嗎|呢|吧|"
    r"\b(?:hi|hello|hey|please|pls|thanks?|need|want|help|a|an|the|to|with|i|we|my|our|us|me|is|"
    r"have|has|problem|issue|repair|support|ticket|open|request|question|broken)\b",
    re.IGNORECASE,
)
CONTENT_CHARS = 4


def is_skip(text: str) -> bool:
    return _bare(text) in _SKIP


def is_change(text: str) -> bool:
    return _bare(text) in _CHANGE


def is_less_urgent(text: str) -> bool:
    return _bare(text) in _LESS_URGENT


def starts_with_yes(text: str) -> bool:
    """Whether a longer answer opens with a yes: 「對 客戶是青田機械」."""
    return _YES.match(_bare(text)) is not None


def starts_with_no(text: str) -> bool:
    """Whether a message says that something did not help: 「還沒 剛剛又當了」."""
    return _NO.match(_bare(text)) is not None


def fact_to_change(text: str) -> str | None:
    """The fact that a short message like 「改序號」 or "phone is wrong" wants to change."""
    short = _bare(text)
    if len(short) > 20 or not _CHANGE_VERB.search(short):
        return None
    return next(
        (fact for fact, words in _FACT_WORDS.items() if any(word in short for word in words)),
        None,
    )


def has_content(text: str) -> bool:
    """Whether a message says what is the matter, beyond asking for help: four characters do."""
    rest = _PUNCTUATION.sub("", _BARE.sub(" ", plain(text)))
    return len(rest) >= CONTENT_CHARS


def says_more_than(text: str, values: list[str]) -> bool:
    """Whether anything is left of `text` besides `values` and the names of facts.

    「客戶是青田機械」 says no more than 青田機械: it does not answer "which product?".
    """
    rest = _SPACING.sub("", plain(text).lower())
    for value in values:
        rest = rest.replace(_SPACING.sub("", plain(value).lower()), " ")
    return re.search(r"\w", _NAMES_AND_LINKS.sub(" ", rest)) is not None


def without_marker(text: str) -> str:
    """An answer without the words that only name its fact: 「客戶是青田機械」 -> 「青田機械」."""
    words = "|".join(re.escape(word) for group in _FACT_WORDS.values() for word in group)
    said = re.sub(
        rf"^(?:對[,\s]*)?(?:{words})(?:名稱|編號|號碼)?\s*(?:改成|應該是|是|為|叫|is|:|:)?\s*",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    return said.strip(" ,。.") or text.strip()


def _bare(text: str) -> str:
    return plain(text).strip(_ENDS).lower()
