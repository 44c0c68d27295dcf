"""The one clock of all processes: moved, ticking on, and real in production."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from hotline.clock import Clock, parse_duration, parse_time
from hotline.errors import BadInput, NotAllowed, SettingsError

TAIPEI = timezone(timedelta(hours=8))
MOVED = datetime(2026, 12, 1, 10, 15, tzinfo=TAIPEI)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "clock"


@pytest.fixture
def clock(path: Path) -> Clock:
    return Clock(path, "development")


def other_process(path: Path) -> Clock:
    return Clock(path, "development")


def test_an_unmoved_clock_tells_the_real_time_in_utc(clock: Clock) -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().tzinfo is UTC


def test_a_moved_clock_goes_on_from_the_time_it_was_set_to(clock: Clock) -> None:
    clock.set(MOVED)
    first, second = clock.now(), clock.now()
    assert MOVED <= first <= second < MOVED + A_MINUTE


def test_every_process_sees_the_same_moved_time(clock: Clock, path: Path) -> None:
    clock.set(MOVED)
    assert abs(other_process(path).now() - clock.now()) < A_MINUTE


def test_a_running_process_notices_that_another_moved_the_clock(clock: Clock, path: Path) -> None:
    running = other_process(path)
    assert running.now() - datetime.now(UTC) < A_MINUTE
    clock.set(MOVED)
    until = datetime.now(UTC) + timedelta(seconds=2)
    while abs(running.now() - MOVED) > A_MINUTE:
        assert datetime.now(UTC) < until


def test_advancing_adds_to_the_time_that_another_process_set(clock: Clock, path: Path) -> None:
    other_process(path).set(MOVED)
    clock.advance(timedelta(hours=6))
    assert abs(clock.now() - MOVED - timedelta(hours=6)) < A_MINUTE
    clock.advance(timedelta(hours=-1))
    assert abs(clock.now() - MOVED - timedelta(hours=5)) < A_MINUTE


def test_the_clock_goes_back_to_the_real_time(clock: Clock, path: Path) -> None:
    clock.set(MOVED)
    clock.real()
    clock.real()
    assert abs(clock.now() - datetime.now(UTC)) < A_MINUTE
    assert not path.exists()


def test_the_file_says_to_what_time_the_clock_was_moved(clock: Clock, path: Path) -> None:
    clock.set(MOVED)
    assert json.loads(path.read_text(encoding="ascii"))["to"] == "2026-12-01T02:15:00+00:00"
    assert [file.name for file in path.parent.iterdir()] == ["clock"]


def test_a_time_without_a_zone_does_not_move_the_clock(clock: Clock, path: Path) -> None:
    with pytest.raises(BadInput, match="zone"):
        clock.set(datetime(2026, 12, 1))  # noqa: DTZ001
    assert not path.exists()


def test_a_time_beyond_the_calendar_is_refused(clock: Clock) -> None:
    with pytest.raises(BadInput, match="further"):
        clock.advance(timedelta(days=9_000_000))


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"to": "noon", "moved_at": "noon"}'])
def test_a_damaged_file_is_named_and_can_be_set_right(
    clock: Clock, path: Path, content: str
) -> None:
    path.parent.mkdir()
    path.write_text(content, encoding="ascii")
    with pytest.raises(SettingsError, match="damaged"):
        clock.now()
    clock.real()
    assert abs(clock.now() - datetime.now(UTC)) < A_MINUTE


def test_the_environment_starts_the_clock_at_its_time(clock: Clock) -> None:
    clock.apply_environment({"HOTLINE_CLOCK": "2026-12-01T10:15:00+08:00"})
    assert abs(clock.now() - MOVED) < A_MINUTE


def test_an_environment_without_a_time_leaves_the_clock_as_it_is(clock: Clock) -> None:
    clock.set(MOVED)
    clock.apply_environment({"HOTLINE_CLOCK": ""})
    clock.apply_environment({})
    assert abs(clock.now() - MOVED) < A_MINUTE


@pytest.mark.parametrize("text", ["tomorrow", "2026-12-01T10:15:00"])
def test_a_bad_time_in_the_environment_stops_the_start_by_its_name(clock: Clock, text: str) -> None:
    with pytest.raises(SettingsError, match="HOTLINE_CLOCK"):
        clock.apply_environment({"HOTLINE_CLOCK": text})


def test_in_production_nothing_moves_the_clock(clock: Clock, path: Path) -> None:
    clock.set(MOVED)
    production = Clock(path, "production")
    assert abs(production.now() - datetime.now(UTC)) < A_MINUTE
    with pytest.raises(NotAllowed):
        production.set(MOVED)
    with pytest.raises(NotAllowed):
        production.advance(A_MINUTE)
    with pytest.raises(NotAllowed):
        production.real()
    with pytest.raises(SettingsError, match="HOTLINE_CLOCK"):
        production.apply_environment({"HOTLINE_CLOCK": "2026-12-01T10:15:00+08:00"})
    assert path.exists()


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("6h", timedelta(hours=6)),
        ("90m", timedelta(minutes=90)),
        ("2d", timedelta(days=2)),
        ("45s", timedelta(seconds=45)),
        (" 1d12h ", timedelta(days=1.5)),
    ],
)
def test_durations_are_read_as_people_write_them(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", ["", "6", "h", "-6h", "6 h", "1.5h", "6w", "６h", "9999999d"])
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(BadInput, match="duration"):
        parse_duration(text)


def test_a_time_without_a_zone_is_read_in_the_given_one() -> None:
    assert parse_time("2026-12-01T10:15:00", TAIPEI) == MOVED
    assert parse_time("2026-12-01T02:15:00Z", TAIPEI) == MOVED
