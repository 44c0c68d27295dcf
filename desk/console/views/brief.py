"""The brief beside a ticket or a live chat: who asks, what for, what is known, what was done."""

from dataclasses import dataclass
from typing import Literal

from desk.console.views.due import Due
from desk.console.views.incoming import CameIn
from desk.console.views.timeline import TicketLink

FactStatus = Literal["known", "skipped", "unverified", "unasked", "missing"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the request; what is not simply known says so in `status_words`."""

    key: str
    label: str
    value: str
    status: FactStatus
    status_words: str


@dataclass(frozen=True, slots=True)
class RatingLine:
    """How a contact found it was handled."""

    score: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the company stands, each in a line of words; "" where nothing is said about it.

    `certificates_due` is the one that expires next or has just expired; `open_words` is how much
    is open and how severe, `complaint_url` the ticket of the last complaint.
    """

    certificates: str = ""
    certificates_due: str = ""
    open_words: str = ""
    rating: str = ""
    rating_url: str = ""
    complaint: str = ""
    complaint_url: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The partner's own words."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An article that the assistant answered with, and whether it helped."""

    title: str
    lang: str
    url: str
    words: str
    helped: Literal["yes", "no", ""]


@dataclass(frozen=True, slots=True)
class DueLine:
    """The promise of a chat's ticket that counts now; it is explained in full at `why_url`."""

    due: Due
    owes_words: str
    number: str
    url: str
    why_url: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Who asks, what they want in their own words, and what is known; "" where nothing is.

    `understood` says what the assistant took it for and how surely, `reasons` why it came to a
    person. `open_count` counts the company's other open tickets, also those that are not among the
    links, and `open_url` lists them all.
    """

    company: str
    company_line: str
    company_url: str
    contact: str
    roles: str
    phone: str
    email: str
    customer: str
    standing: Standing
    words: tuple[Said, ...]
    understood: str
    reasons: tuple[str, ...]
    severity_words_decided: str
    facts: tuple[Fact, ...]
    answers: tuple[AnswerLine, ...]
    deadline: DueLine | None
    open_tickets: tuple[TicketLink, ...]
    open_count: int = 0
    open_url: str = ""
    ratings: tuple[RatingLine, ...] = ()
    follows: str = ""
    follows_url: str = ""
    came_in: tuple[CameIn, ...] = ()
