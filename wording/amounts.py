"""Sums of money as people write them: 四百萬, 40 萬, 4M, NT$4,000,000, 300k; in full digits."""

from __future__ import annotations

import re
from typing import NamedTuple

from wording.numerals import CHINESE_NUMBER, number_of
from wording.text import folded


class Amount(NamedTuple):
    """A sum in full digits, and where it stands."""

    value: str
    start: int
    end: int


_UNITS = {
    "億": 100_000_000,
    "千萬": 10_000_000,
    "百萬": 1_000_000,
    "十萬": 100_000,
    "萬": 10_000,
    "千": 1_000,
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mil": 1_000_000,
    "million": 1_000_000,
    "thousand": 1_000,
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_MONEY = r"(?:nt\$|ntd\ ?\$?|twd|us\$|usd|台幣|新台幣|美金|\$)"
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?"
_AMOUNT = re.compile(
    rf"""(?<![0-9a-z.\-/])(?<![0-9],)(?:
      (?P<money>{_MONEY})\ ?(?P<sum>{_NUMBER})\ ?(?P<unit>{_UNIT})?(?![a-z0-9%])
    | (?P<plain>{_NUMBER})(?:
          (?P<much>\ ?(?:億|千萬|百萬|十萬|萬)|(?:k|mn?|mil|\ ?million)(?![a-z0-9]))
            (?!\ ?[台套個人次片筆])(?:\ ?(?:美金|usd))?
        | \ ?(?:(?P<little>千|thousand)\ ?)?(?:元|塊|ntd|twd|nt(?![a-z]))
      )
    | (?P<chinese>{CHINESE_NUMBER})(?: (?P<large>億|萬)(?!\ ?[一台套個人次片筆]) | 元 )
    )""",
    re.VERBOSE,
)
_TOO_MUCH = 10**14  # no sum of money: a run of digits
_DIGITS = re.compile(r"(?:大[概約]|約)? *([0-9]{4,9}|[0-9]{1,3}(?:,[0-9]{3})+) *(?:左右)?")


def amount_in(text: str) -> str | None:
    """The first sum that is plainly money, such as NT$4,000,000, or None."""
    sums = find_amounts(text)
    return sums[0].value if sums else None


def find_amounts(text: str) -> list[Amount]:
    """Every sum that is plainly money, up to the first that is none after all."""
    found = []
    for match in _AMOUNT.finditer(folded(text)):
        foreign = any(word in match.group() for word in ("us$", "usd", "美金"))
        value = _written(_sum(match), "US$" if foreign else "NT$")
        if value is None:
            break
        found.append(Amount(value, *match.span()))
    return found


def amount_of(answer: str) -> str | None:
    """The sum in an answer to "how much?", where a bare number of four digits or more will do."""
    if amount := amount_in(answer):
        return amount
    bare = _DIGITS.fullmatch(folded(answer).strip())
    return _written(float(bare[1].replace(",", "")), "NT$") if bare else None


def whole_dollars(written: str) -> int | None:
    """The number in a sum as it is noted: 4000000 for NT$4,000,000; None in another currency."""
    digits = written.removeprefix("NT$").replace(",", "")
    return int(digits) if written.startswith("NT$") and digits.isdigit() else None


def _sum(match: re.Match[str]) -> float:
    if match["chinese"]:
        return float((number_of(match["chinese"]) or 0) * _UNITS.get(match["large"], 1))
    number = float((match["sum"] or match["plain"]).replace(",", ""))
    unit = match["unit"] or match["much"] or match["little"] or ""
    return number * _UNITS.get(unit.strip(), 1)


def _written(amount: float, currency: str) -> str | None:
    return f"{currency}{round(amount):,}" if 1 <= amount < _TOO_MUCH else None
