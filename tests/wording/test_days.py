"""`wording.dates`: which day is meant, seen from Tuesday, 1 December 2026."""

from datetime import date

import pytest

from wording.dates import read_day

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("下週三", date(2026, 12, 9)),
        ("週三", date(2026, 12, 2)),
        ("禮拜一", date(2026, 12, 7)),
        ("下下週一", date(2026, 12, 14)),
        ("週五前", date(2026, 12, 4)),
        ("明天", date(2026, 12, 2)),
        ("大後天", date(2026, 12, 4)),
        ("12/15", date(2026, 12, 15)),
        ("2/5", date(2027, 2, 5)),
        ("十二月二十號", date(2026, 12, 20)),
        ("25號", date(2026, 12, 25)),
        ("月底", date(2026, 12, 31)),
        ("下個月底", date(2027, 1, 31)),
        ("3 月底", date(2027, 3, 31)),
        ("三天內", date(2026, 12, 4)),
        ("2026-12-24", date(2026, 12, 24)),
        ("friday", date(2026, 12, 4)),
        ("next Wed", date(2026, 12, 9)),
        ("by Fri 4 Dec", date(2026, 12, 4)),
        ("January 8th", date(2027, 1, 8)),
        ("end of the month", date(2026, 12, 31)),
        ("11/3", date(2026, 11, 3)),
    ],
)
def test_the_day_of_words(text: str, day: date) -> None:
    read = read_day(text, TODAY)
    assert read is not None
    assert read.day == day


@pytest.mark.parametrize(
    ("text", "clock", "part"),
    [
        ("明天下午三點", "15:00", ""),
        ("next Wed 10am", "10:00", ""),
        ("週五早上", "", "morning"),
        ("明天三點半", "15:30", ""),
        ("tomorrow 3 pm", "15:00", ""),
        ("明天 16:30", "16:30", ""),
        ("週五晚上 7 點", "19:00", ""),
        ("週五", "", ""),
    ],
)
def test_the_time_of_day_goes_with_it(text: str, clock: str, part: str) -> None:
    read = read_day(text, TODAY)
    assert read is not None
    assert (read.clock, read.part) == (clock, part)


@pytest.mark.parametrize("text", ["越快越好", "13/45", "2/30", "兩台", "十二月中", ""])
def test_what_is_no_single_day_is_none(text: str) -> None:
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("words", "clock", "part"),
    [
        ("今天半夜兩點", "02:00", ""),
        ("明天凌晨 3 點", "03:00", ""),
        ("明天清晨六點", "06:00", ""),
        ("今天深夜十一點", "23:00", ""),
        ("明天半夜十二點", "00:00", ""),
        ("明天凌晨", "", "night"),
        ("今天兩點", "14:00", ""),
    ],
)
def test_an_hour_of_the_night_is_none_of_the_afternoon(words: str, clock: str, part: str) -> None:
    day = read_day(words, TODAY)
    assert day is not None
    assert (day.clock, day.part) == (clock, part)
