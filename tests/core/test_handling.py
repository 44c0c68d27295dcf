"""What staff do to a ticket: claim, reply, note, wait, resolve. Answer, row and journal."""

import asyncio
from datetime import datetime, timedelta

import pytest

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling, queries
from hotline.tickets.opening import NewTicket, open_ticket
from tests.conftest import CONTACT, ENGINEER, LEAD, contact_of, staff_of
from tests.core.desk_work import (
    brought_to,
    conversation_row,
    everything_journalled,
    journal,
    opened,
    said,
    says,
    ticket_row,
)


@pytest.fixture
async def colleague(hotline: Hotline) -> Staff:
    """A member of staff who has no more say over a ticket than any other."""
    return await staff_of(hotline, "jiarong.li@hotline.example")


async def test_two_who_claim_at_once_one_wins_and_the_other_is_told_who(
    any_hotline: Hotline,
) -> None:
    contact = await contact_of(any_hotline, CONTACT)
    both = {
        staff.id: staff
        for staff in (await staff_of(any_hotline, ENGINEER), await staff_of(any_hotline, LEAD))
    }
    for round_ in range(20):
        ticket = await opened(any_hotline, contact, key=f"k{round_}")
        outcome = await asyncio.gather(
            *(handling.claim(any_hotline, staff, ticket.number) for staff in both.values()),
            return_exceptions=True,
        )
        [lost] = [answer for answer in outcome if isinstance(answer, Conflict)]
        row = await ticket_row(any_hotline, ticket.number)
        assert row in outcome
        assert row.assignee is not None
        assert lost.fields == {"holder": row.assignee.name}
    assert len(await journal(any_hotline, "ticket.claimed")) == 20


