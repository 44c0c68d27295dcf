"""Messages worth a look, and the meanings that staff choose from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something that a message can mean; `key` presses it in the first of the list."""

    value: str
    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class MeaningGroup:
    label: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class SaidBefore:
    who: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class LookItem:
    """One message: `done_words` says by whom it was labelled or skipped, and when.

    `url` takes the label of whoever has looked at `version`.
    """

    id: int
    text: str
    lang: str
    at_words: str
    at_iso: str
    chat_url: str
    reasons: tuple[str, ...]
    understood_words: str
    pressed_words: str
    before: tuple[SaidBefore, ...]
    likely: tuple[Meaning, ...]
    label: str | None
    done_words: str
    version: int
    url: str
    form_label: str
    has_keys: bool


@dataclass(frozen=True, slots=True)
class UnderstandingTab:
    key: str
    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class UnderstandingPage:
    """A page of the list; `last_words` is what was done a moment ago, `last_url` changes it."""

    tabs: tuple[UnderstandingTab, ...]
    items: tuple[LookItem, ...]
    groups: tuple[MeaningGroup, ...]
    may_label: bool
    newest_url: str | None
    older_url: str | None
    last_words: str
    last_url: str
