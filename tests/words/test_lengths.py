"""What is left of a promise, how late it is, and why it is due when it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from hotline.calendar.days import Hours, SpecialDay, WeeklyHours
from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.taiwan import official_day
from hotline.words import Words, load_words

TAIPEI = ZoneInfo("Asia/Taipei")
WEEK = WeeklyHours(TAIPEI, ((Hours.parse("09:00-17:00"),),) * 5 + ((), ()))
CALENDAR = ServiceCalendar(
    WEEK,
    [SpecialDay(date(2026, 12, 5), "special_opening", "季末加開", "Quarter-end opening")],
    official_day,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


@pytest.fixture
def words() -> Words:
    return load_words(CALENDAR)


@pytest.mark.parametrize(
    ("now", "due_at", "chinese", "english"),
    [
        ("2026-12-01 10:34", "2026-12-01 11:15", "剩 41 分", "41 min left"),
        ("2026-12-01 10:00", "2026-12-01 13:10", "剩 3 時 10 分", "3 h 10 min left"),
        ("2026-12-01 10:00", "2026-12-01 13:00", "剩 3 時", "3 h left"),
        ("2026-12-01 10:00", "2026-12-01 10:00", "剩 0 分", "0 min left"),
        ("2026-12-01 16:30", "2026-12-02 09:30", "剩 1 時", "1 h left"),
        ("2026-12-01 10:00", "2026-12-02 11:30", "剩 9 營業時", "9 business hours left"),
        ("2026-12-24 16:00", "2026-12-28 09:30", "剩 1 營業時", "1 business hour left"),
        ("2026-12-24 16:45", "2026-12-28 09:30", "剩 45 分", "45 min left"),
        ("2026-12-01 10:34", "2026-12-01 10:22", "逾時 12 分", "12 min overdue"),
        ("2026-12-01 10:22:30", "2026-12-01 10:22", "逾時 1 分", "1 min overdue"),
        ("2026-12-01 20:00", "2026-12-01 16:30", "逾時 30 分", "30 min overdue"),
        ("2026-12-03 10:00", "2026-12-01 10:00", "逾時 16 營業時", "16 business hours overdue"),
    ],
)
def test_left_and_late_are_told_in_open_minutes(
    words: Words, now: str, due_at: str, chinese: str, english: str
) -> None:
    assert words.left(at(due_at), at(now), "zh-TW") == chinese
    assert words.left(at(due_at), at(now), "en") == english


def test_a_deadline_is_explained_line_by_line(words: Words) -> None:
    due = CALENDAR.due(at("2026-12-04 16:00"), 600)
    assert words.why(due, "zh-TW") == (
        "12/4（五）16:00–17:00 服務時間，計 1 時",
        "12/4（五）17:00–12/5（六）9:00 非服務時間，不計",
        "12/5（六）9:00–17:00 季末加開，計 8 時",
        "12/5（六）17:00–12/7（一）9:00 非服務時間，不計",
        "12/7（一）9:00–10:00 服務時間，計 1 時",
    )


def test_a_whole_day_off_is_named_by_its_date_alone(words: Words) -> None:
    due = CALENDAR.due(at("2026-12-24 16:30"), 60)
    assert words.why(due, "en") == (
        "Thu 24 Dec 16:30–17:00: open, 30 min counted",
        "Thu 24 Dec 17:00–Fri 25 Dec 0:00: closed, not counted",
        "Fri 25 Dec: Constitution Day, not counted",
        "Sat 26 Dec 0:00–Mon 28 Dec 9:00: closed, not counted",
        "Mon 28 Dec 9:00–9:30: open, 30 min counted",
    )


def test_several_whole_days_are_named_from_the_first_to_the_last(words: Words) -> None:
    due = CALENDAR.due(at("2026-02-17 00:00"), 30)
    assert words.why(due, "zh-TW")[0] == "2/17（二）–2/19（四） 春節，不計"


def test_a_make_up_day_without_a_name_is_called_an_extra_opening(words: Words) -> None:
    due = CALENDAR.due(at("2025-02-08 10:00"), 30)
    assert words.why(due, "zh-TW") == ("2/8（六）10:00–10:30 加開，計 30 分",)
    assert words.why(due, "en") == ("Sat 8 Feb 10:00–10:30: extra opening, 30 min counted",)


def test_the_weeks_hours_are_told_with_days_alike_together(words: Words) -> None:
    assert words.weekly("zh-TW") == "週一到週五 09:00-17:00"
    assert words.weekly("en") == "Mon-Fri 09:00-17:00"
    halves = (Hours.parse("09:00-12:00"), Hours.parse("13:00-17:00"))
    week = WeeklyHours(TAIPEI, (halves, halves, (), halves, halves, halves[:1], ()))
    told = load_words(ServiceCalendar(week))
    both = "09:00-12:00、13:00-17:00"
    assert told.weekly("zh-TW") == f"週一到週二 {both}、週四到週五 {both}、週六 09:00-12:00"
