"""What a question and an article have in common: their terms.

Chinese gives pairs of characters, Latin words stand whole, in the singular; whatever one file of
synonyms calls the same thing gives one more term, in either language. Simplified writing and
mainland words become Taiwan's, 臺 becomes 台, full width half: so all ways of writing meet.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from opencc import OpenCC

from wording import ticket_number
from wording.asking import ASKING, PARTICLES, SAME
from wording.text import is_usual_in_taiwan, plain
from wording.tokens import CJK

_PIECE = re.compile(rf"[{CJK}]+|(?P<latin>[a-z0-9](?:[a-z0-9\-_./@+]*[a-z0-9+])?)")
MOST_CHARACTERS = 600  # of a question; whoever writes more has said it by then

_LATIN_STOP = frozenset(
    """
    a about all am an and any anyone are as at be been but by can could did do does doing for from
    get got has have he her hi hello here how i if in into is it its just know like may me mean
    might my need not of on one or our out please shall she should so some tell than thank thanks
    that the their them then there these they this to too us want was we were what whats when where
    which while who whom whose why will with would you your
    """.split()  # noqa: SIM905
)


def normal(text: str) -> str:
    """`text` in one way of writing."""
    written = plain(text)
    if any(map(_is_simplified_only, written)):
        written = str(_by_words().convert(written))
    return written.translate(SAME).lower()


@cache
def _is_simplified_only(char: str) -> bool:
    """What is written in Taiwan is left alone: by words 登錄 would become 登入, 文件 檔案."""
    if char.isascii() or is_usual_in_taiwan(char):
        return False
    return str(_by_characters().convert(char)) != char


@cache
def _by_words() -> OpenCC:
    return OpenCC("s2twp")


@cache
def _by_characters() -> OpenCC:
    return OpenCC("s2t")


class Synonyms:
    """Ways of saying one thing, each giving the term of its group beside its own terms."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._group: dict[str, list[str]] = {}
        for number, group in enumerate(groups):
            for way in group:
                self._group.setdefault(normal(way), []).append(f"={number}")
        # By how they begin, the lengths there are: a pattern of thousands would try all of them.
        lengths: dict[str, set[int]] = {}
        for way in self._group:
            lengths.setdefault(way[:2], set()).add(len(way))
        self._lengths = {begin: sorted(found, reverse=True) for begin, found in lengths.items()}

    def terms(self, text: str) -> Iterator[str]:
        """A term for each group of which `text`, which is `normal`, says something.

        Of two ways that begin at one place the longer counts, and nothing within it counts again.
        """
        at = 0
        while at < len(text):
            way = self._way_at(text, at)
            if way is None:
                at += 1
                continue
            yield from self._group[way]
            at += len(way)

    def _way_at(self, text: str, at: int) -> str | None:
        for begin in (text[at : at + 2], text[at]):
            for length in self._lengths.get(begin, ()):
                way = text[at : at + length]
                if way in self._group and _stands_alone(text, at, way):
                    return way
        return None


def terms(text: str, synonyms: Synonyms) -> list[str]:
    """The terms of a text that is `normal`, in no order, as often as they stand there."""
    found = list(synonyms.terms(text))
    for piece in _PIECE.finditer(ASKING.sub(_blank, text)):
        if piece.lastgroup == "latin":
            found += _latin(piece.group())
        else:
            found += _pairs(piece.group())
    return found


def terms_of_question(question: str, synonyms: Synonyms) -> list[str]:
    """The terms of what somebody asks, each once. Which ticket is meant makes no difference."""
    asked = question[:MOST_CHARACTERS]
    for ticket in ticket_number.find(asked):
        asked = asked[: ticket.start] + " " * (ticket.end - ticket.start) + asked[ticket.end :]
    return list(dict.fromkeys(terms(normal(asked), synonyms)))


def _stands_alone(text: str, at: int, way: str) -> bool:
    """Whether no Latin word is cut; Chinese has no words to cut."""
    before, after = text[max(0, at - 1) : at], text[at + len(way) : at + len(way) + 1]
    cut = (_is_latin(way[0]) and _is_latin(before)) or (_is_latin(way[-1]) and _is_latin(after))
    return not cut


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _blank(asked: re.Match[str]) -> str:
    return " " * len(asked.group())


def _pairs(run: str) -> list[str]:
    pairs = (run[at : at + 2] for at in range(max(1, len(run) - 1)))
    return [pair for pair in pairs if not PARTICLES.issuperset(pair)]


def _latin(word: str) -> list[str]:
    """The word and, of a compound, its parts: `sign-in` is sign-in, sign and in."""
    parts = [part for part in re.split(r"[-_./@+]", word) if part]
    found = [word] if len(parts) > 1 else []
    return found + [_singular(part) for part in parts if part not in _LATIN_STOP]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
