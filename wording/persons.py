"""A line that says who somebody is and how to reach them: 「立凡科技 陳小明 0933123456」."""

from __future__ import annotations

import re

from wording.asides import may_be_name
from wording.facts import find_facts
from wording.phones import find_phones
from wording.text import plain

SURNAMES = (
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴"
    "范方宋鄧杜傅侯曹薛丁卓馬董溫唐藍蔣石古紀姚馮歐程湯"
)
_PERSON = re.compile(
    rf"^[{SURNAMES}](?![雄])[\u4e00-\u9fff]{{1,2}}(?:先生|小姐|經理)?$"
    r"|^[A-Z][a-z'’\-]+ [A-Z][a-z'’\-]+$"
)
_CUE = re.compile(
    r"電話|手機|信箱|客[戶户]|(?<![a-z])(?:phone|call|tel|mail|customer)", re.IGNORECASE
)
_PLACE = re.compile(r"[廠店室處]$")
_BETWEEN = re.compile(r"[,;、。\n]+|(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])")


def without_numbers(text: str) -> str:
    """What a line says besides the numbers and addresses in it."""
    for found in reversed(find_facts(text)):
        text = f"{text[: found.start]} {text[found.end :]}"
    return " ".join(text.split()).strip(" ,，、。;；")


def names_somebody(text: str) -> bool:
    """Whether a line with a number in it names a person too, and says nothing else."""
    names = without_numbers(text)
    if not names or _CUE.search(plain(names)) or not may_be_name(names):
        return False
    words = [word.strip() for word in _BETWEEN.split(plain(names)) if word.strip()]
    return any(_PERSON.match(word) and not _PLACE.search(word) for word in words)


def without_repeats(text: str) -> str:
    """A line in which every telephone number stands once, however it was written."""
    seen: set[str] = set()
    cut = []
    for phone in find_phones(text):
        if phone.value in seen:
            cut.append((phone.start, phone.end))
        seen.add(phone.value)
    for start, end in reversed(cut):
        text = f"{text[:start].rstrip(' ,，、')}{text[end:]}"
    return text
