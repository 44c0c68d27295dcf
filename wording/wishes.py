"""Several wishes in one message, and which of two is to come first.

A message is cut only where its words say that something else follows: 「另外」, "by the way".
Whether the parts really are two wishes is for whoever can classify them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from wording.text import folded, without_command

# Intents that wish for nothing that could be done afterwards.
NO_WISH = frozenset(
    ("greet", "goodbye", "thank", "affirm", "deny", "cancel", "correct", "help", "repeat",
     "switch_language", "bot_challenge", "inform", "out_of_scope", "nlu_fallback")
)  # fmt: skip

_ANOTHER = re.compile(
    r"""(?:^|(?<=[\s,;。!?、.]))(?:
        (?:對了|另外|此外|順便|再來|還有一件|還有件事
          |還有(?!\ ?[0-9一二兩三四五六七八九十]\ ?[台套個顆])
          |再幫我|也順便|然後也?(?:想|要|幫|請)|也(?:想|要)(?:問|請|查|報))
      | (?:by\ the\ way|btw|also|another\ thing|one\ more\ thing|plus|besides)(?![a-z])
      | and\ (?=(?:also|we|i|could|can|please|then)(?![a-z]))
    )""",
    re.VERBOSE,
)
_FINISH = re.compile(
    r"先(?:把)?(?:辦完|弄完|做完|填完|完成|處理完|辦(?:這|原|舊|前)|辦好)|繼續(?:填|辦|原)?"
    r"|(?:原|前|舊|第一)(?:本|來|面|一)?(?:的|個|件)"
    r"|finish|the first|first one|old one|go on|continue|this one"
)
_NEW = re.compile(
    r"先(?:辦|處理|做|弄)?(?:新|後|另|第二)|新的(?:先|那個)?$|後面(?:的|那個)|第二(?:個|件)"
    r"|the (?:new|second|other)|new one"
)
# Of those words, the ones that say nothing of the wish itself.
_MERE_TURN = re.compile(
    r"(?:對了|另外|此外|順便|再來|還有一件事?|還有件事|還有|by the way|btw|also|another thing"
    r"|one more thing|plus|besides|and)(?![a-z])"
)
# 「先報修」, "the repair first": one of the things that wait is named.
_NAMED_FIRST = re.compile(
    r"(?:還是|那|不如|不然|可以|能|我想|我要|請|麻煩|幫我)*先(?:幫我)?(?:辦|處理|做|弄|看|查)?"
    r"(?P<zh>[^\s,;。!?、先]{2,8}?)(?:吧|好了|啦|謝謝|可以嗎|好嗎|[\s.!?])*"
    r"|(?:(?:let's|please|can we|do|handle|start with) )*(?:the )?(?P<en>[a-z][a-z ]{2,24}?) first"
    r"(?: please| pls)?[\s.!?]*"
)
# How a request begins that cannot be an answer: "apply for BDF", "deal registration pls".
_NAMES_A_REQUEST = re.compile(
    r"(?:(?:please|pls|also|and|i|we|want|need|would|like|'d|to|can|could|you|[\s,]))*"
    r"(?:apply for|deal registration|register (?:a|the|this) |book (?:a|an|the) |request (?:a|an) "
    r"|get (?:a|an) (?:quote|demo))"
    r"|(?:我們?|想|要|請|麻煩|幫|幫忙|再|也|順便|另外)*(?:申請|報名|登錄案|登錄一|開通|報價一|報修)"
)
_SENDS = re.compile(
    r"(?:(?:please|ok|yes|just) )*(?:send|submit|open|file|create)"
    r"(?: (?:it|this|that|the ticket|ticket))?(?: please| pls| now)*"
    r"|(?:好|那就|請|幫我|直接)*(?:送出|開單|開立|確認開單)(?:去|吧|了|謝謝)*"
)
_BETWEEN = " ,，;；、:：\n"
_SHORTEST = 3
_MOST_PARTS = 3


def parts(text: str) -> list[str]:
    """`text` cut where another wish may begin; one part where nothing says so.

    The words that only turn to the next wish are left out, and so is a slash behind them: no part
    is a command to the engine.
    """
    searched = folded(text)
    cuts = [match.start() for match in _ANOTHER.finditer(searched) if match.start() > 0]
    if not cuts:
        return [text]
    edges = [0, *cuts[: _MOST_PARTS - 1], len(text)]
    pieces = [without_command(_without_turn(text[start:end])) for start, end in pairwise(edges)]
    if any(sum(char.isalnum() for char in piece) < _SHORTEST for piece in pieces):
        return [text]
    return pieces


def _without_turn(piece: str) -> str:
    piece = piece.strip(_BETWEEN)
    turn = _MERE_TURN.match(folded(piece))
    return piece[turn.end() :].strip(_BETWEEN) if turn else piece


def opens_another(text: str) -> bool:
    """Whether a message begins with a turn to something else: 「對了 …」, "btw …"."""
    match = _ANOTHER.search(folded(text).lstrip())
    return match is not None and match.start() == 0


def finish_first(text: str) -> bool:
    """Whether the request under way is to be finished before the other one."""
    said = folded(text).strip()
    return _FINISH.search(said) is not None and _NEW.search(said) is None


def new_first(text: str) -> bool:
    return _NEW.search(folded(text).strip()) is not None


def says_which_first(text: str) -> bool:
    """Whether a message says which of two requests is to come first."""
    return finish_first(text) or new_first(text) or bool(named_first(text))


def named_first(text: str) -> str:
    """What is to come before all else, as it is called: 「先報修」; "" where nothing is named."""
    found = _NAMED_FIRST.fullmatch(folded(text).strip())
    return (found["zh"] or found["en"] or "").strip() if found else ""


def names_request(text: str) -> bool:
    """Whether a message begins like a request of its own."""
    return _NAMES_A_REQUEST.match(folded(text).strip()) is not None


def sends(text: str) -> bool:
    """Whether a message says no more than that the request is to be sent as it stands."""
    return _SENDS.fullmatch(folded(text).strip(" .!,。")) is not None
