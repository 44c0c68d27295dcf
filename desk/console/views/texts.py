"""The canned texts: a list, and the form of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text in the list; `by_words` says who changed it last."""

    id: int
    version: int
    title: str
    text: str
    by_words: str
    at_words: str
    at_iso: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class TextsPage:
    """`filled` is what stands in the form's fields, by name; `id` is "" of a new text.

    `conflict_words` says who has changed it since it was looked at.
    """

    lines: tuple[TextLine, ...]
    variables: tuple[Variable, ...]
    filled: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    version: int = 0
    previewed: tuple[tuple[str, str], ...] = ()
    done_words: str = ""
