"""Deadlines with pauses, against a walk that looks at every single minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.calendar.days import (
    PAUSED,
    SPECIAL_CLOSURE,
    SPECIAL_OPENING,
    Hours,
    SpecialDay,
    WeeklyHours,
)
from hotline.calendar.rules import Due, ServiceCalendar
from hotline.calendar.taiwan import official_day
from hotline.deadlines.counting import Pause, due_after

MINUTE = timedelta(minutes=1)
TAIPEI = ZoneInfo("Asia/Taipei")
MORNING, AFTERNOON = Hours.parse("09:00-12:00"), Hours.parse("13:00-17:30")
# A week in which everything happens: Lunar New Year's Eve is Monday 16 February 2026.
CALENDAR = ServiceCalendar(
    WeeklyHours(TAIPEI, (*((MORNING, AFTERNOON),) * 5, (), ())),
    [
        SpecialDay(date(2026, 2, 11), SPECIAL_CLOSURE, "颱風", "Typhoon", (Hours(720, 1440),)),
        SpecialDay(date(2026, 2, 7), SPECIAL_OPENING, "補班", "Make-up day"),
        SpecialDay(date(2026, 2, 10), SPECIAL_CLOSURE, "盤點", "Stocktaking"),
    ],
    official_day,
)
moments = st.datetimes(
    datetime(2026, 2, 5),  # noqa: DTZ001 - hypothesis wants naive bounds
    datetime(2026, 2, 13),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda at: at.replace(second=0, microsecond=0))
pauses = st.lists(
    st.tuples(moments, st.integers(0, 3000)).map(lambda it: Pause(it[0], it[0] + it[1] * MINUTE)),
    max_size=4,
)


def walked(start: datetime, minutes: int, stands: list[Pause]) -> datetime:
    """Minute by minute: the end of the last minute that was needed."""
    at, left = start, minutes
    while left:
        if CALENDAR.is_open(at) and not any(it.began <= at < it.ended for it in stands):
            left -= 1
        at += MINUTE
    return at


def check(due: Due, start: datetime, minutes: int) -> None:
    assert sum(span.minutes for span in due.trace) == minutes
    edges = [start, *(edge for span in due.trace for edge in (span.start, span.end)), due.due_at]
    assert all(left == right for left, right in zip(edges[::2], edges[1::2], strict=True))


@given(moments, st.integers(1, 2000), pauses)
@settings(deadline=None)
def test_it_falls_due_where_a_walk_minute_by_minute_ends(
    start: datetime, minutes: int, stands: list[Pause]
) -> None:
    due = due_after(CALENDAR, start, minutes, stands)
    assert due.due_at == walked(start, minutes, stands)
    check(due, start, minutes)


@given(moments, st.integers(1, 2000))
@settings(deadline=None)
def test_without_a_pause_it_is_the_calendars_own(start: datetime, minutes: int) -> None:
    assert due_after(CALENDAR, start, minutes) == CALENDAR.due(start, minutes)


@given(moments, st.integers(1, 2000), pauses, st.integers(1, 500))
@settings(deadline=None)
def test_a_longer_pause_never_makes_it_due_earlier(
    start: datetime, minutes: int, stands: list[Pause], more: int
) -> None:
    longer = [Pause(it.began, it.ended + more * MINUTE) for it in stands]
    before = due_after(CALENDAR, start, minutes, stands).due_at
    assert due_after(CALENDAR, start, minutes, longer).due_at >= before


def test_what_was_missed_before_the_waiting_began_stays_missed() -> None:
    start = datetime(2026, 2, 5, 1, tzinfo=UTC)  # Thursday 09:00 in Taipei
    waited = Pause(start + 90 * MINUTE, start + 150 * MINUTE)
    assert due_after(CALENDAR, start, 60, [waited]).due_at == start + 60 * MINUTE
    due = due_after(CALENDAR, start, 120, [waited])
    assert due.due_at == start + 180 * MINUTE
    assert [span.why for span in due.trace] == ["counted", PAUSED, "counted"]
