"""Tickets that belong to one: likely duplicates, linked ones, merged ones."""

from dataclasses import dataclass

from desk.console.views.timeline import TicketLink


@dataclass(frozen=True, slots=True)
class AlikeTicket:
    """Another ticket, why it is here, and what may be done: "" where it may not.

    `label` begins what a button says for who does not see beside what it stands.
    """

    ticket: TicketLink
    why_words: str = ""
    link_url: str = ""
    unlink_url: str = ""
    merge_url: str = ""
    unmerge_url: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """`into` is the ticket that this one was merged into; `link_url` and
    `merge_url` take any other by its number."""

    likely: tuple[AlikeTicket, ...] = ()
    linked: tuple[AlikeTicket, ...] = ()
    merged: tuple[AlikeTicket, ...] = ()
    into: AlikeTicket | None = None
    link_url: str = ""
    merge_url: str = ""
