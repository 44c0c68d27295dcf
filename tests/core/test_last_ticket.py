"""After a ticket was opened, what is said of it is done with it, whatever the words resemble."""

import pytest

from actions.dialogue import Affirm, Deny, Inform, Unsure
from actions.follow_up import TicketClose, TicketEscalate, TicketReopen
from actions.person import TalkToHuman
from actions.status import TicketList
from actions.submit import CancelRequest
from hotline.conversations.service import locked, start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.core.desk_work import brought_to, conversation_row, notes_on, opened, ticket_row
from tests.core.follow_up import Partner, response

VISITOR = "visitor@somewhere.example"


@pytest.fixture
async def ticket(hotline: Hotline, contact: Contact) -> Ticket:
    return await opened(hotline, contact)


@pytest.fixture
def partner(hotline: Hotline, ticket: Ticket) -> Partner:
    assert ticket.conversation_id is not None
    return Partner(hotline, ticket.conversation_id)


async def test_how_it_goes_is_told_of_it_alone(ticket: Ticket, partner: Partner) -> None:
    for action, words in (
        (TicketList(), "how's that ticket going"),
        (Unsure(), "how's that one going"),
        (TicketReopen(), "reference number again?"),
        (TicketList(), "單號給我"),
    ):
        told, *_card = await partner.says(action, words)
        assert ticket.number in told["text"]


async def test_what_is_solved_or_not_wanted_any_more_is_to_be_closed(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    for action, words in (
        (Deny(), "that one is solved now, thanks"),
        (CancelRequest(), "please cancel that one we found a spare"),
        (CancelRequest(), "先不要裝了 取消那張"),
        (CancelRequest(), "我要取消"),
    ):
        assert response(await partner.says(action, words)) == "close_ask"
        assert response(await partner.says(Deny(), "不用")) == "close_kept"
    assert (await ticket_row(hotline, ticket.number)).state == "new"


async def test_a_digit_is_no_answer_to_whether_it_is_closed_and_no_note(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    await partner.says(TicketClose(), "那張結案 客戶修好了")
    assert response(await partner.says(Inform(), "5")) == "close_ask"
    assert (await ticket_row(hotline, ticket.number)).state == "new"
    assert await notes_on(hotline, ticket) == []
    await partner.says(Affirm(), "要")
    assert (await ticket_row(hotline, ticket.number)).state == "closed"
    assert await notes_on(hotline, ticket) == ["客戶修好了"]


async def test_not_done_after_all_opens_it_again(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    assert closed.conversation_id is not None
    asking = (await conversation_row(hotline, closed.conversation_id)).asking
    assert asking is not None
    assert asking["kind"] == "rate"
    await Partner(hotline, closed.conversation_id).says(Deny(), "不對 還沒好")
    assert (await ticket_row(hotline, closed.number)).state == "open"


async def test_solved_is_no_denial_where_it_was_reported_resolved(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    done = await brought_to(hotline, contact, engineer, "resolved")
    assert done.conversation_id is not None
    partner = Partner(hotline, done.conversation_id)
    await partner.says(TicketList(), "那張怎麼樣了")
    await partner.says(Deny(), "that one is solved now, thanks")
    assert (await ticket_row(hotline, done.number)).state == "closed"


async def test_graver_or_the_manager_goes_to_the_lead(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    assert response(await partner.says(Unsure(), "please speed it up")) == "escalate_ask"
    assert response(await partner.says(Affirm(), "ok 謝謝")) == "go_on"
    said = await partner.says(Unsure(), "hmm whole line stopped now, mark it production down")
    assert response(said) == "escalate_sure"
    assert response(await partner.says(Affirm(), "yes")) == "escalated_raised"
    assert (await ticket_row(hotline, ticket.number)).severity == 1
    assert response(await partner.says(TalkToHuman(), "找主管")) == "escalated_again"
    assert (await conversation_row(hotline, ticket.conversation_id)).holder == "bot"


async def test_not_done_keeps_it_open_where_closing_is_asked(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    await partner.says(TicketClose(), "那張結案")
    assert response(await partner.says(Deny(), "不對 還沒好")) == "close_kept"


async def test_a_proven_address_lists_its_tickets_whatever_conversation_they_are_of(
    hotline: Hotline,
) -> None:
    before, _greeting = await start(hotline, None)
    facts = {"email": {"value": VISITOR, "status": "known"}}
    new = NewTicket("mail", "other_request", "報名表找不到", 3, facts=facts)
    ticket = await open_ticket(hotline, before.id, new)
    now, _greeting = await start(hotline, None)
    async with hotline.database.write() as session:
        (await locked(session, now.id)).proven_email = VISITOR
    listed = await Partner(hotline, now.id).says(TicketList(), "我的工單有哪些")
    assert response(listed) == "list_proven"
    [cards] = [one["custom"]["tickets"] for one in listed if one.get("custom")]
    assert [card["number"] for card in cards] == [ticket.number]


async def test_less_urgent_is_written_down_for_who_decides(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    assert response(await partner.says(TicketEscalate(), "降低急迫性")) == "lower_noted"
    assert await notes_on(hotline, ticket) == ["降低急迫性"]
    assert (await ticket_row(hotline, ticket.number)).severity == ticket.severity
