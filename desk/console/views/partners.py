"""A partner company before staff: its people, its records, its tickets."""

from dataclasses import dataclass

from desk.console.views.due import Due, TicketState
from desk.records.shapes import Card


@dataclass(frozen=True, slots=True)
class PersonLine:
    name: str
    roles: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class CompanyTicket:
    """`due` is the promise, or how it was kept."""

    number: str
    subject: str
    url: str
    severity: int
    severity_word: str
    look: TicketState
    state_word: str
    owner: str
    due: Due


@dataclass(frozen=True, slots=True)
class SaidOnce:
    """A rating or a complaint: which ticket, when, and what of it in words."""

    number: str
    url: str
    words: str
    at_words: str
    at_iso: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """`refused` are the records that the reader's role does not read, each with those that do;
    `all_url` finds every ticket of the company."""

    id: str
    name: str
    line: str
    status: str
    people: tuple[PersonLine, ...]
    cards: tuple[Card, ...]
    refused: tuple[Card, ...]
    open_tickets: tuple[CompanyTicket, ...]
    open_count: int
    closed_tickets: tuple[CompanyTicket, ...]
    all_url: str
    ratings: tuple[SaidOnce, ...]
    complaints: tuple[SaidOnce, ...]


@dataclass(frozen=True, slots=True)
class CompanyHit:
    """A company that the words of a search name."""

    id: str
    name: str
    line: str
    url: str
