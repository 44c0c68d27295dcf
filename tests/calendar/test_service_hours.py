"""When the hotline is open, by the settings, the holidays and the days that were declared."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hotline.calendar.days import Hours, SpecialDay, WeeklyHours
from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.service import Calendars
from hotline.calendar.taiwan import official_day
from hotline.settings import Settings, SpecialDaySettings, load_settings

TAIPEI = ZoneInfo("Asia/Taipei")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("HOTLINE_VAR_DIR", str(tmp_path))
    return load_settings()


@pytest.fixture
def calendar(settings: Settings) -> ServiceCalendar:
    return Calendars(settings).present


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-12-01 08:59:59", False),
        ("2026-12-01 09:00", True),
        ("2026-12-01 16:59:59", True),
        ("2026-12-01 17:00", False),
        ("2026-12-05 10:00", False),  # a Saturday
        ("2026-12-25 10:00", False),  # Constitution Day
    ],
)
def test_the_hotline_is_open_on_working_days_from_nine_to_five(
    calendar: ServiceCalendar, moment: str, is_open: bool
) -> None:
    assert calendar.is_open(at(moment)) is is_open


def test_after_closing_the_next_opening_is_named(calendar: ServiceCalendar) -> None:
    assert calendar.next_open(at("2026-12-24 17:00")) == at("2026-12-28 09:00")
    assert calendar.closes_at(at("2026-12-24 17:00")) is None


def test_while_open_the_closing_time_is_named(calendar: ServiceCalendar) -> None:
    assert calendar.closes_at(at("2026-12-01 10:15")) == at("2026-12-01 17:00")
    assert calendar.next_open(at("2026-12-01 10:15")) == at("2026-12-01 10:15")


def test_a_hotline_that_never_closes_has_no_closing_time() -> None:
    always = ServiceCalendar(WeeklyHours(TAIPEI, ((Hours.parse("00:00-24:00"),),) * 7))
    assert always.closes_at(at("2026-12-01 10:15")) is None


def test_openings_that_meet_are_one_opening() -> None:
    day = date(2026, 12, 1)
    extra = SpecialDay(day, "special_opening", "加開", "Extra", (Hours.parse("17:00-20:00"),))
    week = WeeklyHours(TAIPEI, ((Hours.parse("09:00-17:00"),),) * 7)
    longer = ServiceCalendar(week, [extra])
    assert longer.closes_at(at("2026-12-01 10:00")) == at("2026-12-01 20:00")


def test_open_minutes_between_two_moments_leave_nights_and_weekends_out(
    calendar: ServiceCalendar,
) -> None:
    assert calendar.open_minutes(at("2026-12-04 16:00"), at("2026-12-07 09:30")) == 90
    assert calendar.open_minutes(at("2026-12-07 09:30"), at("2026-12-04 16:00")) == 0


def test_a_closure_and_an_opening_of_the_settings_are_in_the_calendar(settings: Settings) -> None:
    typhoon = SpecialDaySettings(
        date=date(2026, 12, 1), name_zh="颱風停班", name_en="Typhoon", spans=("12:00-17:00",)
    )
    saturday = SpecialDaySettings(date=date(2026, 12, 5), name_zh="加開", name_en="Extra opening")
    declared = settings.model_copy(update={"closures": (typhoon,), "openings": (saturday,)})
    calendar = Calendars(declared).present
    assert calendar.closes_at(at("2026-12-01 10:00")) == at("2026-12-01 12:00")
    assert calendar.is_open(at("2026-12-05 10:00"))
    reason = calendar.day_reason(date(2026, 12, 1))
    assert reason is not None
    assert (reason.why, reason.name("en")) == ("special_closure", "Typhoon")


def test_round_the_clock_has_a_calendar_of_its_own(settings: Settings) -> None:
    night = at("2026-12-04 22:40")
    calendars = Calendars(settings)
    assert calendars.day_and_night.due(night, 30).due_at == at("2026-12-04 23:10")
    assert calendars.present.due(night, 30).due_at == at("2026-12-07 09:30")


def test_an_ordinary_day_has_no_special_reason(calendar: ServiceCalendar) -> None:
    assert calendar.day_reason(date(2026, 12, 1)) is None
    assert official_day(date(2026, 12, 1)) is None


@pytest.mark.parametrize(
    "text", ["9-17", "09:00–17:00", "17:00-09:00", "09:00-09:00", "09:00-24:30", "09:60-17:00", ""]
)
def test_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="hours"):
        Hours.parse(text)


def test_a_week_that_is_never_open_or_overlaps_is_refused() -> None:
    with pytest.raises(ValueError, match="one of them open"):
        WeeklyHours(TAIPEI, ((),) * 7)
    overlapping = (Hours.parse("09:00-12:00"), Hours.parse("11:00-17:00"))
    with pytest.raises(ValueError, match="in order"):
        WeeklyHours(TAIPEI, (overlapping,) * 7)


@pytest.mark.parametrize(
    ("start", "days", "ends"),
    [
        ("2026-12-01 10:15:40", 1, "2026-12-02 10:15"),
        ("2026-12-04 10:15", 1, "2026-12-07 10:15"),  # over a weekend
        ("2026-12-24 10:15", 3, "2026-12-30 10:15"),  # and Constitution Day
        ("2026-12-01 22:40", 1, "2026-12-03 09:00"),  # the day after, at that hour, it is closed
        ("2026-12-05 10:15", 2, "2026-12-09 09:00"),  # from a Saturday
        ("2026-12-05 10:15", 0, "2026-12-07 09:00"),
    ],
)
def test_days_of_silence_are_days_on_which_the_hotline_is_open(
    calendar: ServiceCalendar, start: str, days: int, ends: str
) -> None:
    assert calendar.open_days_after(at(start), days) == at(ends)


def test_days_of_silence_need_a_zone_and_never_run_backwards(calendar: ServiceCalendar) -> None:
    for start, days in ((at("2026-12-01 10:15"), -1), (datetime(2026, 12, 1), 1)):  # noqa: DTZ001
        with pytest.raises(ValueError, match="cannot be"):
            calendar.open_days_after(start, days)
