"""The chat about a request, opened from its page: in which conversation it goes on."""

import pytest

from hotline import access
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, opened, said, says
from tests.desk.conftest import OpenDesk
from tests.desk.own_page import act
from tests.desk.people import Client, enter, page

JSON = {"Accept": "application/json"}


async def test_the_chat_goes_on_about_the_ticket_in_the_conversation_of_this_browser(
    own: Client, hotline: Hotline, ticket: Ticket, contact: Contact
) -> None:
    running = await opened(hotline, contact, key="running")
    answer = await own.post(
        f"/my/tickets/{ticket.number}/chat",
        data={"conversation": running.conversation_id},
        headers=JSON,
    )
    told = await answer.json()
    assert told["id"] == running.conversation_id
    assert access.subject_of(hotline, access.CONVERSATION, told["token"]) == told["id"]
    row = await conversation_row(hotline, told["id"])
    assert row.last_ticket == ticket.number
    last = (await said(hotline, told["id"]))[-1]
    assert (last.sender, ticket.number in last.text) == ("bot", True)
    assert last.card is not None
    assert (last.card["number"], last.card["promise"]["words"]) == (ticket.number, "今天 14:15 前")


@pytest.mark.parametrize("whose", ["nobody", "other", "visitor", "nonsense"])
async def test_without_one_it_is_the_tickets_own_from_any_device(
    own: Client, hotline: Hotline, ticket: Ticket, whose: str
) -> None:
    other = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="o")
    visitor = await opened(hotline, None, key="v")
    running = {"nobody": "", "other": other.conversation_id, "visitor": visitor.conversation_id,
               "nonsense": "x" * 500}[whose]  # fmt: skip
    answer = await own.post(
        f"/my/tickets/{ticket.number}/chat", data={"conversation": running or ""}, headers=JSON
    )
    assert (await answer.json())["id"] == ticket.conversation_id


async def test_without_script_the_chat_is_opened_all_the_same(
    own: Client, hotline: Hotline, ticket: Ticket
) -> None:
    answer = await act(own, ticket.number, "chat")
    assert answer.headers["Location"] == "/"
    assert (await conversation_row(hotline, ticket.conversation_id)).last_ticket == ticket.number


async def test_a_colleague_chats_about_it_in_a_conversation_of_their_own(
    colleague: Client, hotline: Hotline, ticket: Ticket
) -> None:
    ids = set()
    for _twice in range(2):
        answer = await colleague.post(f"/my/tickets/{ticket.number}/chat", headers=JSON)
        ids.add((await answer.json())["id"])
    [found] = ids
    assert found != ticket.conversation_id
    row = await conversation_row(hotline, found)
    assert row.contact is not None
    assert (row.contact.email, row.last_ticket) == (COLLEAGUE, ticket.number)


async def test_what_was_said_on_one_device_is_read_on_another(
    own: Client, hotline: Hotline, ticket: Ticket, open_desk: OpenDesk, settings: Settings
) -> None:
    assert ticket.conversation_id
    await says(hotline, ticket.conversation_id, "備品什麼時候到", "c1")
    other_device = await open_desk(settings)
    await enter(other_device, hotline)
    assert "備品什麼時候到" in await page(other_device, f"/my/tickets/{ticket.number}")
