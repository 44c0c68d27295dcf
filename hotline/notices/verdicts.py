"""Whether a notice goes, waits or is dropped, at the moment at which it is due. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from hotline.notices import kinds

LOOK_AGAIN = timedelta(minutes=1)  # a page listens and has not fetched the message yet

Why = Literal["nobody", "uncertain", "unwanted", "over", "read"]


@dataclass(frozen=True)
class Seen:
    """What is known. `reads_there`: the message has not reached the page, which listens though.

    `opens_at` is None while the hotline is open.
    """

    is_anybody: bool
    is_certain: bool
    is_wanted: bool
    holds: bool
    is_read: bool
    reads_there: bool
    opens_at: datetime | None
    partners_at_night: bool


@dataclass(frozen=True)
class Verdict:
    """Dropped because of `why`, waiting until `hold`, or neither: it goes."""

    why: Why | None = None
    hold: datetime | None = None


def verdict(name: str, seen: Seen, now: datetime) -> Verdict:
    kind = kinds.KINDS[name]
    why = _dropped(kind, seen)
    if why:
        return Verdict(why)
    if kind.said and seen.reads_there:
        return Verdict(hold=now + LOOK_AGAIN)
    if seen.opens_at is not None and not _goes_at_night(kind, seen):
        return Verdict(hold=seen.opens_at)
    return Verdict()


def _dropped(kind: kinds.Kind, seen: Seen) -> Why | None:
    if not seen.is_anybody:
        return "nobody"
    if kind.name == kinds.OPENED and not seen.is_certain:
        return "uncertain"  # whoever typed a stranger's address would have it written to
    if kind.weight != "urgent" and not seen.is_wanted:
        return "unwanted"
    if not seen.holds:
        return "over"
    return "read" if seen.is_read else None


def _goes_at_night(kind: kinds.Kind, seen: Seen) -> bool:
    if kind.to == kinds.STAFF:
        return kind.weight == "urgent"
    return seen.partners_at_night
