"""Telephone numbers, Taiwan's by its numbering plan and foreign ones by their plus sign.

A number is given back as it is dialled from Taiwan: `0912-345-678`, `02-2345-6789`,
`+81-3-1234-5678`. What nearly is a number comes back as the problem that can be told to the
partner.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from wording.found import Found
from wording.text import folded, plain

ProblemCode = Literal["missing_area_code", "short_mobile", "unreadable"]

# (what the digits are, how they are grouped); the first that fits counts.
_PLAN = (
    (re.compile(r"09\d{8}"), (4, 3, 3)),
    (re.compile(r"080[09]\d{6}"), (4, 3, 3)),
    (re.compile(r"070\d{8}"), (3, 4, 4)),
    (re.compile(r"049\d{7}"), (3, 3, 4)),
    (re.compile(r"08[23]6\d{5}"), (4, 5)),
    (re.compile(r"0(?:37|82|89)\d{6}"), (3, 3, 3)),
    (re.compile(r"0(?:2[2-8]|4[23])\d{7}"), (2, 4, 4)),
    (re.compile(r"0[3-8]\d{7}"), (2, 3, 4)),
)
_RUN = re.compile(r"(?<![A-Za-z0-9+\-_.@/])\+?\(?[0-9]+(?:[ \-.()]{1,3}[0-9]+)*\)?")
_GROUP = re.compile(r"[0-9]+")
_IP_ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
# A mobile of the mainland, without its +86.
_MAINLAND = re.compile(r"1[3-9]\d{9}")
_MAINLAND_GROUPS = (3, 4, 4)
_LETTER = re.compile(r"[A-Za-z]")
_SPOKEN = re.compile("[零〇][零〇一二三四五六七八九]{8,9}")
_SPOKEN_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_EXTENSION = re.compile(
    r"[ ,;]*(?:#|分機|轉|extension|ext|x)[ .:]*(?P<digits>[0-9]{1,6})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# Words in front of a bare local number that make it a telephone number.
_CUE = re.compile(r"(?:電話|手機|專線|聯絡|打|撥|call|phone|tel|mobile|cell)[^0-9a-z]{0,6}$")
# What a display or a log shows is not dialled, nor is the number of a paper.
_CODE = re.compile(
    r"(?:顯示|代碼|錯誤碼?|單號|单号|發票(?:號碼)?|发票(?:号码)?|合約(?:編號)?|料號"
    r"|(?<![a-z])(?:code|src|error|po|invoice|contract))[ :#.\-,「\[(]{0,4}(?:是|為)?$"
)
# 20262027 and 20260630: two years, or a day.
_YEARS = re.compile(r"(?:19|20)\d\d(?:(?:19|20)\d\d|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))")
_AREA = re.compile(r"0[2-8]|037|049|08[29]|0826|0836")
_LONGEST_CODE_ANSWER = 20
_LONGEST_FOREIGN = 15
# As typed, with a nought that is not dialled: "00886 (0)" and ten, "+49 (0)" and 15.
_MOST_DIGITS = 16
# No word in front of a number, with what may stand between, is longer.
_LOOK_BACK = 20


class Phone(NamedTuple):
    """A number that can be dialled, and the extension if one was given."""

    number: str
    extension: str | None = None

    def __str__(self) -> str:
        return f"{self.number}#{self.extension}" if self.extension else self.number


class PhoneProblem(NamedTuple):
    """Why no number could be read."""

    code: ProblemCode


def read_phone(text: str) -> Phone | PhoneProblem:
    """The telephone number in an answer to "which number?", or what is wrong with it."""
    readings = [phone for phone, _, _ in _readings(_spelt(text), asked=True)]
    right = [phone for phone in readings if isinstance(phone, Phone)]
    return right[0] if right else readings[0] if readings else PhoneProblem("unreadable")


def without_area_code(text: str) -> str:
    """The digits of a number in an answer that lacks only its area code; "" if there is none."""
    for phone, start, end in _readings(plain(text), asked=True):
        if phone == PhoneProblem("missing_area_code"):
            return "".join(_GROUP.findall(_EXTENSION.sub("", plain(text)[start:end])))
    return ""


def area_code(text: str) -> str:
    """The area code that is all an answer says: 「02」, 「區碼是 07」; "" of anything else."""
    said = plain(text).strip()
    groups = _GROUP.findall(said)
    is_short = len(said) <= _LONGEST_CODE_ANSWER
    return groups[0] if is_short and len(groups) == 1 and _AREA.fullmatch(groups[0]) else ""


def find_phones(text: str) -> list[Found]:
    """The telephone numbers in `text`, with such as lack an area code or a digit.

    Eight bare digits are found as well: whether they are a tax id is for `wording.facts`.
    """
    found = []
    for phone, start, end in _readings(_spelt(text), asked=False):
        words = text[start:end]
        value = "-".join(_GROUP.findall(_EXTENSION.sub("", _spelt(words))))
        found.append(
            Found("phone", words, str(phone) if isinstance(phone, Phone) else value, start, end)
        )
    return found


def _spelt(text: str) -> str:
    """`plain` text with the digits of a number that was spoken, 「零九一二三…」, as digits."""
    return _SPOKEN.sub(lambda run: run[0].translate(_SPOKEN_DIGITS), plain(text))


def _readings(text: str, *, asked: bool) -> Iterator[tuple[Phone | PhoneProblem, int, int]]:
    """Every reading with its place. `asked`: the text answers a question for a number."""
    for run in _RUN.finditer(text):
        if _IP_ADDRESS.fullmatch(run.group()):
            continue
        groups = list(_GROUP.finditer(text, run.start(), run.end()))
        extension = _EXTENSION.match(text, run.end())
        if not extension and _LETTER.match(text, run.end()):
            groups.pop()  # 「0912345678 24F」: the 24 belongs to the letter
        before = folded(text[max(0, run.start() - _LOOK_BACK) : run.start()])
        cued = asked or bool(_CUE.search(before))
        first = len(groups) if not asked and _CODE.search(before) else 0
        while first < len(groups):
            last, phone = _longest(text, _within_reach(groups, first), cued)
            if phone is None:
                first += 1
                continue
            last += first
            start, end = groups[first].start(), groups[last].end()
            if first == 0 and _is_of_number(text[run.start() : end]):
                start = run.start()
            if extension and last == len(groups) - 1:
                end = extension.end()
                if isinstance(phone, Phone):
                    phone = Phone(phone.number, extension["digits"])
            yield phone, start, end
            first = last + 1


def _is_of_number(words: str) -> bool:
    """Whether what stands before the first digit belongs to the number: 「(02)」, not 「(02」."""
    return "(" not in words or ")" in words


def _within_reach(groups: Sequence[re.Match[str]], first: int) -> Sequence[re.Match[str]]:
    """The groups that a number beginning at `first` may be made of; a long log has thousands."""
    end, digits = first, 0
    while end < len(groups) and (end == first or digits + len(groups[end][0]) <= _MOST_DIGITS):
        digits += len(groups[end][0])
        end += 1
    return groups[first:end]


def _longest(
    text: str, groups: Sequence[re.Match[str]], cued: bool
) -> tuple[int, Phone | PhoneProblem | None]:
    """The longest number that begins with the first of `groups`, right ones before wrong ones."""
    begin = groups[0].start()
    foreign = text[max(0, begin - 2) : begin].lstrip("( ").endswith(("+", "+("))
    lasts = range(len(groups) - 1, -1, -1)
    for last in lasts:
        number = _number([group.group() for group in groups[: last + 1]], foreign, cued)
        if number:
            return last, Phone(number)
    for last in lasts:
        between = text[groups[0].end() : groups[last].start()]
        code = _problem([group.group() for group in groups[: last + 1]], between, cued)
        if code and not foreign:
            return last, PhoneProblem(code)
    return 0, None


def _number(groups: Sequence[str], foreign: bool, cued: bool) -> str | None:
    digits = "".join(groups)
    home = re.fullmatch(r"(?:00)?8860?(\d+)", digits)
    if home:
        digits = "0" + home[1]
    elif foreign:
        return _foreign(groups)
    for pattern, sizes in _PLAN:
        if pattern.fullmatch(digits):
            cuts = itertools.accumulate(sizes, initial=0)
            return "-".join(digits[a:b] for a, b in itertools.pairwise(cuts))
    grouped = tuple(map(len, groups)) == _MAINLAND_GROUPS
    if _MAINLAND.fullmatch(digits) and (grouped or (cued and len(groups) == 1)):
        return f"+86-{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    return None


def _foreign(groups: Sequence[str]) -> str | None:
    # In "+49 (0)89 …" the nought is not dialled from abroad.
    kept = [group for place, group in enumerate(groups) if place != 1 or group != "0"]
    size = sum(len(group) for group in kept)
    if not 8 <= size <= _LONGEST_FOREIGN or (len(kept) > 1 and len(kept[-1]) == 1):
        return None
    return "+" + "-".join(kept)


def _problem(groups: Sequence[str], between: str, cued: bool) -> ProblemCode | None:
    digits = "".join(groups)
    if re.fullmatch(r"09\d{7}", digits):
        return "short_mobile"
    if re.fullmatch(r"[1-9]\d{6,7}", digits):
        told = cued or len(groups[0]) == 8
        shaped = len(groups) == 2 and between == "-" and len(groups[1]) == 4 and len(groups[0]) > 2
        if (told or shaped) and (cued or not _YEARS.fullmatch(digits)):
            return "missing_area_code"
    if len(groups) > 1 and re.fullmatch(r"0[2-9]\d{5,9}", digits) and len(groups[0]) <= 4:
        return "unreadable"
    return None
