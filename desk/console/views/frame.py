"""The bars around every page of the console, and what a form says when it was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Section = Literal[
    "queue",
    "search",
    "conversations",
    "calls",
    "morning",
    "hours",
    "deadlines",
    "rota",
    "understanding",
    "knowledge",
    "texts",
    "people",
    "audit",
    "undelivered",
    "me",
]


@dataclass(frozen=True, slots=True)
class Me:
    """The member of staff who is signed in; `surname` is what stands in the disc.

    The scripts know by `id` and `queues` what of the news is for them.
    """

    name: str
    surname: str
    email: str
    role_words: str
    id: int
    queues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """How the reader stands for chats, in words, and how many they have of how many at most."""

    stands: Literal["available", "busy", "away"]
    words: str
    since_words: str
    load_words: str
    choices: tuple[tuple[str, str, str], ...]  # the code, its word and what it means


@dataclass(frozen=True, slots=True)
class Service:
    """Whether the hotline is open, the next change in words, and the Taipei time of the page."""

    open: bool
    words: str
    now_words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The bars around the page. `last_entry` is the journal id that the page was read at.

    `work` is how many tickets of each service wait for somebody to do something, `own_count` how
    many chats the reader holds. `unread` is how much partners have said, unseen, in each of them,
    by its id, `raised_count` how much was brought before the reader and not looked at,
    `expired_count` how many articles of the reader's queues have expired, `call_count` how many
    calls back are due, `morning_count` how much of what came in while closed has no outcome;
    `presence` is None for whoever takes no chats; `url` is the page's own address, also where a
    refused form is shown, `language_url` the same in the other language.
    """

    me: Me
    service: Service
    section: Section
    work: Mapping[str, int]
    conversation_count: int
    own_count: int
    unread: Mapping[str, int]
    last_entry: int
    url: str
    language_url: str
    may: frozenset[Section]
    query: str = ""
    raised_count: int = 0
    undelivered_count: int = 0
    expired_count: int = 0
    call_count: int = 0
    morning_count: int = 0
    presence: Presence | None = None

    @property
    def queue_count(self) -> int:
        return sum(self.work.values())

    @property
    def unread_count(self) -> int:
        return sum(self.unread.values())


@dataclass(frozen=True, slots=True)
class FieldError:
    """Why a form was refused, told at its field; `field` is the name of the input.

    `form` says which one where a page has several (reply, note, or the name of a move); `typed`
    is what stood in the field, so that nothing has to be written twice.
    """

    field: str
    message: str
    form: str = ""
    typed: str = ""
