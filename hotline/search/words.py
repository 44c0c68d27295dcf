"""What a text is found by: words of the index, and the words of a search. Pure.

Chinese has no spaces, so it gives single characters and pairs: one character finds by itself, two
by their pair, three and more by all their pairs. A Latin word stands whole and, of a compound, in
its parts. All ways of writing meet: full width is half, large letters are small, and Traditional
characters become Simplified ones, the direction in which nothing has two answers (臺 and 台, 後 and
后, 裡 and 裏 are one each).

What is known by its beginning (numbers, serials, names) gives its beginnings, too.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from opencc import OpenCC

from hotline.search.rows import MOST_CHARS
from wording.phones import Phone, read_phone
from wording.text import plain
from wording.tokens import CJK

MOST_WORDS = 24  # of one search; whoever writes more has said by then what is wanted
FEWEST = 3  # characters of a beginning: fewer begin nearly every number
_FEWEST_AT_THE_END = 4  # what people remember of a telephone
_LONGEST_SEARCH = 400
_PIECE = re.compile(
    rf"(?P<cjk>[{CJK}]+)|[^\W_{CJK}](?:[^\W{CJK}]|[-_.@+/])*",
)
_INSIDE = re.compile(r"[-_.@+/]")
_LIKE_A_NUMBER = re.compile(r"[Tt]?[\d\s\-+()./#]+")


def words_of(texts: Iterable[str]) -> set[str]:
    """The words of free text."""
    found: set[str] = set()
    for text in texts:
        for piece in _PIECE.finditer(normal(text)):
            found.update(_chinese(piece[0]) if piece["cjk"] else _latin(piece[0]))
    return {word[:MOST_CHARS] for word in found}


def words_of_names(texts: Iterable[str]) -> set[str]:
    """The same and each beginning of a Latin word: of names, addresses, serials."""
    found: set[str] = set()
    for text in texts:
        for word in words_of((text,)):
            found.add(word)
            found.update(_beginnings(word))
    return found


def words_of_number(text: str) -> set[str]:
    """The same and parts of the digits: of a telephone in any writing, of a ticket's number."""
    phone = read_phone(plain(text))
    written = phone.number if isinstance(phone, Phone) else text
    digits = re.sub(r"\D", "", written)[:MOST_CHARS]
    ends = {digits[at:] for at in range(1, len(digits) - _FEWEST_AT_THE_END + 1)}
    without_zeros = {part.lstrip("0") for part in re.findall(r"\d+", written)} - {""}
    return words_of_names((text, written)) | {digits, *_beginnings(digits)} | ends | without_zeros


def wanted_words(search: str) -> list[str]:
    """The words that a ticket must have, each once; none of punctuation alone."""
    written = " ".join(plain(search[:_LONGEST_SEARCH]).split())
    if digits := _dialled(written):
        return [digits]
    found: list[str] = []
    for piece in _PIECE.finditer(normal(written)):
        if piece["cjk"]:
            run = piece[0]
            found += [run] if len(run) == 1 else _pairs(run)
        elif word := _whole(piece[0]):
            found.append(word[:MOST_CHARS])
    return list(dict.fromkeys(found))[:MOST_WORDS]


def normal(text: str) -> str:
    """`text` in one way of writing; what has two ends up as one of them, whichever was typed."""
    return plain(text).translate(_FOLD)


class _Folding(dict[int, str]):
    """Character by character, each looked up once in the life of the process."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = found = char.lower() if code < 0x2E80 else str(_converter().convert(char))
        return found


_FOLD = _Folding()


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _chinese(run: str) -> Iterator[str]:
    yield from run
    yield from _pairs(run)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _latin(piece: str) -> Iterator[str]:
    yield _whole(piece)
    if _INSIDE.search(piece):
        if "@" in piece:  # an address is asked for by what stands before its sign as well
            yield from (half for half in map(_trimmed, piece.split("@")) if half)
        yield from (part for part in _INSIDE.split(piece) if part)


def _whole(piece: str) -> str:
    """A number is the same whatever stands between its parts."""
    return _INSIDE.sub("", piece) if _has_digit(piece) else _trimmed(piece)


def _trimmed(piece: str) -> str:
    return piece.strip("-_.@+/")


def _has_digit(piece: str) -> bool:
    return any(char.isdigit() for char in piece) and "@" not in piece


def _beginnings(word: str) -> Iterator[str]:
    return (word[:length] for length in range(FEWEST, len(word)))


def _dialled(written: str) -> str:
    """The digits of what is written like a number or a part of one; "" of anything else."""
    if not _LIKE_A_NUMBER.fullmatch(written):
        return ""
    phone = read_phone(written)
    digits = re.sub(r"\D", "", phone.number if isinstance(phone, Phone) else written)
    return digits[:MOST_CHARS] if len(digits) >= FEWEST else ""
