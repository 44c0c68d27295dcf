"""Hours and days as people write them."""

from datetime import date

import pytest

from desk.console.hours import writing
from hotline.calendar.plan import PlanFault


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("", ()),
        (" \t", ()),
        ("09:00-17:00", ("09:00-17:00",)),
        ("9-17", ("09:00-17:00",)),
        ("9:30 – 12", ("09:30-12:00",)),
        ("13:30~18、9–12", ("09:00-12:00", "13:30-18:00")),
        ("９：００－１２：００，13-17", ("09:00-12:00", "13:00-17:00")),
        ("00:00-24:00", ("00:00-24:00",)),
        ("noon", ("noon",)),
        ("9-", ("9-",)),
    ],
)
def test_spans_are_read_in_any_writing_and_put_in_order(said: str, read: tuple[str, ...]) -> None:
    assert writing.spans(said) == read


@pytest.mark.parametrize(
    ("said", "minute"),
    [("17:00", 1020), ("17", 1020), ("1730", 1050), ("９：０５", 545), ("", 1440)],
)
def test_a_time_is_a_minute_of_the_day_and_none_its_end(said: str, minute: int) -> None:
    assert writing.clock(said) == minute


@pytest.mark.parametrize("said", ["2027-02-20", "2027/2/20", "2027.02.20", "２０２７－２－２０"])
def test_a_day_is_read_in_any_writing(said: str) -> None:
    assert writing.day(said) == date(2027, 2, 20)


@pytest.mark.parametrize("said", ["", "2027-02-30", "20/2/2027", "tomorrow", "2027-2", "²⁰27-1-1"])
def test_what_is_no_day_is_refused(said: str) -> None:
    with pytest.raises(PlanFault) as refused:
        writing.day(said)
    assert refused.value.fields["reason"] == "date"


@pytest.mark.parametrize("said", ["24:30", "17:60", "noon", "-1", "0:00"])
def test_what_is_no_time_is_refused(said: str) -> None:
    with pytest.raises(PlanFault) as refused:
        writing.clock(said)
    assert refused.value.fields["reason"] == "clock"
