"""What somebody who waits in line for a person wants instead of waiting on."""

from __future__ import annotations

import re
from typing import Literal

from wording import steering
from wording.text import folded

Instead = Literal["call_back", "ticket", "leave"]

_LONGEST = 60  # a longer message tells the colleague something
_CALL_BACK = re.compile(
    r"(?<!有)(?<!沒)(?<!人)回電|打(?:電話)?給我|回我電話|電話(?:聯絡|回覆)我"
    r"|(?<![a-z])(?:call|phone|ring) (?:me|us)(?: back)?(?![a-z])|call ?back"
)
_NOT_CALLED = re.compile(r"沒|未|一直|nobody|no one|never|didn|hasn|haven|said|would|yesterday")
_TICKET = re.compile(
    r"(?:那|就|還是|請|幫我|麻煩|我要|我想|改|先|直接)*開(?:成|一張|個)?(?:工單|單)(?:好了|吧|就好|謝謝)*"
    r"|(?:please |just |can you |i'd rather )*(?:open|make|create)(?: it| me)?(?: a| the)? ticket"
    r"(?: instead| please| pls)*"
)
_LEAVE = re.compile(
    r"不想?要?(?:再)?(?:等|排)|(?:do not|don'?t) want to wait|(?:won't|can't|cannot) wait"
    r"|(?:stop|leave|quit) (?:the )?(?:waiting|queue|line)"
    r"|^(?:actually|ok|please|sorry|no|[\s,])*cancel(?: (?:it|that|this))?(?: please| pls)?$"
    r"|^(?:我要|我想|先|那|就|還是)*取消(?:排隊|好了|吧|了)?$|回到?助理|back to the assistant"
)


def instead_of_waiting(text: str) -> Instead | None:
    """What `text` asks for instead of the wait; None where it is for the colleague to read."""
    said = folded(text).strip(" .!,。")
    if len(said) > _LONGEST:
        return None
    if _CALL_BACK.search(said) and not _NOT_CALLED.search(said):
        return "call_back"
    if _TICKET.fullmatch(said):
        return "ticket"
    return "leave" if steering.is_leave(text) or _LEAVE.search(said) else None
