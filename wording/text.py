"""Characters: one way of writing for every way of typing, without moving a single offset.

Partners type full-width Latin, odd dashes and Simplified words. Everything that searches in a
message searches in `plain` or `folded` text, whose characters stand exactly where they stood in
the raw text, so what was found can be cut out of the raw text by the same offsets.
"""

from __future__ import annotations

import re
import unicodedata

# Look-arounds for patterns. `\b` is of no use here: a Chinese character is a word character, so
# there is no boundary in 「序號78A1234壞了」.
NOT_AFTER_LATIN = r"(?<![A-Za-z0-9])"
NOT_BEFORE_LATIN = r"(?![A-Za-z0-9])"

_DASHES = "‐‑‒–—―⁃−﹣－"
_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_INVISIBLE = "\u200b\u2060\ufeff"
_PLAIN = {
    **{0xFF01 + n: 0x21 + n for n in range(94)},
    **{ord(dash): ord("-") for dash in _DASHES},
    **{ord(space): ord(" ") for space in _SPACES + _INVISIBLE},
}

# Only the Simplified characters that our own word lists use; a whole conversion is the engine's.
_SIMPLIFIED = "机开关无启动产线数据坏统户国语体华说讲请换转个项张没为这两万号单订报价务应还时间点后"
_TRADITIONAL = (
    "機開關無啟動產線數據壞統戶國語體華說講請換轉個項張沒為這兩萬號單訂報價務應還時間點後"
)
_SIMPLIFIED += (
    "礼员认发现断满挂备损丢遗毁设电话网络连复紧赶标业营运瘫痪厂问题办来对么吗终称从软盘风灯"
)
_TRADITIONAL += (
    "禮員認發現斷滿掛備損丟遺毀設電話網絡連復緊趕標業營運癱瘓廠問題辦來對麼嗎終稱從軟盤風燈"
)
_SIMPLIFIED += "声闪红黄载异响硕储块张贵买给进达额极预则临级严错误长钟颗边双热写读臺周内"
_TRADITIONAL += "聲閃紅黃載異響碩儲塊張貴買給進達額極預則臨級嚴錯誤長鐘顆邊雙熱寫讀台週內"
_FOLD = {ord(one): ord(other) for one, other in zip(_SIMPLIFIED, _TRADITIONAL, strict=True)}

# Big5 keeps the 5,401 frequent characters below this lead byte. 后, 台, 里 and 干 are among them:
# they are good Traditional, although a converter would change them.
_FIRST_RARE_BYTE = 0xC9

_SLASHES = re.compile(r"^[\s/]+")
_KEPT_CONTROLS = "\n\t"
# Zero-width joiners hold emoji together and stay.
_JOINERS = "\u200c\u200d"
_JUNK_SHARE = 0.25


def plain(text: str) -> str:
    """`text` with half-width Latin, digits, punctuation, spaces and plain dashes; same length."""
    return text.translate(_PLAIN)


def folded(text: str) -> str:
    """`plain` text in lower case and Traditional writing, for looking words up; same length."""
    lowered = (char if len(char.lower()) != 1 else char.lower() for char in plain(text))
    return "".join(lowered).translate(_FOLD)


def is_usual_in_taiwan(char: str) -> bool:
    """Whether a Chinese character is one of the frequent ones of Taiwan's writing."""
    encoded = char.encode("big5", errors="ignore")
    return len(encoded) == 2 and encoded[0] < _FIRST_RARE_BYTE


def without_command(text: str) -> str:
    """Typed text without the leading slash that the engine would read as a command."""
    slashes = _SLASHES.match(plain(text))
    return text[slashes.end() :] if slashes else text


def is_blank(text: str) -> bool:
    """Whether nothing can be read in `text`: spaces, punctuation, emoji or binary junk only."""
    if not any(char.isalnum() for char in text):
        return True
    junk = sum(char == "\ufffd" or _is_control(char) for char in text)
    return junk / len(text) >= _JUNK_SHARE


def strip_control(text: str) -> str:
    """`text` without characters that show nothing but may do something; lines end in `\\n`.

    Gone are control characters, marks that turn the writing direction, and lone surrogates,
    which no database could store.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if not _is_control(char))


def _is_control(char: str) -> bool:
    if char in _KEPT_CONTROLS or char in _JOINERS or char == "\r":
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Cs")
