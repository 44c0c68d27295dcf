"""`hotline.tickets.callbacks`: when a call is wished for, and whether anybody is there then."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from hotline.calendar.days import Hours, WeeklyHours
from hotline.calendar.rules import ServiceCalendar
from hotline.tickets import callbacks

TAIPEI = ZoneInfo("Asia/Taipei")
WEEK = WeeklyHours(TAIPEI, ((Hours.parse("09:00-17:00"),),) * 5 + ((), ()))
CALENDAR = ServiceCalendar(WEEK)
TUESDAY = datetime(2026, 12, 1, 10, 15, tzinfo=TAIPEI)


@pytest.mark.parametrize(
    ("noted", "outside"),
    [
        ("2026-12-07 20:00", True),
        ("2026-12-07 15:00", False),
        ("2026-12-07 evening", True),
        ("2026-12-07 morning", False),
        ("2026-12-05", True),  # a Saturday
        ("2026-12-07", False),
        ("12/20 之後", False),  # no single day: a colleague reads it
        ("", False),
    ],
)
def test_whether_anybody_is_there(noted: str, outside: bool) -> None:
    assert callbacks.is_outside(CALENDAR, noted) is outside


def test_the_half_days_before_and_after_are_offered() -> None:
    offered = callbacks.nearest(CALENDAR, "2026-12-07 20:00", TUESDAY)
    assert offered == ["2026-12-07 afternoon", "2026-12-08 morning"]
    weekend = callbacks.nearest(CALENDAR, "2026-12-05", TUESDAY)
    assert weekend == ["2026-12-04 afternoon", "2026-12-07 morning"]


def test_what_has_gone_is_not_offered() -> None:
    early = datetime(2026, 12, 1, 7, 0, tzinfo=TAIPEI)
    assert callbacks.nearest(CALENDAR, "2026-12-01 08:00", early) == ["2026-12-01 morning"]


def test_what_is_offered_is_inside() -> None:
    for noted in ("2026-12-07 20:00", "2026-12-05", "2026-12-06 evening"):
        for one in callbacks.nearest(CALENDAR, noted, TUESDAY):
            assert not callbacks.is_outside(CALENDAR, one)
