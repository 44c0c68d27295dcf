"""What is to happen to whoever waits for a person. Pure.

A conversation is offered to one person at a time: somebody who is there, takes chats, speaks the
language, has the queue and has room for one more. Who does not accept in time loses the offer, and
so does who goes away; it then goes to the next, and comes back when everybody has had it. After
`widen_after` it is offered whatever the queue. Who has waited `longest` waits no more, nor does
anybody once the hotline closes: it becomes a message with a ticket.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from hotline.staff.rules import ANY_QUEUE, AVAILABLE, is_there

_FEWEST_WAITS = 3  # below these nothing is said of how long it takes


@dataclass(frozen=True)
class Limits:
    chats_at_once: int
    offer_for: timedelta
    widen_after: timedelta
    longest: timedelta
    away_after: timedelta


@dataclass(frozen=True)
class Person:
    """Somebody who handles conversations; `load` counts those held and those offered."""

    staff_id: int
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    stands: str
    beat_at: datetime | None
    load: int
    offered_at: datetime | None = None

    def is_there(self, now: datetime, limits: Limits) -> bool:
        return is_there(self.stands, self.beat_at, now, limits.away_after)


@dataclass(frozen=True)
class Wait:
    """One conversation in line. `passed_by` had the offer; `wished` is whom it was handed to."""

    conversation_id: str
    queue: str
    language: str
    joined_at: datetime
    offered_to: int | None = None
    offered_until: datetime | None = None
    passed_by: frozenset[int] = frozenset()
    wished: int | None = None


@dataclass(frozen=True)
class GiveUp:
    conversation_id: str


@dataclass(frozen=True)
class Lapse:
    """The offer ends; `passed` if the person had their time, not if they have gone."""

    conversation_id: str
    staff_id: int
    passed: bool


@dataclass(frozen=True)
class Offer:
    conversation_id: str
    staff_id: int


Step = GiveUp | Lapse | Offer


def steps(
    waits: Sequence[Wait], people: Iterable[Person], now: datetime, limits: Limits, *, is_open: bool
) -> list[Step]:
    """What is to be done now, whoever waits longest first."""
    by_id = {person.staff_id: person for person in people}
    load = {person.staff_id: person.load for person in by_id.values()}
    found: list[Step] = []
    for wait in sorted(waits, key=lambda one: (one.joined_at, one.conversation_id)):
        if not is_open or now - wait.joined_at >= limits.longest:
            found.append(GiveUp(wait.conversation_id))
            continue
        if wait.offered_to is not None:
            holder = by_id.get(wait.offered_to)
            over = wait.offered_until is None or now >= wait.offered_until
            if over or holder is None or not holder.is_there(now, limits):
                found.append(Lapse(wait.conversation_id, wait.offered_to, over))
            continue
        fit = fitting(wait, by_id.values(), load, now, limits)
        if fit is not None:
            load[fit] += 1
            found.append(Offer(wait.conversation_id, fit))
    return found


def fitting(
    wait: Wait, people: Iterable[Person], load: dict[int, int], now: datetime, limits: Limits
) -> int | None:
    """Who is to be asked: of those who may take it, the one with the least to do, then the one who
    was asked longest ago; nobody twice before the others."""
    may = [person for person in people if _may_take(person, wait, load, now, limits)]
    fresh = [person for person in may if person.staff_id not in wait.passed_by] or may
    if not fresh:
        return None
    wished = [person for person in fresh if person.staff_id == wait.wished]

    def order(person: Person) -> tuple[int, float, int]:
        asked = person.offered_at.timestamp() if person.offered_at else 0.0
        return load[person.staff_id], asked, person.staff_id

    return min(wished or fresh, key=order).staff_id


def _may_take(
    person: Person, wait: Wait, load: dict[int, int], now: datetime, limits: Limits
) -> bool:
    if person.stands != AVAILABLE or not person.is_there(now, limits):
        return False
    if load[person.staff_id] >= limits.chats_at_once or wait.language not in person.languages:
        return False
    widened = now - wait.joined_at >= limits.widen_after
    return (
        widened
        or person.staff_id == wait.wished
        or wait.queue == ANY_QUEUE
        or wait.queue in person.queues
    )


@dataclass(frozen=True)
class Waited:
    """A wait that ended with a person: for how long, and how many were ahead at its beginning."""

    took: timedelta
    ahead: int


def expected_minutes(recent: Sequence[Waited], ahead: int) -> int | None:
    """How long whoever has `ahead` before them may expect to wait; None if too little is known.

    The median of what a place has taken lately, times the places: a few who were taken at once, or
    one who was forgotten, do not move it.
    """
    if len(recent) < _FEWEST_WAITS:
        return None
    per_place = median(one.took.total_seconds() / (one.ahead + 1) for one in recent)
    return max(1, math.ceil(per_place * (ahead + 1) / 60))
