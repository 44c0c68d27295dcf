"""Filling the gaps of a sentence: {name} becomes its value, with the spacing that Chinese has.

A template has a space where Latin letters or figures may follow a Chinese character. Where what
follows turns out to be Chinese as well (「專線 下週一…」), the space goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from wording.tokens import has_cjk

_STOPS = ("。", ".")
_WIDE = "（）「」，、：；"
_GAP = re.compile(r"(?P<space> ?)\{(?P<name>\w+)\}(?P<after> ?)")


def fill(template: str, value_of: Callable[[str], object]) -> str:
    """`template` with each gap filled by what `value_of` says its name is."""

    def filled(gap: re.Match[str]) -> str:
        value = str(value_of(gap["name"]))
        before, after = template[: gap.start()], template[gap.end() :]
        space = "" if value and _chinese(before[-1:]) and _chinese(value[0]) else gap["space"]
        if value[-1:] in _STOPS and after[:1] in ("。", "."):
            value = value.rstrip("".join(_STOPS))  # a sentence that is quoted ends once
        behind = "" if value and _chinese(value[-1]) and _chinese(after[:1]) else gap["after"]
        return f"{space}{value}{behind}"

    return _GAP.sub(filled, template)


def _chinese(char: str) -> bool:
    return bool(char) and (has_cjk(char) or char in _WIDE)
