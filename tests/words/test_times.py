"""Times as the hotline says them, in both languages."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from hotline.calendar.days import Hours, SpecialDay, WeeklyHours
from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.taiwan import official_day
from hotline.words import Words, load_words
from hotline.words.times import say_time

TAIPEI = ZoneInfo("Asia/Taipei")
WEEK = WeeklyHours(TAIPEI, ((Hours.parse("09:00-17:00"),),) * 5 + ((), ()))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI).astimezone(UTC)


@pytest.fixture
def words() -> Words:
    return load_words(ServiceCalendar(WEEK, official_day=official_day))


@pytest.mark.parametrize(
    ("now", "then", "chinese", "english"),
    [
        ("2026-12-01 10:15", "2026-12-01 15:30", "今天 15:30", "today 15:30"),
        ("2026-12-01 10:15", "2026-12-01 09:05", "今天 09:05", "today 09:05"),
        ("2026-12-01 15:00", "2026-12-02 11:00", "明天（週三）11:00", "Wed 2 Dec, 11:00"),
        ("2026-12-01 15:00", "2026-12-04 11:00", "週五 11:00", "Fri 4 Dec, 11:00"),
        ("2026-12-04 22:40", "2026-12-07 09:30", "下週一（12/7）09:30", "Mon 7 Dec, 09:30"),
        ("2026-12-06 12:00", "2026-12-07 09:30", "明天（週一）09:30", "Mon 7 Dec, 09:30"),
        ("2026-12-06 12:00", "2026-12-08 09:30", "下週二（12/8）09:30", "Tue 8 Dec, 09:30"),
        ("2026-12-01 14:20", "2026-12-08 10:00", "12/8（週二）10:00", "Tue 8 Dec, 10:00"),
        ("2026-12-01 14:20", "2026-12-09 10:00", "12/9（週三）10:00", "Wed 9 Dec, 10:00"),
        ("2026-12-01 14:20", "2026-12-28 09:00", "12/28（週一）09:00", "Mon 28 Dec, 09:00"),
        ("2026-12-25 10:00", "2026-12-28 09:30", "下週一（12/28）09:30", "Mon 28 Dec, 09:30"),
        ("2026-12-31 16:00", "2027-01-01 09:00", "明天（週五）09:00", "Fri 1 Jan, 09:00"),
        (
            "2026-12-31 16:00",
            "2027-01-04 10:00",
            "2027/1/4（週一）10:00",
            "Mon 4 Jan 2027, 10:00",
        ),
        (
            "2026-12-31 16:00",
            "2027-03-02 10:00",
            "2027/3/2（週二）10:00",
            "Tue 2 Mar 2027, 10:00",
        ),
    ],
)
def test_a_time_in_a_sentence_is_as_short_as_it_is_clear(
    words: Words, now: str, then: str, chinese: str, english: str
) -> None:
    assert words.time(at(then), at(now), "zh-TW") == chinese
    assert words.time(at(then), at(now), "en") == english


@pytest.mark.parametrize(
    ("now", "then", "chinese", "english"),
    [
        ("2026-12-02 00:30", "2026-12-02 09:30", "今天（週三）09:30", "today (Wed) 09:30"),
        ("2026-12-02 05:59", "2026-12-02 09:30", "今天（週三）09:30", "today (Wed) 09:30"),
        ("2026-12-02 06:00", "2026-12-02 09:30", "今天 09:30", "today 09:30"),
        ("2026-12-02 07:00", "2026-12-02 02:30", "今天（週三）02:30", "today (Wed) 02:30"),
        ("2026-12-01 23:30", "2026-12-02 02:30", "明天（週三）02:30", "Wed 2 Dec, 02:30"),
    ],
)
def test_at_night_a_day_is_always_named(
    words: Words, now: str, then: str, chinese: str, english: str
) -> None:
    assert words.time(at(then), at(now), "zh-TW") == chinese
    assert words.time(at(then), at(now), "en") == english


def test_behind_a_holiday_in_the_week_the_date_is_said_too(words: Words) -> None:
    wednesday_before_a_thursday_off = at("2024-04-03 10:00")
    saturday = at("2024-04-06 10:00")
    assert words.time(saturday, wednesday_before_a_thursday_off, "zh-TW") == "週六（4/6）10:00"


def test_behind_a_sudden_closure_the_date_is_said_too() -> None:
    closure = SpecialDay(date(2026, 12, 2), "special_closure", "颱風停班", "Typhoon closure")
    words = load_words(ServiceCalendar(WEEK, [closure]))
    assert (
        words.time(at("2026-12-03 09:30"), at("2026-12-01 10:00"), "zh-TW") == "週四（12/3）09:30"
    )
    assert (
        words.time(at("2026-12-02 09:30"), at("2026-12-01 10:00"), "zh-TW") == "明天（週三）09:30"
    )


def test_a_past_day_is_dated_so_that_no_weekday_can_be_taken_for_the_next(words: Words) -> None:
    now = at("2026-12-03 10:00")
    assert words.time(at("2026-12-02 16:00"), now, "zh-TW") == "12/2（週三）16:00"
    assert words.time(at("2026-11-30 16:00"), now, "en") == "Mon 30 Nov, 16:00"


def test_without_a_calendar_times_are_taipeis() -> None:
    now = datetime(2026, 12, 1, 2, 15, tzinfo=UTC)
    assert say_time(datetime(2026, 12, 1, 7, 30, tzinfo=UTC), now, "zh-TW") == "今天 15:30"


def test_a_hotline_elsewhere_says_its_own_times() -> None:
    week = WeeklyHours(ZoneInfo("Europe/Berlin"), ((Hours.parse("09:00-17:00"),),) * 7)
    now = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)  # already Wednesday there
    later = datetime(2026, 12, 2, 8, 0, tzinfo=UTC)
    assert load_words(ServiceCalendar(week)).time(later, now, "en") == "today (Wed) 09:00"


def test_a_time_without_a_zone_is_not_said(words: Words) -> None:
    with pytest.raises(ValueError, match="zone"):
        words.time(datetime(2026, 12, 1), at("2026-12-01 10:00"), "en")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("then", "chinese", "english"),
    [
        ("2026-10-08 11:15", "今天 11:15 前", "by 11:15 today"),
        ("2026-10-08 09:05", "今天 9:05 前", "by 9:05 today"),
        ("2026-10-12 11:00", "10 月 12 日（一）11:00 前", "by Mon 12 Oct, 11:00"),
        ("2027-01-04 09:30", "2027 年 1 月 4 日（一）9:30 前", "by Mon 4 Jan 2027, 9:30"),
    ],
)
def test_a_promise_on_a_card_says_before_when(
    words: Words, then: str, chinese: str, english: str
) -> None:
    now = at("2026-10-08 09:00")
    assert words.promise(at(then), now, "zh-TW") == chinese
    assert words.promise(at(then), now, "en") == english


@pytest.mark.parametrize(
    ("then", "chinese", "english"),
    [
        ("2026-10-08 22:54", "10/8（四）22:54", "Thu 8 Oct 22:54"),
        ("2026-10-09 09:05", "10/9（五）9:05", "Fri 9 Oct 9:05"),
        ("2025-12-18 09:00", "2025/12/18", "18 Dec 2025"),
    ],
)
def test_a_table_has_the_date_and_of_another_year_nothing_else(
    words: Words, then: str, chinese: str, english: str
) -> None:
    now = at("2026-10-08 09:00")
    assert words.in_table(at(then), now, "zh-TW") == chinese
    assert words.in_table(at(then), now, "en") == english


def test_the_time_of_day_has_no_leading_zero(words: Words) -> None:
    assert words.clock(at("2026-10-08 09:05"), "zh-TW") == "9:05"
    assert words.clock(at("2026-10-08 17:00"), "en") == "17:00"
