"""The page of what could not be delivered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UndeliveredRow:
    """`url` leads to the ticket, `to_url` to where the address is looked up, if the reader may open
    them; the rest is in words."""

    id: int
    what: str
    number: str
    url: str
    to: str
    to_url: str
    company: str
    why: str
    tried_words: str
    tried_iso: str
    tries: int


@dataclass(frozen=True, slots=True)
class UndeliveredPage:
    """`is_cut`: there are more than the page shows."""

    rows: tuple[UndeliveredRow, ...]
    is_cut: bool
    done_words: str
