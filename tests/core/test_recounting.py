"""Open promises are counted anew when the hours or the rules change, and partners are told."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from hotline.calendar import plan as plans
from hotline.calendar import service as calendar_service
from hotline.calendar.days import Hours
from hotline.calendar.plan import CLOSED, SUDDEN, Exceptional, Plan
from hotline.conversations.messages import Message, recent
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.deadlines import service as deadline_service
from hotline.deadlines.rules import Rule, RuleFault, Targets
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling
from hotline.tickets.recounting import BATCH, recount, would_move
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket
from hotline.timers.handlers import set_what_a_start_needs
from hotline.timers.service import drop_timers, fire_next, waiting
from hotline.versions import RECOUNT
from tests.core.desk_work import brought_to, journal, opened, ticket_row

TODAY = date(2026, 12, 1)  # a Tuesday, 10:15
TYPHOON = Exceptional(SUDDEN, TODAY, "颱風停班", "Typhoon", (Hours.parse("10:15-24:00"),))
HANDLERS = {RECOUNT: recount}


def taipei(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}:00+08:00")


async def change_hours(hotline: Hotline, changed: Callable[[Plan], Plan]) -> None:
    await calendar_service.change(
        hotline.database, hotline.calendars, hotline.now(), "system", "closed", changed
    )
    await fire_all(hotline)


async def close_now(hotline: Hotline) -> None:
    await change_hours(hotline, lambda plan: plans.with_exception(plan, TYPHOON, TODAY, 615))


async def fire_all(hotline: Hotline) -> int:
    fired = 0
    while await fire_next(hotline, HANDLERS):
        fired += 1
    return fired


async def told_last(hotline: Hotline, ticket: Ticket) -> Message:
    assert ticket.conversation_id is not None
    async with hotline.database.read() as session:
        return (await recent(session, ticket.conversation_id))[-1]


async def test_a_typhoon_moves_what_is_due_and_the_partner_hears_why(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    assert ticket.first_response_due == taipei("2026-12-01T14:15")
    await close_now(hotline)
    moved = await ticket_row(hotline, ticket.number)
    assert moved.first_response_due == taipei("2026-12-02T13:00")
    told = await told_last(hotline, ticket)
    assert told.text == (
        "因颱風停班，專線12/1（週二）10:15 起暫停服務。"
        f"{ticket.number} 改在明天（週三）13:00 前回覆您。"
    )
    [entry] = await journal(hotline, "ticket.promise_moved")
    assert entry.detail["before"] == ticket.first_response_due.isoformat()
    assert entry.detail["due"] == moved.first_response_due.isoformat()
    assert entry.detail["said"] == told.seq


async def test_counting_again_with_the_same_hours_changes_nothing(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    await close_now(hotline)
    before = await ticket_row(hotline, ticket.number)
    await change_hours(
        hotline,
        lambda plan: plans.with_exception(
            plan, Exceptional(CLOSED, date(2027, 6, 1), "盤點", "Stocktaking"), TODAY, 616
        ),
    )
    assert (await ticket_row(hotline, ticket.number)).due_at == before.due_at
    assert len(await journal(hotline, "ticket.promise_moved")) == 1


async def test_whoever_waits_or_is_done_with_is_not_told(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await brought_to(hotline, contact, engineer, "resolved", key="done")
    await brought_to(hotline, contact, engineer, "closed", key="closed")
    await close_now(hotline)
    assert await journal(hotline, "ticket.promise_moved") == []


async def test_a_promise_that_is_broken_already_is_not_spoken_of_again(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    hotline.clock.advance(timedelta(hours=5))
    said = (await told_last(hotline, ticket)).seq
    today = Exceptional(CLOSED, date(2026, 12, 2), "颱風停班", "Typhoon")
    await change_hours(hotline, lambda plan: plans.with_exception(plan, today, TODAY, 920))
    assert (await told_last(hotline, ticket)).seq == said


async def test_more_tickets_than_a_batch_are_all_counted(
    hotline: Hotline, contact: Contact
) -> None:
    first = await opened(hotline, contact, key="first")
    async with hotline.database.write() as session:
        row = await session.get_one(TicketRow, first.id)
        columns = [
            it.key
            for it in TicketRow.__table__.columns
            if it.key not in ("id", "number") and it.computed is None
        ]
        session.add_all(
            TicketRow(
                **{name: getattr(row, name) for name in columns if name not in ("key",)},
                key=f"copy:{number}",
                number=f"T26-9{number:05}-0",
            )
            for number in range(BATCH + 5)
        )
    await calendar_service.change(
        hotline.database,
        hotline.calendars,
        hotline.now(),
        "system",
        "closed",
        lambda plan: plans.with_exception(plan, TYPHOON, TODAY, 615),
    )
    assert await fire_all(hotline) == 2
    assert len(await journal(hotline, "ticket.promise_moved")) == BATCH + 6


async def test_other_rules_move_promises_too(hotline: Hotline, contact: Contact) -> None:
    ticket = await opened(hotline, contact)
    gold = Rule("gold first", Targets(60, 60, 480), frozenset({3}), tiers=frozenset({contact.tier}))
    rules = (gold, *hotline.settings.rules)
    await deadline_service.change(
        hotline.database, hotline.deadlines, hotline.now(), "system", rules
    )
    await fire_all(hotline)
    moved = await ticket_row(hotline, ticket.number)
    assert moved.first_response_due == taipei("2026-12-01T11:15")
    assert (await told_last(hotline, ticket)).text == (
        f"專線的服務時間或回覆時限有調整。{ticket.number} 改在今天 11:15 前回覆您。"
    )


async def test_rules_with_a_gap_or_one_that_never_wins_are_refused(hotline: Hotline) -> None:
    always = Rule("always", Targets(60, 60, 480))
    for rules, reason in (
        ((always, *hotline.settings.rules), "idle"),
        (hotline.settings.rules[:3], "gap"),
        ((always, always), "twice"),
        ((Rule("odd", Targets(1, 1, 1), queues=frozenset({"kitchen"})), always), "unknown"),
    ):
        with pytest.raises(RuleFault) as refused:
            await deadline_service.change(
                hotline.database, hotline.deadlines, hotline.now(), "system", rules
            )
        assert refused.value.fields["reason"] == reason
    assert hotline.deadlines.version == 0


async def test_what_would_move_is_known_before_it_is_saved(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    plan = plans.with_exception(hotline.calendars.plan, TYPHOON, TODAY, 615)
    other = hotline.with_plan(plan)
    async with hotline.database.read() as session:
        [move] = await would_move(session, other)
    assert (move.ticket.number, move.before) == (ticket.number, ticket.due_at)
    assert move.after == taipei("2026-12-02T13:00")
    assert (await ticket_row(hotline, ticket.number)).due_at == ticket.due_at


async def test_what_the_partner_adds_is_answered_by_a_promise_of_its_own(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    assert ticket.conversation_id is not None
    await handling.reply(hotline, engineer, ticket.number, "請給我序號", claims=True)
    hotline.clock.advance(timedelta(minutes=30))
    await answers.add(hotline, ticket.conversation_id, ticket.number, "78A1234")
    owed = await ticket_row(hotline, ticket.number)
    assert (owed.owes, owed.due_at) == ("next_response", taipei("2026-12-01T14:45"))
    hotline.clock.advance(timedelta(minutes=30))
    await answers.add(hotline, ticket.conversation_id, ticket.number, "還有一台也是")
    assert (await ticket_row(hotline, ticket.number)).due_at == owed.due_at
    await handling.reply(hotline, engineer, ticket.number, "收到")
    answered = await ticket_row(hotline, ticket.number)
    assert (answered.owes, answered.next_response_due) == ("resolution", None)


async def test_a_closure_while_the_clock_stands_still_counts_when_it_goes_on(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_other")
    before = ticket.resolution_due
    hotline.clock.advance(timedelta(hours=1))
    await handling.set_state(hotline, engineer, ticket.number, "open")
    on = await ticket_row(hotline, ticket.number)
    assert on.resolution_due - before == timedelta(hours=1)
    async with hotline.database.write() as session:
        row = await locked_row(session, TicketRow, TicketRow.id == ticket.id)
        assert row is not None
        assert len(row.pauses) == 1


async def test_a_ticket_that_is_older_than_its_timers_gets_them_when_a_desk_starts(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    async with hotline.database.write() as session:
        await drop_timers(session, f"promise:{ticket.id}:")
    await set_what_a_start_needs(hotline)
    await set_what_a_start_needs(hotline)
    await fire_all(hotline)
    async with hotline.database.read() as session:
        kinds = [row.kind for row in await waiting(session) if row.detail.get("ticket")]
    assert sorted(kinds) == ["promise_breach", "promise_warn"]
    assert await journal(hotline, "ticket.promise_moved") == []
