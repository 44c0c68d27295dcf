"""Short words that steer a form: yes, no, skip, change, less urgent, leave; and what is no answer.

Whole messages count, not words within them: 「沒有」 as an answer skips, 「沒有反應」 is an answer.
"""

from __future__ import annotations

import re

from wording.text import plain

_ENDS = ".。!?~… \t\n"
_PUNCTUATION = re.compile(r"[\s,.!?;:,。!?;:、~…]+")

_SKIP = frozenset(
    {
        *(
            "略過",
            "跳過",
            "先略過",
            "先跳過",
            "沒有",
            "先不填",
            "不方便",
            "不方便說",
            "保密",
            "隨便",
        ),
        *("之後再補", "晚點補", "之後補", "再說", "都可以", "都行", "沒印象", "不急", "不趕"),
        *("不用回電", "不必回電", "不用打", "不用打給我", "不用回", "客戶沒有", "客戶沒給"),
        *("no need to call", "no need to call back", "no call needed", "no call back needed"),
        *("skip", "skip it", "pass", "later", "none", "n/a", "na", "dunno", "not at hand"),
        *("no rush", "whenever", "any", "anything", "not applicable", "no idea", "not sure"),
    }
)
# Not having it, not knowing it, not wanting to say it.
_WITHOUT = re.compile(
    r"""(?: 我|我們|現在|目前|手邊|這邊|還|也|真的|先|客戶|日期|序號|型號|數量|\s )*
        (?: 不知道 | 不清楚 | 不確定 | 不曉得 | 沒有 | 找不到 | 看不到 | 查不到 | 不記得 | 忘了
          | 不能說 | 不方便 | 不想 | 未定 | 還沒[定有] | 沒[帶抄] )
        (?: 說 | 講 | 給 | 留 | 提供 | 填 | 這個 | 那個 | 序號 | 型號 | 機型 | 產品 | 號碼 | 訂單
          | 單號 | 資料 | 資訊 | 數量 | 日期 | 客戶 | 錯誤 | 訊息 | 標籤 | 在哪 | 是哪[家個台款]
          | 多少 | 幾台 | 啦 | 耶 | 欸 | 了 | 呢 | \s )*
      | (?: i | we )?\ ?(?: don'?t | do\ not | can'?t | cannot | couldn'?t | haven'?t )
        \ (?: know | have | say | find | see | remember | got | tell )
        (?:\ (?: it | that | one | them | the | yet | any | serial | model | number | order | with
          | w/ | me | here | now | right | at | hand | on ))*
      | i(?:'d|\ would)\ rather\ not(?:\ say)? | (?: i\ )?(?: prefer | want )\ not\ to(?:\ say)?
      | no\ (?: serial | model | number | customer | error | date | idea | preference )
        (?:\ number)?(?:\ yet)? """,
    re.VERBOSE,
)
_GO_ON = re.compile(
    r"(?:請|那|那就|好|好的)?[, ]?繼續(?:吧|填)?|還要(?:多久|問幾題|幾題)|還有幾題"
    r"|(?:please )?(?:continue|go on|resume|carry on)|how (?:much longer|many more)(?: questions)?"
)
_OPEN_IT = re.compile(
    r"(?:好|請|那就|先|直接)?[, ]?(?:確認開單|確認送出|開單|送出|開吧|就這樣開|先開單)(?:吧|謝謝)?"
    r"|(?:please |just )?(?:open (?:it|ticket|the ticket)|send(?: it)?|submit(?: it)?)"
)
_CHANGE = {
    "修改",
    "改",
    "要改",
    "我要改",
    "改一下",
    "要修改",
    "更正",
    "change",
    "edit",
    "change it",
}
_LESS_URGENT = re.compile(
    r"(?:其實|先|也|還|是|客戶說)?(?:沒|不)(?:有)?(?:那麼|這麼|很|是很)?(?:急|趕)(?:啦|的)?"
    r"|(?:it's |it is |that's |a bit )?(?:less|not)(?: that| so| really| very)? urgent(?: at all)?"
)
_LEAVE = re.compile(
    r"(?:那|就)?(?:算了|不用了|不等了|不要了|不排了|取消)(?:吧|啦|謝謝)?"
    r"|never ?mind|forget it|cancel|i (?:don't want to|won't) wait(?: anymore)?|no,? thanks"
)
_YES = re.compile(
    r"(?:對(?!了|方|於|不)|是的?(?!不|否)|好(?!像|了沒|不)|可以(?!不|嗎|改|等|先)|沒錯|沒問題|確認|確定|正確|嗯|行(?!不)"
    r"|ok(?:ay)?|yes|yep|yeah|sure|correct|right|fine|confirm|go ahead|open it)(?![a-z])"
)
_YES_WORDS = re.compile(
    r"(?:(?:對|對的|是|是的|好|好的|好啊|好喔|好呀|可以|沒錯|沒問題|確認|確定|確認開單|開單|開吧"
    r"|送出|嗯|行|正確|無誤|就這樣|照這樣|麻煩|麻煩了|麻煩你|麻煩您|謝謝|請開|開)[\s,。!]*)+"
    r"|(?:(?:ok|okay|yes|yep|yeah|y|sure|correct|right|fine|confirm|go ahead|open it|open ticket"
    r"|please|thanks|thank you|do it|looks good|that's right)[\s,.!]*)+"
)
# Beside a yes they make it polite; alone they are no yes to anything.
_THANKS = re.compile(r"(?:(?:謝謝|thanks|thank you)[\s,.。!]*)+")
_NO_WORDS = re.compile(
    r"(?:(?:不|不是|不對|不要|不用|不行|不可以|錯|錯了|否|沒|還沒|都不是)[\s,。!]*)+"
    r"|(?:(?:no|nope|not|wrong|nah|never)[\s,.!]*)+"
)
# What turns a yes into something else: a condition, a wish to change, a question.
_BUT = re.compile(
    r"但|可是|不過|改|先|等|再|還要|還有|除了|嗎|\?|but|except|wait|before|change|instead"
)
_NO = re.compile(
    r"(?:還沒|還是(?!想|要)|沒有(?!其他|別的|問題)|沒好|不行|不是|又(?!要)|未|一樣|依然|仍"
    r"|no(?!\ problem)|not|still|nope|again)(?![a-z])"
)
_QUESTION = re.compile(
    r"[?]\s*$|[嗎呢]\s*$|(?:多少|多久|幾[年天點號月]|什麼時候[^,。;]{0,6})\s*$|^(?:為什麼|為何|幹嘛|怎麼|什麼|哪裡|在哪|多久|幾點|何時|誰)|什麼意思|要幹嘛|做什麼用"
    r"|^(?:why|what|how|when|where|who|which|do you|can you|is it|are you|what's)(?![a-z])"
)

