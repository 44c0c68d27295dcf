"""The engine is down, slow or silent: the partner is told, and what was said is kept once."""

import asyncio

import pytest

from hotline.conversations import holding
from hotline.core import Hotline
from hotline.staff.service import Staff
from tests.conftest import FRIDAY_NIGHT
from tests.core.desk_work import conversation_row, journal, said, says, ticket_row
from tests.desk.conftest import OpenDesk
from tests.desk.engine_double import (
    Behaviour,
    EngineDouble,
    fails,
    hangs_up,
    is_silent,
    waits_for,
)
from tests.desk.engine_double import (
    says as says_back,
)
from tests.desk.people import Chat, Client, frame_of, new_id, senders, texts

pytestmark = pytest.mark.usefixtures("somebody_there")

WORDS = "Power 主機開不了機"
FAILURES: dict[str, Behaviour] = {
    "500": fails(500),
    "503": fails(503),
    "404": fails(404),
    "silent": is_silent,
    "hangs up": hangs_up,
    "empty list": says_back([]),
    "null": says_back(None),
    "no JSON": says_back("half of a {"),
    "a page": says_back("<html>", "text/html"),
    "no messages": says_back({"form": None}),
    "blank words": says_back({"messages": [{"text": " "}], "form": None}),
}
BUTTONS = ["desk:ticket", "desk:human", "desk:retry"]


async def assert_told_and_kept_once(chat: Chat, hotline: Hotline, told: list[dict]) -> None:  # type: ignore[type-arg]
    down = hotline.replies.say("engine_down", "zh-TW")
    assert senders(told) == ["partner", "bot"]
    assert texts(told) == [WORDS, down.text]
    assert [button["payload"] for button in told[1]["buttons"]] == BUTTONS
    kept = await said(hotline, chat.id, after=1)
    assert [(m.seq, m.sender, m.text) for m in kept] == [
        (2, "partner", WORDS),
        (3, "bot", down.text),
    ]
    stored = [e.detail["seq"] for e in await journal(hotline, "message.stored")]
    assert stored == [1, 2, 3]


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_turn_that_fails_is_told_and_the_message_kept_once(
    chat: Chat, engine: EngineDouble, hotline: Hotline, failure: str
) -> None:
    engine.will(FAILURES[failure])
    await assert_told_and_kept_once(chat, hotline, await chat.say(WORDS))
    assert len(engine.asked) == 1


