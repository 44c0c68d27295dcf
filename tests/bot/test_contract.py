"""What the desk relies on in its engine, of the channel and of the double that tests put there."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from deploy.line import ROOT
from desk.engine import SECRET_HEADER, Engine, EngineUnavailable
from hotline.conversations.turns import Answer, Turn
from hotline.replies import Reply, load_replies
from tests.bot.conftest import SECRET, Json, asked, new_sender
from tests.desk import engine_double
from tests.desk.engine_double import EngineDouble

REPLIES = load_replies(ROOT / "domain.yml")
CARD = {"kind": "line", "number": "0800-000-024"}


@dataclass(frozen=True)
class Engines:
    """One engine, real or not, that answers the next turn as a wish says."""

    http: aiohttp.ClientSession
    url: str
    double: EngineDouble | None

    def will(self, wish: Json) -> None:
        """The double has to be told beforehand; the channel reads the wish from the message."""
        if self.double is None:
            return
        if "fail" in wish:
            self.double.will(engine_double.fails(500))
        elif "say" not in wish:
            self.double.will(engine_double.is_silent)
        else:
            reply = REPLIES.say(wish["say"], "zh-TW")
            buttons, card, form = list(reply.buttons), wish.get("card"), wish.get("form")
            answer = engine_double.answers(reply.text, buttons=buttons, card=card, form=form)
            self.double.will(answer)

    async def answer(self, wish: Json, secret: str = SECRET) -> Answer:
        self.will(wish)
        turn = Turn(new_sender(), json.dumps(wish), "zh-TW")
        return await Engine(self.http, self.url, secret, 10.0).answer(turn, "m-1")

    async def post(self, wish: Json, headers: dict[str, str]) -> tuple[int, Any]:
        self.will(wish)
        url = f"{self.url}/webhooks/desk/turn"
        async with self.http.post(url, json=asked(wish), headers=headers) as told:
            return told.status, await told.json() if told.status == 200 else await told.text()


@pytest.fixture(params=["double", "channel"])
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[Engines]:
    async with aiohttp.ClientSession() as http:
        if request.param == "channel":
            yield Engines(http, request.getfixturevalue("channel_url"), None)
            return
        double = EngineDouble(SECRET)
        async with TestServer(double.app()) as server:
            yield Engines(http, str(server.make_url("")).rstrip("/"), double)


async def test_words_buttons_and_card_are_one_bubble(engine: Engines) -> None:
    reply = REPLIES.say("hello_again", "zh-TW")
    answer = await engine.answer({"say": "hello_again", "card": CARD})
    assert answer == Answer([Reply(reply.text, reply.buttons, CARD)], None, "greet", 0.97)


async def test_a_form_that_is_active_is_named(engine: Engines) -> None:
    answer = await engine.answer({"say": "hello_again", "form": "ticket_form"})
    assert answer.form == "ticket_form"


async def test_a_turn_that_fails_is_no_answer(engine: Engines) -> None:
    with pytest.raises(EngineUnavailable, match="status 500"):
        await engine.answer({"fail": "words"})


async def test_silence_is_no_answer(engine: Engines) -> None:
    with pytest.raises(EngineUnavailable, match="silent"):
        await engine.answer({})


async def test_a_wrong_secret_is_no_answer(engine: Engines) -> None:
    with pytest.raises(EngineUnavailable, match="status 404"):
        await engine.answer({"say": "hello_again"}, secret="x" * 32)


async def test_the_json_of_a_turn_has_these_parts_and_no_others(engine: Engines) -> None:
    status, said = await engine.post({"say": "hello_again"}, {SECRET_HEADER: SECRET})
    assert status == 200
    assert set(said) == {"messages", "form", "intent", "confidence", "entities", "ranking"}
    [message] = said["messages"]
    assert set(message) == {"recipient_id", "text", "buttons"}
    assert all(isinstance(message[part], str) for part in ("recipient_id", "text"))
    assert [set(button) for button in message["buttons"]] == [{"title", "payload"}] * len(
        message["buttons"]
    )


async def test_without_the_secret_there_is_nothing(engine: Engines) -> None:
    assert await engine.post({"say": "hello_again"}, {}) == (404, "")
