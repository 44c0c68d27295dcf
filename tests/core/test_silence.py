"""A partner who does not answer is reminded, and later the ticket closes: each step at its time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.settings import SilenceSettings
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, ratings
from hotline.timers.rows import TimerRow
from tests.core.desk_work import brought_to, said, ticket_row
from tests.core.silent_partner import (
    at,
    due,
    fire_all,
    fire_at,
    letters,
    reset_all,
    resolved,
    steps,
    talk_of,
    waiting,
)

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("since", "reminded", "closed"),
    [
        ("2026-12-01 10:15", "2026-12-02 10:15", "2026-12-04 10:15"),
        ("2026-12-03 15:00", "2026-12-04 15:00", "2026-12-08 15:00"),  # over a weekend
        ("2026-12-04 22:40", "2026-12-08 09:00", "2026-12-10 09:00"),  # from a Friday night
        ("2026-12-24 16:59", "2026-12-28 16:59", "2026-12-30 16:59"),  # over a holiday
    ],
)
async def test_no_answer_to_solved_is_asked_once_more_and_then_closed_to_the_minute(
    hotline: Hotline, contact: Contact, engineer: Staff, since: str, reminded: str, closed: str
) -> None:
    ticket = await resolved(hotline, contact, engineer, since)
    for moment, before, after in ((reminded, [], ["solved"]), (closed, ["solved"], ["lapse"])):
        hotline.clock.set(at(moment) - MINUTE)
        await fire_all(hotline)
        assert await steps(hotline) == before
        await fire_at(hotline, moment)
        assert await steps(hotline) == before + after
    row = await ticket_row(hotline, ticket.number)
    assert row.state == "closed"
    assert row.closed_at is not None
    assert timedelta(0) <= row.closed_at - at(closed) < MINUTE
    assert await due(hotline) == {}


async def test_what_was_asked_for_is_reminded_of_after_two_days_and_closed_after_ten(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    assert await due(hotline) == {"remind": "2026-12-03 10:15"}
    await fire_at(hotline, "2026-12-03 10:15")
    assert await due(hotline) == {"close": "2026-12-15 10:15"}
    await fire_at(hotline, "2026-12-15 10:15")
    assert await steps(hotline) == ["waiting", "lapse"]
    assert (await ticket_row(hotline, ticket.number)).state == "closed"


async def test_the_numbers_of_days_are_settings(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    days = SilenceSettings(solved_reminder_days=2, solved_close_days=4)
    settings = hotline.settings.model_copy(update={"silence": days})
    other = replace(hotline, settings=settings)
    await resolved(other, contact, engineer, "2026-12-01 10:15")
    assert await due(other) == {"remind": "2026-12-03 10:15"}
    await fire_at(other, "2026-12-03 10:15")
    assert await due(other) == {"close": "2026-12-07 10:15"}


async def test_an_answer_stops_it_and_a_second_waiting_starts_anew(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-03 10:15")
    await answers.add(hotline, talk_of(ticket), ticket.number, "序號 78A1234")
    assert await due(hotline) == {}
    await fire_at(hotline, "2026-12-16 10:15")
    assert await steps(hotline) == ["waiting"]
    await handling.set_state(hotline, engineer, ticket.number, "waiting_partner", text="請拍照")
    assert await due(hotline) == {"remind": "2026-12-18 10:15"}
    await fire_at(hotline, "2026-12-18 10:15")
    assert "請拍照" in (await said(hotline, ticket.conversation_id))[-1].text
    assert await steps(hotline) == ["waiting", "waiting"]


async def test_not_solved_stops_it(hotline: Hotline, contact: Contact, engineer: Staff) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await answers.reopen(hotline, talk_of(ticket), ticket.number, "還沒")
    await fire_at(hotline, "2026-12-31 10:15")
    assert await steps(hotline) == []
    assert (await ticket_row(hotline, ticket.number)).state == "open"


async def test_solved_after_waiting_counts_from_the_solution(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-03 10:15")
    hotline.clock.set(at("2026-12-08 11:30"))
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換電源")
    assert await due(hotline) == {"remind": "2026-12-09 11:30"}


async def test_after_waiting_for_others_the_partners_days_begin_with_the_question(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    hotline.clock.set(at("2026-12-01 10:15"))
    ticket = await brought_to(hotline, contact, engineer, "waiting_other")
    assert await due(hotline) == {}
    hotline.clock.set(at("2026-12-14 11:00"))
    await handling.set_state(hotline, engineer, ticket.number, "waiting_partner", text="請拍照")
    assert await due(hotline) == {"remind": "2026-12-16 11:00"}


async def test_another_change_of_the_ticket_neither_delays_nor_repeats_a_step(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    hotline.clock.set(at("2026-12-02 09:00"))
    await handling.note(hotline, engineer, ticket.number, "等夥伴確認")
    await fire_at(hotline, "2026-12-02 10:15")
    await handling.take_over(hotline, lead, ticket.number)
    await ratings.rate(hotline, talk_of(ticket), ticket.number, 5)
    assert await due(hotline) == {"close": "2026-12-04 10:15"}
    await fire_at(hotline, "2026-12-04 10:15")
    assert await steps(hotline) == ["solved", "lapse"]


async def test_what_was_due_while_nothing_ran_is_reminded_of_first_and_closed_days_later(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-10 14:20")
    assert await steps(hotline) == ["solved"]
    assert await due(hotline) == {"close": "2026-12-14 14:20"}
    assert "週一（12/14）14:20" in (await said(hotline, ticket.conversation_id))[-1].text
    await fire_at(hotline, "2026-12-14 14:20")
    assert await steps(hotline) == ["solved", "lapse"]


async def test_a_late_step_waits_for_the_hotline_to_open(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-05 23:30")  # a Saturday night
    assert (await steps(hotline), letters(hotline)) == ([], [])
    assert await due(hotline) == {"remind": "2026-12-07 09:00"}
    await fire_at(hotline, "2026-12-07 09:00")
    assert await steps(hotline) == ["solved"]


async def test_tickets_from_before_get_their_times_once(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    async with hotline.database.write() as session:
        await session.execute(delete(TimerRow))
    for _ in range(2):
        await reset_all(hotline)
        assert await due(hotline) == {"remind": "2026-12-02 10:15"}
    await fire_at(hotline, "2026-12-02 10:15")
    await reset_all(hotline)
    await fire_all(hotline)
    assert await steps(hotline) == ["solved"]
