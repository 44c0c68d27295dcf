"""What is new to whoever has a ticket or a chat, and what makes it old."""

import pytest

from hotline.conversations import holding, seen
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.looking import Look
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, queries
from hotline.tickets.ticket import Ticket
from tests.conftest import CONTACT, ENGINEER, LEAD, contact_of, staff_of
from tests.core.desk_work import brought_to, conversation_row, look_at, opened, says


async def unread(hotline: Hotline, *tickets: Ticket) -> list[int]:
    async with hotline.database.read() as session:
        found = await queries.unread(session, {ticket.id for ticket in tickets})
    return [found.get(ticket.id, 0) for ticket in tickets]


async def look(hotline: Hotline, staff: Staff, ticket: Ticket) -> None:
    assert ticket.conversation_id is not None
    conversation = await conversation_row(hotline, ticket.conversation_id)
    await look_at(hotline, Look(staff, conversation.id, seen_to=conversation.last_seq))


async def test_the_answer_to_a_ticket_that_waits_is_new_until_it_is_seen(
    any_hotline: Hotline,
) -> None:
    hotline, engineer = any_hotline, await staff_of(any_hotline, ENGINEER)
    contact = await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    assert ticket.conversation_id is not None
    assert await unread(hotline, ticket) == [0]
    for n, words in enumerate(("紅燈", "還有黃燈")):
        await says(hotline, ticket.conversation_id, words, f"c{n}")
        await answers.add(hotline, ticket.conversation_id, ticket.number, words)
    assert await unread(hotline, ticket) == [2]
    await look(hotline, await staff_of(hotline, LEAD), ticket)
    assert await unread(hotline, ticket) == [2]
    await look(hotline, engineer, ticket)
    assert await unread(hotline, ticket) == [0]
    # What was seen once stays seen, whatever page comes late.
    await look_at(hotline, Look(engineer, ticket.conversation_id, seen_to=1))
    assert await unread(hotline, ticket) == [0]


async def test_whoever_replies_has_seen_what_was_said(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    assert ticket.conversation_id is not None
    await says(hotline, ticket.conversation_id, "紅燈", "c1")
    await handling.reply(hotline, engineer, ticket.number, "請換電源")
    assert await unread(hotline, ticket) == [0]


async def test_what_was_said_before_the_claim_is_not_new_and_a_free_ticket_has_no_news(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    free, mine = [await opened(hotline, contact, key=key) for key in ("free", "mine")]
    for ticket in (free, mine):
        assert ticket.conversation_id is not None
        await says(hotline, ticket.conversation_id, "機器壞了", f"c{ticket.id}")
    await handling.claim(hotline, engineer, mine.number)
    assert await unread(hotline, free, mine) == [0, 0]
    # Whoever takes over has not seen it yet.
    await handling.take_over(hotline, lead, mine.number)
    assert await unread(hotline, free, mine) == [0, 1]


async def test_a_partners_word_in_my_chat_is_new_until_i_answer(
    any_hotline: Hotline,
) -> None:
    hotline, engineer = any_hotline, await staff_of(any_hotline, ENGINEER)
    talk, _greeting = await start(hotline, await contact_of(hotline, CONTACT))
    await says(hotline, talk.id, "我要找真人", "c0")
    await holding.take(hotline, engineer, talk.id)

    async def new_to(staff: Staff) -> dict[str, int]:
        async with hotline.database.read() as session:
            return await seen.unread_chats(session, staff.id)

    assert await new_to(engineer) == {}
    await says(hotline, talk.id, "在嗎", "c1")
    await says(hotline, talk.id, "喂", "c2")
    assert await new_to(engineer) == {talk.id: 2}
    assert await new_to(await staff_of(hotline, LEAD)) == {}
    await holding.staff_says(hotline, engineer, talk.id, "在")
    assert await new_to(engineer) == {}


@pytest.mark.parametrize("gone", [False, True])
async def test_a_chat_given_back_has_no_news(
    hotline: Hotline, contact: Contact, engineer: Staff, gone: bool
) -> None:
    talk, _greeting = await start(hotline, contact)
    await holding.take(hotline, engineer, talk.id)
    if gone:
        await holding.give_back(hotline, engineer, talk.id)
    await says(hotline, talk.id, "在嗎", "c1")
    async with hotline.database.read() as session:
        assert await seen.unread_chats(session, engineer.id) == ({} if gone else {talk.id: 1})
