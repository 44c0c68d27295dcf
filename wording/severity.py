"""How bad it is, read from what happens and not from how loudly it is said.

1 production down, 2 seriously degraded (outside technical matters: a hard deadline), 3 normal,
4 a question. The words that decided are kept, so that staff can see why.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wording import severity_words as words
from wording.text import folded

Span = tuple[int, int]


class Severity(NamedTuple):
    """A level from 1 (worst) to 4, and the words that decided, as they were typed."""

    level: int
    words: tuple[str, ...] = ()


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.VERBOSE)


_MACHINE_DOWN = _pattern(words.MACHINE_DOWN)
_DOWN = _pattern(words.DOWN)
_DEGRADED = _pattern(words.DEGRADED)
_ON_AND_OFF = _pattern(words.ON_AND_OFF)
_COVERED = _pattern(words.COVERED)
_LOUD = _pattern(words.LOUD)
_MILD = _pattern(words.MILD)
_WISH = _pattern(words.WISH)
_WORK = _pattern(words.WORK)
_CALM = _pattern(words.CALM)
_TAKEN_BACK = _pattern(words.TAKEN_BACK)
_PLANNED = _pattern(words.PLANNED)
_HARDWARE = _pattern(words.HARDWARE)
_SOFTWARE = _pattern(words.SOFTWARE)


def severity_of(text: str, technical: bool) -> Severity:
    """The severity that the words of `text` tell.

    `technical`: something that should run is meant. Otherwise a question or a wish without a
    loss is level 4.
    """
    searched = folded(text)

    def decided(level: int, spans: list[Span]) -> Severity:
        return Severity(level, tuple(text[start:end].strip() for start, end in spans))

    on_and_off = _meant(_ON_AND_OFF, searched)
    down = _machine_down(searched) + _meant(_DOWN, searched)
    lasting = _outermost([span for span in down if not _is_within(span, on_and_off)])
    if lasting:
        is_borne = _COVERED.search(searched) or _CALM.search(searched)
        return decided(2 if is_borne else 1, lasting)
    degraded = _outermost(on_and_off + _meant(_DEGRADED, searched))
    if degraded:
        return decided(2, degraded)
    mild = _meant(_MILD, searched)
    loud = [] if mild or _CALM.search(searched) else _meant(_LOUD, searched)
    if loud:
        return decided(2, loud)
    wishes = [] if technical or mild or _WORK.search(searched) else _meant(_WISH, searched)
    return decided(4, wishes) if wishes else decided(3, mild)


def telling_words(text: str) -> list[tuple[str, int, int]]:
    """Every place whose words tell how bad or how urgent it is: what they tell, from, to."""
    searched = folded(text)
    patterns = {"down": _DOWN, "degraded": _DEGRADED, "loud": _LOUD, "mild": _MILD, "calm": _CALM}
    return [
        (told, *match.span())
        for told, pattern in patterns.items()
        for match in pattern.finditer(searched)
    ]


def hardware_is_down(text: str) -> bool:
    """Whether the words already say that a machine is down: nothing is left to ask first."""
    searched = folded(text)
    if _machine_down(searched):
        return True
    is_machine = bool(_HARDWARE.search(searched)) and not _SOFTWARE.search(searched)
    return is_machine and bool(_meant(_DOWN, searched))


def _outermost(spans: list[Span]) -> list[Span]:
    """The spans that lie in no other, in order: 主機當機, and not 當機 once more."""
    kept = sorted(set(spans))
    return [span for span in kept if not _is_within(span, [one for one in kept if one != span])]


def _is_within(span: Span, others: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _machine_down(searched: str) -> list[Span]:
    """Where a machine will not start; 「WebSphere 主控台開不起來」 is no machine."""
    if _SOFTWARE.search(searched) and not _HARDWARE.search(searched):
        return []
    return _meant(_MACHINE_DOWN, searched)


def _meant(pattern: re.Pattern[str], searched: str) -> list[Span]:
    """Where `pattern` is said and not taken back by what stands before or after."""
    return [
        match.span()
        for match in pattern.finditer(searched)
        if not _TAKEN_BACK.search(searched[: match.start()])
        and not _PLANNED.search(searched[match.end() :])
    ]
