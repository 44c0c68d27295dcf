"""What somebody says when asked whether they got through to a telephone line. Pure."""

import re
from typing import Literal

from wording.steering import is_no, is_yes
from wording.text import plain

LineAnswer = Literal["through", "no", "not_yet"]

_NOT_YET = re.compile(
    r"""(?: 還沒 | 還沒有 | 尚未 | 沒空 | 沒時間 | 來不及 | 忘了 | 忘記 | 等等再 | 等一下再 | 等會再
          | 晚點再 | 正要 | 準備 | 現在 )(?:去)?[打撥](?!通|得?[進通])
      | ^還?沒有?[打撥](?!通|進)
      | not\ (?:yet\ )?(?:called|rung|tried|dialled|phoned) | not\ yet\.?$
      | (?: haven.?t | have\ not | didn.?t | did\ not )\ (?:yet\ )?
        (?: call | ring | rung | try | tried | dial | phone )
      | about\ to\ (?:call|ring) | calling\ now""",
    re.VERBOSE,
)
_NO = re.compile(
    r"""(?: 沒 | 沒有 | 無 | 未 | 不能 | 無法 | 都不 | 都沒 ).{0,4}
        (?: 接通 | 打通 | 撥通 | 人接 | 人理 | 接聽 | 接電話 | 接 | 通 | 回應 | 人應 )
      | [打撥接]都?不[通進到] | 忙線 | [占佔]線 | 電話中 | 語音信箱 | 轉語音 | 一直響 | 響很久
      | 不通 | 空號 | 斷線 | 被掛
      | no(?:body | \ one | \ answer )
      | (?: didn.?t | did\ not | couldn.?t | could\ not | can.?t | cannot | can\ not | won.?t
          | wouldn.?t | doesn.?t ).{0,20}(?: through | answer | pick | reach | connect )
      | not\ (?:get\ |got\ )?(?: through | answered | connected ) | unanswered | engaged | busy
      | voice\ ?mail | no\ luck | rings?\ out | (?:just|keeps|kept)\ ringing | hung\ up
      | cut\ off""",
    re.VERBOSE,
)
_THROUGH = re.compile(
    r"""[接打撥]得?通 | ^(?:電話)?(?: 已經? | 剛剛? )?通了 | 有人接 | 接起來 | 接了 | [聯連]絡上
      | 聯繫上 | [講說][到上]話
      | (?: got | gotten | get | went | came | am | been )\ through | reached
      | (?: they | someone | somebody | he | she | it )\ (?:has\ |have\ )?
        (?: answered | picked\ up )
      | spoken?\ (?:to|with) | talked\ to | connected""",
    re.VERBOSE,
)
_SHORT_YES = re.compile(r"^有(?:了|喔|啊|的|耶)?[。.!！]?$")
_SHORT_NO = re.compile(r"^(?:沒有?|都沒有?|並沒有|還是沒有?)(?:了|喔|啊|耶|欸)?[。.!！]*$")


def line_answer(text: str, *, just_asked: bool) -> LineAnswer | None:
    """The answer in `text`, or None if it is none.

    A bare yes or no is one only to the question that was `just_asked`. Whoever got through and then
    heard nobody was not helped: a no weighs more than a yes.
    """
    said = plain(text).lower().strip()
    if _NOT_YET.search(said):
        return "not_yet"
    if _NO.search(said):
        return "no"
    if _THROUGH.search(said):
        return "through"
    if not just_asked:
        return None
    if _SHORT_NO.match(said) or is_no(text):
        return "no"
    return "through" if _SHORT_YES.match(said) or is_yes(text) else None
