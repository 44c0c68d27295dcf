"""The calendar in force: who changed it, when, and that every process comes to know."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from hotline.calendar import plan as plans
from hotline.calendar.days import Hours
from hotline.calendar.plan import CLOSED, SUDDEN, Exceptional, Plan, PlanFault
from hotline.calendar.service import Calendars, change
from hotline.conversations.service import greeting
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.versions import CALENDAR, history
from tests.core.desk_work import journal

TODAY = date(2026, 12, 1)  # a Tuesday, 10:15
TYPHOON = Exceptional(SUDDEN, TODAY, "颱風停班", "Typhoon", (Hours.parse("10:15-24:00"),))


def close_now(plan: Plan) -> Plan:
    return plans.with_exception(plan, TYPHOON, TODAY, 10 * 60 + 15)


async def changed(
    hotline: Hotline, what: Callable[[Plan], Plan] = close_now, after: int | None = None
) -> int:
    return await change(
        hotline.database, hotline.calendars, hotline.now(), "staff:3", "close_now", what, after
    )


async def test_a_sudden_closure_holds_at_once_and_for_other_processes(hotline: Hotline) -> None:
    other = Calendars(hotline.settings)
    assert hotline.calendar.is_open(hotline.now())
    assert await changed(hotline) == 1
    assert not hotline.calendar.is_open(hotline.now())
    assert other.present.is_open(hotline.now())
    async with hotline.database.read() as session:
        assert await other.refresh(session)
        assert not await other.refresh(session)
    assert not other.present.is_open(hotline.now())
    assert other.plan == hotline.calendars.plan


async def test_words_follow_the_calendar(hotline: Hotline) -> None:
    tomorrow = hotline.now() + timedelta(days=1)

    def other_hours(plan: Plan) -> Plan:
        return plans.with_hours(plan, (("10:00-16:00",),) * 5 + ((),) * 2)

    await changed(hotline, other_hours)
    assert "10:00-16:00" in hotline.words.weekly("en")
    assert hotline.calendar.next_open(tomorrow.replace(hour=0)).hour == 2  # 10:00 in Taipei


async def test_it_is_known_who_changed_what(hotline: Hotline) -> None:
    await changed(hotline)
    async with hotline.database.read() as session:
        [version] = await history(session, CALENDAR)
    assert (version.number, version.actor, version.change) == (1, "staff:3", "close_now")
    [entry] = await journal(hotline, "calendar.changed")
    assert (entry.actor, entry.detail) == ("staff:3", {"version": 1, "change": "close_now"})


async def test_a_change_that_cannot_be_leaves_nothing(hotline: Hotline) -> None:
    def yesterday(plan: Plan) -> Plan:
        day = Exceptional(CLOSED, date(2026, 11, 30), "盤點", "Stocktaking")
        return plans.with_exception(plan, day, TODAY, 615)

    with pytest.raises(PlanFault):
        await changed(hotline, yesterday)
    assert hotline.calendars.version == 0
    assert await journal(hotline) == []


async def test_of_two_changes_to_the_same_version_the_second_is_told(hotline: Hotline) -> None:
    await changed(hotline, after=0)
    with pytest.raises(Conflict) as refused:
        await changed(hotline, after=0)
    assert refused.value.fields["version"] == 1


async def test_the_greeting_says_why_the_hotline_is_closed_and_until_when(
    hotline: Hotline,
) -> None:
    await changed(hotline)
    for language, words in (
        ("zh-TW", "因颱風停班，專線暫停服務，預計明天"),
        ("en", "closed just now (Typhoon) and opens again Wed 2 Dec, 09:00"),
    ):
        assert words in greeting(hotline, None, language).text
