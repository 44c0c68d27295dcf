"""Tickets are brought before whoever can do more, and climb until somebody takes notice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from hotline.conversations.messages import recent
from hotline.core import Hotline
from hotline.errors import Conflict, NotFound
from hotline.escalations import records
from hotline.escalations.firing import (
    complaint_breach,
    escalation_climb,
    promise_breach,
    promise_warn,
)
from hotline.escalations.levels import above, levels
from hotline.escalations.records import CLIMB, Escalation
from hotline.escalations.service import take_notice
from hotline.partners.service import Contact
from hotline.rota import service as rota
from hotline.rota.rows import DutyRow
from hotline.settings import QUEUES
from hotline.staff.service import Staff
from hotline.tickets import answers, escalation, handling, told
from hotline.tickets.ticket import Ticket
from hotline.tickets.watching import BREACH, COMPLAINT, WARN
from hotline.timers.service import fire_next
from tests.conftest import FRIDAY_NIGHT, TUESDAY_MORNING
from tests.core.desk_work import brought_to, journal, opened, ticket_row

HANDLERS = {
    WARN: promise_warn,
    BREACH: promise_breach,
    COMPLAINT: complaint_breach,
    CLIMB: escalation_climb,
}


def taipei(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}:00+08:00")


async def at(hotline: Hotline, written: str) -> None:
    """Let the time pass until then, minute by minute where something is due."""
    hotline.clock.set(taipei(written))
    while await fire_next(hotline, HANDLERS):
        pass


async def escalations(hotline: Hotline, ticket: Ticket) -> list[Escalation]:
    async with hotline.database.read() as session:
        return await records.of_ticket(session, ticket.id)


async def clear_rota(hotline: Hotline) -> None:
    """Take the demonstration's turns away."""
    async with hotline.database.write() as session:
        await session.execute(delete(DutyRow))


async def said(hotline: Hotline, ticket: Ticket) -> list[str]:
    assert ticket.conversation_id is not None
    async with hotline.database.read() as session:
        return [message.text for message in await recent(session, ticket.conversation_id)]


@pytest.mark.parametrize("queue", QUEUES)
def test_every_queue_leads_up_to_its_lead_and_no_further(queue: str) -> None:
    known = levels(queue)
    assert [above(queue, level) for level in known] == [*known[1:], known[-1]]
    assert above(queue, "on_call") == "lead"


async def test_a_promise_near_its_end_is_told_to_the_partner_and_brought_up(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)  # 10:15, to be answered by 14:15
    await at(hotline, "2026-12-01T13:14")
    assert await escalations(hotline, ticket) == []
    await at(hotline, "2026-12-01T13:15")
    [warned] = await escalations(hotline, ticket)
    assert (warned.why, warned.level, warned.to) == ("warning", "engineer", engineer)
    assert (await said(hotline, ticket))[-1].startswith(f"先跟您說：{ticket.number}")
    await at(hotline, "2026-12-01T13:30")
    assert len(await escalations(hotline, ticket)) == 1
    [entry] = await journal(hotline, "ticket.at_risk")
    assert entry.detail["promise"] == "first_response"


