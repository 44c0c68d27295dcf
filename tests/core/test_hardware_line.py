"""After the 24-hour line was named: did you get through? Yes, no, not yet, and silence."""

from datetime import datetime, timedelta

import pytest

from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.escalations import records
from hotline.escalations.records import Escalation
from hotline.escalations.service import take_notice
from hotline.hardware_line.answering import NOT_YET, answer
from hotline.hardware_line.rows import NOT_THROUGH, SILENT, THROUGH, LineCheckRow
from hotline.partners.service import Contact
from hotline.rota import service as rota
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from hotline.timers.handlers import HANDLERS
from hotline.timers.service import fire_next
from tests.conftest import FRIDAY_NIGHT, TUESDAY_MORNING
from tests.core.desk_work import conversation_row, journal, said
from tests.core.test_escalations import clear_rota

WORDS = "Power 主機開不了機"


async def after(hotline: Hotline, minutes: int) -> datetime:
    """The time so long after Friday night and a little, with all that was due until then done."""
    now = FRIDAY_NIGHT + timedelta(minutes=minutes, seconds=30)
    hotline.clock.set(now)
    while await fire_next(hotline, HANDLERS):
        pass
    return now


@pytest.fixture
async def ticket(hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff) -> Ticket:
    """An outage at night of which the partner was told to call the line; two are on call."""
    await clear_rota(hotline)
    begins, ends = TUESDAY_MORNING, TUESDAY_MORNING + timedelta(days=7)
    await rota.add(hotline, lead, engineer.email, begins, ends, 1)
    await rota.add(hotline, lead, lead.email, begins, ends, 2)
    hotline.clock.set(FRIDAY_NIGHT)
    conversation, _greeting = await start(hotline, contact)
    request = NewTicket("k1", "technical_hardware", WORDS, 1, line_named=True)
    return await open_ticket(hotline, conversation.id, request)


async def outcome(hotline: Hotline, ticket: Ticket, since: datetime | None = None) -> str | None:
    """What is noted, and noted in time."""
    async with hotline.database.read() as session:
        row = await session.get_one(LineCheckRow, ticket.id)
        assert since is None or (row.outcome_at is not None and row.outcome_at >= since)
        return row.outcome


async def of_the_line(hotline: Hotline, ticket: Ticket) -> list[Escalation]:
    async with hotline.database.read() as session:
        return [it for it in await records.of_ticket(session, ticket.id) if it.why == "line"]


async def says(hotline: Hotline, ticket: Ticket, words: str) -> None:
    await answer(hotline, ticket.conversation_id or "", ticket.number, words)


async def test_it_is_asked_some_minutes_after_the_number_with_buttons_that_name_the_ticket(
    hotline: Hotline, ticket: Ticket
) -> None:
    await after(hotline, 4)
    before = len(await said(hotline, ticket.conversation_id))
    await after(hotline, 5)
    asked = (await said(hotline, ticket.conversation_id))[before:]
    assert [message.text for message in asked] == [
        hotline.replies.text("hw_through", "zh-TW", number=ticket.number, minutes=15)
    ]
    assert [button["payload"] for button in asked[0].buttons] == [
        f"desk:line:{said}:{ticket.number}" for said in (THROUGH, NOT_THROUGH, NOT_YET)
    ]
    row = await conversation_row(hotline, ticket.conversation_id)
    assert (row.asking or {}) | {"seq": 0} == {"kind": "line", "ticket": ticket.number, "seq": 0}
    await after(hotline, 6)
    assert len(await said(hotline, ticket.conversation_id)) == before + 1


async def test_a_yes_is_noted_with_its_time_and_wakes_nobody(
    hotline: Hotline, ticket: Ticket
) -> None:
    now = await after(hotline, 7)
    await says(hotline, ticket, THROUGH)
    assert await outcome(hotline, ticket, now) == THROUGH
    await after(hotline, 60)
    assert await of_the_line(hotline, ticket) == []
    entries = await journal(hotline, "ticket.line")
    assert [entry.detail["outcome"] for entry in entries] == [THROUGH]
    row = await conversation_row(hotline, ticket.conversation_id)
    assert row.asking is None


