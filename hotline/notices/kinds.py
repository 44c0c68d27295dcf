"""The kinds of notices by mail: to whom, how much they matter, and when they go. Pure."""

from dataclasses import dataclass
from typing import Literal

PARTNER, STAFF = "partner", "staff"

# Of a partner's notices: a receipt is always sent, what asks something is an own choice.
# Of staff's: what is urgent goes at any hour and cannot be switched off.
Weight = Literal["receipt", "asks", "tells", "urgent"]


@dataclass(frozen=True)
class Kind:
    """`said` stands in the chat as well: by mail only where it was not read there in time."""

    name: str
    to: str
    weight: Weight
    said: bool = False


OPENED, SOLVED, WAITING = "opened", "solved", "waiting"
REMIND_SOLVED, REMIND_WAITING = "remind_solved", "remind_waiting"
LAPSED_SOLVED, LAPSED_WAITING = "lapsed_solved", "lapsed_waiting"
MOVED, LATE, REPLY = "moved", "late", "reply"
ASSIGNED, RAISED, WARNING, COMPLAINT, ON_CALL, DIGEST = (
    "assigned", "raised", "warning", "complaint", "on_call", "digest",
)  # fmt: skip

# A partner's in this order: where one letter tells several, the first of them is its subject.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(SOLVED, PARTNER, "asks", said=True),
        Kind(WAITING, PARTNER, "asks", said=True),
        Kind(REPLY, PARTNER, "tells", said=True),
        Kind(LATE, PARTNER, "tells", said=True),
        Kind(MOVED, PARTNER, "tells", said=True),
        Kind(OPENED, PARTNER, "receipt"),
        Kind(REMIND_SOLVED, PARTNER, "asks"),
        Kind(REMIND_WAITING, PARTNER, "asks"),
        Kind(LAPSED_SOLVED, PARTNER, "tells"),
        Kind(LAPSED_WAITING, PARTNER, "tells"),
        Kind(ASSIGNED, STAFF, "tells"),
        Kind(RAISED, STAFF, "tells"),
        Kind(WARNING, STAFF, "tells"),
        Kind(COMPLAINT, STAFF, "tells"),
        Kind(DIGEST, STAFF, "tells"),
        Kind(ON_CALL, STAFF, "urgent"),
    )
}
SAID = tuple(kind.name for kind in KINDS.values() if kind.said)
# What staff may switch off.
OPTIONAL = tuple(
    kind.name for kind in KINDS.values() if kind.to == STAFF and kind.weight != "urgent"
)

# What a partner chooses from: by mail all, what asks something of them, or receipts only.
ALL, ASKS, RECEIPTS = CHOICES = ("all", "asks", "receipts")
_WANTED: dict[str, tuple[Weight, ...]] = {
    ALL: ("receipt", "asks", "tells"),
    ASKS: ("receipt", "asks"),
    RECEIPTS: ("receipt",),
}


def partner_wants(kind: str, choice: str) -> bool:
    return KINDS[kind].weight in _WANTED[choice]


def first_of(kinds: set[str]) -> str:
    """Of several that one letter tells: what it is about before all."""
    return next(name for name in KINDS if name in kinds)
