"""Who holds a conversation: the assistant, the queue or a person; nobody speaks over a person."""

import asyncio
from datetime import timedelta

import pytest

from hotline.conversations import holding, turns
from hotline.conversations.service import Conversation, start
from hotline.conversations.turns import Answer
from hotline.conversations.withheld import withheld_of
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.partners.service import Contact
from hotline.replies import Reply
from hotline.staff.service import Staff
from tests.conftest import CONTACT, ENGINEER, LEAD, contact_of, staff_of
from tests.core.desk_work import (
    conversation_row,
    everything_journalled,
    journal,
    said,
    says,
)


@pytest.fixture
async def talk(hotline: Hotline, contact: Contact) -> Conversation:
    conversation, _greeting = await start(hotline, contact)
    return conversation


async def queued(hotline: Hotline, conversation_id: str) -> int:
    async with hotline.database.write() as session:
        return await holding.join_queue(session, hotline, conversation_id)


async def test_whoever_waits_keeps_the_place(hotline: Hotline, contact: Contact) -> None:
    talks = [(await start(hotline, contact))[0] for _ in range(3)]
    places = []
    for talk in (*talks, talks[0]):
        hotline.clock.advance(timedelta(minutes=1))
        places.append(await queued(hotline, talk.id))
    assert places == [0, 1, 2, 0]
    async with hotline.database.read() as session:
        waiting = await holding.held(session, "queue")
    assert [conversation.id for conversation in waiting] == [talk.id for talk in talks]
    told = await journal(hotline, "conversation.queued")
    assert [(entry.actor, entry.detail) for entry in told] == [("partner", {"holder": "queue"})] * 3


async def test_a_person_takes_over_and_the_partner_is_told_who(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    await queued(hotline, talk.id)
    taken = await holding.take(hotline, engineer, talk.id)
    assert (taken.holder, taken.staff) == ("person", engineer)
    [told] = await said(hotline, talk.id, after=1)
    assert told.sender == "system"
    assert engineer.name in told.text
    assert await holding.take(hotline, engineer, talk.id) == await conversation_row(
        hotline, talk.id
    )
    assert len(await said(hotline, talk.id)) == 2
    [entry] = await journal(hotline, "conversation.taken")
    assert (entry.actor, entry.detail) == (f"staff:{engineer.id}", {"holder": "person"})


async def test_of_two_who_take_at_once_one_speaks_and_the_other_is_told_who(
    any_hotline: Hotline,
) -> None:
    contact = await contact_of(any_hotline, CONTACT)
    both = [await staff_of(any_hotline, ENGINEER), await staff_of(any_hotline, LEAD)]
    for _ in range(10):
        talk, _greeting = await start(any_hotline, contact)
        outcome = await asyncio.gather(
            *(holding.take(any_hotline, staff, talk.id) for staff in both),
            return_exceptions=True,
        )
        [lost] = [answer for answer in outcome if isinstance(answer, Conflict)]
        row = await conversation_row(any_hotline, talk.id)
        assert row in outcome
        assert row.staff is not None
        assert lost.fields == {"holder": row.staff.name}
    assert len(await journal(any_hotline, "conversation.taken")) == 10


async def test_only_the_holder_speaks_and_gives_back(
    hotline: Hotline, talk: Conversation, engineer: Staff, lead: Staff
) -> None:
    for holder, name in ((None, "bot"), (engineer, engineer.name)):
        if holder:
            await holding.take(hotline, holder, talk.id)
        before = await said(hotline, talk.id)
        for refused in (
            holding.staff_says(hotline, lead, talk.id, "我來"),
            holding.give_back(hotline, lead, talk.id),
        ):
            with pytest.raises(Conflict) as told:
                await refused
            assert told.value.fields == {"holder": name}
        assert await said(hotline, talk.id) == before


async def test_what_the_holder_says_is_said_once_per_id(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    await holding.take(hotline, engineer, talk.id)
    seqs = [await holding.staff_says(hotline, engineer, talk.id, "您好", "c1") for _ in range(2)]
    assert seqs == [3, 3]
    assert [(m.sender, m.text) for m in await said(hotline, talk.id, after=2)] == [
        ("staff", "您好")
    ]
    with pytest.raises(BadInput):
        await holding.staff_says(hotline, engineer, talk.id, "  ")


async def test_giving_back_lets_the_assistant_go_on_in_a_new_engine_session(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    first = await says(hotline, talk.id, "你好", "c1")
    before = await turns.begin(hotline, talk.id, first.message)
    await holding.take(hotline, engineer, talk.id)
    back = await holding.give_back(hotline, engineer, talk.id)
    assert (back.holder, back.staff) == ("bot", None)
    assert (await said(hotline, talk.id))[-1].sender == "system"
    after = await turns.begin(hotline, talk.id, first.message)
    assert after.sender_id != before.sender_id
    assert len(await journal(hotline, "conversation.given_back")) == 1


async def test_the_assistant_that_answers_late_does_not_speak_over_a_person(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    asked = await says(hotline, talk.id, "機器壞了", "c1")
    turn = await turns.begin(hotline, talk.id, asked.message)
    await holding.take(hotline, engineer, talk.id)
    answer = Answer([Reply("請重新開機")], None, "technical_hardware", 0.9)
    assert not await turns.store_answer(hotline, talk.id, asked.message, turn, answer)
    assert [m.sender for m in await said(hotline, talk.id)] == ["bot", "partner", "system"]
    # What was understood stays for staff.
    [message] = [m for m in await said(hotline, talk.id) if m.sender == "partner"]
    assert (message.intent, message.confidence) == ("technical_hardware", 0.9)
    assert [entry.actor for entry in await journal(hotline, "answer.withheld")] == ["bot"]
    assert "重新開機" not in await everything_journalled(hotline)
    async with hotline.database.read() as session:
        assert [late.text for late in await withheld_of(session, talk.id)] == ["請重新開機"]


async def test_the_desks_own_words_do_not_come_over_a_person_either(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    asked = await says(hotline, talk.id, "機器壞了", "c1")
    await holding.take(hotline, engineer, talk.id)
    down = hotline.replies.say("engine_down", "zh-TW")
    await turns.answer_without_engine(hotline, talk.id, asked.message.seq, [down])
    assert [m.sender for m in await said(hotline, talk.id)] == ["bot", "partner", "system"]


async def test_a_conversation_that_does_not_exist_cannot_be_taken(
    hotline: Hotline, engineer: Staff
) -> None:
    with pytest.raises(NotFound):
        await holding.take(hotline, engineer, "nowhere")
