"""Staff say whose a message from elsewhere is; junk can be taken back."""

import asyncio

import pytest

from hotline.calls import backs
from hotline.core import Hotline
from hotline.errors import Conflict, NotFound
from hotline.intake import settling
from hotline.intake.messages import take
from hotline.staff.service import Staff
from hotline.tickets import handling, queries
from tests.conftest import CONTACT, ENGINEER, contact_of, staff_of
from tests.core.desk_work import conversation_row, journal, ticket_row
from tests.core.test_escalations import at
from tests.core.test_intake import arrived, row_of

LI = "jiarong.li@hotline.example"


@pytest.fixture
async def staff(hotline: Hotline) -> Staff:
    return await staff_of(hotline, LI)


@pytest.fixture
async def number(hotline: Hotline) -> str:
    """The ticket of somebody whom nobody knows."""
    return (await take(hotline, arrived(caller="02-2700-0000"))).number


async def waiting(hotline: Hotline) -> list[str]:
    async with hotline.database.read() as session:
        return [each.ticket.number for each in await settling.waiting(session) if each.ticket]


async def test_who_is_linked_has_the_ticket_and_its_promise_by_tier(
    hotline: Hotline, staff: Staff, number: str
) -> None:
    contact, row = await contact_of(hotline, CONTACT), await row_of(hotline, number)
    assert await waiting(hotline) == [number]
    await settling.link(hotline, staff, row.id, contact.id)
    ticket = await ticket_row(hotline, number)
    assert (ticket.contact, ticket.partner_id, ticket.identity_verified) == (
        contact,
        contact.partner_id,
        True,
    )
    conversation = await conversation_row(hotline, ticket.conversation_id)
    assert (conversation.contact, conversation.needs_session) == (contact, True)
    assert await waiting(hotline) == []
    async with hotline.database.read() as session:
        seen = await queries.find_as(session, hotline, contact, number)
    assert seen.number == number
    [entry] = await journal(hotline, "ticket.identified")
    assert (entry.actor, entry.detail["contact"]) == (f"staff:{staff.id}", contact.id)
    # A reply reaches somebody now, and it did not before.
    assert (await handling.reply(hotline, staff, number, "收到", claims=True)).number == number


async def test_nobody_reads_a_reply_to_a_stranger(
    hotline: Hotline, staff: Staff, number: str
) -> None:
    with pytest.raises(Conflict):
        await handling.reply(hotline, staff, number, "收到", claims=True)
    done = await handling.set_state(hotline, staff, number, "resolved", text="電話上談好了")
    assert done.state == "resolved"


async def test_a_visitor_is_no_longer_asked_about(
    hotline: Hotline, staff: Staff, number: str
) -> None:
    row = await row_of(hotline, number)
    await settling.leave_as_visitor(hotline, staff, row.id)
    await settling.leave_as_visitor(hotline, staff, row.id)
    assert await waiting(hotline) == []
    assert (await ticket_row(hotline, number)).callback == "due"


async def test_junk_is_closed_and_an_undo_leaves_all_as_it_was(
    hotline: Hotline, staff: Staff, number: str
) -> None:
    before, row = await ticket_row(hotline, number), await row_of(hotline, number)
    await settling.throw_away(hotline, staff, row.id)
    junk = await ticket_row(hotline, number)
    assert (junk.state, junk.callback) == ("closed", "settled")
    assert await waiting(hotline) == []
    contact = await contact_of(hotline, CONTACT)
    with pytest.raises(Conflict):
        await settling.link(hotline, staff, row.id, contact.id)
    await at(hotline, "2026-12-01 11:15")
    await settling.undo(hotline, staff, row.id)
    after = await ticket_row(hotline, number)
    assert (after.state, after.callback, after.closed_at) == (before.state, "due", None)
    # The hour between does not count.
    moved = after.first_response_due - before.first_response_due
    assert 3590 <= moved.total_seconds() <= 3610
    assert await waiting(hotline) == [number]
    async with hotline.database.read() as session:
        assert [back.ticket.number for back in await backs.waiting(session, hotline)] == [number]
    with pytest.raises(Conflict):
        await settling.undo(hotline, staff, row.id)


async def test_somebody_elses_ticket_is_not_thrown_away(
    hotline: Hotline, staff: Staff, number: str
) -> None:
    engineer = await staff_of(hotline, ENGINEER)
    await handling.claim(hotline, engineer, number)
    with pytest.raises(Conflict):
        await settling.throw_away(hotline, staff, (await row_of(hotline, number)).id)
    assert (await ticket_row(hotline, number)).state == "open"


async def test_what_there_is_not_is_not_found(hotline: Hotline, staff: Staff, number: str) -> None:
    with pytest.raises(NotFound):
        await settling.link(hotline, staff, 999, 1)
    with pytest.raises(NotFound):
        await settling.link(hotline, staff, (await row_of(hotline, number)).id, 999)


async def test_of_two_at_once_one_is_told_that_the_other_was_first(
    hotline: Hotline, staff: Staff, number: str
) -> None:
    row, contact = await row_of(hotline, number), await contact_of(hotline, CONTACT)
    done = await asyncio.gather(
        settling.throw_away(hotline, staff, row.id),
        settling.link(hotline, staff, row.id, contact.id),
        return_exceptions=True,
    )
    ticket = await ticket_row(hotline, number)
    if isinstance(done[1], Conflict):
        assert (ticket.state, ticket.contact) == ("closed", None)
    else:
        assert ticket.contact == contact
