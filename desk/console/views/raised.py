"""Tickets that were brought before somebody who can do more, and complaints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raised:
    """One time that a ticket was brought up: why, before whom, and what has come of it.

    `until_words` says by when somebody is to look at it (`late`: they should have), `seen_words`
    what became of it instead; one of them is "". Notice is taken at `url`, "" where there is none
    to be taken any more.
    """

    id: int
    why_words: str
    to_words: str
    since_words: str
    since_iso: str
    until_words: str = ""
    until_iso: str = ""
    late: bool = False
    seen_words: str = ""
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class RaisedTicket:
    """A ticket that the reader is to look at, with why and by when."""

    raised: Raised
    number: str
    subject: str
    company: str
    severity: int
    severity_word: str
    url: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """Since when a ticket is a complaint, and by when the lead is in touch (`late`: was to be)."""

    since_words: str
    since_iso: str
    until_words: str = ""
    until_iso: str = ""
    late: bool = False