# 「剛才打錯了」, "sorry, that was wrong": something was wrong, and not yet what.
_MERELY_WRONG = re.compile(
    r"""(?: 抱歉 | 不好意思 | 對不起 | 啊 | 欸 | 等等 | 我 | 剛剛 | 剛才 | 剛 | 上面 | 前面 | 那個
        | 這個 | 資料 | 好像 | 都 | 是 | 有 )*
      (?: [打寫填講說給按選] )? 錯 (?: 了 | 啦 | 誒 | 欸 | 地方 )*
    | (?: sorry | oops | wait | oh | , | \s )*
      (?: that | it | this | something )? \s* (?: was | is | 's )? \s*
      (?: i\ (?: typed | wrote | said | gave | made ) \ ? (?: that | it | a )? )? \s*
      (?: wrong | incorrect | mistake | typo | mistyped )
      (?: \ (?: thing | one | before | earlier ) )? """,
    re.VERBOSE,
)
# What somebody says who wants something done: 「幫我報名」, "we need a quote".
_WISH = re.compile(
    r"想|要|請|麻煩|幫|什麼時候|何時|多久|還剩|幾[年天]|需要|可以|能不能|能否|申請|報名|登錄|查|報修|報價|怎麼|多少|嗎|\?"
    r"|(?<![a-z])(?:i|we) (?:want|need|would like|'d like|have to)"
    r"|(?<![a-z])(?:please|pls|can|could|may i|register|book|quote|order|how|what|when|need|want)"
    r"(?![a-z])"
)

# What carries no symptom and no wish of its own.
_BARE = re.compile(
    r"(?:更改|更新|變更|修改|異動|改)(?:一下)?(?:我們|貴)?(?:公司)?的?(?:公司|基本)的?(?:基本)?資料|"
    r"\b(?:chang|updat)(?:e|ing)(?: the| our| my)? company(?:'s)? "
    r"(?:data|details|info(?:rmation)?|records?)\b|"
    r"您好|你好|哈囉|嗨|請問|麻煩|謝謝|拜託|我們?公司|我們|我|要|想要|想|需要|可以|能不能|幫忙|幫|一下|"
    r"抱歉|不好意思|留言|留話|留個話|回電|打給我|請人|報修|叫修|維修|開單|開一張|工單|協助|處理|有問題|出問題|問題|壞了|故障|有狀況|詢問|問|報價|查|訂單|"
    r"了|的|是|有|個|件|嗎|呢|吧|"
    r"\b(?:hi|hello|hey|please|pls|thanks?|need|want|help|a|an|the|to|with|i|we|my|our|us|me|is|"
    r"have|has|would|like|i'd|sorry|someone|somebody|leave|message|call|back|callback|problem|issue|repair|support|ticket|open|request|question|broken|quote)\b",
    re.IGNORECASE,
)
CONTENT_CHARS = 4
_LONGEST = 80


