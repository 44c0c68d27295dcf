"""A question that leaves out what it is about: 「那要多少錢」, "how long?", "what about renewals".

What it is about was said just before.
"""

from __future__ import annotations

import re

from wording.text import folded
from wording.tokens import has_cjk, tokens

_MOST = 14  # in the characters that are counted; a Latin word is two
_LEADING = re.compile(
    r"[\s,，、]*(?:那麼|那如果|那假如|那要是|那(?![張台個件份位筆時天次家])|所以|然後呢"
    r"|and if|and|but what about|what about|how about|what if|then|so)(?=[\s,，]|[^a-z])"
)
# The whole of a question: nothing in it names a matter.
_BARE = re.compile(
    r"[\s,，]*(?:那|那麼|請問|and|so|then|ok|好)?[\s,，]*"
    r"(?:(?:大概|大約|一般|通常|到底|總共|還|需|要|會|得|能|可以|是)*"
    r"(?:等|花|付|用|準備)?"
    r"(?:多久|多少錢|多少|幾天|幾個月|幾年|什麼時候|何時|幾點|為什麼|為何|怎麼辦理|怎麼辦|怎麼做|怎麼申請|怎麼弄"
    r"|哪裡辦|在哪裡辦|在哪裡|去哪裡|找誰|跟誰說|跟誰申請|誰決定|誰核准|誰|費用呢|要錢嗎|免費嗎|有期限嗎|期限"
    r"|需要什麼文件|要什麼文件|要準備什麼|要附什麼|有例外嗎|例外呢)"
    r"(?:時間|錢|費用|天|才行|才好|呢|啊|嗎|吧|辦|申請|準備|決定)*"
    r"|how (?:long|much|many|soon|often)(?: (?:is|does|will|would) (?:it|that|this)"
    r"(?: (?:take|cost|last|be))?)?"
    r"|(?:by )?when|why|where|who(?: decides| approves| pays| do i ask)?"
    r"|how(?: do (?:i|we) (?:do|apply|ask))?"
    r"|what (?:does it|will it|would it) (?:cost|take)|is it free|any (?:deadline|exceptions?)"
    r"|which (?:papers|documents)(?: do (?:i|we) need)?)"
    r"[\s?？。!！,，]*",
)


# What is asked for by so short a question, and what a sentence has that tells it.
_ASPECTS = (
    (
        re.compile(
            r"多久|幾天|幾個月|幾年|什麼時候|何時|期限|how (?:long|soon|often)|when|deadline"
        ),
        re.compile(
            r"[0-9一二三四五六七八九十兩半] ?個?(?:工作)?(?:天|日|週|月|年|小時|分鐘)|期限|截止"
            r"|\b(?:[0-9]+|an?|one|two|three|several) (?:working |open )?"
            r"(?:days?|weeks?|months?|years?|hours?|minutes?)\b|\bdeadline\b"
        ),
    ),
    (
        re.compile(r"多少錢|費用|要錢|免費|how much|cost|free|pays?"),
        re.compile(r"費|錢|付|免費|負擔|\b(?:fees?|costs?|pays?|paid|free|charged?)\b"),
    ),
    (
        re.compile(r"誰|\bwho\b"),
        re.compile(
            r"由|經理|主管|同事|負責|核准|\b(?:managers?|colleagues?|decides?|approves?|by)\b"
        ),
    ),
    (
        re.compile(r"文件|準備|附什麼|papers|documents|need"),
        re.compile(
            r"文件|單據|證明|附|收據|發票|影本|\b(?:documents?|papers?|receipts?|proof|attach)\b"
        ),
    ),
)


def tells(text: str) -> re.Pattern[str] | None:
    """What a sentence has that tells what `text` asks for: a time, a price, a person, papers."""
    written = folded(text)
    return next((cue for asked, cue in _ASPECTS if asked.search(written)), None)


def is_elliptic(text: str) -> bool:
    """Whether `text` is a short question whose matter stands in what was said before."""
    written = folded(text)
    length = sum(1 if has_cjk(token.text) else 2 for token in tokens(written))
    if _BARE.fullmatch(written):
        return True
    return length <= _MOST and _LEADING.match(written) is not None
