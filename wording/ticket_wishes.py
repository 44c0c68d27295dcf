"""What the words plainly want of the ticket that was spoken of last, whatever they resemble else.

Only what can hardly be meant of anything but that ticket: 「取消那張」, "that one is solved now".
"""

from __future__ import annotations

import re

from wording.pointing import pointing_in
from wording.text import folded

_NUMBER_AGAIN = re.compile(
    r"(?:單號|案號|工單號碼|編號)(?:再?給我|再(?:說|給|講)|是(?:多少|什麼|幾號)|多少|幾號|呢|\s*\?)"
    r"|(?:再?給我|忘了|我的)(?:一下|那個)?(?:單號|案號|工單號碼)"
    r"|(?:reference|ticket|case)\ ?(?:number|no\.?|id)\ (?:again|please|pls)"
    r"|(?:what(?:'s|\ is|\ was)|give\ me|send\ me)\ (?:the|my|that)\ "
    r"(?:reference|ticket|case)\ ?(?:number|no|id)(?![a-z])"
)
_HOW_IT_STANDS = re.compile(
    r"怎麼樣|如何|進度|到哪|處理得|有消息|how'?s|how is|how are|any (?:news|update|progress)|status"
    r"|what about|what's happening"
)
_NOT = r"(?:not|n't|never|沒有?|還沒|未|不)"
_DONE = re.compile(
    rf"""^(?: (?: 抱歉 | 跟您說 | 對了 | 謝謝 | 那 | 這 | 張 | 件 | 已經? | 都
          | 客戶 | 說 | 問題 | 自己 | 現在 | 剛剛? | [\s,] )*
        (?: 解決了(?!沒|嗎|\?) | 搞定了 | 修好了(?!沒|嗎|\?) | 處理好了(?!沒|嗎|\?) )
      | (?: (?: actually | hi | oh | ok(?:ay)? ) [\s,]* )?
        (?: (?: that | this | the ) \ (?: one | ticket | case | issue | problem ) | it | that )
        (?: 's | \ is | \ was | \ has\ been | \ got ) (?! .{{0,12}} {_NOT} )
        \ (?: (?: now | all | already ) \  )* (?: solved | fixed | resolved | sorted | working )
        (?! [^.]* \? ) )""",
    re.VERBOSE,
)
_DROP = re.compile(
    r"(?:取消|撤銷|結掉|關掉)(?:掉|一?下)?[那這]一?[張件]|[那這]一?[張件](?:工?單)?[\s,]*(?:先|就|幫我|請|可以|都)*"
    r"(?:取消|撤銷|不用了|不要了|結案|結掉|關掉)(?!嗎\?)"
    r"|(?:cancel|close|drop|withdraw) (?:that|this|the) (?:one|ticket|case)(?![a-z])"
)
_MERE_CANCEL = re.compile(
    r"(?:那|就|先|我|要|想|請|幫我|麻煩|可以|全部|都)*(?:取消|撤銷)(?:掉|了|吧|好了|謝謝|嗎|一下)*"
    r"|(?:(?:actually|ok|please|pls|i want to|can you|let's) )*cancel"
    r"(?: (?:it|that|this))?(?: please| pls)?"
)
_STILL = re.compile(
    r"(?:不對|不是|等等|no|wait|sorry|抱歉|其實|[\s,.])*"
    r"(?:還沒(?:好|修好|解決)|沒(?:修好|解決|好)|還是(?:不行|不能用|壞的|一樣)|又(?:壞|當|停)了"
    r"|(?:it(?:'s| is) )?(?:still )?(?:not|isn't) (?:fixed|solved|working|resolved)"
    r"|(?:it(?:'s| is) )?still (?:broken|down)|it(?:'s| is) back)(?:[^?嗎]*)"
)
_RAISE = re.compile(
    r"(?:mark|make|set|raise|upgrade|change|treat) (?:it|this|that|the ticket|(?:that|this) one)"
    r"(?: (?:as|to|up to))? (?:a )?(?:production.down|critical|outage|urgent"
    r"|sev(?:erity)? ?[12]|p1|top)"
    r"|(?:改|標|升|調)(?:成|為|到)(?:最)?(?:停機|停擺|生產停頓|嚴重|緊急|最急|最高|一級)"
)
_LOWER = re.compile(
    r"(?:降低|調低|降)(?:一?下)?(?:急迫性|嚴重度|等級|優先)|(?:沒|不用?)(?:那麼|這麼)急|不急了"
    r"|less urgent|lower (?:the |its )?(?:priority|severity|urgency)|not (?:that |so )?urgent"
)
_WANTED = re.compile(r"(?:對|好)?[\s,]*我?要(?:啊|喔|的|了|結案|結掉|關掉|關|取消|謝謝|[\s,])*")
_POLITE = re.compile(
    r"(?:好|好的|謝謝|感謝|感恩|麻煩|麻煩了|麻煩您?你?|辛苦了|收到|了解|知道了|嗯"
    r"|ok(?:ay)?|thanks?|thank you|thx|ty|got it|i see|great|cool|alright|fine|a lot|very much"
    r"|[\s,.!~啦喔囉])+"
)


def ticket_wish(text: str) -> str | None:
    """The intent that the words plainly have towards the ticket that was spoken of last."""
    said = folded(text).strip()
    if asks_number(text) or _asks_how_it_stands(said):
        return "ticket_status"
    if _RAISE.search(said) or wants_lower(text):
        return "ticket_escalate"
    if _DROP.search(said) or _DONE.search(said):
        return "ticket_close"
    return None


def asks_number(text: str) -> bool:
    """Whether the number is wanted once more: 「單號給我」, "reference number again?"."""
    return _NUMBER_AGAIN.search(folded(text)) is not None


def wants_lower(text: str) -> bool:
    """Whether a ticket is to be less urgent than it is."""
    return _LOWER.search(folded(text)) is not None


def is_mere_cancel(text: str) -> bool:
    """Whether a message says nothing but that something is to be cancelled."""
    return _MERE_CANCEL.fullmatch(folded(text).strip(" .!,")) is not None


def is_wanted(text: str) -> bool:
    """Whether 「要」 answers 「要結案嗎」."""
    return _WANTED.fullmatch(folded(text).strip(" .!,")) is not None


def is_still_broken(text: str) -> bool:
    """Whether a message says that what was closed is not done with after all."""
    return _STILL.fullmatch(folded(text).strip(" .!,")) is not None


def is_mere_politeness(text: str) -> bool:
    """Whether a message only thanks, or takes note: 「ok 謝謝」 is no reason for anything."""
    return _POLITE.fullmatch(folded(text).strip()) is not None


def _asks_how_it_stands(said: str) -> bool:
    return pointing_in(said).at != "nothing" and _HOW_IT_STANDS.search(said) is not None
