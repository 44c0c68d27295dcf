"""What is said beside the question: a remark, a deadline, how bad it is. None of it is a name.

A name (of a product, a customer, a place) is nearly anything, so what cannot be one is told by the
words that only sentences have.
"""

from __future__ import annotations

import re

from wording import steering
from wording.severity import severity_of
from wording.text import folded
from wording.tokens import tokens

# Words of a sentence, not of a name.
_SENTENCE = re.compile(
    r"""不知道|不清楚|不確定|我人在|還沒|等等|等一?下|等會|稍後|晚點|待會|先[跟說把給幫做弄]|不能|無法|沒辦法|不會|不要|不用|不對
    |怎麼|為什麼|改[一成]|發生|希望|已經|好像|目前|現在|幫我|麻煩|告訴|回答|開始|簡報|壞了?$|壞掉
    |[打寫填講]錯|以後再|下次再|而已|一直|越快|儘快|盡快|趕快
    |(?<![a-z])(?:please|wait|tell\ (?:me|you|us)|don'?t|won'?t|can'?t|cannot|doesn'?t|isn'?t
      |wrong|that'?s|it'?s(?!\ for)|i'?ll|we'?ll|i'?m|they|stopped|broken|failed|send|need\ it
      |not\ (?:that|so|really|sure|yet))(?![a-z])
    |^(?:just|no|nope|yes|i|we|it|you|this|that|they|there|so|but|because)(?![a-z0-9\-&.])(?=.)""",
    re.VERBOSE,
)
# Nothing to keep: it is about the conversation, not about the matter.
_TO_US = re.compile(
    r"""^(?:no[,. ]*)?(?:that'?s|thats)\ (?:all|it)|^just\ (?:a|one|say|ask|answer|open|send|do)
    |yes\ or\ no|^(?:please\ )?wait|^hold\ on|^one\ (?:moment|sec)|^等(?:等|一?下|會|我)|^稍等
    |^(?:就)?這樣(?:就好)?$
    |^沒(?:有)?(?:了|別的|其他)|^說(?:是|對)就好|^改一?下|^繼續|^還要多久|^(?:請)?快一?點""",
    re.VERBOSE,
)
_LATER = re.compile(r"等等|等一?下|等會|稍後|晚點|待會|之後[再傳補]|(?<![a-z])later(?![a-z])")
_ABOUT = re.compile(r"[^\w]+")
_BARE_DAY = re.compile(
    r"^(?:從|自|since|from)?\ *(?:[一二三四五六七八九十0-9]+|今|明|去|上個?|下個?|這個?)"
    r"\ ?[年月週日號][^a-z]{0,4}$"
)
_SHORTEST_REMARK = 5
_LONGEST_NAME = 60
_LONGEST_SAID_BACK = 14


def may_be_name(text: str) -> bool:
    """Whether an answer can be the name of a product, a customer, a place, a project."""
    said = folded(text).strip(" .。!?~,，")
    if not any(char.isalnum() for char in said) or len(said) > _LONGEST_NAME:
        return False
    if steering.is_less_urgent(text) or _TO_US.search(said) or _BARE_DAY.match(said):
        return False
    return not _SENTENCE.search(said) and not is_grave(text)


def is_short_name(text: str) -> bool:
    """Whether words can be said back within a sentence: short, and without a wish in them."""
    width = sum(2 if token.text.isascii() else 1 for token in tokens(text) if token.text.isalnum())
    return width <= _LONGEST_SAID_BACK and not steering.has_wish(text)


def may_be_quoted(text: str) -> bool:
    """Whether an answer can be an error's text, where a sentence is as good as a name."""
    said = folded(text).strip(" .。!?~,，")
    return not (steering.is_less_urgent(text) or _TO_US.search(said) or _LATER.search(said))


def is_grave(text: str) -> bool:
    """Whether a message tells how bad it is: production has stopped, only some users can work."""
    judged = severity_of(text, technical=True)
    return bool(judged.words) and judged.level <= 2


def is_remark(text: str) -> bool:
    """Whether something that answers nothing still tells of the matter, and is to be kept."""
    said = folded(text).strip()
    if _TO_US.search(said) or steering.is_less_urgent(text) or steering.is_no_answer(text):
        return False
    if steering.is_skip(text):
        return False
    return is_grave(text) or len(_ABOUT.sub("", said)) >= _SHORTEST_REMARK
