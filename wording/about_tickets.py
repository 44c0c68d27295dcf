"""What is said about a ticket that is open already: why it is hurried, what is added, and the rest.

Numbers of tickets, words that only point at one (「那張」) and words that only say what is wanted
(「幫我催一下」) are taken away; what is left is what the ticket must know.
"""

from __future__ import annotations

import re
from typing import Literal

from wording import ticket_number
from wording.pointing import without_pointing
from wording.text import plain

Why = Literal["worse", "waiting", "lead"]

_THING = re.compile("工單|單號|案號|單子")
# What only says that it is to be hurried, or by whom.
_HURRY = re.compile(
    r"""(?: 可以 | 能不能 | 可不可以 | 能 | 請您?你? | 麻煩您?你? | 拜託 | 想要? | 我要? | 我們
          | 幫我們? | 幫忙 | 幫 | 再 | 都 )*
        (?: 催一?下 | 催促 | 催辦 | 催單 | 跟催 | (?<!在)催(?!\ *[促款繳貨])
          | 加急 | 加快(?:處理|速度)? | 趕快(?:處理)? | 快一?點(?:處理)?
          | [盡儘]快(?:處理)? | 優先(?:處理)? | 提高(?:優先|急迫性|等級|嚴重度)
          | 往上(?:反映|呈報|報|提) | 升級(?:處理)?
          | 找(?:你們)?的?(?:主管|經理|老闆|上面的人)來?(?:處理|談|講|說)?
          | (?:請|轉給?|交給|叫)(?:你們)?的?(?:主管|經理)來?(?:處理|看一?下|出面)? )
        (?: 一下 | 進度 | 好嗎 | 嗎 | 吧 | 啦 | 嘛 | 喔 )*
      | (?<![a-z])
        (?: (?: can|could|would|will )\ (?: you | u )\  | please\  | pls\ 
          | i\ (?: want | need )\ to\  | i'd\ like\ to\  | let's\  )*
        (?: (?: escalate | expedite | prioriti[sz]e | hurry )(?:\ (?: it | this | that ))?(?:\ up)?
          | speed\ (?: it | this )\ up | raise\ (?: the\ )?(?: priority | severity )
          | (?: to\  | get\  | i\ (?: want | need )\  )?(?: (?: a | the | your )\  )?
            (?: manager | supervisor )
            (?: \ to\ (?: look\ at | handle | see | check | take )
              (?:\ (?: it | this | that | over ))* )?
          | faster | sooner | asap )
        (?: \ please | \ pls )? (?![a-z])""",
    re.VERBOSE | re.IGNORECASE,
)
_HURRIES = re.compile(
    r"(?<!在)催(?!過|了| ?[促款繳貨])|催促(?!過|了)|[等拖](?:得|了)?(?:太|很|好)久|快一?點|加快"
    r"|趕快|主管|往上反映|escalat|expedite|speed (?:it|this) up|hurry"
    r"|(?:a|the|your) (?:manager|supervisor)|too long",
    re.IGNORECASE,
)
_BEGINS_TO_ADD = re.compile(
    r"(?:請|麻煩|幫我|幫忙|幫|我要|我想|要|想|再|順便|另外|[\s,])*(?:補充|加註|備註|註記|補上|補一?下|加一[句下點])"
    r"|(?:please |pls |also |and |can you |could you |i want to |i'd like to )*"
    r"(?:add|attach|append|note)(?: (?:this|that|to (?:it|that|the ticket)))?(?: ?:|,| that )",
    re.IGNORECASE,
)
_WHY: tuple[tuple[Why, re.Pattern[str]], ...] = (
    ("worse", re.compile(r"嚴重|惡化|更糟|擴大|worse|worsen|got bad", re.IGNORECASE)),
    (
        "waiting",
        re.compile(
            r"太久|很久|好久|沒有?人[回理]|沒回|等了|還沒[好回]|拖"
            r"|too long|waiting|no reply|no answer",
            re.IGNORECASE,
        ),
    ),
    ("lead", re.compile(r"主管|經理|老闆|manager|supervisor|往上", re.IGNORECASE)),
)
# What only says that something is to be added: 「補充一下：」, "please add".
_ADDING = re.compile(
    r"""^(?: 請 | 麻煩 | 您 | 你 | 我 | 要 | 想 | 再 | 幫我 | 幫忙 | 幫 | 在 | 到 | 給 | 對 | 也
          | 順便 | also | please | pls | can\ you | could\ you | i\ want\ to
          | i\ need\ to | i'd\ like\ to | to | for | [\s,，:：。] )*
        (?: 補充 | 加一[句下點] | 補一?下 | 補上
          | 補(?!助|償|貼|強|丁|給|件) | 加註 | 備註 | 註記 | 加上 | 新增
          | 追加 | 更新 | add | attach | note | append | update )
        (?: 一下 | 一點 | 說明 | 資料 | 資訊 | 內容 | 東西 | 進去 | 上去 | 到 | 在 | 給你們? | 裡面?
          | 是 | to | on | some(?!thing) | more | info(?:rmation)? | details? | (?:some)?things?
          | that | this(?=\ *[:,]) | the\ following | [\s,，:：。] )*""",
    re.VERBOSE | re.IGNORECASE,
)
# What only says that a ticket is to be closed, or opened again.
_DOOR = re.compile(
    r"(?:可以|能不能|能|我?要|我?想|請|麻煩|幫我|幫忙|把|先|就|再)*"
    r"(?:重新?開(?!機)單?|再開一次|結案|結掉|關單|關掉|取消)"
    r"(?:了|吧|嗎|一下|掉|謝謝)*"
    r"|(?<![a-z])(?:please |can you |i want to )*(?:re-?open|close|cancel)(?: it| this| that)?"
    r"(?![a-z])",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"(?:我們?|要|想|需要|可以|能|請問?|麻煩|幫忙?|一些|一個|一點|東西|資料|資訊|檔案|訊息|內容|照片|截圖"
    r"|重新|重開|再開|打開|開|結案|關閉|關掉|關單|取消|關|嗎|吧|了|的|啦|一下|還|有|對|好|是|把|"
    r"\b(?:actually|sorry|then|now|just|again|thanks?|u|i|we|want|need|to|please|pls|can|could|you|some|more|info|information|file|files|it|that"
    r"|this|on|the|a|my|reopen|open|again|close|cancel)\b)",
    re.IGNORECASE,
)
# What may stand beside a number, or a description, that only says which ticket is meant.
_BESIDE_A_NUMBER = re.compile(
    r"我說的|我是說|我指的|我要說的|應該|才對|抱歉|不好意思|對不起|打錯|說錯|剛剛?|號碼|是|那|這|的|了|啦|喔|對|張"
    r"|(?<![a-z])(?:sorry|oops|i mean|i meant|it's|its|it is|is|it|the|number|no|one|my|should be"
    r"|typo|wrong|ticket|please|pls|yes|ok)(?![a-z])"
    r"|[0-9]+",
    re.IGNORECASE,
)
# Clauses: parted by punctuation, or by a blank beside a Chinese character.
_BETWEEN = re.compile(
    r"\s*(?:[,;。;、!?~\n]|[.:](?=\s|$))+\s*|(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])"
)
_EDGES = " \t\n,，:：。.、;；-!！?？~吧啦喔"
_SHORTEST = 2


