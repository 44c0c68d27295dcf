"""A change of the calendar moves what silence does next; no ticket closes sooner than was said."""

from collections.abc import Callable
from datetime import date

from hotline.calendar import plan as plans
from hotline.calendar.days import Hours
from hotline.calendar.plan import CLOSED, OPEN, SUDDEN, Exceptional, Plan
from hotline.calendar.service import change
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from tests.core.silent_partner import at, due, fire_at, reset_all, resolved, steps


async def change_calendar(hotline: Hotline, changed: Callable[[Plan], Plan]) -> None:
    await change(hotline.database, hotline.calendars, hotline.now(), "staff:3", "changed", changed)
    await reset_all(hotline)


def declared(kind: str, day: str, *hours: str) -> Callable[[Plan], Plan]:
    when = date.fromisoformat(day)
    spans = tuple(Hours.parse(span) for span in hours)
    special = Exceptional(kind, when, "颱風停班", "Typhoon", spans)
    return lambda plan: plans.with_exception(plan, special, date(2026, 12, 1), 615)


async def test_a_day_that_is_closed_after_all_does_not_count(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await change_calendar(hotline, declared(CLOSED, "2026-12-02"))
    assert await due(hotline) == {"remind": "2026-12-03 10:15"}
    await fire_at(hotline, "2026-12-03 10:15")
    await change_calendar(hotline, declared(CLOSED, "2026-12-04"))
    assert await due(hotline) == {"close": "2026-12-08 10:15"}
    await reset_all(hotline)
    assert await due(hotline) == {"close": "2026-12-08 10:15"}
    await fire_at(hotline, "2026-12-08 10:15")
    assert await steps(hotline) == ["solved", "lapse"]


async def test_a_sudden_closure_puts_a_step_off_until_the_hotline_is_open_again(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-11-30 15:00")
    hotline.clock.set(at("2026-12-01 10:15"))
    await change(
        hotline.database,
        hotline.calendars,
        hotline.now(),
        "staff:3",
        "close_now",
        declared(SUDDEN, "2026-12-01", "10:15-24:00"),
    )
    await fire_at(hotline, "2026-12-01 15:00")
    assert (await steps(hotline), await due(hotline)) == ([], {"remind": "2026-12-02 09:00"})
    await fire_at(hotline, "2026-12-02 09:00")
    assert await steps(hotline) == ["solved"]


async def test_no_ticket_closes_earlier_than_its_reminder_said(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-12-03 10:15")
    await fire_at(hotline, "2026-12-04 10:15")
    assert await due(hotline) == {"close": "2026-12-08 10:15"}
    await change_calendar(hotline, declared(OPEN, "2026-12-05"))
    assert await due(hotline) == {"close": "2026-12-08 10:15"}
