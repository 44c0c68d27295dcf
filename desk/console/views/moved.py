"""A ticket whose promise a change of hours or rules would move."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MovedTicket:
    number: str
    url: str
    company: str
    before_words: str
    after_words: str