def reason_in(text: str) -> str:
    """Why a ticket is hurried, in the partner's words; "" where only that it should be is said."""
    return _beside(_HURRY, _without_ticket(text))


def why_in(text: str) -> Why | None:
    """Which of the usual reasons `text` names."""
    return next((why for why, pattern in _WHY if pattern.search(plain(text))), None)


def wants_hurry(text: str) -> bool:
    """Whether the words plainly hurry: 「幫我催一下」 asks for more than how it stands."""
    return _HURRIES.search(plain(text)) is not None


def wants_to_add(text: str) -> bool:
    """Whether a message begins by saying that something is to be added: 「幫我補充：」."""
    return _BEGINS_TO_ADD.match(plain(text)) is not None


def addition_in(text: str) -> str:
    """What is to be written into a ticket; "" where only that something is to be added is said."""
    rest = _ADDING.sub("", _without_ticket(text).strip(_EDGES))
    return _tidied(rest) if _says_something(rest) else ""


def situation_in(text: str) -> str:
    """What is said of the matter itself: 「重開 T26-… 風扇又停了」 -> 「風扇又停了」."""
    return _beside(_DOOR, _without_ticket(text))


def only_points(text: str) -> bool:
    """Whether a message only says which ticket is meant: 「抱歉 是 T26-…」, 「印表機那張」."""
    return re.sub(r"[\W_]+", "", _BESIDE_A_NUMBER.sub(" ", plain(_without_ticket(text)))) == ""


def _without_ticket(text: str) -> str:
    for found in reversed(ticket_number.find(text)):
        text = f"{text[: found.start]} {text[found.end :]}"
    return _THING.sub(" ", without_pointing(text))


def _beside(command: re.Pattern[str], text: str) -> str:
    """What `text` says beside the command: from its first clause that says something to its last.

    Nothing is cut out of the middle: a command within a clause stays, or its words would be torn.
    """
    searched = plain(text)
    edges = [0, *(at for gap in _BETWEEN.finditer(searched) for at in gap.span()), len(searched)]
    told = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        start, end = _without_edge(command, searched, start, end)
        if _says_something(searched[start:end]):
            told.append((start, end))
    return _tidied(text[told[0][0] : told[-1][1]]) if told else ""


def _without_edge(command: re.Pattern[str], searched: str, start: int, end: int) -> tuple[int, int]:
    """The clause without a command at either edge of it."""
    for found in command.finditer(searched, start, end):
        if not _says_something(searched[start : found.start()]):
            start = found.end()
        elif not _says_something(searched[found.end() : end]):
            end = found.start()
    return start, end


def _says_something(text: str) -> bool:
    left = re.sub(r"[\W_]+", "", _EMPTY.sub(" ", plain(text)))
    return len(left) >= _SHORTEST


def _tidied(text: str) -> str:
    return " ".join(text.split()).strip(_EDGES)
