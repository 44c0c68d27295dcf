"""When promises fall due: cases that the hotline's people would check by hand."""

from datetime import date, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from hotline.calendar.days import SPECIAL_CLOSURE, SPECIAL_OPENING, Hours, SpecialDay, WeeklyHours
from hotline.calendar.rules import Due, ServiceCalendar
from hotline.calendar.taiwan import official_day

TAIPEI = ZoneInfo("Asia/Taipei")
WORKDAY = (Hours.parse("09:00-17:00"),)
WEEK = WeeklyHours(TAIPEI, (WORKDAY,) * 5 + ((), ()))


def calendar(*special: SpecialDay) -> ServiceCalendar:
    return ServiceCalendar(WEEK, special, official_day)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


def typhoon(day: str, *hours: str) -> SpecialDay:
    spans = tuple(map(Hours.parse, hours))
    return SpecialDay(
        date.fromisoformat(day), SPECIAL_CLOSURE, "颱風停班", "Typhoon closure", spans
    )


def opening(day: str, *hours: str) -> SpecialDay:
    spans = tuple(map(Hours.parse, hours))
    return SpecialDay(date.fromisoformat(day), SPECIAL_OPENING, "季末加開", "Extra", spans)


def lines(due: Due) -> list[tuple[str, str, int, str]]:
    return [
        (
            f"{span.start.astimezone(TAIPEI):%m-%d %H:%M}",
            f"{span.end.astimezone(TAIPEI):%m-%d %H:%M}",
            span.minutes,
            span.why,
        )
        for span in due.trace
    ]


@pytest.mark.parametrize(
    ("start", "minutes", "due_at"),
    [
        ("2026-12-01 10:35", 240, "2026-12-01 14:35"),
        ("2026-12-01 15:00", 240, "2026-12-02 11:00"),
        ("2026-12-03 15:50", 240, "2026-12-04 11:50"),
        ("2026-12-04 22:40", 30, "2026-12-07 09:30"),
        ("2026-11-30 11:05", 480, "2026-12-01 11:05"),
        ("2026-12-25 10:00", 30, "2026-12-28 09:30"),
        ("2026-12-25 10:00", 120, "2026-12-28 11:00"),
        ("2026-12-31 16:00", 120, "2027-01-04 10:00"),
        ("2026-02-13 16:00", 120, "2026-02-23 10:00"),
    ],
)
def test_a_promise_counts_only_open_minutes(start: str, minutes: int, due_at: str) -> None:
    assert calendar().due(at(start), minutes).due_at == at(due_at)


def test_a_promise_that_ends_with_the_day_is_due_at_closing_time() -> None:
    assert calendar().due(at("2026-12-01 16:30"), 30).due_at == at("2026-12-01 17:00")


def test_the_seconds_of_the_start_are_dropped_so_a_promise_is_to_the_minute() -> None:
    assert calendar().due(at("2026-12-01 10:15:59"), 30).due_at == at("2026-12-01 10:45")


def test_nothing_to_count_is_over_at_once_or_with_the_next_opening() -> None:
    assert calendar().due(at("2026-12-01 10:00"), 0) == Due(at("2026-12-01 10:00"), ())
    assert calendar().due(at("2026-12-05 10:00"), 0).due_at == at("2026-12-07 09:00")


def test_a_promise_cannot_count_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        calendar().due(at("2026-12-01 10:00"), -1)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        calendar().due(datetime(2026, 12, 1, 10), 30)  # noqa: DTZ001


def test_a_friday_night_is_explained_in_two_lines() -> None:
    assert lines(calendar().due(at("2026-12-04 22:40"), 30)) == [
        ("12-04 22:40", "12-07 09:00", 0, "closed_weekly"),
        ("12-07 09:00", "12-07 09:30", 30, "counted"),
    ]


def test_a_holiday_stands_in_the_explanation_by_its_name() -> None:
    due = calendar().due(at("2026-12-25 10:00"), 30)
    assert lines(due) == [
        ("12-25 10:00", "12-26 00:00", 0, "holiday"),
        ("12-26 00:00", "12-28 09:00", 0, "closed_weekly"),
        ("12-28 09:00", "12-28 09:30", 30, "counted"),
    ]
    assert due.trace[0].day is not None
    assert due.trace[0].day.name("en") == "Constitution Day"


