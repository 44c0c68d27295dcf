"""What may be put into a reply: canned texts, and what articles say in short."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Insert:
    """`text` is filled and in the partner's language, `value` names it in a form."""

    value: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An article with its short text; `url` leads to all of it."""

    insert: Insert
    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class Inserts:
    """`url` is where a form without script goes; `typed` is what stands in the reply then."""

    canned: tuple[Insert, ...] = ()
    articles: tuple[Suggestion, ...] = ()
    url: str = ""
    typed: str = ""
