"""What no article answers, drafts of articles, and what is to be done about the articles."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnowledgeTab:
    key: str
    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class AskedItem:
    """A question of a gap; `outcome_words` say what came of it."""

    text: str
    lang: str
    at_words: str
    at_iso: str
    outcome_words: str
    chat_url: str


@dataclass(frozen=True, slots=True)
class GapItem:
    """`first` are its newest questions, `rest` the others; `question_ids` what is marked done."""

    id: int
    first: tuple[AskedItem, ...]
    rest: tuple[AskedItem, ...]
    askers_words: str
    when_words: str
    question_ids: str
    write_url: str
    form_label: str


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A draft's file; one with faults is mended where it lies."""

    id: str
    title: str
    file: str
    meta_words: str
    url: str | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpiredItem:
    title: str
    file: str
    owner_words: str
    until_words: str
    mine: bool


@dataclass(frozen=True, slots=True)
class FaultItem:
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class KnowledgePage:
    """One of the tabs, filled; `notice` is what was done a moment ago."""

    tabs: tuple[KnowledgeTab, ...]
    tab: str
    may_write: bool
    notice: str
    mine_words: str
    gaps: tuple[GapItem, ...] = ()
    drafts: tuple[DraftItem, ...] = ()
    expired: tuple[ExpiredItem, ...] = ()
    faults: tuple[FaultItem, ...] = ()
    done_url: str = ""
    newer_url: str | None = None
    older_url: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WrittenIn:
    """What is written in one language; `questions` has one a line, `name` is the catalogue's."""

    code: str
    name: str
    label: str
    title: str
    label_text: str
    questions: str
    short: str
    answer: str


@dataclass(frozen=True, slots=True)
class Previewed:
    """An article in one language: `bubble` as the chat says it, `html` as the page shows it."""

    code: str
    label: str
    title: str
    button: str
    bubble: str
    html: str


@dataclass(frozen=True, slots=True)
class DraftFaultLine:
    """What is wrong, and the field that has it, if one has."""

    key: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The form of a draft as it was typed; `origin_words` tell what it began with.

    `existing_words` say that another draft has the id: `overwrite` is the step that replaces it.
    """

    id: str
    topic: str
    topics: tuple[str, ...]
    source: str
    owners: tuple[Option, ...]
    audiences: tuple[Option, ...]
    types: tuple[Option, ...]
    tiers: tuple[Option, ...]
    valid_from: str
    valid_to: str
    intents: str
    related: str
    texts: tuple[WrittenIn, ...]
    seen: str
    origin: str
    origin_words: str
    may_write: bool
    faults: tuple[DraftFaultLine, ...] = ()
    preview: tuple[Previewed, ...] = ()
    existing_words: str = ""
    existing_url: str = ""
    overwrite: str = ""
    failed_words: str = ""
