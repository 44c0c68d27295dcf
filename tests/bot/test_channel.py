"""The desk's channel: one turn in, words out, and never a failure in silence."""

import json

import pytest

from deploy.line import ROOT
from hotline.replies import load_replies
from tests.bot.conftest import SECRET, Channel, asked

REPLIES = load_replies(ROOT / "domain.yml")
GREET = {"say": "hello_again"}


@pytest.mark.parametrize("secret", [None, "", "x" * 32, SECRET[:-1], f"{SECRET}s"])
async def test_who_does_not_know_the_secret_finds_nothing(
    channel: Channel, secret: str | None
) -> None:
    assert await channel.get_ready(secret) == (404, "")
    assert await channel.post_turn(asked(GREET), secret) == (404, "")


async def test_it_is_ready_when_a_real_parse_works(channel: Channel) -> None:
    status, said = await channel.get_ready()
    assert (status, json.loads(said)) == (200, {"ready": True, "intent": "greet"})


async def test_without_a_model_a_turn_is_a_503_and_nothing_is_ready(channel: Channel) -> None:
    await channel.set_model("off")
    try:
        assert (await channel.get_ready())[0] == 503
        assert (await channel.post_turn(asked(GREET)))[0] == 503
    finally:
        await channel.set_model("on")
    assert (await channel.post_turn(asked(GREET)))[0] == 200


async def test_a_turn_that_fails_is_a_500_that_repeats_nothing(channel: Channel) -> None:
    status, said = await channel.post_turn(asked({"fail": "序號 78A1234"}))
    assert (status, json.loads(said)) == (500, {"error": "turn failed"})


@pytest.mark.parametrize("body", [None, [], "words", {}, {"sender": "s", "text": "{}"}])
async def test_what_is_no_turn_is_an_error_and_no_silence(channel: Channel, body: object) -> None:
    status, said = await channel.post_turn(body)
    assert status >= 400
    assert "Traceback" not in said


async def test_an_assistant_with_nothing_to_say_is_an_empty_list(channel: Channel) -> None:
    answer = await channel.turn({})
    assert answer == {
        "messages": [],
        "form": None,
        "intent": "greet",
        "confidence": 0.97,
        "entities": [],
        "ranking": [],
    }


async def test_the_facts_found_and_the_likeliest_readings_are_told(channel: Channel) -> None:
    found = {"entity": "serial_number", "value": "78A1234", "start": 3, "end": 10, "extractor": "x"}
    names = ("nlu_fallback", "technical_hardware", "ticket_status", "greet", "thank")
    ranking = [{"name": name, "confidence": 0.7 / n} for n, name in enumerate(names, 1)]
    answer = await channel.turn({**GREET, "entities": [found], "ranking": ranking})
    assert answer["entities"] == [{"kind": "serial_number", "start": 3, "end": 10}]
    assert [one["intent"] for one in answer["ranking"]] == [
        "technical_hardware", "ticket_status", "greet",
    ]  # fmt: skip
    assert answer["ranking"][0]["confidence"] == 0.35


@pytest.mark.parametrize("language", ["zh-TW", "en"])
async def test_the_language_of_the_message_decides_the_words(
    channel: Channel, language: str
) -> None:
    # What a conversation's own slot says does not count: words could have set it.
    other = {"zh-TW": "en", "en": "zh-TW"}[language]
    answer = await channel.turn({**GREET, "slots": {"language": other}}, language)
    [message] = answer["messages"]
    expected = REPLIES.say("hello_again", language)
    assert message["text"] == expected.text
    assert [button["title"] for button in message["buttons"]] == [
        button["title"] for button in expected.buttons
    ]


@pytest.mark.parametrize("language", ["zh-TW", "en"])
@pytest.mark.parametrize(
    "said", ["{number}", "{{}} {", "[0[0m 錯誤 0[", "0[{number}", "%s %(number)s $number \\1"]
)
async def test_a_value_stays_as_it_was_typed(channel: Channel, said: str, language: str) -> None:
    values = {"number": "T26-000042-7", "said": said, "assignee": "王志豪"}
    answer = await channel.turn({"say": "added", "values": values}, language)
    [message] = answer["messages"]
    assert message["text"] == REPLIES.text("added", language, **values)
    assert said in message["text"]


async def test_placeholders_in_buttons_are_filled_too(channel: Channel) -> None:
    values = {"number": "T26-000042-7", "said": "好", "assignee": "王志豪"}
    [message] = (await channel.turn({"say": "added", "values": values}))["messages"]
    assert message["buttons"] == list(REPLIES.say("added", "zh-TW", **values).buttons)


async def test_the_form_that_is_active_after_the_turn_is_told(channel: Channel) -> None:
    answer = await channel.turn({**GREET, "form": "ticket_form"})
    assert answer["form"] == "ticket_form"
