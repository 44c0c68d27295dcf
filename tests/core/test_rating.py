"""What a partner thinks of how a ticket was handled: a score, a word, or neither."""

import pytest

from actions.dialogue import Inform
from actions.follow_up import RateService, TicketEscalate
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.errors import BadInput
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import ratings
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, contact_of
from tests.core.desk_work import brought_to, conversation_row, everything_journalled, journal
from tests.core.follow_up import rated, response, speaks


@pytest.fixture
async def closed(hotline: Hotline, contact: Contact, engineer: Staff) -> Ticket:
    return await brought_to(hotline, contact, engineer, "closed")


async def test_a_high_score_is_noted_and_nothing_more_is_asked(
    hotline: Hotline, closed: Ticket
) -> None:
    partner = speaks(hotline, closed)
    assert response(await partner.says(Inform(), "五分")) == "rated"
    assert await rated(hotline) == [(5, "")]
    assert (await conversation_row(hotline, closed.conversation_id)).asking is None
    [entry] = await journal(hotline, "ticket.rated")
    assert (entry.actor, entry.detail["score"]) == ("partner", 5)


async def test_a_low_score_asks_for_a_word_and_keeps_it(hotline: Hotline, closed: Ticket) -> None:
    partner = speaks(hotline, closed)
    pressed = {"ticket_number": closed.number, "score": "2"}
    assert response(await partner.presses(RateService(), "rate_service", **pressed)) == "rate_why"
    assert response(await partner.says(TicketEscalate(), "回覆太慢，拖了三天")) == "rated"
    assert await rated(hotline) == [(2, "回覆太慢，拖了三天")]
    assert "拖了" not in await everything_journalled(hotline)
    assert await journal(hotline, "ticket.escalated") == []


async def test_a_later_rating_of_the_same_contact_replaces_the_earlier(
    hotline: Hotline, closed: Ticket
) -> None:
    assert closed.conversation_id is not None
    colleague, _greeting = await start(hotline, await contact_of(hotline, COLLEAGUE))
    await ratings.rate(hotline, closed.conversation_id, closed.number, 2, "慢")
    await ratings.rate(hotline, closed.conversation_id, closed.number, 4)
    await ratings.rate(hotline, colleague.id, closed.number, 1)
    assert await rated(hotline) == [(4, ""), (1, "")]
    async with hotline.database.read() as session:
        told = await ratings.ratings_of(session, closed.id)
    assert {(one.by, one.score) for one in told} == {("陳怡君", 4), ("林柏宏", 1)}


async def test_words_without_a_score_ask_for_it_and_go_with_it(
    hotline: Hotline, closed: Ticket
) -> None:
    partner = speaks(hotline, closed)
    asked = await partner.says(RateService(), "這次處理得有點慢")
    assert response(asked) == "rate_ask"
    pressed = {"ticket_number": closed.number, "score": "3"}
    assert response(await partner.presses(RateService(), "rate_service", **pressed)) == "rated"
    assert await rated(hotline) == [(3, "這次處理得有點慢")]


async def test_a_rating_may_be_skipped(hotline: Hotline, closed: Ticket) -> None:
    partner = speaks(hotline, closed)
    pressed = {"ticket_number": closed.number, "step": "skip"}
    said = await partner.presses(RateService(), "rate_service", **pressed)
    assert response(said) == "rate_skipped"
    assert await rated(hotline) == []


async def test_a_score_out_of_bounds_is_refused(hotline: Hotline, closed: Ticket) -> None:
    assert closed.conversation_id is not None
    for score in (0, 6):
        with pytest.raises(BadInput):
            await ratings.rate(hotline, closed.conversation_id, closed.number, score)
