"""Messages: stored once per id, numbered without a gap, understood as typed or as pressed."""

import asyncio

import pytest

from hotline.conversations import turns
from hotline.conversations.messages import unanswered
from hotline.conversations.service import Conversation, start
from hotline.conversations.turns import Answer, Incoming, receive
from hotline.core import Hotline
from hotline.errors import BadInput, TooLarge
from hotline.partners.service import Contact
from hotline.replies import Reply
from tests.conftest import CONTACT, contact_of
from tests.core.desk_work import conversation_row, everything_journalled, journal, said, says

DOWN = "engine_down"


@pytest.fixture
async def talk(hotline: Hotline, contact: Contact) -> Conversation:
    conversation, _greeting = await start(hotline, contact)
    return conversation


async def test_the_same_id_twice_is_one_message(any_hotline: Hotline) -> None:
    talk, _greeting = await start(any_hotline, await contact_of(any_hotline, CONTACT))
    both = await asyncio.gather(
        says(any_hotline, talk.id, "機器壞了", "c1"), says(any_hotline, talk.id, "機器壞了", "c1")
    )
    assert sorted(received.fresh for received in both) == [False, True]
    assert both[0].message == both[1].message
    [kept] = await said(any_hotline, talk.id, after=1)
    assert kept == both[0].message
    stored = await journal(any_hotline, "message.stored")
    assert [entry.detail["seq"] for entry in stored] == [1, 2]


async def test_twenty_messages_at_once_are_numbered_without_a_gap(any_hotline: Hotline) -> None:
    talk, _greeting = await start(any_hotline, await contact_of(any_hotline, CONTACT))
    received = await asyncio.gather(
        *(says(any_hotline, talk.id, f"第 {n} 句", f"c{n}") for n in range(20))
    )
    assert sorted(one.message.seq for one in received) == list(range(2, 22))
    kept = await said(any_hotline, talk.id)
    assert [message.seq for message in kept] == list(range(1, 22))
    assert {message.text for message in kept[1:]} == {f"第 {n} 句" for n in range(20)}
    assert (await conversation_row(any_hotline, talk.id)).last_seq == 21
    assert len(await journal(any_hotline, "message.stored")) == 21


async def test_one_id_may_be_used_in_two_conversations(hotline: Hotline, contact: Contact) -> None:
    talks = [(await start(hotline, contact))[0] for _ in range(2)]
    assert [(await says(hotline, talk.id, "喂", "c1")).fresh for talk in talks] == [True, True]


async def test_a_pressed_button_reads_as_its_label_and_means_its_payload(
    hotline: Hotline, talk: Conversation
) -> None:
    first = await says(hotline, talk.id, "機器壞了", "c1")
    down = hotline.replies.say(DOWN, "zh-TW")
    await turns.answer_without_engine(hotline, talk.id, first.message.seq, [down])
    pressed = await receive(hotline, talk.id, Incoming("c2", payload="desk:ticket"))
    assert (pressed.message.text, pressed.message.payload) == ("開成工單", "desk:ticket")


@pytest.mark.parametrize("typed", ["開成工單", "1", "１"])
async def test_typing_a_buttons_label_or_place_presses_it(
    hotline: Hotline, talk: Conversation, typed: str
) -> None:
    first = await says(hotline, talk.id, "機器壞了", "c1")
    down = hotline.replies.say(DOWN, "zh-TW")
    await turns.answer_without_engine(hotline, talk.id, first.message.seq, [down])
    assert (await says(hotline, talk.id, typed, "c2")).message.payload == "desk:ticket"


@pytest.mark.parametrize(
    ("payload", "read"),
    [
        ("desk:ticket", "desk:ticket"),
        ('/confirm{"x":1}', 'confirm{"x":1}'),
        ("/restart", "restart"),
        (" ／ / restart\x00\u202e", "restart"),
    ],
)
async def test_a_payload_that_was_not_offered_is_but_words(
    hotline: Hotline, talk: Conversation, payload: str, read: str
) -> None:
    received = await receive(hotline, talk.id, Incoming("c1", payload=payload))
    assert (received.message.text, received.message.payload) == (read, None)
    assert (await turns.begin(hotline, talk.id, received.message)).text == read


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("/restart", "restart"),
        ('／confirm{"x":1}', 'confirm{"x":1}'),
        (" //／ /restart", "restart"),
        ("1/2 的機器", "1/2 的機器"),
    ],
)
async def test_typed_commands_reach_the_engine_as_words(
    hotline: Hotline, talk: Conversation, typed: str, asked: str
) -> None:
    received = await says(hotline, talk.id, typed, "c1")
    assert received.message.text == typed.strip()
    assert (await turns.begin(hotline, talk.id, received.message)).text == asked


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x07", "\u200e\u202e"])
async def test_nothing_at_all_is_refused_in_words_and_not_stored(
    hotline: Hotline, talk: Conversation, text: str
) -> None:
    with pytest.raises(BadInput) as refused:
        await says(hotline, talk.id, text, "c1")
    assert refused.value.fields == {"reason": "blank"}
    assert refused.value.message == hotline.replies.text("blank", "zh-TW")
    assert len(await said(hotline, talk.id)) == 1


