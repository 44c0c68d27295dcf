"""A partner closes a ticket in any state, after being asked; nobody closes it for them."""

import pytest

from actions.dialogue import Affirm
from actions.follow_up import TicketClose
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.ticket import Ticket
from tests.core.desk_work import brought_to, conversation_row, journal, ticket_row
from tests.core.follow_up import Partner, notes, payloads, response, speaks


@pytest.mark.parametrize("state", ["new", "open", "waiting_partner", "waiting_other", "resolved"])
async def test_a_partner_closes_a_ticket_in_any_state_after_being_asked(
    hotline: Hotline, contact: Contact, engineer: Staff, state: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, state)
    partner = speaks(hotline, ticket)
    said = await partner.says(TicketClose(), "那張可以結案了 客戶自己修好了")
    if state != "resolved":
        assert response(said) == "close_ask"
        assert (await ticket_row(hotline, ticket.number)).state == state
        said = await partner.says(Affirm(), "對")
    assert said[0]["text"].startswith(f"好，{ticket.number} 結案")
    assert payloads(said)[0] == f'/rate_service{{"ticket_number":"{ticket.number}","score":"5"}}'
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.waiting_since, row.closed_at is None) == ("closed", None, False)
    assert ("addition", "客戶自己修好了") in await notes(hotline, ticket)
    moved = (await journal(hotline, "ticket.moved"))[-1]
    assert moved.actor == "partner"
    assert moved.detail["move"] == ("confirm" if state == "resolved" else "close")
    asking = (await conversation_row(hotline, ticket.conversation_id)).asking
    assert asking is not None
    assert (asking["kind"], asking["ticket"]) == ("rate", ticket.number)


async def test_not_yet_leaves_it_open_and_a_later_yes_closes_nothing(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    await partner.says(TicketClose(), "那張結案")
    pressed = {"ticket_number": ticket.number, "step": "no"}
    said = await partner.presses(TicketClose(), "ticket_close", **pressed)
    assert response(said) == "close_kept"
    assert response(await partner.says(Affirm(), "好")) == "go_on"
    assert await ticket_row(hotline, ticket.number) == ticket


async def test_staff_cannot_close_for_a_partner(
    hotline: Hotline, ticket: Ticket, lead: Staff
) -> None:
    with pytest.raises(Conflict):
        await handling.set_state(hotline, lead, ticket.number, "closed")
