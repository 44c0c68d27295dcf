"""What holds for every promise, whatever the week, the special days and the moment."""

from datetime import UTC, date, datetime, timedelta
from itertools import count, islice, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.calendar.days import SPECIAL_CLOSURE, SPECIAL_OPENING, Hours, SpecialDay, WeeklyHours
from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.taiwan import official_day

NEW_YORK = ZoneInfo("America/New_York")
ZONES = [ZoneInfo("Asia/Taipei"), NEW_YORK, ZoneInfo("Asia/Kolkata")]
COUNTING = {"counted", "special_opening"}

# In UTC: Python calls a local time that an autumn night has twice unequal to itself elsewhere.
moments = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    datetime(2027, 12, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
promises = st.integers(0, 10_000)


@st.composite
def day_hours(draw: st.DrawFn) -> tuple[Hours, ...]:
    edges = draw(st.lists(st.integers(0, 96), max_size=6, unique=True).map(sorted))
    return tuple(Hours(a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> ServiceCalendar:
    days = draw(st.lists(day_hours(), min_size=7, max_size=7).filter(any))
    special = [
        SpecialDay(day, why, "", "", hours)
        for day, why, hours in draw(
            st.lists(
                st.tuples(
                    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
                    st.sampled_from([SPECIAL_CLOSURE, SPECIAL_OPENING]),
                    day_hours(),
                ),
                max_size=8,
            )
        )
    ]
    zone = draw(st.sampled_from(ZONES))
    return ServiceCalendar(WeeklyHours(zone, tuple(days)), special, official_day)


@given(calendars(), moments, promises)
@settings(deadline=None)
def test_a_promise_never_falls_due_outside_open_hours(
    calendar: ServiceCalendar, start: datetime, minutes: int
) -> None:
    due_at = calendar.due(start, minutes).due_at
    assert calendar.is_open(due_at) or calendar.is_open(due_at - timedelta(seconds=1))


@given(calendars(), moments, promises)
@settings(deadline=None)
def test_the_counted_minutes_of_the_trace_add_up_to_what_was_asked(
    calendar: ServiceCalendar, start: datetime, minutes: int
) -> None:
    due = calendar.due(start, minutes)
    assert sum(span.minutes for span in due.trace) == minutes
    for span in due.trace:
        length = (span.end - span.start) / timedelta(minutes=1)
        assert span.minutes == (length if span.why in COUNTING else 0)
    assert calendar.open_minutes(start, due.due_at) == minutes


@given(calendars(), moments, promises)
@settings(deadline=None)
def test_the_trace_leads_from_the_start_to_the_deadline_without_a_gap(
    calendar: ServiceCalendar, start: datetime, minutes: int
) -> None:
    due = calendar.due(start, minutes)
    begin = start.replace(second=0, microsecond=0)
    edges = [begin, *(edge for span in due.trace for edge in (span.start, span.end)), due.due_at]
    assert all(left == right for left, right in zip(edges[::2], edges[1::2], strict=True))
    assert all(span.start < span.end for span in due.trace)
    assert all(
        (earlier.why, earlier.day) != (later.why, later.day)
        for earlier, later in pairwise(due.trace)
    )


@given(calendars(), moments, promises)
@settings(deadline=None)
def test_every_stretch_of_the_trace_is_open_exactly_when_it_counts(
    calendar: ServiceCalendar, start: datetime, minutes: int
) -> None:
    for span in calendar.due(start, minutes).trace:
        middle = span.start + (span.end - span.start) / 2
        for moment in (span.start, middle, span.end - timedelta(seconds=1)):
            assert calendar.is_open(moment) == (span.why in COUNTING)


@given(calendars(), moments, promises, st.integers(0, 3000), st.integers(0, 100_000))
@settings(deadline=None)
def test_starting_later_or_promising_longer_never_falls_due_earlier(
    calendar: ServiceCalendar, start: datetime, minutes: int, more: int, later_s: int
) -> None:
    due_at = calendar.due(start, minutes).due_at
    assert calendar.due(start, minutes + more).due_at >= due_at
    assert calendar.due(start + timedelta(seconds=later_s), minutes).due_at >= due_at


@given(calendars(), moments)
@settings(deadline=None)
def test_the_hotline_is_shut_until_it_opens_and_open_until_it_closes(
    calendar: ServiceCalendar, at: datetime
) -> None:
    opens_at = calendar.next_open(at)
    assert calendar.is_open(opens_at)
    assert calendar.open_minutes(at, opens_at) == 0
    assert (opens_at == at) == calendar.is_open(at)
    closes_at = calendar.closes_at(opens_at)
    if closes_at is not None:
        assert not calendar.is_open(closes_at)
        assert calendar.is_open(closes_at - timedelta(seconds=1))


@given(calendars(), moments, st.integers(0, 40))
@settings(deadline=None)
def test_days_of_silence_end_in_open_time_at_the_same_hour_or_the_next_opening(
    calendar: ServiceCalendar, start: datetime, days: int
) -> None:
    ends_at = calendar.open_days_after(start, days)
    assert calendar.is_open(ends_at)
    begin = calendar.next_open(start.replace(second=0, microsecond=0))
    local = begin.astimezone(calendar.timezone)
    coming = (local.date() + timedelta(days=ahead) for ahead in count(1))
    passed = list(islice(filter(calendar.is_open_on, coming), days))
    if not passed:
        assert ends_at == calendar.next_open(begin)
        return
    wall = datetime.combine(passed[-1], local.time(), calendar.timezone).astimezone(UTC)
    assert ends_at >= wall
    assert calendar.open_minutes(wall, ends_at) == 0


@given(calendars(), moments, st.integers(0, 40))
@settings(deadline=None)
def test_exactly_so_many_open_days_lie_between_and_the_rest_of_one_at_most(
    calendar: ServiceCalendar, start: datetime, days: int
) -> None:
    begin = calendar.next_open(start.replace(second=0, microsecond=0))
    first = begin.astimezone(calendar.timezone).date()
    last = calendar.open_days_after(start, days).astimezone(calendar.timezone).date()
    between = range(1, (last - first).days + 1)
    passed = sum(calendar.is_open_on(first + timedelta(days=ahead)) for ahead in between)
    assert passed in (days, days + 1)


@given(calendars(), moments, st.integers(0, 40), st.integers(0, 5), st.integers(0, 500_000))
@settings(deadline=None)
def test_more_days_of_silence_or_a_later_start_never_end_earlier(
    calendar: ServiceCalendar, start: datetime, days: int, more: int, later_s: int
) -> None:
    ends_at = calendar.open_days_after(start, days)
    assert calendar.open_days_after(start, days + more) >= ends_at
    # Where no spring night skips an hour, which would put an earlier wall time behind a later one.
    if calendar.timezone != NEW_YORK:
        later = start + timedelta(seconds=later_s)
        assert calendar.open_days_after(later, days) >= ends_at
