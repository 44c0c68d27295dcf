"""Who may follow a ticket up: its company and the visitor in its conversation, nobody else."""

import pytest

from actions.dialogue import Affirm, Inform
from actions.follow_up import RateService, TicketAdd, TicketClose, TicketEscalate, TicketReopen
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.tickets import answers, corrections, escalation, ratings
from hotline.tickets.again import open_again
from hotline.tickets.ticket import Ticket
from tests.conftest import OTHER_COMPANY, contact_of
from tests.core.desk_work import opened, ticket_row
from tests.core.follow_up import Partner, rated, response, speaks


async def test_nobody_follows_another_companys_ticket_up(hotline: Hotline, ticket: Ticket) -> None:
    stranger, _greeting = await start(hotline, await contact_of(hotline, OTHER_COMPANY))
    visitor, _greeting = await start(hotline, None)
    for asker in (stranger.id, visitor.id):
        for act in (
            answers.close(hotline, asker, ticket.number),
            escalation.escalate(hotline, asker, ticket.number, "急"),
            corrections.correct(hotline, asker, ticket.number, "phone", "0933-123-456"),
            ratings.rate(hotline, asker, ticket.number, 1),
            open_again(hotline, asker, ticket.number, "又壞了"),
        ):
            with pytest.raises(NotFound, match=r"^no such ticket$"):
                await act
    assert await ticket_row(hotline, ticket.number) == ticket
    assert await rated(hotline) == []


async def test_anothers_number_and_one_never_issued_get_the_same_words_for_every_wish(
    hotline: Hotline, ticket: Ticket
) -> None:
    stranger, _greeting = await start(hotline, await contact_of(hotline, OTHER_COMPANY))
    partner = Partner(hotline, stranger.id)
    for action, words in (
        (TicketEscalate(), "等太久了"),
        (TicketClose(), "結案"),
        (TicketReopen(), "重開"),
        (TicketAdd(), "補充 log 已寄出"),
        (RateService(), "5 分"),
    ):
        told = []
        for number in (ticket.number, "T26-000042-7", "T26-000001-6"):
            [said] = await partner.says(action, f"{number} {words}")
            told.append(said["text"].replace(number, "…"))
        assert len(set(told)) == 1
        assert told[0].startswith("查不到 …") or told[0].startswith("I can't find …")
    assert await ticket_row(hotline, ticket.number) == ticket


async def test_a_visitor_follows_up_the_ticket_of_this_conversation(hotline: Hotline) -> None:
    own = await opened(hotline, None)
    partner = speaks(hotline, own)
    assert response(await partner.says(TicketEscalate(), "那張等太久了")) == "escalated"
    await partner.says(TicketClose(), "那張結案")
    await partner.says(Affirm(), "對")
    await partner.says(Inform(), "4 分")
    await partner.says(RateService(), "5 分")
    assert await rated(hotline) == [(5, "")]