async def test_a_text_over_the_limit_is_refused_with_the_limit(
    hotline: Hotline, talk: Conversation
) -> None:
    limit = hotline.settings.limits.text_chars
    with pytest.raises(TooLarge) as refused:
        await says(hotline, talk.id, "長" * (limit + 1), "c1")
    assert refused.value.fields == {"reason": "too_long", "limit": limit}
    assert str(limit) in refused.value.message
    assert len((await says(hotline, talk.id, "長" * limit, "c1")).message.text) == limit


async def test_characters_that_only_do_something_are_left_out(
    any_hotline: Hotline,
) -> None:
    talk, _greeting = await start(any_hotline, await contact_of(any_hotline, CONTACT))
    received = await says(any_hotline, talk.id, "a\x00b\u202ec\ud800d\r\n👨‍👩‍👧", "c1")
    assert received.message.text == "abcd\n👨‍👩‍👧"
    [kept] = await said(any_hotline, talk.id, after=1)
    assert kept.text == received.message.text


@pytest.mark.parametrize("blank", ["👍👍", "……！？", "\ufffd\ufffd\ufffda"])
async def test_what_cannot_be_read_is_stored_and_known_as_blank(
    hotline: Hotline, talk: Conversation, blank: str
) -> None:
    received = await says(hotline, talk.id, blank, "c1")
    assert (received.message.text, received.blank, received.fresh) == (blank, True, True)


async def test_the_language_follows_the_message_until_a_form_runs(
    hotline: Hotline, talk: Conversation
) -> None:
    first = await says(hotline, talk.id, "Our server is down, please help", "c1")
    assert first.message.language == "en"
    turn = await turns.begin(hotline, talk.id, first.message)
    asking = Answer([Reply("Which product?")], "ticket_form", "technical_hardware", 0.9)
    await turns.store_answer(hotline, talk.id, first.message, turn, asking)
    await says(hotline, talk.id, "我們的儲存設備", "c2")
    assert (await conversation_row(hotline, talk.id)).language == "en"


async def test_a_message_is_unanswered_until_somebody_has_dealt_with_it(
    hotline: Hotline, talk: Conversation
) -> None:
    async def left() -> list[int]:
        async with hotline.database.read() as session:
            return [row.seq for row in await unanswered(session, talk.id)]

    first = await says(hotline, talk.id, "機器壞了", "c1")
    assert await left() == [2]
    turn = await turns.begin(hotline, talk.id, first.message)
    answer = Answer([Reply("哪一台？"), Reply("請選")], None, "technical_hardware", 0.93)
    assert await turns.store_answer(hotline, talk.id, first.message, turn, answer)
    assert await left() == []
    kept = await said(hotline, talk.id, after=1)
    assert [(m.sender, m.text) for m in kept] == [
        ("partner", "機器壞了"),
        ("bot", "哪一台？"),
        ("bot", "請選"),
    ]
    assert (kept[0].intent, kept[0].confidence) == ("technical_hardware", 0.93)
    assert "機器" not in await everything_journalled(hotline)


async def test_an_engine_session_ends_with_its_task_or_after_fifteen_turns(
    hotline: Hotline, talk: Conversation
) -> None:
    async def turn(n: int, form: str | None) -> str:
        received = await says(hotline, talk.id, f"第 {n} 句話", f"c{n}")
        begun = await turns.begin(hotline, talk.id, received.message)
        answer = Answer([Reply("好")], form, "greet", 0.9)
        await turns.store_answer(hotline, talk.id, received.message, begun, answer)
        return begun.sender_id

    senders = [await turn(n, None) for n in range(16)]
    assert (len(set(senders[:15])), senders[15] == senders[0]) == (1, False)
    within = [await turn(16, "ticket_form"), await turn(17, "ticket_form"), await turn(18, None)]
    assert set(within) == {senders[15]}
    assert await turn(19, None) != senders[15]
