"""What the help centre lists: by what it is about, or by title."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from desk.help.titles import Heading, heading_of, order_of

URL = "/help"
# The folders in the order that suits a partner: what to do before how the vendor thinks.
TOPICS = (
    "hotline", "machines", "orders", "presales", "portal", "campaigns", "partnership", "programme",
    "channels", "conflict",
)  # fmt: skip
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a list."""

    url: str
    title: str
    short: str
    topic: str


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Initial:
    heading: Heading
    entries: tuple[Entry, ...]


def url_of(article_id: str) -> str:
    return f"{URL}/{article_id}"


def topic_of(file: str) -> str:
    """The group of an article by its file's folder; one of a folder without words is "other"."""
    folder = Path(file).parent.name
    return folder if folder in TOPICS else OTHER


def by_topic(entries: Iterable[Entry]) -> tuple[Topic, ...]:
    """The topics that have an article, each in the order of titles."""
    found: Mapping[str, list[Entry]] = {key: [] for key in (*TOPICS, OTHER)}
    for entry in _sorted(entries):
        found[entry.topic].append(entry)
    return tuple(Topic(key, tuple(listed)) for key, listed in found.items() if listed)


def by_title(entries: Iterable[Entry]) -> tuple[Initial, ...]:
    return tuple(
        Initial(heading, tuple(listed))
        for heading, listed in groupby(_sorted(entries), key=lambda entry: heading_of(entry.title))
    )


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: order_of(entry.title))
