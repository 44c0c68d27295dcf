"""A request being filled before it is a ticket, and what one message did to it. Pure data."""

from dataclasses import dataclass, field
from typing import Any

from hotline.tickets.kinds import KINDS, Kind

CONFIRM, CHANGE = "confirm", "change"


@dataclass(frozen=True)
class Said:
    """One message: its raw text and the facts the engine found, as (kind, value)."""

    text: str
    facts: tuple[tuple[str, str], ...] = ()

    def values(self, kind: str) -> list[str]:
        return [value for found, value in self.facts if found == kind]


@dataclass(frozen=True)
class Fact:
    """`status` is known, skipped, unverified (given up after two tries) or unasked."""

    value: str
    status: str = "known"


@dataclass(frozen=True)
class Draft:
    """A request being filled. `asked` is the fact that was asked for last, or CONFIRM or CHANGE."""

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
        }


@dataclass(frozen=True)
class Heard:
    """What a message did: facts noted or corrected, what went wrong, what must be said first.

    `no_answer` means that the message answered nothing: the question that stands is put again.
    `outage` means that the message first told of one while the hotline is closed.
    """

    draft: Draft
    noted: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    problem: str | None = None
    gave_up: str | None = None
    skipped: bool = False
    no_answer: bool = False
    outage: bool = False


def draft_from_json(stored: dict[str, Any]) -> Draft:
    return Draft(
        **{
            **stored,
            "severity_words": tuple(stored["severity_words"]),
            "facts": {kind: Fact(**fact) for kind, fact in stored["facts"].items()},
        }
    )
