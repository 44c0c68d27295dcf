"""When a turn may be, who is on call at a moment, and where nobody is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from hotline.rota.rules import (
    RotaFault,
    edges_of,
    holes,
    on_call,
    overlapping,
    part_of,
    require_place,
    stretch_of,
    whole_minute,
)

NOW = datetime(2026, 12, 1, 2, 15, 42, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MIDNIGHT = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Shift:
    begins_at: datetime
    ends_at: datetime
    place: int = 1


def shift(begins: float, ends: float, place: int = 1) -> Shift:
    """By hours from midnight."""
    return Shift(MIDNIGHT + begins * HOUR, MIDNIGHT + ends * HOUR, place)


def refused(reason: str) -> "pytest.RaisesExc[RotaFault]":
    return pytest.raises(RotaFault, check=lambda fault: fault.fields["reason"] == reason)


def test_a_turn_is_to_the_minute_and_in_utc() -> None:
    begins = datetime.fromisoformat("2026-12-01T17:00:59.5+08:00")
    ends = datetime.fromisoformat("2026-12-02T09:00:30+08:00")
    assert stretch_of(begins, ends, NOW) == (
        datetime(2026, 12, 1, 9, tzinfo=UTC),
        datetime(2026, 12, 2, 1, tzinfo=UTC),
    )


def test_a_turn_without_a_beginning_begins_now_and_one_of_this_minute_is_not_past() -> None:
    present = whole_minute(NOW)
    assert stretch_of(None, NOW + DAY, NOW) == (present, present + DAY)
    assert stretch_of(present, NOW + DAY, NOW) == (present, present + DAY)


@pytest.mark.parametrize(
    ("begins", "ends", "reason"),
    [
        (NOW + DAY, NOW + DAY, "order"),
        (NOW + DAY, NOW + DAY + timedelta(seconds=10), "order"),
        (NOW + 2 * DAY, NOW + DAY, "order"),
        (NOW - MINUTE, NOW + DAY, "past"),
        (NOW - 2 * DAY, NOW - DAY, "past"),
        (None, NOW - DAY, "order"),
        (NOW, NOW + 31 * DAY + MINUTE, "too_long"),
        (datetime(1, 1, 1, tzinfo=UTC), NOW + DAY, "time"),
        (NOW, datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "time"),
        (datetime(2026, 12, 2), NOW + 2 * DAY, "time"),  # noqa: DTZ001
    ],
)
def test_a_turn_that_cannot_be_is_refused(
    begins: datetime | None, ends: datetime, reason: str
) -> None:
    with refused(reason):
        stretch_of(begins, ends, NOW)


def test_thirty_one_days_are_a_turn() -> None:
    begins, ends = stretch_of(NOW, NOW + 31 * DAY, NOW)
    assert ends - begins == 31 * DAY


@pytest.mark.parametrize("place", [0, 3, -1])
def test_there_are_two_places(place: int) -> None:
    assert [require_place(one) for one in (1, 2)] == [1, 2]
    with refused("place"):
        require_place(place)


def test_overlaps_are_within_one_place_and_turns_may_touch() -> None:
    turns = [shift(0, 9), shift(9, 17, place=2), shift(20, 24)]
    assert overlapping(turns, 1, (MIDNIGHT + 9 * HOUR, MIDNIGHT + 20 * HOUR)) is None
    last_minute = MIDNIGHT + 9 * HOUR - MINUTE
    assert overlapping(turns, 1, (last_minute, last_minute + HOUR)) == turns[0]
    assert overlapping(turns, 1, (MIDNIGHT - DAY, MIDNIGHT + DAY)) == turns[0]
    assert overlapping(turns, 2, (MIDNIGHT + 10 * HOUR, MIDNIGHT + 11 * HOUR)) == turns[1]
    assert overlapping(reversed(turns), 1, (MIDNIGHT, MIDNIGHT + DAY)) == turns[0]


def test_a_turn_lasts_from_its_first_minute_up_to_its_end() -> None:
    turns = [shift(0, 9), shift(9, 17), shift(0, 24, place=2)]
    assert on_call(turns, MIDNIGHT) == turns[0]
    assert on_call(turns, MIDNIGHT + 9 * HOUR - timedelta(seconds=1)) == turns[0]
    assert on_call(turns, MIDNIGHT + 9 * HOUR) == turns[1]
    assert on_call(turns, MIDNIGHT + 17 * HOUR) is None
    assert on_call(turns, MIDNIGHT + 17 * HOUR, place=2) == turns[2]


def test_what_is_left_of_a_turn_goes_to_somebody_else() -> None:
    coming, running = shift(10, 20), shift(0, 9)
    assert part_of(coming, None, None, NOW) == (coming.begins_at, coming.ends_at)
    assert part_of(running, None, None, NOW) == (whole_minute(NOW), running.ends_at)
    part = (MIDNIGHT + 12 * HOUR, MIDNIGHT + 13 * HOUR)
    assert part_of(coming, *part, NOW) == part


@pytest.mark.parametrize(
    ("turn", "begins", "ends", "reason"),
    [
        (shift(0, 2), None, None, "past"),
        (shift(0, 2), MIDNIGHT, MIDNIGHT + HOUR, "past"),
        (shift(0, 9), MIDNIGHT + HOUR, None, "past"),
        (shift(10, 20), MIDNIGHT + 9 * HOUR, None, "outside"),
        (shift(10, 20), None, MIDNIGHT + 21 * HOUR, "outside"),
        (shift(10, 20), MIDNIGHT + 15 * HOUR, MIDNIGHT + 15 * HOUR, "order"),
        (shift(10, 20), None, MIDNIGHT + 10 * HOUR, "order"),
    ],
)
def test_a_part_that_is_none_of_the_turn_is_refused(
    turn: Shift, begins: datetime | None, ends: datetime | None, reason: str
) -> None:
    with refused(reason):
        part_of(turn, begins, ends, NOW)


def test_holes_are_found_at_the_edges_and_in_between() -> None:
    turns = [shift(18, 22), shift(2, 9), shift(9, 12), shift(0, 24, place=2)]
    assert holes(turns, MIDNIGHT, MIDNIGHT + DAY) == [
        (MIDNIGHT, MIDNIGHT + 2 * HOUR),
        (MIDNIGHT + 12 * HOUR, MIDNIGHT + 18 * HOUR),
        (MIDNIGHT + 22 * HOUR, MIDNIGHT + DAY),
    ]
    assert holes(turns, MIDNIGHT, MIDNIGHT + DAY, place=2) == []
    assert holes([], MIDNIGHT, MIDNIGHT + DAY) == [(MIDNIGHT, MIDNIGHT + DAY)]
    assert holes([], MIDNIGHT, MIDNIGHT) == []
    assert holes([shift(-5, 50)], MIDNIGHT, MIDNIGHT + DAY) == []
    assert holes([shift(30, 40)], MIDNIGHT, MIDNIGHT + DAY) == [(MIDNIGHT, MIDNIGHT + DAY)]


def test_a_hole_ends_where_the_turns_around_it_say_also_outside_of_what_was_looked_at() -> None:
    turns = [shift(-30, -20), shift(-40, -35), shift(40, 50), shift(60, 70), shift(-1, 30, 2)]
    hole = (MIDNIGHT, MIDNIGHT + DAY)
    assert edges_of(turns, hole) == (MIDNIGHT - 20 * HOUR, MIDNIGHT + 40 * HOUR)
    assert edges_of(turns[:2], hole) == (MIDNIGHT - 20 * HOUR, None)
    assert edges_of([], hole) == (None, None)


def test_hour_by_hour_it_is_either_somebodys_turn_or_a_hole() -> None:
    chance = Random(7)
    for _ in range(200):
        turns = [
            shift(begins, begins + chance.randint(1, 12), chance.choice((1, 2)))
            for begins in (chance.randint(-10, 60) for _ in range(chance.randint(0, 8)))
        ]
        found = holes(turns, MIDNIGHT, MIDNIGHT + 2 * DAY)
        assert found == sorted(found)
        for hour in range(48):
            at = MIDNIGHT + hour * HOUR
            is_hole = any(since <= at < to for since, to in found)
            assert is_hole == (on_call(turns, at) is None), (turns, at)