async def test_a_broken_promise_goes_one_level_higher(
    hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    for moment in ("13:15", "13:45", "14:15"):
        await at(hotline, f"2026-12-01T{moment}")
    by_why = {it.why: it for it in await escalations(hotline, ticket)}
    assert list(by_why) == ["warning", "unanswered", "breach"]
    broken = by_why["breach"]
    assert (broken.level, broken.to) == ("lead", lead)
    [entry] = await journal(hotline, "ticket.breached")
    assert entry.detail["due"] == ticket.first_response_due.isoformat()


async def test_an_answer_in_time_leaves_nothing_to_warn_of(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await handling.reply(hotline, engineer, ticket.number, "我看一下", claims=True)
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換電源")
    await at(hotline, "2026-12-10T10:00")
    assert await escalations(hotline, ticket) == []


async def test_what_nobody_takes_notice_of_climbs_to_the_lead_and_is_told_again(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact, severity=1)  # in open hours
    await at(hotline, "2026-12-01T10:44")
    first, warned = await escalations(hotline, ticket)
    assert (first.why, first.to, first.acknowledge_by) == (
        "severe",
        engineer,
        taipei("2026-12-01T10:45"),
    )
    assert warned.why == "warning"
    await at(hotline, "2026-12-01T10:45")
    # The promise is broken at the very minute at which the outage would climb: told once.
    broken = (await escalations(hotline, ticket))[2:]
    assert [(it.why, it.level, it.to) for it in broken] == [("breach", "lead", lead)]
    await at(hotline, "2026-12-01T11:15")
    again = (await escalations(hotline, ticket))[3:]
    assert [(it.why, it.to, it.after_id) for it in again] == [("unanswered", lead, broken[0].id)]
    assert again[0].acknowledge_by == taipei("2026-12-01T12:15")  # ever more rarely


async def test_who_takes_notice_stops_it_and_the_next_one_is_told_who(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact, severity=1)
    [severe] = await escalations(hotline, ticket)
    await take_notice(hotline, engineer, severe.id)
    await take_notice(hotline, engineer, severe.id)
    with pytest.raises(Conflict) as refused:
        await take_notice(hotline, lead, severe.id)
    assert refused.value.fields["holder"] == engineer.name
    with pytest.raises(NotFound):
        await take_notice(hotline, lead, 10**6)
    await at(hotline, "2026-12-01T10:36")
    assert [it.why for it in await escalations(hotline, ticket)] == ["severe"]
    assert [it.actor for it in await journal(hotline, "escalation.acknowledged")] == [
        f"staff:{engineer.id}"
    ]


async def test_whoever_takes_the_ticket_has_taken_notice(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact, severity=1)
    await handling.claim(hotline, engineer, ticket.number)
    [severe] = await escalations(hotline, ticket)
    assert severe.acknowledged_by == engineer


async def test_an_outage_at_night_wakes_up_who_is_on_call_then_the_second_then_the_lead(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    await clear_rota(hotline)
    begins, ends = TUESDAY_MORNING, TUESDAY_MORNING + timedelta(days=7)
    await rota.add(hotline, lead, engineer.email, begins, ends, 1)
    await rota.add(hotline, lead, lead.email, begins, ends, 2)
    hotline.clock.set(FRIDAY_NIGHT)
    ticket = await opened(hotline, contact, severity=1)
    [woken] = await escalations(hotline, ticket)
    assert (woken.level, woken.to) == ("on_call", engineer)
    assert woken.acknowledge_by == FRIDAY_NIGHT + timedelta(minutes=15)
    await at(hotline, "2026-12-04T22:55")
    await at(hotline, "2026-12-04T23:10")
    second, third = (await escalations(hotline, ticket))[1:]
    assert [(it.level, it.to) for it in (second, third)] == [("on_call", lead), ("lead", lead)]
    assert third.acknowledge_by == taipei("2026-12-04T23:25")


async def test_with_nobody_on_call_the_lead_hears_of_a_night_outage(
    hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    await clear_rota(hotline)
    hotline.clock.set(FRIDAY_NIGHT)
    ticket = await opened(hotline, contact, severity=1)
    [woken] = await escalations(hotline, ticket)
    assert (woken.level, woken.to) == ("lead", lead)


async def test_what_still_runs_wakes_nobody(hotline: Hotline, contact: Contact) -> None:
    hotline.clock.set(FRIDAY_NIGHT)
    ticket = await opened(hotline, contact, severity=2)
    await at(hotline, "2026-12-05T12:00")
    assert await escalations(hotline, ticket) == []


async def test_the_partners_wish_is_brought_before_the_lead(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    assert ticket.conversation_id is not None
    await escalation.escalate(hotline, ticket.conversation_id, ticket.number, "等太久")
    [wish] = await escalations(hotline, ticket)
    assert (wish.why, wish.level, wish.to) == ("wish", "lead", lead)


async def test_a_second_no_is_a_complaint_of_the_leads_own(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    assert ticket.conversation_id is not None
    once = await answers.reopen(hotline, ticket.conversation_id, ticket.number, "還是一樣")
    assert (once.complained_at, once.assignee) == (None, None)
    await handling.claim(hotline, engineer, ticket.number)
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換主機板")
    twice = await answers.reopen(hotline, ticket.conversation_id, ticket.number, "又來了")
    assert (twice.assignee, twice.complaint_due) == (lead, taipei("2026-12-01T14:15"))
    [complaint] = await escalations(hotline, ticket)
    assert (complaint.why, complaint.to) == ("complaint", lead)
    await handling.reply(hotline, lead, ticket.number, "我來處理")
    answered = await ticket_row(hotline, ticket.number)
    assert (answered.complaint_due, answered.complained_at) == (None, twice.complained_at)


async def test_a_complaint_that_the_lead_leaves_is_brought_up_again(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    assert ticket.conversation_id is not None
    for _time in range(2):
        await answers.reopen(hotline, ticket.conversation_id, ticket.number, "還是一樣")
        await handling.set_state(
            hotline, engineer, ticket.number, "resolved", text="再換"
        ) if _time == 0 else None
    await at(hotline, "2026-12-01T14:15")
    [entry] = [
        it
        for it in await journal(hotline, "ticket.breached")
        if it.detail["promise"] == "complaint"
    ]
    assert entry.ticket_id == ticket.id


async def test_the_partner_hears_who_is_woken_up_who_comes_next_and_who_took_notice(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    await clear_rota(hotline)
    begins, ends = TUESDAY_MORNING, TUESDAY_MORNING + timedelta(days=7)
    await rota.add(hotline, lead, engineer.email, begins, ends, 1)
    await rota.add(hotline, lead, lead.email, begins, ends, 2)
    hotline.clock.set(FRIDAY_NIGHT)
    ticket = await opened(hotline, contact, severity=1)
    told_first = await told.opened_now(hotline, ticket, "zh-TW", line_first=True)
    assert "已通知值班的王志豪，今天 22:55 前確認收到。" in told_first.text
    assert "下週一" in told_first.text  # the hotline's own promise stands beside it
    await at(hotline, "2026-12-04T22:55")
    woken = (await escalations(hotline, ticket))[-1]
    await take_notice(hotline, lead, woken.id)
    await take_notice(hotline, lead, woken.id)
    assert (await said(hotline, ticket))[-2:] == [
        f"{ticket.number}：王志豪還沒有回應，已改通知張文彬，今天 23:10 前確認收到。",
        f"{ticket.number}：張文彬（值班）已確認收到。",
    ]
