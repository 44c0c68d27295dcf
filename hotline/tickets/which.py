"""Which ticket is meant: the last one spoken of, the newest, or the one that words describe.

Pure rules over the tickets that the asker may see; who that is, `candidates` decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hotline.tickets.ticket import Ticket
from wording import ticket_number
from wording.pointing import Pointing, pointing_in
from wording.text import folded, plain
from wording.tokens import has_cjk, tokens

MOST_OFFERED = 4  # buttons
_TOLD_BY = ("product", "machine_type", "serial", "order_number", "customer")
_SAID_ALOUD = 4  # a fact of so many characters, said anywhere, points at its ticket
_EVERYDAY = frozenset(("the", "a", "an", "of", "for", "one", "ticket", "case", "with", "and"))


@dataclass(frozen=True)
class Meant:
    """The ticket that is meant, or those that it may be; neither where there is none."""

    one: Ticket | None = None
    several: tuple[Ticket, ...] = ()


def which(text: str, tickets: Sequence[Ticket], spoken_of: Ticket | None = None) -> Meant:
    """The ticket that `text` means, among `tickets` (the newest first) and the last one spoken of.

    Without a word about it, it is the last one spoken of, else the only one there is. Words that
    describe none of them ask which one: the wrong ticket must not be acted on.
    """
    pointing = pointing_in(text)
    if pointing.at == "newest" and tickets:
        return Meant(max(tickets, key=lambda ticket: (ticket.opened_at, ticket.id)))
    fitting = described_by(pointing, text, tickets)
    if len(fitting) == 1:
        return Meant(fitting[0])
    if fitting or pointing.at == "described":
        return _either(fitting or tickets)
    if spoken_of is not None:
        return Meant(spoken_of)
    return _either(tickets)


def described_by(pointing: Pointing, text: str, tickets: Sequence[Ticket]) -> list[Ticket]:
    """The tickets that fit best what is said of them; all alike if several do."""
    if pointing.at == "described":
        weights = [_likeness(pointing.words, ticket) for ticket in tickets]
    else:
        weights = [_facts_said(text, ticket) for ticket in tickets]
    best = max(weights, default=0)
    pairs = zip(tickets, weights, strict=True)
    return [ticket for ticket, weight in pairs if best and weight == best]


def completed(text: str, typed: str) -> str | None:
    """The number of which only the end is said after a miss: 「是 118-0」 after T26-000118-7.

    The year is that of the number typed before; the check digit must be right.
    """
    before = "".join(char for char in typed if char.isdigit())
    for token in reversed(tokens(text)):
        digits = "".join(char for char in token.text if char.isdigit())
        whole = all(char.isdigit() or char in "-_." for char in token.text)
        if not whole or not 2 <= len(digits) < len(before):
            continue
        number = ticket_number.write(int(before[:2]), int(digits[:-1]))
        if number[-1] == digits[-1]:
            return number
    return None


def _either(tickets: Sequence[Ticket]) -> Meant:
    if len(tickets) == 1:
        return Meant(tickets[0])
    return Meant(several=tuple(tickets[:MOST_OFFERED]))


def _likeness(words: str, ticket: Ticket) -> int:
    """How much of `words` the ticket has: Latin words whole, Chinese characters by pairs."""
    told = _terms(" ".join([ticket.subject, *_facts(ticket)]))
    return len(_terms(words) & told)


def _facts_said(text: str, ticket: Ticket) -> int:
    """How many of the ticket's own facts are said in `text`, in full."""
    searched = folded(text)
    return sum(len(fact) >= _SAID_ALOUD and folded(fact) in searched for fact in _facts(ticket))


def _facts(ticket: Ticket) -> list[str]:
    return [value for kind in _TOLD_BY if (value := ticket.fact(kind))]


def _terms(text: str) -> set[str]:
    found = tokens(folded(plain(text)))
    latin = {token.text for token in found if not has_cjk(token.text)} - _EVERYDAY
    pairs = {
        one.text + other.text
        for one, other in pairwise(found)
        if has_cjk(one.text) and has_cjk(other.text) and one.end == other.start
    }
    return latin | pairs
