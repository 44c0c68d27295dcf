"""Taiwan's official days, against the calendars that its government published."""

from datetime import date, timedelta

import pytest

from hotline.calendar.taiwan import official_day

# Weekdays off, by the Directorate-General of Personnel Administration (calendars of 2025 and 2026).
# 2025 adds 1 May, a day off for employees though not yet for public servants.
WEEKDAYS_OFF = {
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 02-28 04-03 04-04 05-01 05-30 09-29 10-06 10-10 "
    "10-24 12-25",
    2026: "01-01 02-16 02-17 02-18 02-19 02-20 02-27 04-03 04-06 05-01 06-19 09-25 09-28 10-09 "
    "10-26 12-25",
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=ahead) for ahead in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_the_weekdays_off_are_those_of_the_published_calendar(year: int) -> None:
    off = [
        f"{day:%m-%d}"
        for day in days_of(year)
        if day.weekday() < 5 and (known := official_day(day)) and known.why == "holiday"
    ]
    assert " ".join(off) == WEEKDAYS_OFF[year]


@pytest.mark.parametrize(
    ("day", "name_zh", "name_en"),
    [
        (date(2026, 9, 28), "孔子誕辰紀念日", "Confucius' Birthday"),
        (
            date(2026, 10, 25),
            "臺灣光復暨金門古寧頭大捷紀念日",
            "Taiwan Restoration and Guningtou Victory Memorial Day",
        ),
        (
            date(2026, 10, 26),
            "臺灣光復暨金門古寧頭大捷紀念日（補假）",
            "Taiwan Restoration and Guningtou Victory Memorial Day (observed)",
        ),
        (date(2026, 12, 25), "行憲紀念日", "Constitution Day"),
        (date(2025, 4, 4), "兒童節 / 民族掃墓節", "Children's Day / Tomb-Sweeping Day"),
        (date(2025, 5, 1), "勞動節", "Labor Day"),
    ],
)
def test_a_holiday_has_a_name_in_both_languages(day: date, name_zh: str, name_en: str) -> None:
    known = official_day(day)
    assert known is not None
    assert (known.why, known.name("zh-TW"), known.name("en")) == ("holiday", name_zh, name_en)


def test_the_make_up_saturday_of_2025_is_a_working_day() -> None:
    known = official_day(date(2025, 2, 8))
    assert known is not None
    assert known.why == "special_opening"


@pytest.mark.parametrize("year", [2026, 2027])
def test_no_later_year_has_a_make_up_saturday_since_the_government_has_stopped_them(
    year: int,
) -> None:
    known = [official_day(day) for day in days_of(year)]
    assert not [day for day in known if day and day.why == "special_opening"]


def test_the_holidays_of_2027_come_from_the_rules_of_the_law() -> None:
    for month, day in [(2, 10), (4, 6), (4, 30), (9, 28), (10, 11), (10, 25), (12, 24), (12, 31)]:
        known = official_day(date(2027, month, day))
        assert known is not None
        assert known.why == "holiday"
