"""Asked about a ticket's number: its own people are told, everybody else gets the same words."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Turn
from actions.status import TicketList, TicketStatus
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.partners.service import Contact
from hotline.tickets import queries
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, opened
from wording import ticket_number

OURS = ticket_number.write(2026, 1)
NEVER_ISSUED, MISTYPED = ticket_number.write(2026, 42), "T26-000001-6"


async def uttered(
    hotline: Hotline, conversation_id: str | None, number: str
) -> list[dict[str, Any]]:
    """What the assistant says to "how is NUMBER?", in full."""
    conversation = await conversation_row(hotline, conversation_id)
    entity = {"entity": "ticket_number", "value": number, "start": 0}
    latest = {"text": number, "entities": [entity], "intent": {"name": "ticket_status"}}
    dispatcher = CollectingDispatcher()
    tracker = Tracker("sender", {}, latest, [], False, None, {}, None)
    await TicketStatus().act(Turn(hotline, conversation, tracker, dispatcher, latest))
    return list(dispatcher.messages)


def sign_in(hotline: Hotline) -> str:
    return hotline.replies.text("sign_in", "zh-TW", toll_free=hotline.settings.vendor.toll_free)


@pytest.fixture
async def ours(hotline: Hotline, contact: Contact) -> Ticket:
    ticket = await opened(hotline, contact)
    assert ticket.number == OURS
    return ticket


@pytest.fixture
async def theirs(hotline: Hotline, ours: Ticket) -> Ticket:
    return await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="theirs")


async def test_another_companys_a_mistyped_and_a_never_issued_number_get_the_same_words(
    hotline: Hotline, theirs: Ticket
) -> None:
    answers = []
    for number in (OURS, NEVER_ISSUED, MISTYPED):
        [said] = await uttered(hotline, theirs.conversation_id, number)
        answers.append(said | {"text": said["text"].replace(number, "…")})
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["text"] == hotline.replies.text("number_unknown", "en", typed="…")


async def test_a_visitor_is_asked_to_sign_in_whatever_the_number(
    hotline: Hotline, ours: Ticket
) -> None:
    visitor, _greeting = await start(hotline, None)
    answers = [await uttered(hotline, visitor.id, n) for n in (OURS, NEVER_ISSUED, MISTYPED)]
    assert answers[0] == answers[1] == answers[2]
    assert [said["text"] for said in answers[0]] == [sign_in(hotline)]


async def test_a_visitors_own_ticket_is_told_in_its_own_conversation_only(
    hotline: Hotline, contact: Contact
) -> None:
    own = await opened(hotline, None)
    told = await uttered(hotline, own.conversation_id, own.number)
    assert own.number in told[0]["text"]
    assert told[1]["custom"]["number"] == own.number
    other, _greeting = await start(hotline, None)
    partner, _greeting = await start(hotline, contact)
    [told_other] = await uttered(hotline, other.id, own.number)
    assert told_other["text"] == sign_in(hotline)
    [told_partner] = await uttered(hotline, partner.id, own.number)
    unknown = hotline.replies.text("number_unknown", "zh-TW", typed=own.number)
    assert told_partner["text"] == unknown


async def test_colleagues_see_their_companys_tickets(hotline: Hotline, ours: Ticket) -> None:
    colleague, _greeting = await start(hotline, await contact_of(hotline, COLLEAGUE))
    told = await uttered(hotline, colleague.id, ours.number)
    assert ours.number in told[0]["text"]
    assert told[1]["custom"]["number"] == ours.number


@pytest.mark.parametrize(
    "written", ["t26 000001 5", "T260000015", "Ｔ２６－０００００１－５", OURS]
)
async def test_a_number_is_read_however_it_is_written(
    hotline: Hotline, ours: Ticket, written: str
) -> None:
    conversation = await conversation_row(hotline, ours.conversation_id)
    async with hotline.database.read() as session:
        assert await queries.find_for(session, hotline, conversation, written) == ours


async def test_the_core_refuses_every_wrong_number_alike(hotline: Hotline, theirs: Ticket) -> None:
    asker = await conversation_row(hotline, theirs.conversation_id)
    async with hotline.database.read() as session:
        for number in (OURS, NEVER_ISSUED, MISTYPED, "", "'; DROP TABLE tickets"):
            with pytest.raises(NotFound) as refused:
                await queries.find_for(session, hotline, asker, number)
            assert (refused.value.message, refused.value.fields) == ("no such ticket", {})


async def test_a_visitor_who_asks_for_a_list_is_not_told_that_there_is_nothing(
    hotline: Hotline, ours: Ticket
) -> None:
    visitor, _greeting = await start(hotline, None)
    conversation = await conversation_row(hotline, visitor.id)
    dispatcher = CollectingDispatcher()
    tracker = Tracker("sender", {}, {"text": "列出工單"}, [], False, None, {}, None)
    await TicketList().act(Turn(hotline, conversation, tracker, dispatcher, tracker.latest_message))
    assert [said["text"] for said in dispatcher.messages] == [sign_in(hotline)]


async def test_a_list_says_how_many_there_are_and_offers_the_rest(
    hotline: Hotline, contact: Contact
) -> None:
    for n in range(7):
        ticket = await opened(hotline, contact, key=f"t{n}")
    conversation = await conversation_row(hotline, ticket.conversation_id)

    async def listed(*entities: dict[str, Any]) -> list[dict[str, Any]]:
        dispatcher = CollectingDispatcher()
        latest = {"text": "/ticket_list", "entities": list(entities)}
        tracker = Tracker("sender", {}, latest, [], False, None, {}, None)
        await TicketList().act(
            Turn(hotline, conversation, tracker, dispatcher, tracker.latest_message)
        )
        return list(dispatcher.messages)

    words, cards = await listed()
    assert (words["n"], len(cards["custom"]["tickets"])) == (7, 5)
    assert [button["payload"] for button in words["buttons"]] == ['/ticket_list{"page":"2"}']
    words, cards = await listed({"entity": "page", "value": "2"})
    assert (len(cards["custom"]["tickets"]), words["buttons"]) == (2, [])


async def test_a_list_shows_only_ones_own_companys_open_tickets_most_urgent_first(
    hotline: Hotline, ours: Ticket, theirs: Ticket, contact: Contact
) -> None:
    urgent = await opened(hotline, contact, key="urgent", severity=1)
    conversation = await conversation_row(hotline, ours.conversation_id)
    async with hotline.database.read() as session:
        own = await queries.open_tickets_for(session, hotline, conversation)
        every = await queries.queue_of(session, "technical")
    assert own == [urgent, ours]
    assert [ticket.number for ticket in every] == [urgent.number, ours.number, theirs.number]
