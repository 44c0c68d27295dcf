"""A request being filled before it is a ticket, and what one message did to it. Pure data."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hotline.tickets.kinds import KINDS, Kind

CONFIRM, CHANGE, WHICH_FIRST = "confirm", "change", "which_first"


@dataclass(frozen=True)
class Said:
    """One message: its raw text, the facts the engine found as (kind, value), and its day."""

    text: str
    facts: tuple[tuple[str, str], ...] = ()
    today: date | None = None

    def values(self, kind: str) -> list[str]:
        return [value for found, value in self.facts if found == kind]


@dataclass(frozen=True)
class Fact:
    """`status` is known, skipped, unverified (given up after two tries) or unasked."""

    value: str
    status: str = "known"


@dataclass(frozen=True)
class Wish:
    """Something wanted that is still to come: said already, or begun and put aside (`draft`)."""

    intent: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    draft: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        return {**self.__dict__, "facts": [list(fact) for fact in self.facts]}


def wish_from_json(stored: dict[str, Any]) -> Wish:
    return Wish(**{**stored, "facts": tuple((kind, value) for kind, value in stored["facts"])})


@dataclass(frozen=True)
class Draft:
    """A request being filled.

    `asked` is the fact that was asked for last, or CONFIRM, CHANGE or WHICH_FIRST; `wishes` come
    after it, in order. While it is open which is to be first, `other` is the newer wish and
    `stood` the question that stood before.
    """

    key: str
    intent: str
    severity: int
    severity_words: tuple[str, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)
    asked: str | None = None
    questions: int = 0
    misses: int = 0
    urgent_first: bool = False  # an outage while closed: the ticket first, the rest later
    visitor: bool = False
    reachable: bool = False  # a telephone number is on record
    wishes: tuple[Wish, ...] = ()
    other: Wish | None = None
    stood: str | None = None
    half_phone: str = ""  # a number whose area code is asked for
    told_held_up: bool = False  # that it goes to the channel manager, because the company is

    @property
    def kind(self) -> Kind:
        return KINDS[self.intent]

    def value(self, fact: str) -> str:
        return self.facts[fact].value if fact in self.facts else ""

    def status(self, fact: str) -> str | None:
        return self.facts[fact].status if fact in self.facts else None

    def to_json(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "severity_words": list(self.severity_words),
            "facts": {kind: fact.__dict__ for kind, fact in self.facts.items()},
            "wishes": [wish.to_json() for wish in self.wishes],
            "other": self.other.to_json() if self.other else None,
        }


@dataclass(frozen=True)
class Heard:
    """What a message did: facts noted or corrected, what went wrong, what must be said first.

    `no_answer` means that the message answered nothing: the question that stands is put again.
    `outage` means that the message first told of one while the hotline is closed, `more` that it
    had another wish in it.
    """

    draft: Draft
    noted: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    problem: str | None = None
    gave_up: str | None = None
    skipped: bool = False
    no_answer: bool = False
    outage: bool = False
    more: bool = False


def draft_from_json(stored: dict[str, Any]) -> Draft:
    return Draft(
        **{
            **stored,
            "severity_words": tuple(stored["severity_words"]),
            "facts": {kind: Fact(**fact) for kind, fact in stored["facts"].items()},
            "wishes": tuple(wish_from_json(wish) for wish in stored["wishes"]),
            "other": wish_from_json(stored["other"]) if stored["other"] else None,
        }
    )
