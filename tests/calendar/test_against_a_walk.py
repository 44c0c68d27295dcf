"""The calendar's arithmetic against a walk minute by minute, over years with all that happens."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.calendar.days import Hours, WeeklyHours
from hotline.calendar.plan import CLOSED, OPEN, SUDDEN, Exceptional, Plan
from hotline.calendar.taiwan import official_day
from tests.calendar.walk import Walk

TAIPEI = ZoneInfo("Asia/Taipei")
FIRST, DAYS = datetime(2024, 1, 1, tzinfo=TAIPEI), 6 * 365 + 2


def declared(kind: str, day: str, *hours: str) -> Exceptional:
    return Exceptional(kind, date.fromisoformat(day), "原因", "why", tuple(map(Hours.parse, hours)))


PLAN = Plan(
    WeeklyHours(
        TAIPEI,
        (
            *((Hours.parse("09:00-12:00"), Hours.parse("13:00-17:00")),) * 4,
            (Hours.parse("09:00-15:30"),),
            (),
            (),
        ),
    ),
    exceptions=(
        declared(CLOSED, "2024-02-29"),
        declared(CLOSED, "2026-12-24", "13:00-24:00"),
        declared(OPEN, "2026-02-14"),  # before the Lunar New Year
        declared(OPEN, "2026-02-17", "10:00-11:00"),  # on it
        declared(OPEN, "2028-02-29", "17:00-24:00"),
        declared(SUDDEN, "2026-08-12", "11:27-24:00"),
        declared(SUDDEN, "2028-03-01", "00:00-10:01"),
        declared(OPEN, "2028-03-04"),  # a Saturday, and its first hour is not open after all
        declared(CLOSED, "2028-03-04", "09:00-10:00"),
    ),
)
CALENDAR = PLAN.calendar(official_day)
WALK = Walk(PLAN.hours.days, [it.special for it in PLAN.exceptions], official_day, FIRST, DAYS)

NEW_YEARS = (date(2025, 1, 26), date(2027, 2, 4), date(2028, 1, 25))

starts = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    datetime(2029, 6, 1),  # noqa: DTZ001
    timezones=st.just(TAIPEI),
)
# Where something happens: around each exception, leap days, and the Lunar New Year.
edges = st.builds(
    lambda day, minutes: (
        datetime(day.year, day.month, day.day, tzinfo=TAIPEI) + timedelta(minutes=minutes)
    ),
    st.sampled_from(
        [
            *(it.day for it in PLAN.exceptions),
            date(2025, 1, 26),
            date(2027, 2, 4),
            date(2028, 1, 25),
        ]
    ),
    st.integers(-3000, 3000),
)


@given(starts | edges, st.integers(0, 4000))
@settings(deadline=None, max_examples=1000)
def test_what_falls_due_is_where_the_walk_ends(start: datetime, minutes: int) -> None:
    assert CALENDAR.due(start, minutes).due_at == WALK.due(start, minutes)


@given(starts | edges, st.integers(1, 3000), st.integers(1, 3000))
@settings(deadline=None)
def test_two_promises_one_after_the_other_are_as_long_as_one(
    start: datetime, first: int, second: int
) -> None:
    then = CALENDAR.due(start, first).due_at
    assert CALENDAR.due(then, second).due_at == CALENDAR.due(start, first + second).due_at
