"""Runs under the engine's interpreter: the desk's channel behind a real server.

.venv/engine/bin/python tests/bot/channel_as_json.py

The agent is a double; its tracker is what Rasa would have stored.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from io import StringIO
from typing import Any

import aiohttp
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import UserUtteranceReverted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic

from bot.channel import SECRET_HEADER, DeskChannel

SECRET = "s" * 32
WORDS = "王小明的手機是0912345678"
TURN = {"sender": "sender", "message_id": "c-2", "text": WORDS, "language": "zh-TW"}


class AgentDouble:
    """Answers every turn, and stores it, takes it back, loses it, or fails."""

    def __init__(self) -> None:
        self.behaviour = "stores"
        self.tracker_store = self
        self.tracker = DialogueStateTracker("sender", [])

    def is_ready(self) -> bool:
        return True

    async def handle(self, message: UserMessage) -> None:
        if self.behaviour == "fails":
            raise ValueError(message.text)
        await message.output_channel.send_text_message(message.sender_id, "好的")
        if self.behaviour != "loses":
            uttered = UserUttered(message.text, {"name": "greet", "confidence": 0.9})
            uttered.message_id = message.message_id
            self.tracker.update(uttered)
        if self.behaviour == "takes back":
            self.tracker.update(UserUtteranceReverted())

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return None if self.behaviour == "has no store" else self.tracker


async def main() -> None:
    """Print status and body for every behaviour and every secret, and what was logged."""
    log, agent = StringIO(), AgentDouble()
    logging.getLogger("bot.channel").addHandler(logging.StreamHandler(log))
    app = Sanic("channel", configure_logging=False)
    app.ctx.agent = agent
    blueprint = DeskChannel(SECRET).blueprint(agent.handle)
    app.blueprint(blueprint, url_prefix="/webhooks/desk")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        assert server is not None
        await server.startup()  # type: ignore[no-untyped-call]
        await server.start_serving()  # type: ignore[no-untyped-call]
        said: dict[str, Any] = {}
        url = f"http://127.0.0.1:{port}/webhooks/desk/turn"
        async with aiohttp.ClientSession() as session:
            for name, secret in (("none", None), ("wrong", "x" * 32), ("not ASCII", "密" * 32)):
                headers = {SECRET_HEADER: secret} if secret else {}
                said[name] = await answer(session, url, headers, TURN)
            for agent.behaviour in ("stores", "takes back", "loses", "has no store", "fails"):
                turn = {**TURN, "message_id": agent.behaviour}
                said[agent.behaviour] = await answer(session, url, {SECRET_HEADER: SECRET}, turn)
            said["without words"] = await answer(session, url, {SECRET_HEADER: SECRET}, {})
        await server.close()  # type: ignore[no-untyped-call]
    print(json.dumps({"said": said, "logged": log.getvalue()}))


async def answer(
    session: aiohttp.ClientSession, url: str, headers: dict[str, str], body: dict[str, str]
) -> list[Any]:
    async with session.post(url, json=body, headers=headers) as response:
        text = await response.text()
        return [response.status, json.loads(text) if text else None]


if __name__ == "__main__":
    asyncio.run(main())