async def test_a_no_wakes_whoever_is_on_call_and_climbs_the_rota(
    hotline: Hotline, ticket: Ticket, engineer: Staff, lead: Staff
) -> None:
    now = await after(hotline, 7)
    await says(hotline, ticket, NOT_THROUGH)
    await says(hotline, ticket, NOT_THROUGH)
    assert await outcome(hotline, ticket, now) == NOT_THROUGH
    [woken] = await of_the_line(hotline, ticket)
    assert (woken.level, woken.to) == ("on_call", engineer)
    # Of the outage they know since it was opened: the earlier time holds.
    assert woken.acknowledge_by == FRIDAY_NIGHT + timedelta(minutes=15)
    await after(hotline, 15)
    async with hotline.database.read() as session:
        climbed = (await records.of_ticket(session, ticket.id))[-1]
    assert (climbed.why, climbed.level, climbed.to) == ("unanswered", "on_call", lead)
    assert climbed.after_id == woken.id


async def test_whoever_takes_notice_stops_the_climbing_and_the_partner_hears_it(
    hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    await after(hotline, 7)
    await says(hotline, ticket, NOT_THROUGH)
    [woken] = await of_the_line(hotline, ticket)
    await take_notice(hotline, engineer, woken.id)
    heard = (await said(hotline, ticket.conversation_id))[-1]
    noticed = hotline.replies.text(
        "on_call_noticed", "zh-TW", number=ticket.number, who=engineer.called("zh-TW")
    )
    assert heard.text == noticed
    before = len(await said(hotline, ticket.conversation_id))
    await after(hotline, 120)
    assert len(await said(hotline, ticket.conversation_id)) == before


async def test_silence_is_a_no_and_is_told(
    hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    await after(hotline, 5)
    [severe] = [it for it in await _all(hotline, ticket) if it.why == "severe"]
    await take_notice(hotline, engineer, severe.id)
    await after(hotline, 19)
    assert await outcome(hotline, ticket) is None
    now = await after(hotline, 21)
    assert await outcome(hotline, ticket, now) == SILENT
    [woken] = await of_the_line(hotline, ticket)
    assert woken.to == engineer
    heard = (await said(hotline, ticket.conversation_id))[-1]
    assert engineer.called("zh-TW") in heard.text
    assert "0912-345-678" in heard.text
    await says(hotline, ticket, THROUGH)  # late, and better
    assert await outcome(hotline, ticket) == THROUGH


async def _all(hotline: Hotline, ticket: Ticket) -> list[Escalation]:
    async with hotline.database.read() as session:
        return await records.of_ticket(session, ticket.id)


async def test_who_has_not_called_yet_is_asked_again(hotline: Hotline, ticket: Ticket) -> None:
    await after(hotline, 6)
    await says(hotline, ticket, NOT_YET)
    before = len(await said(hotline, ticket.conversation_id))
    await after(hotline, 10)
    assert len(await said(hotline, ticket.conversation_id)) == before
    await after(hotline, 12)
    heard = (await said(hotline, ticket.conversation_id))[before:]
    assert len(heard) == 1
    assert heard[0].buttons
    await after(hotline, 26)
    assert await of_the_line(hotline, ticket) == []
    await after(hotline, 28)
    assert len(await of_the_line(hotline, ticket)) == 1


async def test_nobody_speaks_over_a_person_and_a_solved_outage_is_not_asked_about(
    hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    async with hotline.database.write() as session:
        row = await session.get_one(ConversationRow, ticket.conversation_id)
        row.holder, row.staff_id = "person", engineer.id
    before = len(await said(hotline, ticket.conversation_id))
    await after(hotline, 6)
    assert len(await said(hotline, ticket.conversation_id)) == before
    async with hotline.database.write() as session:
        row = await session.get_one(ConversationRow, ticket.conversation_id)
        row.holder, row.staff_id = "bot", None
    await handling.claim(hotline, engineer, ticket.number)
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換電源")
    before = len(await said(hotline, ticket.conversation_id))
    await after(hotline, 60)
    assert len(await said(hotline, ticket.conversation_id)) == before


async def test_only_who_was_given_the_line_answers_for_a_ticket(
    hotline: Hotline, ticket: Ticket
) -> None:
    elsewhere, _greeting = await start(hotline, None)
    with pytest.raises(NotFound):
        await answer(hotline, elsewhere.id, ticket.number, THROUGH)
    conversation = ticket.conversation_id or ""
    plain = await open_ticket(hotline, conversation, NewTicket("k2", "other_request", WORDS, 3))
    with pytest.raises(NotFound):
        await answer(hotline, conversation, plain.number, THROUGH)
    assert await outcome(hotline, ticket) is None
