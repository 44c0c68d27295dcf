"""What a page tells its reader to say in the chat, as a link that begins the chat with it.

An article says 「輸入「查進度」」, for it is read in the chat as well; a page has nothing to type
into. The words stand in the message box then, and are sent by whoever pressed the link.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup, escape

from wording.text import strip_control

CHAT = "/"
ASKED = "say"
LONGEST = 200

_TOLD_TO_SAY = re.compile(
    r"(?P<how>輸入|打|說)「(?P<zh>[^」<>&]{1,40})」"
    r'|(?P<verb>\b(?:type|say|typing|saying)) (?:"|&#34;)(?P<en>[^"<>&]{1,60})(?:"|&#34;)',
    re.IGNORECASE,
)


def linked(text: str) -> Markup:
    """`text`, escaped unless it is markup already, with links to the chat on what is to be said."""
    # What is put in between is made of escaped text only.
    return Markup(_TOLD_TO_SAY.sub(_link, str(escape(text))))  # noqa: S704


def chat_with(words: str) -> str:
    """The address of the chat with `words` in its message box."""
    return f"{CHAT}?{urlencode({ASKED: words})}"


def brought(query: Mapping[str, str]) -> str:
    """The words that came along in an address, in one line."""
    return " ".join(strip_control(query.get(ASKED, "")).split())[:LONGEST]


def _link(found: re.Match[str]) -> str:
    if words := found["zh"]:
        return f'{found["how"]}「<a href="{chat_with(words)}">{words}</a>」'
    words = found["en"]
    return f'{found["verb"]} "<a href="{chat_with(words)}">{words}</a>"'
