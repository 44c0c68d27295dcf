"""Words that a text tells its reader to type or to say: 「打「查進度」」, type "ticket status"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# In HTML a quotation mark may be written as a reference.
_TOLD_TO_SAY = re.compile(
    r"(?:輸入|打|說)「(?P<zh>[^」<>&]{1,40})」"
    r'|\b(?:type|say|typing|saying) (?:"|&#34;)(?P<en>[^"<>&]{1,60})(?:"|&#34;)',
    re.IGNORECASE,
)


class Told(NamedTuple):
    """The words, and where in the text they stand."""

    words: str
    start: int
    end: int


def told_to_say(text: str) -> Iterator[Told]:
    """What `text`, plain or escaped for HTML, tells to say; words with markup in them are not."""
    for found in _TOLD_TO_SAY.finditer(text):
        name = "zh" if found["zh"] else "en"
        yield Told(found[name], *found.span(name))