async def test_claiming_ones_own_ticket_again_changes_nothing(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    assert await handling.claim(hotline, engineer, ticket.number) == ticket
    assert len(await journal(hotline, "ticket.claimed")) == 1


async def test_a_reply_reaches_the_chat_and_keeps_the_first_promise_once(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    hotline.clock.advance(timedelta(minutes=10))
    first = await handling.reply(hotline, engineer, ticket.number, " 請看電源燈號 ")
    hotline.clock.advance(timedelta(minutes=10))
    second = await handling.reply(hotline, engineer, ticket.number, "請再看一次")
    assert first.first_responded_at is not None
    assert second.first_responded_at == first.first_responded_at
    assert (ticket.due_at, second.due_at) == (ticket.first_response_due, ticket.resolution_due)
    told = await said(hotline, ticket.conversation_id, after=1)
    assert [(m.sender, m.text, m.staff_name) for m in told] == [
        ("staff", "請看電源燈號", engineer.name),
        ("staff", "請再看一次", engineer.name),
    ]
    # A reply makes nobody's half-typed edit stale.
    assert second.version == ticket.version
    conversation = await conversation_row(hotline, ticket.conversation_id)
    assert conversation.asking == {"kind": "reply", "ticket": ticket.number}
    assert len(await journal(hotline, "ticket.replied")) == 2


async def test_a_reply_sent_twice_with_one_id_is_said_once(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    first = await handling.reply(hotline, engineer, ticket.number, "請看燈號", "c1")
    assert await handling.reply(hotline, engineer, ticket.number, "請看燈號", "c1") == first
    assert [m.text for m in await said(hotline, ticket.conversation_id, after=1)] == ["請看燈號"]
    assert len(await journal(hotline, "ticket.replied")) == 1


async def test_of_a_colleagues_ticket_one_keeps_ones_hands(
    hotline: Hotline, contact: Contact, engineer: Staff, colleague: Staff
) -> None:
    for state in ("open", "waiting_partner", "waiting_other", "resolved", "closed"):
        ticket = await brought_to(hotline, contact, engineer, state, key=state)
        known = await journal(hotline)
        for refused in (
            handling.reply(hotline, colleague, ticket.number, "我來"),
            handling.reply(hotline, colleague, ticket.number, "我來", claims=True),
            handling.release(hotline, colleague, ticket.number),
            handling.claim(hotline, colleague, ticket.number),
            *(
                handling.set_state(hotline, colleague, ticket.number, target, text="我來")
                for target in ("open", "waiting_partner", "waiting_other", "resolved")
            ),
        ):
            with pytest.raises(Conflict) as told:
                await refused
            assert told.value.fields == {"holder": engineer.name}
        assert await ticket_row(hotline, ticket.number) == ticket
        assert await journal(hotline) == known


async def test_the_lead_acts_on_anybodys_ticket_and_leaves_it_where_it_is(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    await handling.reply(hotline, lead, ticket.number, "我是主管")
    await handling.set_state(hotline, lead, ticket.number, "waiting_other", text="等原廠")
    resolved = await handling.set_state(hotline, lead, ticket.number, "resolved", text="換電源")
    assert resolved.assignee == engineer
    told = await said(hotline, ticket.conversation_id, after=1)
    assert told[0].staff_name == lead.name


async def test_a_ticket_that_nobody_has_is_claimed_before_or_by_the_reply(
    hotline: Hotline, contact: Contact, colleague: Staff
) -> None:
    ticket = await opened(hotline, contact)
    with pytest.raises(Conflict) as refused:
        await handling.reply(hotline, colleague, ticket.number, "我來")
    assert refused.value.fields == {"holder": ""}
    replied = await handling.reply(hotline, colleague, ticket.number, "我來", claims=True)
    assert (replied.state, replied.assignee) == ("open", colleague)
    kinds = [entry.kind for entry in await journal(hotline) if entry.ticket_id == ticket.id]
    assert kinds == ["ticket.opened", "ticket.claimed", "ticket.replied"]


async def test_moving_a_ticket_that_nobody_has_claims_it(
    hotline: Hotline, contact: Contact, colleague: Staff
) -> None:
    ticket = await opened(hotline, contact)
    moved = await handling.set_state(hotline, colleague, ticket.number, "resolved", text="換電源")
    assert (moved.state, moved.assignee, moved.version) == ("resolved", colleague, 2)
    kinds = [entry.kind for entry in await journal(hotline) if entry.ticket_id == ticket.id]
    assert kinds == ["ticket.opened", "ticket.claimed", "ticket.moved"]


async def test_a_ticket_is_taken_over_openly(
    hotline: Hotline, contact: Contact, engineer: Staff, colleague: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    taken = await handling.take_over(hotline, colleague, ticket.number)
    assert (taken.assignee, taken.state) == (colleague, "waiting_partner")
    assert await handling.take_over(hotline, colleague, ticket.number) == taken
    [entry] = await journal(hotline, "ticket.taken_over")
    assert (entry.actor, entry.detail["before"]) == (f"staff:{colleague.id}", engineer.id)
    with pytest.raises(Conflict):
        await handling.reply(hotline, engineer, ticket.number, "還是我")


async def test_what_nobody_has_is_claimed_not_taken_over(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    with pytest.raises(Conflict) as refused:
        await handling.take_over(hotline, engineer, ticket.number)
    assert refused.value.fields == {"holder": ""}


async def test_a_claim_by_mistake_is_undone(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    freed = await handling.release(hotline, engineer, ticket.number)
    assert (freed.state, freed.assignee) == ("new", None)
    assert freed.first_response_due == ticket.first_response_due
    assert await handling.release(hotline, engineer, ticket.number) == freed
    [entry] = await journal(hotline, "ticket.released")
    assert entry.actor == f"staff:{engineer.id}"


async def test_what_was_worked_on_goes_back_open_for_another_colleague(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    await handling.reply(hotline, engineer, ticket.number, "請看燈號")
    freed = await handling.release(hotline, engineer, ticket.number)
    assert (freed.state, freed.assignee) == ("open", None)
    assert (await handling.claim(hotline, lead, ticket.number)).assignee == lead


@pytest.mark.parametrize("state", ["waiting_partner", "waiting_other", "resolved", "closed"])
async def test_what_is_not_being_worked_on_is_not_handed_back(
    hotline: Hotline, contact: Contact, engineer: Staff, state: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, state)
    with pytest.raises(Conflict) as refused:
        await handling.release(hotline, engineer, ticket.number)
    assert refused.value.fields["state"] == state
    assert await ticket_row(hotline, ticket.number) == ticket


async def test_whom_we_wait_for_and_why_it_opens_again_are_noted_for_colleagues(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    await handling.set_state(hotline, engineer, ticket.number, "waiting_other", text=" 等原廠 ")
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換電源")
    await handling.set_state(hotline, engineer, ticket.number, "open", text="客戶來電說沒好")
    async with hotline.database.read() as session:
        notes = await queries.notes_of(session, ticket.id)
    assert [(note.kind, note.text, note.staff_id) for note in notes] == [
        ("note", "等原廠", engineer.id),
        ("resolution", "換電源", engineer.id),
        ("reopened", "客戶來電說沒好", engineer.id),
    ]
    told = await said(hotline, ticket.conversation_id, after=1)
    assert [message.sender for message in told] == ["bot"]


async def test_what_staff_reopen_is_not_closed_by_a_late_yes(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    await handling.set_state(hotline, engineer, ticket.number, "open", text="還要換風扇")
    assert (await conversation_row(hotline, ticket.conversation_id)).asking is None


async def test_reopening_leaves_the_question_about_another_ticket_alone(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old = await brought_to(hotline, contact, engineer, "resolved", key="old")
    assert old.conversation_id is not None
    request = NewTicket("young", "technical_software", "更新失敗", 3)
    young = await open_ticket(hotline, old.conversation_id, request)
    await handling.set_state(hotline, engineer, young.number, "resolved", text="重新安裝")
    await handling.set_state(hotline, engineer, old.number, "open", text="還要換風扇")
    asking = (await conversation_row(hotline, old.conversation_id)).asking
    assert asking == {"kind": "solved", "ticket": young.number}


async def test_a_resolution_sent_twice_with_one_id_asks_once(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    for _ in range(2):
        resolved = await handling.set_state(
            hotline,
            engineer,
            ticket.number,
            "resolved",
            text="換電源",
            version=ticket.version,
            client_id="c1",
        )
        assert resolved.state == "resolved"
    assert len(await said(hotline, ticket.conversation_id, after=1)) == 1
    assert len(await journal(hotline, "ticket.moved")) == 1


@pytest.mark.parametrize("text", ["", " \n\t "])
async def test_an_empty_reply_or_note_is_refused_at_its_field(
    hotline: Hotline, contact: Contact, engineer: Staff, text: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    for do in (handling.reply, handling.note):
        with pytest.raises(BadInput) as refused:
            await do(hotline, engineer, ticket.number, text)
        assert refused.value.fields == {"field": "text"}


async def test_a_note_is_for_staff_only(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    await handling.note(hotline, lead, ticket.number, "這家客戶很急")
    assert len(await said(hotline, ticket.conversation_id)) == 1
    assert [entry.actor for entry in await journal(hotline, "ticket.noted")] == [f"staff:{lead.id}"]
    assert "很急" not in await everything_journalled(hotline)


async def test_the_resolution_clock_stands_while_the_partner_is_awaited(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    hotline.clock.set(datetime.fromisoformat("2026-12-01T11:15:00+08:00"))
    waiting = await handling.set_state(
        hotline, engineer, ticket.number, "waiting_partner", text="請給序號"
    )
    assert waiting.waiting_since is not None
    assert waiting.resolution_due == ticket.resolution_due
    # A whole working day of 480 open minutes later.
    hotline.clock.set(datetime.fromisoformat("2026-12-02T11:15:00+08:00"))
    going_on = await handling.set_state(hotline, engineer, ticket.number, "open")
    left = hotline.calendar.open_minutes(ticket.resolution_due, going_on.resolution_due)
    assert (going_on.waiting_since, left) == (None, 480)
    assert going_on.first_response_due == ticket.first_response_due


async def test_an_edit_of_an_older_version_is_refused_with_how_it_stands(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    seen = await brought_to(hotline, contact, engineer, "open")
    await handling.set_state(hotline, engineer, seen.number, "waiting_other")
    with pytest.raises(Conflict) as stale:
        await handling.set_state(
            hotline, lead, seen.number, "resolved", text="好了", version=seen.version
        )
    assert stale.value.fields == {"version": seen.version + 1, "state": "waiting_other"}
    assert (await ticket_row(hotline, seen.number)).state == "waiting_other"


async def test_a_ticket_that_does_not_exist_cannot_be_handled(
    hotline: Hotline, engineer: Staff
) -> None:
    for number in ("T26-000042-7", "T26-000042-8", "?"):
        with pytest.raises(NotFound, match=r"^no such ticket$"):
            await handling.claim(hotline, engineer, number)


async def test_staff_and_partner_who_act_on_one_ticket_at_once_do_not_block_each_other(
    any_hotline: Hotline,
) -> None:
    contact = await contact_of(any_hotline, CONTACT)
    engineer = await staff_of(any_hotline, ENGINEER)
    ticket = await brought_to(any_hotline, contact, engineer, "open")
    conversation_id = ticket.conversation_id
    assert conversation_id is not None
    async with asyncio.timeout(30):
        for round_ in range(25):
            await asyncio.gather(
                handling.note(any_hotline, engineer, ticket.number, "看過了"),
                says(any_hotline, conversation_id, "還在嗎", f"c{round_}"),
                handling.reply(any_hotline, engineer, ticket.number, "在"),
            )
    told = await said(any_hotline, conversation_id)
    assert [message.seq for message in told] == list(range(1, 52))
    assert len(await journal(any_hotline, "ticket.noted")) == 25
