"""The desk's channel as the engine serves it, with a model that does as it is told."""

import json
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from deploy.line import ENGINE, ROOT
from deploy.ports import LOOPBACK, free_ports
from deploy.processes import Processes, Program
from desk.engine import SECRET_HEADER

SECRET = "s" * 32
Json = dict[str, Any]


@pytest.fixture(scope="session")
def channel_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running channel; its secret is SECRET."""
    [port] = free_ports(1)
    url = f"http://{LOOPBACK}:{port}"
    command = [str(ENGINE), "tests/bot/serve_channel.py", str(port), SECRET]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
    ready, headers = f"{url}/webhooks/desk/ready", {SECRET_HEADER: SECRET}
    program = Program("channel", command, environment, ready, headers)
    with Processes([program], tmp_path_factory.mktemp("channel"), ROOT):
        yield url


@dataclass(frozen=True)
class Channel:
    """The channel over HTTP."""

    http: aiohttp.ClientSession
    url: str

    async def get_ready(self, secret: str | None = SECRET) -> tuple[int, str]:
        async with self.http.get(f"{self.url}/webhooks/desk/ready", headers=_with(secret)) as told:
            return told.status, await told.text()

    async def post_turn(self, body: object, secret: str | None = SECRET) -> tuple[int, str]:
        url = f"{self.url}/webhooks/desk/turn"
        async with self.http.post(url, json=body, headers=_with(secret)) as told:
            return told.status, await told.text()

    async def turn(self, wish: Json, language: str = "zh-TW") -> Json:
        """What the assistant answers to a message that tells the model what to do."""
        status, said = await self.post_turn(asked(wish, language))
        assert status == 200, said
        answer: Json = json.loads(said)
        return answer

    async def set_model(self, state: str) -> None:
        async with self.http.post(f"{self.url}/model/{state}") as told:
            assert told.status == 204


@pytest.fixture
async def channel(channel_url: str) -> AsyncIterator[Channel]:
    async with aiohttp.ClientSession() as http:
        yield Channel(http, channel_url)


def asked(wish: Json, language: str = "zh-TW") -> Json:
    """A turn as the desk asks for it, the first of a conversation."""
    text = json.dumps(wish, ensure_ascii=False)
    return {"sender": new_sender(), "message_id": "m-1", "text": text, "language": language}


def new_sender() -> str:
    return secrets.token_urlsafe(24)


def _with(secret: str | None) -> dict[str, str]:
    return {} if secret is None else {SECRET_HEADER: secret}
