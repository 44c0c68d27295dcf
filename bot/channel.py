"""The desk's channel: one turn in, the assistant's messages out, and no silent failures.

Rasa's own REST channel answers 200 with an empty list whatever goes wrong. Here a turn that fails
is a 500, an engine without a model a 503, and a caller without the secret learns nothing.
"""

import hmac
import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.several_wishes import wishes_in

SECRET_HEADER = "X-Hotline-Secret"  # noqa: S105 - its name, not its value
_READINGS = 3  # so many of the likeliest are told
PROBE = "伺服器開不了機"  # what readiness parses: a sentence of the trade, as partners type it

logger = logging.getLogger(__name__)


class TurnLost(Exception):
    """The turn ran and was not stored: Rasa's store of last resort hides a save that failed."""


class DeskChannel(InputChannel):
    """`POST /webhooks/desk/turn` and `GET /webhooks/desk/ready`, for the desk alone."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        return "desk"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "DeskChannel":
        secret = (credentials or {}).get("secret") or ""
        if len(secret) < 32:
            raise ValueError("the desk's channel needs a secret of 32 characters or more")
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        desk = Blueprint("desk_channel")

        @desk.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            """A real parse by the loaded model; 503 until there is one."""
            if not self._knows(request):
                return response.empty(404)
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"ready": False}, status=503)
            parsed = await agent.parse_message(PROBE)
            return response.json({"ready": True, "intent": parsed["intent"]["name"]})

        @desk.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            """Run one turn: {sender, message_id, text, language} in, {messages, ...} out."""
            if not self._knows(request):
                return response.empty(404)
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"error": "no model"}, status=503)
            said = request.json
            collector = CollectingOutputChannel()
            try:
                text, further = await wishes_in(agent, said["sender"], said["text"])
                await on_new_message(
                    UserMessage(
                        text,
                        collector,
                        said["sender"],
                        input_channel=self.name(),
                        message_id=said["message_id"],
                        metadata={"language": said["language"], "wishes": further},
                    )
                )
                tracker = await agent.tracker_store.retrieve(said["sender"])
                if not _holds(tracker, said["message_id"]):
                    raise TurnLost
                answer = _answer(tracker, collector.messages)
            except Exception as failure:  # the edge: the desk gets a 500, and tells the partner
                logger.error("a turn failed: %s", _kind_and_place(failure))
                return response.json({"error": "turn failed"}, status=500)
            return response.json(answer)

        return desk

    def _knows(self, request: Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "")
        # As bytes: with text it fails on a header that is not ASCII.
        return hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret.encode())


def _holds(tracker: DialogueStateTracker | None, message_id: str) -> bool:
    """Whether the message is in the tracker, even if an action has taken it back since."""
    return tracker is not None and any(
        isinstance(event, UserUttered) and event.message_id == message_id
        for event in reversed(tracker.events)
    )


def _answer(tracker: DialogueStateTracker, messages: list[dict[str, Any]]) -> dict[str, Any]:
    latest = tracker.latest_message
    intent = (latest.intent if latest else None) or {}
    return {
        "messages": messages,
        # A request that waits although its form has ended keeps its session all the same.
        "form": tracker.active_loop_name or ("ticket_form" if tracker.get_slot("draft") else None),
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "entities": [
            {"kind": found["entity"], "start": found["start"], "end": found["end"]}
            for found in (latest.entities if latest else None) or []
            if "start" in found
        ],
        "ranking": _likeliest((latest.parse_data if latest else None) or {}),
    }


def _likeliest(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    """The likeliest readings, best first; that none of them is sure is no reading."""
    readings = [
        {"intent": one["name"], "confidence": one["confidence"]}
        for one in parsed.get("intent_ranking") or []
        if one["name"] != DEFAULT_NLU_FALLBACK_INTENT_NAME
    ]
    return readings[:_READINGS]


def _kind_and_place(failure: Exception) -> str:
    """Never its text: that may be a partner's words."""
    frames = traceback.extract_tb(failure.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames]
    return " ".join([type(failure).__qualname__, *places[-5:]])
