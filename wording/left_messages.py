"""Whether words are something to pass on, or only the wish to reach somebody."""

from __future__ import annotations

import re

from wording.persons import without_numbers
from wording.text import folded

# Words of which nothing but that wish is made: 「現在沒有人在嗎」, "anyone there? call me".
_WORD_OF_REACHING = re.compile(
    r"""您好 | 你好 | 哈囉 | 嗨 | 請問 | 請 | 麻煩 | 拜託 | 可以 | 能不能 | 幫忙? | 謝謝 | 一下
        | 我們 | 我 | 你們 | 您 | 你 | 想 | 需?要 | 改 | 那 | 就 | 還是 | 先 | 再 | 都 | 也 | 直接
        | 打(?:個)?電話 | 打來 | 打給? | 電話 | 回電 | 回覆? | 聯絡 | 留個?[言話] | 留訊息 | 給
        | 找 | 轉接? | 叫 | 接 | 跟 | 和 | 講話? | 說話 | 談
        | 專員 | 真人 | 客服 | 人員 | 同事 | 主管 | 工程師 | 值班 | 線上 | 別人 | 人
        | 有沒有 | 沒有 | 沒 | 有 | 不到 | 不用 | 不想 | 不 | 等 | 在 | 現在 | 今天 | 下班
        | 算了 | 好 | 了 | 的 | 是 | 個 | 嗎 | 呢 | 吧 | 啊 | 喔 | 啦
        | (?<![a-z]) (?: hi | hello | hey | is | are | there | here | any | anybody | anyone
            | somebody | someone | nobody | no\ one | else | human | person | people | agent
            | operator | colleague | staff | real | live | speak | talk | with | to | a | an | the
            | i'd | i | we | me | us | you | your | my | want | need | would | like | please | pls
            | can | could | may | call | phone | ring | give | back | callback | leave | message
            | just | instead | rather | now | right | available | online | around | then | ok | okay
            | so | not | wait | waiting | don't | do | have | get | reach | contact | at | on | in
            | number | thanks | thank ) (?![a-z])
        | [\s,.:;!?，。、；：！？…~\-]+""",
    re.VERBOSE,
)


def only_wants_somebody(text: str) -> bool:
    """Whether nothing is said that could be passed on: at most that somebody is to call."""
    return not _WORD_OF_REACHING.sub("", folded(without_numbers(text)))
