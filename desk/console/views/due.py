"""How a ticket stands and when it is due, as every list and page shows it."""

from dataclasses import dataclass
from typing import Literal

TicketState = Literal["new", "open", "waiting_partner", "waiting_other", "resolved", "closed"]
DueKind = Literal["overdue", "soon", "course", "paused", "kept", "missed"]


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: how it stands in `words`, when it is in `at_words`, `share` used in per cent.

    `what` is due in a word or two, while something is.
    """

    kind: DueKind
    words: str
    at_words: str
    at_iso: str
    share: int
    what: str = ""
