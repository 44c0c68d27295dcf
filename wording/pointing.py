"""How a ticket is pointed at without its number: 「那張」, 「最近那張」, "the printer one"."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from wording.text import plain

_THING = (
    r"(?:張(?:工?單子?)?|[件筆](?!事)(?:工單|案子|案件)?"
    r"|個(?:工單|案子|案件|單子|case|ticket)|單子?|案子|case|ticket)"
)
_DESCRIBED = r"(?P<words>[^\s,，。;；、:：了又不沒還是]{1,10}?)的?"
_CHINESE = re.compile(
    rf"[那這](?:一)?張(?P<after>[^\s,，。;；、:：了又不沒單]{{2,10}}?)的(?:工?單|案子)?(?![話時])"
    rf"|(?:{_DESCRIBED})?[那這](?:一)?{_THING}",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?<![a-z])(?:"
    r"(?:the|that|my|our)\ (?P<words>(?!last|latest|newest|other|same)[\w\-]+"
    r"(?:\ [\w\-]+){0,2}?)\ (?:one|ticket|case)"
    r"|(?:the|that|my)\ (?:one|ticket|case)\ (?:about|for|on|with)"
    r"\ (?P<after>[\w\-]+(?:\ [\w\-]+){0,3})"
    r")(?![a-z])",
    re.VERBOSE | re.IGNORECASE,
)
_NEWEST = re.compile(
    r"(?:最近|最新|最後|上|前|剛剛?)(?:開|報)?的?(?:那|這)?(?:一)?(?:張|件|個工單)(?:工?單)?"
    r"|(?:最近|最新|剛剛?)(?:開|報)的"
    r"|(?<![a-z])(?:the |my |our )?(?:last|latest|newest|most recent)"
    r"(?: (?:one|ticket|case))(?![a-z])",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(
    rf"[那這](?:一)?{_THING}|(?<![a-z])(?:that|this|the) (?:one|ticket|case)(?![a-z])"
    r"|(?<![a-z])it(?![a-z])",
    re.IGNORECASE,
)
# 「就上次那台」, 「跟之前同一台」, "same machine as last time".
_MACHINE = re.compile(
    r"(?:上一?[次回台]|之前|前一?[次台]|以前|剛剛?|原[來本])(?:報修?|送修|修|壞|說|講|那個?|的|過|一樣)*"
    r"(?:那|這|同)?(?:一)?(?:台|部|臺|個?(?:主機|機器|設備|伺服器|序號))"
    r"|(?:同|一樣的?那?)(?:樣的?)?一?(?:台|部|臺)"
    r"|(?<![a-z])(?:the )?same (?:one|machine|box|server|unit|system|serial)?"
    r" ?(?:as (?:last time|before|the last one)|again)"
    r"|(?<![a-z])(?:the )?(?:last|previous) (?:machine|box|server|unit|system)(?![a-z])"
    r"|(?<![a-z])(?:the )?same (?:machine|box|server|unit|system|one)(?![a-z])",
    re.IGNORECASE,
)
# What stands before the description and is not part of it.
_BEFORE = re.compile(
    r"^(?:請問|請|麻煩|拜託|可以|能不能|能|我們|我|想|要|幫忙|幫|你們|您|把|將|對|給|在|到|查一?下|查詢|查|取消|撤銷|關掉|結掉|先|不要"
    r"|看一?下|看|問一?下|問|催一?下|催|補充|補|加註|重開|結案|關掉|評|關於|有關|那個|就是|目前)+"
)


class Pointing(NamedTuple):
    """What a message points at; `words` describe it where it is described."""

    at: Literal["newest", "described", "spoken_of", "nothing"]
    words: str = ""


def pointing_in(text: str) -> Pointing:
    """What ticket `text` points at, apart from a number."""
    searched = plain(text)
    if _NEWEST.search(searched):
        return Pointing("newest")
    for pattern in (_CHINESE, _ENGLISH):
        for found in pattern.finditer(searched):
            words = _BEFORE.sub("", found["words"] or found["after"] or "")
            if words:
                return Pointing("described", words)
    return Pointing("spoken_of" if _SPOKEN_OF.search(searched) else "nothing")


def points_at_a_machine(text: str) -> bool:
    """Whether `text` names a machine only by saying that it is one of before."""
    return bool(_MACHINE.search(plain(text)))


def without_pointing(text: str) -> str:
    """`text` with blanks for what only points: 「印表機那張等太久了」 -> 「等太久了」."""
    searched = plain(text)
    for pattern in (_NEWEST, _CHINESE, _ENGLISH, _SPOKEN_OF):
        for found in pattern.finditer(searched):
            if found.group() == "it":  # "it got worse"
                continue
            blank = " " * (found.end() - found.start())
            text = text[: found.start()] + blank + text[found.end() :]
            searched = searched[: found.start()] + blank + searched[found.end() :]
    return text
