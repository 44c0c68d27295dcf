"""Words with which somebody asks, and which say nothing about what."""

from __future__ import annotations

import re

from wording.text import folded

# Left in, their characters would pair with those beside them.
ASKING = re.compile(
    r"請問|想請教|請教|想請問|想問|問一下|想知道|想了解|麻煩|不好意思|你好|您好|哈囉|謝謝|拜託"
    r"|可不可以|能不能|有沒有|是不是|會不會|要不要|可以嗎|可以|是什麼|是甚麼|什麼是|有什麼|什麼|甚麼|啥"
    r"|怎麼樣|怎麼|怎樣|如何|為什麼|為何|哪一個|哪些|哪裡|哪個|哪|多少|到底|你們|您們|我們|他們|貴公司|自己"
    r"|一下|的話|如果|因為|所以|還是|或是|而且|但是|這個|那個|這樣|那樣|現在|目前|是否|需要|應該|知道|告訴我"
)
# What somebody says who wants to know how something goes, and not to have it done.
_TO_KNOW = re.compile(
    r"怎麼(?!辦|了|回事|會|還|這|沒|都|又|那麼|一直)|如何|多久|幾天|幾個?月|多少錢|什麼時候|何時|最[慢晚]|要提[早前]"
    r"|期限|流程|步驟|規定|條件|資格|要什麼|要哪些|哪些|什麼(?:文件|資料|條件|意思|差別)|附什麼|填什麼"
    r"|(?:要|需要|該|得)先?(?:準備|附|填|帶|給|交|傳|寫|繳|提供)(?:哪些|什麼|幾|多少|啥)"
    r"|哪裡(?:看|查|找|拿|報|買|下載)|去哪|找誰|跟誰|誰(?:出|付|核|決定|簽)|由誰|還算數嗎|要錢嗎|免費"
    r"|(?:還|也|就|才)(?:能|可以|可).{0,16}嗎"
    r"|(?<![a-z])(?:how (?:do|does|can|long|much|many|soon|early|far)"
    r"|who (?:does|signs|approves|pays)"
    r"|what (?:do|does|is|are|documents|papers|happens|should)|when (?:do|does)"
    r"|where (?:do|can)|do (?:i|we) need|which)(?![a-z])"
)
# What somebody says who wants something done.
_TO_HAVE_DONE = re.compile(
    r"請(?!問|款|教|購|假|領|客)|幫(?:我|忙|他|她|客戶)|麻煩|拜託|急需|給我|回電|安排一?[下個]"
    r"|我們?(?:要|想要|想(?:請|申請|報|借|約|訂|辦|改|換|退|登記)|需要)|想(?:請|申請|報名|借|約|跟你們|要)"
    r"|可以(?:給|幫|借|派|寄|報|開|安排)(?!.{0,4}(?:多久|幾天|多少|什麼))|能不能(?:給|幫|借|派|寄|安排)|能(?:幫|派|安排)"
    r"|please|pls|(?<![a-z])(?:i|we)(?:'d| would)? (?:need|want|like)|can you|could you"
    r"|send (?:me|us)|help"
)
# Of two of these no pair says anything.
PARTICLES = frozenset("的了嗎呢吧啊喔哦啦是在也就都還我你您他她它會要能有跟和與及請讓把被給")
# Written either way in Taiwan.
SAME = str.maketrans({"臺": "台"})


def asks_to_know(text: str) -> bool:
    """Whether `text` asks how, when or on what terms something goes, and for nothing to be done."""
    return bool(_TO_KNOW.search(folded(text))) and not wants_done(text)


def wants_done(text: str) -> bool:
    """Whether `text` wants something to be done: 請回電, 幫我查, I need a quote."""
    return bool(_TO_HAVE_DONE.search(folded(text)))
