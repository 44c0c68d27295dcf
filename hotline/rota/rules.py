"""What holds for turns: when they may be, who is on call at a moment, where nobody is. Pure.

A turn lasts from its first minute up to its end, which belongs to the next one. All times are UTC
and to the minute. What a rota may not have is refused with a code (`RotaFault`).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from hotline.errors import BadInput

FIRST, SECOND = 1, 2
PLACES = (FIRST, SECOND)
LONGEST = timedelta(days=31)

_FIRST_YEAR, _LAST_YEAR = 2000, 2200  # far from the ends of the calendar, where sums fail


class RotaFault(BadInput):
    """A turn that cannot be: `fields["reason"]` is its code.

    time, order, too_long, past, place, overlap, staff, same, outside.
    """

    def __init__(self, reason: str, message: str, **fields: Any) -> None:
        super().__init__(message, reason=reason, **fields)


class Turn(Protocol):
    @property
    def place(self) -> int: ...
    @property
    def begins_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


T = TypeVar("T", bound=Turn)
Stretch = tuple[datetime, datetime]


def whole_minute(at: datetime) -> datetime:
    """`at` in UTC, its seconds dropped; RotaFault `time` without a zone or far from our days."""
    if at.tzinfo is None:
        raise RotaFault("time", "the time needs its zone, such as 2026-12-01T10:15:00+08:00")
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise RotaFault("time", f"the time must lie in the years {_FIRST_YEAR} to {_LAST_YEAR}")
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def stretch_of(begins_at: datetime | None, ends_at: datetime, now: datetime) -> Stretch:
    """When a new turn is, to the minute; without a beginning from `now` on.

    RotaFault: order, too_long, or past, since nobody is put on call for a time that has gone.
    """
    present = whole_minute(now)
    begins_at = present if begins_at is None else whole_minute(begins_at)
    ends_at = whole_minute(ends_at)
    if begins_at >= ends_at:
        raise RotaFault("order", "the turn must end after it begins")
    if begins_at < present:
        raise RotaFault("past", "the turn would begin in the past; it may begin now")
    if ends_at - begins_at > LONGEST:
        raise RotaFault("too_long", f"a turn lasts {LONGEST.days} days at most")
    return begins_at, ends_at


def part_of(
    turn: Turn, begins_at: datetime | None, ends_at: datetime | None, now: datetime
) -> Stretch:
    """The part of `turn` that goes to somebody else: all that is left of it, or from and up to.

    RotaFault: past, order, or outside where it is not within the turn.
    """
    present = whole_minute(now)
    if turn.ends_at <= present:
        raise RotaFault("past", "the turn is over")
    begins = max(turn.begins_at, present) if begins_at is None else whole_minute(begins_at)
    ends = turn.ends_at if ends_at is None else whole_minute(ends_at)
    if begins >= ends:
        raise RotaFault("order", "the part must end after it begins")
    if begins < turn.begins_at or ends > turn.ends_at:
        raise RotaFault("outside", "the part must lie within the turn")
    if begins < present:
        raise RotaFault("past", "that part of the turn has gone; what is left of it can be swapped")
    return begins, ends


def require_place(place: int) -> int:
    if place not in PLACES:
        raise RotaFault("place", "the place is 1 (alerted first) or 2")
    return place


def overlapping(turns: Iterable[T], place: int, stretch: Stretch) -> T | None:
    """The first of the turns at `place` that has a minute of `stretch`."""
    begins_at, ends_at = stretch
    meeting = (it for it in turns if it.place == place)
    meeting = (it for it in meeting if it.begins_at < ends_at and begins_at < it.ends_at)
    return min(meeting, key=lambda it: it.begins_at, default=None)


def on_call(turns: Iterable[T], at: datetime, place: int = FIRST) -> T | None:
    """Whose turn it is at `place`."""
    return next((it for it in turns if it.place == place and it.begins_at <= at < it.ends_at), None)


def holes(
    turns: Iterable[Turn], start: datetime, end: datetime, place: int = FIRST
) -> list[Stretch]:
    """Every stretch between `start` and `end` in which it is nobody's turn at `place`, in order."""
    found = list[Stretch]()
    covered = start
    for turn in _in_order(turns, place):
        if turn.begins_at >= end:
            break
        if turn.begins_at > covered:
            found.append((covered, turn.begins_at))
        covered = max(covered, turn.ends_at)
    if covered < end:
        found.append((covered, end))
    return found


def edges_of(
    turns: Iterable[Turn], hole: Stretch, place: int = FIRST
) -> tuple[datetime | None, datetime | None]:
    """Where a hole really begins and ends, also outside of the time that was looked at.

    None where no turn is before it, or behind it.
    """
    around = list(turns)
    before = [it.ends_at for it in around if it.place == place and it.ends_at <= hole[0]]
    behind = [it.begins_at for it in around if it.place == place and it.begins_at >= hole[1]]
    return max(before, default=None), min(behind, default=None)


def _in_order(turns: Iterable[Turn], place: int) -> Sequence[Turn]:
    return sorted((it for it in turns if it.place == place), key=lambda it: it.begins_at)
