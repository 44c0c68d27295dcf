"""One ticket: its timeline, the brief, the moves it allows and why it is due when it is."""

from dataclasses import dataclass
from typing import Literal

from desk.console.views.queue import Row, TicketState
from desk.console.views.timeline import TicketLink, TimelineItem

FactStatus = Literal["known", "skipped", "unverified", "unasked"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the request; what is not simply known says so in `status_words`."""

    key: str
    label: str
    value: str
    status: FactStatus
    status_words: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Who asks, what they want in their own words, and what is known; "" where nothing is."""

    company: str
    company_line: str
    contact: str
    phone: str
    email: str
    customer: str
    words: str
    intent_words: str
    confidence: float | None
    severity_words_decided: str
    facts: tuple[Fact, ...]
    open_tickets: tuple[TicketLink, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Something that may be done with the ticket now.

    `name` is the core's name of the move (claim, wait_partner, wait_other, resume, resolve,
    reopen); `action` is where the form goes and `state` its hidden field, if any;
    `key` is the letter that does it. A move that needs a text asks for it first.
    """

    name: str
    label: str
    action: str
    needs_text: bool
    style: Literal["primary", "secondary"]
    state: TicketState | None = None
    key: str = ""
    text_label: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedSpan:
    """One line of a deadline's arithmetic; `minutes` is a number, "" where the clock stands."""

    from_words: str
    to_words: str
    minutes: str
    words: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the deadline is when it is: the rule, the spans that add up, and the total."""

    title: str
    rule: str
    lines: tuple[ExplainedSpan, ...]
    total: str
    due_words: str


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Everything on a ticket's page; `claim_lost` names the colleague who claimed it first."""

    row: Row
    timeline: tuple[TimelineItem, ...]
    brief: Brief
    moves: tuple[Move, ...]
    why: Explanation | None
    drafts_key: str
    back_url: str
    conversation_url: str | None = None
    claim_lost: str | None = None
