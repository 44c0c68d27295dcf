"""Runs under the engine's interpreter: the desk's channel and our responses, without a model.

    .venv/engine/bin/python tests/bot/serve_channel.py PORT SECRET

Rasa's server, our channel, our responses and Rasa's trackers are real. What stands in for the model
does what a message says, as JSON: {"say": NAME, "values": {...}, "card": {...}, "form": NAME,
"slots": {...}, "entities": [...], "ranking": [...]}, or {"fail": WORDS}, or {} for silence.
`POST /model/off` and `/model/on` take the model away and bring it back.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.run import configure_app
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig
from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channel import DeskChannel
from bot.nlg import BilingualResponses

INTENT = {"name": "greet", "confidence": 0.97}


class Obedient:
    """In the place of Rasa's agent."""

    def __init__(self) -> None:
        self.domain = Domain.load("domain.yml")
        self.tracker_store = InMemoryTrackerStore(self.domain)
        self.responses = BilingualResponses(EndpointConfig(), self.domain)
        self.has_model = True

    def is_ready(self) -> bool:
        return self.has_model

    async def parse_message(self, text: str) -> dict[str, Any]:
        return {"text": text, "intent": INTENT}

    async def handle_message(self, message: UserMessage) -> None:
        told = json.loads(message.text)
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        for name, value in told.get("slots", {}).items():
            tracker.update(SlotSet(name, value), self.domain)
        heard = UserUttered(
            message.text,
            INTENT,
            told.get("entities"),
            {"intent_ranking": told.get("ranking", [])},
            message_id=message.message_id,
            metadata=message.metadata,
        )
        tracker.update(heard, self.domain)
        if "fail" in told:
            raise RuntimeError(told["fail"])
        if form := told.get("form"):
            tracker.update(ActiveLoop(form), self.domain)
        channel = message.output_channel
        if name := told.get("say"):
            said = await self.responses.generate(
                f"utter_{name}", tracker, channel.name(), **told.get("values", {})
            )
            await channel.send_response(message.sender_id, said)
        if card := told.get("card"):
            await channel.send_response(message.sender_id, {"custom": card})
        await self.tracker_store.save(tracker)


def main() -> None:
    port, secret = int(sys.argv[1]), sys.argv[2]
    channel = DeskChannel.from_credentials({"secret": secret})
    app = configure_app([channel], enable_api=False, port=port)
    app.ctx.agent = Obedient()

    app.add_route(model, "/model/<state>", methods=["POST"])
    app.run(host="127.0.0.1", port=port, workers=1, access_log=False)


async def model(request: Request, state: str) -> HTTPResponse:
    request.app.ctx.agent.has_model = state == "on"
    return response.empty()


if __name__ == "__main__":
    main()
