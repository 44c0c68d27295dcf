"""Opening a ticket: one per key, numbered in order, promised by severity and the hours."""

import asyncio
from datetime import UTC, datetime

import pytest

from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.tickets import told
from hotline.tickets.kinds import KINDS
from hotline.tickets.opening import NewTicket, open_ticket, subject_of
from hotline.tickets.ticket import Ticket
from tests.conftest import CONTACT, FRIDAY_NIGHT, contact_of
from tests.core.desk_work import (
    WORDS,
    conversation_row,
    everything_journalled,
    journal,
    opened,
    ticket_row,
)
from wording import ticket_number

REQUEST = NewTicket("k1", "technical_hardware", WORDS, 1, ("開不了機",))
QUEUES = {
    "presales_quote": "presales",
    "presales_configuration": "presales",
    "presales_demo": "presales",
    "presales_proposal": "presales",
    "presales_opportunity": "presales",
    "technical_hardware": "technical",
    "technical_software": "technical",
    "technical_install": "technical",
    "technical_warranty": "technical",
    "admin_order": "admin",
    "admin_invoice": "admin",
    "admin_contract": "admin",
    "admin_account": "admin",
    "admin_company_data": "admin",
    "account_contract": "admin",
    "account_credit": "admin",
    "campaign_event": "campaign",
    "campaign_bdf": "campaign",
    "campaign_training": "campaign",
    "campaign_certification": "campaign",
    "account_certification": "campaign",
    "account_bdf": "campaign",
    "other_request": "other",
    "report_conflict": "other",
    "apply_partnership": "other",
    "complain": "other",
    "leave_message": "other",
    "ask_knowledge": "other",
    "account_performance": "other",
}


async def test_the_same_key_opens_one_ticket(hotline: Hotline, contact: Contact) -> None:
    conversation, _greeting = await start(hotline, contact)
    first = await open_ticket(hotline, conversation.id, REQUEST)
    again = await open_ticket(hotline, conversation.id, REQUEST)
    assert again == first
    assert first == await ticket_row(hotline, first.number)
    assert [entry.detail for entry in await journal(hotline, "ticket.opened")] == [
        {"queue": "technical", "severity": 1, "due": first.first_response_due.isoformat()}
    ]
    assert (await conversation_row(hotline, conversation.id)).last_ticket == first.number


async def test_ten_openings_at_the_same_moment_open_one_ticket(any_hotline: Hotline) -> None:
    contact = await contact_of(any_hotline, CONTACT)
    conversation, _greeting = await start(any_hotline, contact)
    together = await asyncio.gather(
        *(open_ticket(any_hotline, conversation.id, REQUEST) for _ in range(10))
    )
    assert {ticket.number for ticket in together} == {"T26-000001-5"}
    assert len(await journal(any_hotline, "ticket.opened")) == 1


async def test_numbers_are_unique_increasing_and_carry_their_check_digit(
    any_hotline: Hotline,
) -> None:
    contact = await contact_of(any_hotline, CONTACT)
    tickets = await asyncio.gather(*(opened(any_hotline, contact, key=f"k{n}") for n in range(12)))
    in_order = [ticket.number for ticket in sorted(tickets, key=lambda ticket: ticket.id)]
    assert in_order == [ticket_number.write(2026, n) for n in range(1, 13)]
    assert all(ticket_number.read(number) == number for number in in_order)


async def test_the_year_of_a_number_is_that_of_the_hotlines_own_zone(
    hotline: Hotline, contact: Contact
) -> None:
    hotline.clock.set(datetime.fromisoformat("2026-12-31T23:59:00+08:00"))
    assert (await opened(hotline, contact, key="old")).number == "T26-000001-5"
    # Still the old year in UTC.
    hotline.clock.set(datetime.fromisoformat("2027-01-01T00:01:00+08:00"))
    assert (await opened(hotline, contact, key="new")).number == ticket_number.write(2027, 1)


@pytest.mark.parametrize(("intent", "queue"), QUEUES.items())
async def test_each_kind_of_request_has_its_queue(
    hotline: Hotline, contact: Contact, intent: str, queue: str
) -> None:
    assert set(KINDS) == set(QUEUES)
    assert (await opened(hotline, contact, intent=intent)).queue == queue


OPEN_HOURS = {
    1: ("12-01T10:45", "12-01T14:15"),
    2: ("12-01T12:15", "12-02T10:15"),
    3: ("12-01T14:15", "12-04T10:15"),
    4: ("12-02T10:15", "12-09T10:15"),
}
CLOSED = {
    1: ("12-07T09:30", "12-07T13:00"),
    2: ("12-07T11:00", "12-07T17:00"),
    3: ("12-07T13:00", "12-09T17:00"),
    4: ("12-07T17:00", "12-14T17:00"),
}


def promises(ticket: Ticket) -> tuple[datetime, datetime]:
    return ticket.first_response_due, ticket.resolution_due


def in_taipei(*times: str) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(f"2026-{time}:00+08:00") for time in times)


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
async def test_promises_count_open_hours_by_severity(
    hotline: Hotline, contact: Contact, severity: int
) -> None:
    ticket = await opened(hotline, contact, severity=severity)
    assert promises(ticket) == in_taipei(*OPEN_HOURS[severity])
    assert {time.tzinfo for time in promises(await ticket_row(hotline, ticket.number))} == {UTC}


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
async def test_promises_of_a_friday_night_begin_on_monday_morning(
    hotline: Hotline, contact: Contact, severity: int
) -> None:
    hotline.clock.set(FRIDAY_NIGHT)
    ticket = await opened(hotline, contact, severity=severity)
    assert promises(ticket) == in_taipei(*CLOSED[severity])


async def test_a_visitors_ticket_is_marked_as_not_verified(hotline: Hotline) -> None:
    ticket = await opened(hotline, None)
    assert (ticket.contact, ticket.identity_verified) == (None, False)


async def test_a_subject_is_one_line_of_at_most_120_characters(
    hotline: Hotline, contact: Contact
) -> None:
    conversation, _greeting = await start(hotline, contact)
    long = "第一行\n" + "很長" * 100
    ticket = await open_ticket(hotline, conversation.id, NewTicket("k", "other_request", long, 3))
    assert ticket.description == long
    assert ticket.subject == subject_of(long)
    assert (len(ticket.subject), ticket.subject[:6]) == (120, "第一行 很長")
    assert ticket.subject.endswith("…")


async def test_the_journal_carries_no_words_of_a_person(hotline: Hotline, contact: Contact) -> None:
    await opened(hotline, contact)
    told = await everything_journalled(hotline)
    assert "ticket.opened" in told
    assert not any(word in told for word in (WORDS, contact.name, contact.email, "Power"))


@pytest.mark.parametrize(
    ("wished", "is_promised"),
    [
        ("2026-12-09 15:00", True),
        ("2026-12-09 22:00", False),  # nobody is there to call
        ("明年二月", False),
    ],
)
async def test_a_call_is_promised_for_the_time_that_was_wished_for(
    hotline: Hotline, contact: Contact, wished: str, is_promised: bool
) -> None:
    conversation, _greeting = await start(hotline, contact)
    facts = {"needed_by": {"value": wished, "status": "known"},
             "phone": {"value": "0933-123-456", "status": "known"}}  # fmt: skip
    ticket = await open_ticket(
        hotline, conversation.id, NewTicket("k9", "leave_message", WORDS, 3, facts=facts)
    )
    told_of = told.opened(hotline, ticket, "zh-TW").text
    has_window = "0933-123-456" in told_of and "12/9" in told_of and "15:00" in told_of
    assert has_window is is_promised
