"""Which language to answer in: that of the message, unless the message has none.

Numbers, names, product words, "OK" and pasted error text say nothing about what somebody wants
to read. Mixed text counts as Chinese.
"""

from __future__ import annotations

import re
from typing import Literal

from wording.facts import find_facts
from wording.logs import without_pasted
from wording.text import folded
from wording.tokens import has_cjk

Language = Literal["zh-TW", "en"]

# A word of these makes Latin letters an English sentence.
_ENGLISH = frozenset(
    """
    a about after again all already also am an and any anybody anyone are as at be because been
    before bring but by call came can cancel cannot change check come could did do does doing done
    down each else ever every everything few find first for forgot from get give go going gone good
    got had happened has have he hear hello help her here hey hi him his hold how i if in into is
    it its just keep keeps know last later let like look looking lost made make many may me more
    morning much must my need needs never nobody not nothing now of off on only open or other our
    out over please put quick reply return same see send should show since so some somebody someone
    something soon speak start started still stop stopped such take talk tell than thank thanks that
    the their them then there these they thing think this those to told too try trying until up us
    use using very wait waiting want wants was we went were what when where which while who whole
    whose why will with without wont work working works would wrong yesterday yet you your
    """.split()  # noqa: SIM905
)
_SPEAKER = {"i", "we", "my", "our", "us", "me", "you", "your", "please", "can", "could", "need"}
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
# Codes, exceptions, levels, paths, addresses: the marks of a pasted error.
_ERROR = re.compile(
    r"""^\W*(?: error | warn(?:ing)? | fatal | failed | failure | exception | traceback
    | caused\ by )
    | ^[a-z]{2,8}-?[0-9]{3,6}[a-z]?(?![a-z0-9]) | [a-z](?: error | exception )(?: [:\ ] | $ )
    | 0x[0-9a-f]{2,} | errno | stack\ ?trace | exit\ code | \bat\ [a-z]+\.[a-z.]+
    | ^[0-9:. \-]+[a-z]+:
    | (?: error | status | reason | return )\ (?:code\ )?[0-9]{2,}
    | (?: [a-z]: )?[\\/][\w.\-]+[\\/]""",
    re.VERBOSE | re.MULTILINE,
)

_DOCUMENT = r"版|手冊|文件|合約|型錄|規格|介面|manual|document|guide|version|datasheet|contract|pdf"
_CHINESE_NAME = r"(?:中文|國語|華語|繁體|chinese|mandarin)"
_ENGLISH_NAME = r"(?:英文|英語|english)"
_TURN = (
    r"(?:可以|能|能不能|可不可以|請|麻煩|改|用|講|說|換|切換|轉|speak|talk|write|reply|answer|switch|change"
    r"|continue|go on|use|in|to|can you|do you|could (?:you|we)|can we|prefer)"
)

# What may stand around a language that is wanted, and nothing else: 「我要中文」, 「中文可以嗎 …」.
_WANTS = re.compile(r"[\s,.。!?]*(?:我們?)?(?:想要|要|想|需要)?\s*")
_ALONE = re.compile(
    r"[\s,.。!?]*(?:please|pls|plz|謝謝|thanks)?[\s,.。!?]*"
    r"|\s*(?:可以嗎|好嗎|行嗎|可以吧)(?:[\s,.。!?][^0-9]{0,14})?"
)


def language_of(text: str, current: Language) -> Language:
    """The language to answer `text` in; `current` where the text does not tell."""
    text = without_pasted(text)
    if has_cjk(text):
        return "zh-TW"
    searched = folded(text)
    for fact in reversed(find_facts(text)):
        searched = searched[: fact.start] + " " + searched[fact.end :]
    spoken = set(_WORD.findall(searched))
    if _ERROR.search(searched) and not spoken & _SPEAKER:
        return current
    return "en" if spoken & _ENGLISH else current


def asked_language(text: str) -> Language | None:
    """The language that `text` asks for: 可以講中文嗎, "English please"."""
    searched = folded(text)
    if re.search(rf"(?:{_CHINESE_NAME}|{_ENGLISH_NAME})\s?(?:的)?\s?(?:{_DOCUMENT})", searched):
        return None
    if re.search(rf"(?:{_DOCUMENT})[^,。;!?]{{0,14}}(?:{_CHINESE_NAME}|{_ENGLISH_NAME})", searched):
        return None
    asked: list[tuple[int, Language]] = []
    names: tuple[tuple[Language, str], ...] = (("zh-TW", _CHINESE_NAME), ("en", _ENGLISH_NAME))
    for language, name in names:
        for match in re.finditer(rf"(?<!不要)(?<!不用)(?<![a-z]){name}(?![a-z])", searched):
            before, after = searched[: match.start()], searched[match.end() :]
            turned = re.search(rf"(?:{_TURN})[^,。;!?]{{0,4}}$", before)
            alone = _WANTS.fullmatch(before) and _ALONE.fullmatch(after)
            if turned or alone:
                asked.append((match.start(), language))
    return max(asked)[1] if asked else None
