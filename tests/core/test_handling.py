"""What staff do to a ticket: claim, reply, note, wait, resolve. Answer, row and journal."""

import asyncio
from datetime import datetime, timedelta

import pytest

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
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


async def test_only_the_assignee_replies(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    free = await opened(hotline, contact, key="free")
    taken = await brought_to(hotline, contact, engineer, "open", key="taken")
    for number, holder in ((free.number, ""), (taken.number, engineer.name)):
        with pytest.raises(Conflict) as refused:
            await handling.reply(hotline, lead, number, "我來")
        assert refused.value.fields == {"holder": holder}
    assert await journal(hotline, "ticket.replied") == []
    assert len(await said(hotline, taken.conversation_id)) == 1


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
