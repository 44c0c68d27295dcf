"""What following a ticket up writes: the same on both databases, and for its own people only."""

import asyncio

import pytest

from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.tickets import answers, candidates, corrections, escalation, queries, ratings
from hotline.tickets.again import open_again
from tests.conftest import COLLEAGUE, CONTACT, LEAD, OTHER_COMPANY, contact_of, staff_of
from tests.core.desk_work import conversation_row, journal, opened, ticket_row


async def test_a_ticket_is_hurried_corrected_closed_rated_and_found_again(
    any_hotline: Hotline,
) -> None:
    hotline = any_hotline
    ticket = await opened(hotline, await contact_of(hotline, CONTACT))
    here, number, lead = ticket.conversation_id, ticket.number, await staff_of(hotline, LEAD)
    assert here is not None
    done = await escalation.escalate(hotline, here, number, "客戶在催", severity=2)
    assert (done.ticket.assignee, done.raised, done.again) == (lead, True, False)
    assert (await escalation.escalate(hotline, here, number, "還在催")).again
    corrected = await corrections.correct(hotline, here, number, "phone", "0933-123-456")
    assert corrected.fact("phone") == "0933-123-456"
    closed = await answers.close(hotline, here, number, "自己修好了")
    assert (closed.state, (await answers.close(hotline, here, number)).version) == (
        "closed",
        closed.version,
    )
    await ratings.rate(hotline, here, number, 2)
    await ratings.say_why(hotline, here, number, "太慢")
    async with hotline.database.read() as session:
        asker = await conversation_row(hotline, here)
        assert [one.number for one in await candidates.done_lately(session, hotline, asker)] == [
            number
        ]
        [rating] = await ratings.ratings_of(session, ticket.id)
        kinds = [note.kind for note in await queries.notes_of(session, ticket.id)]
    assert (rating.score, rating.words, rating.by) == (2, "太慢", "陳怡君")
    assert kinds == ["escalation", "escalation", "correction", "addition"]
    assert [entry.kind for entry in await journal(hotline) if entry.ticket_id == ticket.id] == [
        "ticket.opened",
        "ticket.escalated",
        "escalation.opened",
        "ticket.added_to",
        "ticket.corrected",
        "ticket.moved",
        "ticket.rated",
        "ticket.rated",
    ]


async def test_two_contacts_who_rate_at_once_have_one_rating_each(any_hotline: Hotline) -> None:
    ticket = await opened(any_hotline, await contact_of(any_hotline, CONTACT))
    colleague, _greeting = await start(any_hotline, await contact_of(any_hotline, COLLEAGUE))
    assert ticket.conversation_id is not None
    await asyncio.gather(
        *(
            ratings.rate(any_hotline, conversation, ticket.number, score)
            for conversation in (ticket.conversation_id, colleague.id)
            for score in (2, 4, 5)
        )
    )
    async with any_hotline.database.read() as session:
        told = await ratings.ratings_of(session, ticket.id)
    assert sorted(one.by for one in told) == sorted(("陳怡君", "林柏宏"))


async def test_a_ticket_hurried_from_two_sides_at_once_goes_to_the_lead_once(
    any_hotline: Hotline,
) -> None:
    ticket = await opened(any_hotline, await contact_of(any_hotline, CONTACT))
    assert ticket.conversation_id is not None
    done = await asyncio.gather(
        *(
            escalation.escalate(any_hotline, ticket.conversation_id, ticket.number, "急")
            for _ in range(4)
        )
    )
    assert sorted(one.again for one in done) == [False, True, True, True]
    assert len(await journal(any_hotline, "ticket.escalated")) == 1


async def test_nobody_follows_another_companys_ticket_up(any_hotline: Hotline) -> None:
    ticket = await opened(any_hotline, await contact_of(any_hotline, CONTACT))
    stranger, _greeting = await start(any_hotline, await contact_of(any_hotline, OTHER_COMPANY))
    visitor, _greeting = await start(any_hotline, None)
    for asker in (stranger.id, visitor.id):
        for act in (
            answers.close(any_hotline, asker, ticket.number),
            escalation.escalate(any_hotline, asker, ticket.number, "急"),
            corrections.correct(any_hotline, asker, ticket.number, "phone", "0933-123-456"),
            ratings.rate(any_hotline, asker, ticket.number, 1),
            open_again(any_hotline, asker, ticket.number, "又壞了"),
        ):
            with pytest.raises(NotFound, match=r"^no such ticket$"):
                await act
    assert await ticket_row(any_hotline, ticket.number) == ticket
