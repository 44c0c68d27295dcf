"""What is noted of a look at a ticket or a chat, and how little a repeated one asks."""

from datetime import timedelta

from hotline import looking
from hotline.audit import AGAIN_AFTER, CONVERSATION_VIEWED
from hotline.conversations import holding, seen
from hotline.core import Hotline
from hotline.journal import VIEWED
from hotline.looking import Look
from hotline.staff.service import Staff
from hotline.tickets.ticket import Ticket
from tests.conftest import CONTACT, ENGINEER, contact_of, staff_of
from tests.core.desk_work import journal, look_at, opened, says


async def held(hotline: Hotline, by: Staff) -> tuple[Ticket, str]:
    """A ticket and its conversation, which is held by `by`."""
    ticket = await opened(hotline, await contact_of(hotline, CONTACT))
    assert ticket.conversation_id is not None
    await holding.take(hotline, by, ticket.conversation_id)
    return ticket, ticket.conversation_id


async def test_a_look_notes_what_is_new_of_it_and_nothing_twice(any_hotline: Hotline) -> None:
    hotline, engineer = any_hotline, await staff_of(any_hotline, ENGINEER)
    ticket, talk = await held(hotline, engineer)

    async def unread() -> int:
        async with hotline.database.read() as session:
            return (await seen.unread_chats(session, engineer.id)).get(talk, 0)

    word = (await says(hotline, talk, "在嗎", "c1")).message.seq
    await look_at(hotline, Look(engineer, talk, ticket.id, seen_to=None, kind=VIEWED))
    assert (await unread(), len(await journal(hotline, VIEWED))) == (1, 1)
    await look_at(hotline, Look(engineer, talk, ticket.id, seen_to=word, kind=VIEWED))
    assert (await unread(), len(await journal(hotline, VIEWED))) == (0, 1)
    hotline.clock.advance(AGAIN_AFTER + timedelta(minutes=1))
    await look_at(hotline, Look(engineer, talk, ticket.id, seen_to=word, kind=VIEWED))
    first, again = await journal(hotline, VIEWED)
    assert (first.ticket_id, first.conversation_id) == (ticket.id, None)
    assert again.actor == f"staff:{engineer.id}"
    await look_at(hotline, Look(engineer, talk, kind=CONVERSATION_VIEWED))
    [entry] = await journal(hotline, CONVERSATION_VIEWED)
    assert (entry.ticket_id, entry.conversation_id) == (None, talk)


async def test_of_a_ticket_without_a_conversation_only_the_look_is_noted(
    any_hotline: Hotline,
) -> None:
    hotline, engineer = any_hotline, await staff_of(any_hotline, ENGINEER)
    ticket = await opened(hotline, await contact_of(hotline, CONTACT))
    for _ in range(2):
        await look_at(hotline, Look(engineer, ticket_id=ticket.id, seen_to=0, kind=VIEWED))
    assert len(await journal(hotline, VIEWED)) == 1


async def test_the_unit_that_looked_sees_what_was_noted(any_hotline: Hotline) -> None:
    hotline, engineer = any_hotline, await staff_of(any_hotline, ENGINEER)
    _ticket, talk = await held(hotline, engineer)
    word = (await says(hotline, talk, "在嗎", "c1")).message.seq
    async with hotline.database.read() as session:
        assert await seen.unread_chats(session, engineer.id) == {talk: 1}
        await looking.note(session, hotline, Look(engineer, talk, seen_to=word))
        assert await seen.unread_chats(session, engineer.id) == {}
