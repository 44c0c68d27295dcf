"""The plan of hours, holidays and exceptions: what changes, what is refused, what is kept."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from hotline.calendar import plan as plans
from hotline.calendar.days import HOLIDAY, SPECIAL_OPENING, Hours, SpecialDay, WeeklyHours
from hotline.calendar.plan import CLOSED, OPEN, SUDDEN, Exceptional, Plan, PlanFault
from hotline.calendar.taiwan import official_day

TAIPEI = ZoneInfo("Asia/Taipei")
WORKDAY = (Hours.parse("09:00-17:00"),)
WEEK = WeeklyHours(TAIPEI, (*(WORKDAY,) * 5, (), ()))
USUAL = Plan(WEEK)
WEDNESDAY = date(2026, 12, 2)
NOON = 12 * 60


def exception(kind: str, day: date, *spans: str) -> Exceptional:
    return Exceptional(kind, day, "颱風", "Typhoon", tuple(map(Hours.parse, spans)))


def at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}+08:00").astimezone(UTC)


def reason(fault: pytest.ExceptionInfo[PlanFault]) -> str:
    return str(fault.value.fields["reason"])


def test_a_typhoon_from_noon_closes_the_afternoon_only() -> None:
    typhoon = exception(SUDDEN, WEDNESDAY, "12:00-24:00")
    calendar = plans.with_exception(USUAL, typhoon, WEDNESDAY, NOON).calendar(official_day)
    assert calendar.is_open(at(WEDNESDAY, "11:59"))
    assert not calendar.is_open(at(WEDNESDAY, "12:00"))
    assert calendar.next_open(at(WEDNESDAY, "12:00")) == at(date(2026, 12, 3), "09:00")


def test_it_opens_again_earlier_than_was_thought() -> None:
    typhoon = exception(SUDDEN, WEDNESDAY, "12:00-24:00")
    closed = plans.with_exception(USUAL, typhoon, WEDNESDAY, NOON)
    calendar = plans.shortened(closed, typhoon, 15 * 60).calendar(official_day)
    assert not calendar.is_open(at(WEDNESDAY, "14:59"))
    assert calendar.is_open(at(WEDNESDAY, "15:00"))


def test_an_undone_closure_leaves_nothing() -> None:
    typhoon = exception(CLOSED, WEDNESDAY)
    closed = plans.with_exception(USUAL, typhoon, WEDNESDAY, 0)
    assert plans.without_exception(closed, typhoon, WEDNESDAY) == USUAL


def test_a_make_up_saturday_has_the_hours_of_friday() -> None:
    saturday = date(2026, 12, 5)
    opened = plans.with_exception(USUAL, exception(OPEN, saturday), WEDNESDAY, NOON)
    assert opened.calendar(official_day).is_open(at(saturday, "16:59"))


def test_a_confirmed_year_is_what_was_confirmed_and_others_are_as_proposed() -> None:
    constitution = date(2026, 12, 25)
    assert not USUAL.calendar(official_day).is_open_on(constitution)
    own = SpecialDay(date(2026, 12, 31), HOLIDAY, "盤點", "Stocktaking")
    calendar = plans.with_year(USUAL, 2026, (own,)).calendar(official_day)
    assert calendar.is_open_on(constitution)
    assert not calendar.is_open_on(date(2026, 12, 31))
    assert not calendar.is_open_on(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (exception(CLOSED, date(2026, 12, 1)), "past"),
        (exception(CLOSED, WEDNESDAY, "09:00-11:00"), "past"),
        (exception(SUDDEN, date(2026, 12, 3), "09:00-24:00"), "sudden"),
        (exception(SUDDEN, WEDNESDAY), "sudden"),
        (exception("holiday", WEDNESDAY), "kind"),
        (exception(CLOSED, WEDNESDAY, "13:00-15:00", "14:00-16:00"), "overlap"),
        (Exceptional(CLOSED, WEDNESDAY, " ", "Typhoon"), "no_reason"),
    ],
)
def test_an_exception_that_cannot_be_is_refused(new: Exceptional, why: str) -> None:
    with pytest.raises(PlanFault) as fault:
        plans.with_exception(USUAL, new, WEDNESDAY, NOON)
    assert reason(fault) == why


def test_the_same_closure_twice_is_refused_and_another_part_of_the_day_is_not() -> None:
    once = plans.with_exception(USUAL, exception(CLOSED, WEDNESDAY, "13:00-14:00"), WEDNESDAY, NOON)
    with pytest.raises(PlanFault) as fault:
        plans.with_exception(once, exception(CLOSED, WEDNESDAY), WEDNESDAY, NOON)
    assert reason(fault) == "twice"
    twice = plans.with_exception(once, exception(CLOSED, WEDNESDAY, "15:00-16:00"), WEDNESDAY, NOON)
    assert len(twice.exceptions) == 2


def test_a_holiday_twice_is_refused_with_its_day() -> None:
    day = SpecialDay(date(2027, 1, 1), HOLIDAY, "元旦", "New Year")
    with pytest.raises(PlanFault) as fault:
        plans.with_year(USUAL, 2027, (day, SpecialDay(day.date, SPECIAL_OPENING, "", "")))
    assert reason(fault) == "twice"
    assert fault.value.fields["day"] == "2027-01-01"
    with pytest.raises(PlanFault) as fault:
        plans.with_year(USUAL, 2026, (day,))
    assert reason(fault) == "year"


@pytest.mark.parametrize(
    ("monday", "why"),
    [
        (("22:00-06:00",), "midnight"),
        (("09:00-12:00", "11:00-17:00"), "overlap"),
        (("13:00-17:00", "09:00-12:00"), "overlap"),
        (("nine to five",), "hours"),
        (("09:00-25:00",), "hours"),
    ],
)
def test_hours_that_cannot_be_are_refused(monday: tuple[str, ...], why: str) -> None:
    with pytest.raises(PlanFault) as fault:
        plans.with_hours(USUAL, (monday, *((),) * 6))
    assert reason(fault) == why


def test_a_hotline_is_open_some_time() -> None:
    with pytest.raises(PlanFault) as fault:
        plans.with_hours(USUAL, ((),) * 7)
    assert reason(fault) == "never"


def test_a_plan_is_kept_as_it_is() -> None:
    plan = plans.with_hours(USUAL, (("09:00-12:00", "13:00-18:00"), *((),) * 6))
    plan = plans.with_year(plan, 2027, (SpecialDay(date(2027, 1, 1), HOLIDAY, "元旦", "New Year"),))
    plan = plans.with_exception(plan, exception(OPEN, date(2026, 12, 5)), WEDNESDAY, NOON)
    plan = plans.with_exception(plan, exception(SUDDEN, WEDNESDAY, "14:00-24:00"), WEDNESDAY, NOON)
    assert plans.from_json(plans.to_json(plan), TAIPEI) == plan
