"""Several wishes in one message, and which of two is to come first.

A message is cut only where its words say that something else follows: 「另外」, "by the way".
Whether the parts really are two wishes is for whoever can classify them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from wording.text import folded

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
_BETWEEN = " ,，;；、:：\n"
_SHORTEST = 3
_MOST_PARTS = 3


def parts(text: str) -> list[str]:
    """`text` cut where another wish may begin; one part where nothing says so.

    The words that only turn to the next wish are left out.
    """
    searched = folded(text)
    cuts = [match.start() for match in _ANOTHER.finditer(searched) if match.start() > 0]
    if not cuts:
        return [text]
    edges = [0, *cuts[: _MOST_PARTS - 1], len(text)]
    pieces = [_without_turn(text[start:end]) for start, end in pairwise(edges)]
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
