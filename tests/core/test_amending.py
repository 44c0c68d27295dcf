"""Staff change what is known of a ticket; who comes second is told, and nothing is overwritten."""

from datetime import datetime, timedelta

import pytest

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.amending import AMENDED, Stale, amend
from hotline.tickets.ticket import Ticket
from tests.core.desk_work import brought_to, journal, notes_on, opened, said, ticket_row


def taipei(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}:00+08:00")


async def test_a_graver_severity_is_counted_from_now_and_the_partner_hears_of_it(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    assert ticket.first_response_due == taipei("2026-12-01T14:15")
    after = await amend(hotline, engineer, ticket.number, "severity", "2", seen="3")
    assert (after.severity, after.severity_words) == (2, ())
    assert after.first_response_due < ticket.first_response_due
    told = (await said(hotline, ticket.conversation_id))[-1]
    assert told.text.startswith(f"專員把 {ticket.number} 的急迫性改為「")
    [entry] = await journal(hotline, AMENDED)
    assert entry.detail["fact"] == "severity"
    assert (entry.detail["before"], entry.detail["to"]) == ("3", "2")
    [moved] = await journal(hotline, "ticket.promise_moved")
    assert moved.detail["said"] == told.seq


async def test_a_lower_severity_is_counted_as_if_it_had_never_been_graver(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    usual = await opened(hotline, contact)
    grave = await opened(hotline, contact, key="k2", severity=2)
    after = await amend(hotline, engineer, grave.number, "severity", "3", seen="2")
    assert after.first_response_due == usual.first_response_due
    assert after.resolution_due == usual.resolution_due


async def test_raised_by_mistake_and_lowered_again_it_is_due_as_before(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    hotline.clock.advance(timedelta(minutes=5))
    await amend(hotline, engineer, ticket.number, "severity", "1", seen="3")
    after = await amend(hotline, engineer, ticket.number, "severity", "3", seen="1")
    assert after.first_response_due == ticket.first_response_due


async def test_another_queue_lets_go_of_a_holder_who_is_not_in_it(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    assert "campaign" not in engineer.queues
    after = await amend(hotline, engineer, ticket.number, "queue", "campaign", seen="technical")
    assert (after.queue, after.assignee, after.state) == ("campaign", None, "new")
    [entry] = await journal(hotline, AMENDED)
    assert (entry.detail["before"], entry.detail["to"]) == ("technical", "campaign")


async def test_a_ticket_is_handed_to_a_colleague_and_back_to_nobody(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    handed = await amend(hotline, engineer, ticket.number, "assignee", str(lead.id), seen="")
    assert (handed.assignee, handed.state) == (lead, "open")
    with pytest.raises(Conflict) as refused:
        await amend(hotline, engineer, ticket.number, "assignee", "", seen=str(lead.id))
    assert refused.value.fields == {"holder": lead.name}
    freed = await amend(hotline, lead, ticket.number, "assignee", "", seen=str(lead.id))
    assert (freed.assignee, freed.state) == (None, "new")
    with pytest.raises(BadInput):
        await amend(hotline, lead, ticket.number, "assignee", "99999", seen="")


@pytest.mark.parametrize(
    ("fact", "value", "kept"),
    [
        ("customer", "  大立 營造 ", "大立 營造"),
        ("product", "Power S1022", "Power S1022"),
        ("serial", "序號是 78a1234", "78A1234"),
    ],
)
async def test_a_fact_is_read_noted_for_colleagues_and_journalled_without_its_words(
    hotline: Hotline, contact: Contact, engineer: Staff, fact: str, value: str, kept: str
) -> None:
    ticket = await opened(hotline, contact)
    after = await amend(hotline, engineer, ticket.number, fact, value, seen="")
    assert after.fact(fact) == kept
    [entry] = await journal(hotline, AMENDED)
    assert entry.actor == f"staff:{engineer.id}"
    assert {"fact": fact, "queue": "technical", "state": "new"} == entry.detail
    assert kept in (await notes_on(hotline, ticket))[-1]
    again = await amend(hotline, engineer, ticket.number, fact, value, seen="anything")
    assert again.version == after.version
    gone = await amend(hotline, engineer, ticket.number, fact, "", seen=kept)
    assert gone.fact(fact) is None


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("severity", "5", "unknown"),
        ("severity", "", "unknown"),
        ("queue", "nowhere", "unknown"),
        ("assignee", "amy", "unknown"),
        ("assignee", "９", "unknown"),
        ("serial", "不知道", "no_serial"),
        ("customer", "長" * 121, "too_long"),
    ],
)
async def test_what_cannot_be_a_value_is_refused_and_changes_nothing(
    hotline: Hotline, contact: Contact, engineer: Staff, field: str, value: str, reason: str
) -> None:
    ticket = await opened(hotline, contact)
    with pytest.raises(BadInput) as refused:
        await amend(hotline, engineer, ticket.number, field, value, seen="")
    assert (refused.value.fields["field"], refused.value.fields["reason"]) == (field, reason)
    assert await ticket_row(hotline, ticket.number) == ticket


async def test_whoever_comes_second_is_told_both_values_who_and_when(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await amend(hotline, engineer, ticket.number, "customer", "大立營造", seen="")
    first_at = hotline.now()
    hotline.clock.advance(timedelta(minutes=3))
    await amend(hotline, engineer, ticket.number, "product", "S1022", seen="")
    with pytest.raises(Stale) as met:
        await amend(hotline, lead, ticket.number, "customer", "大力營造", seen="")
    told = met.value.fields
    assert (told["field"], told["present"], told["mine"]) == ("customer", "大立營造", "大力營造")
    assert told["actor"] == f"staff:{engineer.id}"
    assert abs(told["at"] - first_at) < timedelta(seconds=30)
    assert (await ticket_row(hotline, ticket.number)).fact("customer") == "大立營造"
    mine = await amend(hotline, lead, ticket.number, "customer", "大力營造", seen="大立營造")
    assert mine.fact("customer") == "大力營造"


async def test_a_claim_meanwhile_counts_as_a_change_of_the_owner(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await handling.claim(hotline, engineer, ticket.number)
    with pytest.raises(Stale) as met:
        await amend(hotline, lead, ticket.number, "assignee", str(lead.id), seen="")
    assert met.value.fields["present"] == str(engineer.id)
    assert met.value.fields["actor"] == f"staff:{engineer.id}"


async def test_a_closed_ticket_takes_no_change(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket: Ticket = await brought_to(hotline, contact, engineer, "closed")
    with pytest.raises(Conflict):
        await amend(hotline, engineer, ticket.number, "severity", "1", seen="3")
