"""Words with which somebody asks, and which say nothing about what."""

from __future__ import annotations

import re

# Left in, their characters would pair with those beside them.
ASKING = re.compile(
    r"請問|想請教|請教|想請問|想問|問一下|想知道|想了解|麻煩|不好意思|你好|您好|哈囉|謝謝|拜託"
    r"|可不可以|能不能|有沒有|是不是|會不會|要不要|可以嗎|可以|是什麼|是甚麼|什麼是|有什麼|什麼|甚麼|啥"
    r"|怎麼樣|怎麼|怎樣|如何|為什麼|為何|哪一個|哪些|哪裡|哪個|哪|多少|到底|你們|您們|我們|他們|貴公司|自己"
    r"|一下|的話|如果|因為|所以|還是|或是|而且|但是|這個|那個|這樣|那樣|現在|目前|是否|需要|應該|知道|告訴我"
)
# Of two of these no pair says anything.
PARTICLES = frozenset("的了嗎呢吧啊喔哦啦是在也就都還我你您他她它會要能有跟和與及請讓把被給")
# Written either way in Taiwan.
SAME = str.maketrans({"臺": "台"})