async def test_a_turn_that_takes_too_long_is_told_and_the_message_kept_once(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(engine.hangs)
    await assert_told_and_kept_once(chat, hotline, await chat.say(WORDS))


async def test_an_engine_that_is_not_there_is_told_too(
    open_desk: OpenDesk, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.url = "http://127.0.0.1:9"
    chat = await Chat.begin(await open_desk(hotline.settings))
    await assert_told_and_kept_once(chat, hotline, await chat.say(WORDS))


async def test_an_answer_that_comes_too_late_is_not_said_after_all(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    go_on = asyncio.Event()
    engine.will(waits_for(go_on))
    await chat.say(WORDS)
    go_on.set()
    told = await chat.say("還在嗎")
    assert texts(told) == ["還在嗎", "您說：還在嗎"]
    # What failed may have been half done: the engine starts afresh.
    first, second = engine.asked
    assert first["sender"] != second["sender"]


async def test_partners_who_write_english_are_told_in_english(
    client: Client, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(fails(500))
    chat = await Chat.begin(client, language="en")
    told = await chat.say("Our Power server is down")
    assert told[1]["text"] == hotline.replies.text("engine_down", "en")


async def test_the_message_becomes_a_ticket_at_once(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(fails(500), fails(500))
    await chat.say(WORDS)
    await chat.say("產線停了，序號 78A1234")
    pressed, opened = await chat.press("desk:ticket")
    number = opened["card"]["number"]
    assert pressed["text"] == "開成工單"
    assert number in opened["text"]
    ticket = await ticket_row(hotline, number)
    assert ticket.description == f"{WORDS}\n產線停了，序號 78A1234"
    assert (ticket.severity, ticket.state, ticket.conversation_id) == (1, "new", chat.id)
    assert ticket.contact is not None
    assert len(engine.asked) == 2
    assert len(await journal(hotline, "ticket.opened")) == 1
    assert (await conversation_row(hotline, chat.id)).last_ticket == number


async def test_pressing_twice_opens_one_ticket(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(fails(500))
    await chat.say(WORDS)
    body = {"id": new_id(), "payload": "desk:ticket"}
    await asyncio.gather(chat.post(body), chat.post(body))
    again = await chat.press("desk:ticket")  # its button is spent: but words now
    assert texts(again) == ["desk:ticket", "您說：desk:ticket"]
    assert len(await journal(hotline, "ticket.opened")) == 1


async def test_the_partner_queues_for_a_person(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(fails(500))
    await chat.say(WORDS)
    [_pressed, told] = await chat.press("desk:human")
    assert told["text"] == hotline.replies.text("handoff_wait", "zh-TW", place=1)
    assert (await conversation_row(hotline, chat.id)).holder == "queue"
    assert len(await journal(hotline, "conversation.queued")) == 1
    # Who waits goes on talking to the queue, not to the engine.
    noted = await chat.say("還有一件事")
    assert noted[1]["text"] == hotline.replies.text("handoff_noted", "zh-TW", place=1)
    assert len(engine.asked) == 1


async def test_at_night_nobody_is_made_to_wait_for_a_person(
    open_desk: OpenDesk, engine: EngineDouble, hotline: Hotline
) -> None:
    chat = await Chat.begin(await open_desk(hotline.settings, FRIDAY_NIGHT))
    engine.will(fails(500))
    await chat.say(WORDS)
    [_pressed, told] = await chat.press("desk:human")
    assert (await conversation_row(hotline, chat.id)).holder == "bot"
    assert all(word in told["text"] for word in ("12/7", "9:00", "13:00"))


async def test_trying_again_asks_the_engine_the_same_words_once_more(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(fails(500))
    await chat.say(WORDS)
    told = await chat.press("desk:retry")
    assert texts(told) == ["再試一次", f"您說：{WORDS}"]
    assert engine.heard == [WORDS, WORDS]
    kept = await said(hotline, chat.id)
    assert [m.text for m in kept if m.sender == "partner"] == [WORDS, "再試一次"]


async def test_trying_again_and_failing_again_offers_the_same_ways(
    chat: Chat, engine: EngineDouble
) -> None:
    engine.will(fails(500), fails(500), fails(500))
    await chat.say(WORDS)
    for _ in range(2):
        told = await chat.press("desk:retry")
        assert [button["payload"] for button in told[1]["buttons"]] == BUTTONS
    assert engine.heard == [WORDS] * 3


async def test_a_person_who_took_over_meanwhile_is_not_spoken_over(
    chat: Chat, engine: EngineDouble, hotline: Hotline, engineer: Staff
) -> None:
    go_on = asyncio.Event()
    engine.will(waits_for(go_on))
    socket = await chat.connect(after=1)
    await chat.say(WORDS, wait=False)
    await frame_of(socket, "typing")
    await holding.take(hotline, engineer, chat.id)
    go_on.set()
    told = await chat.say("您好？")
    assert senders(told) == ["partner"]
    assert [m.sender for m in await said(hotline, chat.id, after=1)] == [
        "partner",
        "system",
        "partner",
    ]
    assert len(await journal(hotline, "answer.withheld")) == 1


async def test_one_conversation_whose_turn_hangs_does_not_hold_up_another(
    chat: Chat, visitor: Chat, engine: EngineDouble
) -> None:
    go_on = asyncio.Event()
    engine.will(waits_for(go_on))
    first = asyncio.create_task(chat.say(WORDS))
    while not engine.asked:
        await asyncio.wait([first], timeout=0.01)
    assert texts(await visitor.say("你好")) == ["你好", "您說：你好"]
    assert not first.done()
    go_on.set()
    assert texts(await first)[1] == f"您說：{WORDS}"


async def test_a_desk_that_starts_again_tells_whoever_was_left_without_an_answer(
    open_desk: OpenDesk, engine: EngineDouble, hotline: Hotline, engineer: Staff
) -> None:
    first = await open_desk(hotline.settings)
    left, answered, held = [await Chat.begin(first) for _ in range(3)]
    await answered.say("你好")
    await holding.take(hotline, engineer, held.id)
    # Stored, and then the desk is gone before it could answer.
    await says(hotline, left.id, WORDS, new_id())
    await says(hotline, left.id, "序號 78A1234", new_id())
    await says(hotline, held.id, WORDS, new_id())
    again = await open_desk(hotline.settings)
    told = await Chat(again, left.id, left.token, []).said(after=1)
    assert texts(told) == [
        WORDS,
        "序號 78A1234",
        hotline.replies.text("engine_down", "zh-TW"),
    ]
    assert [m.sender for m in await said(hotline, answered.id)] == ["bot", "partner", "bot"]
    assert [m.sender for m in await said(hotline, held.id)] == ["bot", "system", "partner"]
    third = await open_desk(hotline.settings)
    assert len(await Chat(third, left.id, left.token, []).said(after=1)) == 3


async def test_a_desk_that_stops_in_the_middle_of_a_turn_leaves_the_message_for_the_next(
    open_desk: OpenDesk, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(engine.hangs)
    first = await open_desk(hotline.settings)
    chat = await Chat.begin(first)
    socket = await chat.connect(after=1)
    await chat.say(WORDS, wait=False)
    await frame_of(socket, "typing")
    await first.close()
    assert [m.text for m in await said(hotline, chat.id, after=1)] == [WORDS]
    again = await open_desk(hotline.settings)
    told = await Chat(again, chat.id, chat.token, []).said(after=1)
    await assert_told_and_kept_once(chat, hotline, told)