def test_a_typhoon_moves_a_promise_to_the_next_open_day() -> None:
    due = calendar(typhoon("2026-12-02")).due(at("2026-12-01 16:00"), 120)
    assert lines(due) == [
        ("12-01 16:00", "12-01 17:00", 60, "counted"),
        ("12-01 17:00", "12-02 00:00", 0, "closed_weekly"),
        ("12-02 00:00", "12-03 00:00", 0, "special_closure"),
        ("12-03 00:00", "12-03 09:00", 0, "closed_weekly"),
        ("12-03 09:00", "12-03 10:00", 60, "counted"),
    ]


def test_a_closure_of_some_hours_takes_only_those() -> None:
    due = calendar(typhoon("2026-12-01", "12:00-15:00")).due(at("2026-12-01 11:00"), 120)
    assert lines(due) == [
        ("12-01 11:00", "12-01 12:00", 60, "counted"),
        ("12-01 12:00", "12-01 15:00", 0, "special_closure"),
        ("12-01 15:00", "12-01 16:00", 60, "counted"),
    ]


def test_a_closure_of_several_days_is_one_line() -> None:
    due = calendar(typhoon("2026-12-02"), typhoon("2026-12-03")).due(at("2026-12-02 10:00"), 60)
    assert lines(due)[0] == ("12-02 10:00", "12-04 00:00", 0, "special_closure")


def test_a_make_up_saturday_has_the_hours_of_a_working_day() -> None:
    due = calendar(opening("2026-12-05")).due(at("2026-12-04 16:30"), 60)
    assert lines(due) == [
        ("12-04 16:30", "12-04 17:00", 30, "counted"),
        ("12-04 17:00", "12-05 09:00", 0, "closed_weekly"),
        ("12-05 09:00", "12-05 09:30", 30, "special_opening"),
    ]


def test_an_opening_may_have_hours_of_its_own() -> None:
    due = calendar(opening("2026-12-05", "10:00-12:00")).due(at("2026-12-05 08:00"), 150)
    assert due.due_at == at("2026-12-07 09:30")


def test_an_opening_on_a_holiday_counts_and_the_rest_of_the_day_stays_a_holiday() -> None:
    due = calendar(opening("2026-12-25", "09:00-12:00")).due(at("2026-12-25 10:00"), 180)
    assert lines(due)[:2] == [
        ("12-25 10:00", "12-25 12:00", 120, "special_opening"),
        ("12-25 12:00", "12-26 00:00", 0, "holiday"),
    ]


def test_a_closure_wins_over_an_opening_of_the_same_day() -> None:
    both = calendar(opening("2026-12-05"), typhoon("2026-12-05", "09:00-12:00"))
    assert both.due(at("2026-12-05 09:00"), 60).due_at == at("2026-12-05 13:00")


def test_several_spans_of_a_day_leave_the_lunch_hour_out() -> None:
    halves = (Hours.parse("09:00-12:00"), Hours.parse("13:00-17:00"))
    week = WeeklyHours(TAIPEI, (halves,) * 5 + ((), ()))
    due = ServiceCalendar(week).due(at("2026-12-01 11:30"), 60)
    assert due.due_at == at("2026-12-01 13:30")


def test_a_calendar_of_day_and_night_counts_every_minute_in_one_line() -> None:
    always = ServiceCalendar(WeeklyHours(TAIPEI, ((Hours.parse("00:00-24:00"),),) * 7))
    due = always.due(at("2026-12-04 22:40"), 3000)
    assert lines(due) == [("12-04 22:40", "12-07 00:40", 3000, "counted")]


def test_a_night_on_which_the_clocks_change_has_the_minutes_that_really_pass() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    nights = WeeklyHours(berlin, ((Hours.parse("00:00-06:00"),),) * 7)
    start = datetime(2026, 3, 29, 0, 0, tzinfo=berlin)  # 02:00 becomes 03:00
    assert ServiceCalendar(nights).due(start, 300).due_at == datetime(
        2026, 3, 29, 6, 0, tzinfo=berlin
    )


def test_a_year_ahead_is_found_within_five_milliseconds() -> None:
    known = calendar()
    taken = []
    for _ in range(5):
        began = perf_counter()
        due = known.due(at("2026-12-01 10:00"), 245 * 480)
        taken.append(perf_counter() - began)
    assert due.due_at > at("2027-11-30 00:00")
    assert min(taken) < 0.005