def is_skip(text: str) -> bool:
    """Whether an answer says that the fact is not to be had, or not to be told."""
    bare = _bare(text)
    return bare in _SKIP or _WITHOUT.fullmatch(bare) is not None


def without_skip(text: str) -> str:
    """What a message says behind a skip that opens it: 「略過 聯絡人林雅婷」."""
    match = re.match(r"(?:略過|跳過|先略過|skip)[\s,，。.]+(?=\S)", text, re.IGNORECASE)
    return text[match.end() :] if match else text


def skips_first(text: str) -> bool:
    """Whether a message opens with not having it, and goes on: 「不知道耶 我人在外面」."""
    opening, _space, rest = _bare(text).replace(",", " ").partition(" ")
    return bool(rest) and is_skip(opening)


def is_go_on(text: str) -> bool:
    """Whether somebody only wants the question again: 「繼續」, 「還要多久」."""
    return _GO_ON.fullmatch(_bare(text)) is not None


def wants_it_open(text: str) -> bool:
    """Whether the request is to be opened as it is: 「確認開單」, "send it"."""
    return _OPEN_IT.fullmatch(_bare(text)) is not None


def is_change(text: str) -> bool:
    return _bare(text) in _CHANGE


def is_mere_correction(text: str) -> bool:
    """Whether a message says that something was wrong, and neither what nor what is right."""
    return _MERELY_WRONG.fullmatch(_bare(text)) is not None


def is_less_urgent(text: str) -> bool:
    return _LESS_URGENT.fullmatch(_bare(text)) is not None


def is_leave(text: str) -> bool:
    """Whether somebody who waits does not want to wait any longer: 「算了」, "never mind"."""
    return _LEAVE.fullmatch(_bare(text)) is not None


def is_yes(text: str) -> bool:
    """Whether a message is a yes and nothing else; 「謝謝」 alone is none."""
    return _YES_WORDS.fullmatch(_bare(text)) is not None and not is_thanks(text)


def is_no(text: str) -> bool:
    """Whether a message is a no and nothing else."""
    return _NO_WORDS.fullmatch(_bare(text)) is not None


def starts_with_yes(text: str) -> bool:
    """Whether a message agrees, and may go on: 「對 客戶是青田機械」; not 「好 可是電話要改」."""
    said = plain(text).lower().lstrip()
    return is_yes(text) or (_YES.match(said) is not None and not _BUT.search(said))


def without_yes(text: str) -> str:
    """What a message says beyond its opening yes."""
    opening = _YES.match(plain(text).lower().lstrip())
    rest = text.lstrip()[opening.end() :] if opening else text
    return rest.lstrip(" ,，。、.!").strip()


def starts_with_no(text: str) -> bool:
    """Whether a message says that something did not help: 「還沒 剛剛又當了」."""
    return _NO.match(plain(text).lower().lstrip()) is not None


def is_question(text: str) -> bool:
    """Whether a message asks something back."""
    return _QUESTION.search(plain(text).strip().lower()) is not None


def has_wish(text: str) -> bool:
    """Whether a message asks for something to be done, or to be told."""
    return _WISH.search(plain(text).lower()) is not None


def is_no_answer(text: str) -> bool:
    """Whether a message is no value of a fact: a yes, a no, thanks, a question, a command."""
    return is_thanks(text) or any(
        test(text) for test in (is_yes, is_no, is_question, is_leave, is_change)
    )


def has_content(text: str) -> bool:
    """Whether a message says what is the matter, beyond asking for help: four characters do."""
    rest = _PUNCTUATION.sub("", _BARE.sub(" ", plain(text)))
    return len(rest) >= CONTENT_CHARS


def is_thanks(text: str) -> bool:
    """Whether a message thanks and says nothing else."""
    return _THANKS.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    """What a whole-message word is compared with; a long message is none of them."""
    bare = plain(text[: _LONGEST + 1]).strip(_ENDS).lower()
    return bare if len(bare) <= _LONGEST else "-"
