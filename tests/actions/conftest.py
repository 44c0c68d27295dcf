"""The action server as a process, over the database of a test's hotline."""

import json
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from deploy.line import ROOT
from deploy.ports import LOOPBACK, free_ports
from deploy.processes import Processes, Program
from hotline.conversations import turns
from hotline.conversations.service import start
from hotline.conversations.turns import Incoming
from hotline.core import Hotline, open_hotline
from hotline.settings import Settings, load_settings
from tests.conftest import CONTACT, TUESDAY_MORNING, contact_of, set_clock

Json = dict[str, Any]


@dataclass(frozen=True)
class ActionServer:
    """Where it answers, what it works on, and what it has written down."""

    url: str
    settings: Settings
    log: Path

    async def call(self, action: str, sender: str, text: str, **tracker: Any) -> Json:
        """What the server answers when Rasa runs `action` after the partner said `text`."""
        message = {"text": text, "intent": {"name": "thank", "confidence": 0.9}, "entities": []}
        call = {
            "next_action": action,
            "sender_id": sender,
            "version": "3.6.21",
            "domain": {},
            "tracker": {
                "sender_id": sender,
                "slots": {},
                "latest_message": message,
                "events": [{"event": "user", "text": text, "parse_data": message}],
                **tracker,
            },
        }
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{self.url}/webhook", json=call) as told,
        ):
            answer: Json = await told.json()
            assert told.status == 200, answer
            return answer


@pytest.fixture(scope="package")
def action_server(
    seeded_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ActionServer]:
    """Serves the real actions and some that misbehave."""
    folder = tmp_path_factory.mktemp("actions")
    shutil.copy(seeded_file, folder / "hotline.db")
    own = {
        "HOTLINE_VAR_DIR": str(folder),
        "HOTLINE_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'hotline.db'}",
    }
    settings = load_settings().model_copy(
        update={"var_dir": folder, "database_url": own["HOTLINE_DATABASE_URL"]}
    )
    set_clock(settings, TUESDAY_MORNING)
    [port] = free_ports(1)
    url = f"http://{LOOPBACK}:{port}"
    command = [sys.executable, "-m", "rasa_sdk", "--port", str(port)]
    command += ["--actions", "tests.actions.misbehaving", "--debug"]
    environment = {**os.environ, **own, "SANIC_HOST": LOOPBACK, "SANIC_WORKERS": "1"}
    program = Program("actions", command, environment, f"{url}/health")
    with Processes([program], folder / "log", ROOT):
        yield ActionServer(url, settings, folder / "log/actions.log")


@pytest.fixture
async def asked_hotline(action_server: ActionServer) -> AsyncIterator[Hotline]:
    """The core over the action server's database."""
    async with open_hotline(action_server.settings) as opened:
        yield opened


@pytest.fixture
async def sender(asked_hotline: Hotline) -> str:
    """The engine's name for a conversation of the demonstration's contact, in English."""
    contact = await contact_of(asked_hotline, CONTACT)
    conversation, _greeting = await start(asked_hotline, contact, "en")
    incoming = Incoming("c-1", "Hello, are you there?")
    message = (await turns.receive(asked_hotline, conversation.id, incoming)).message
    return (await turns.begin(asked_hotline, conversation.id, message)).sender_id


def said(answer: Json) -> list[str]:
    """The names of the responses that the action uttered."""
    return [str(response["response"]) for response in answer["responses"]]


def everything(answer: Json) -> str:
    return json.dumps(answer, ensure_ascii=False)
