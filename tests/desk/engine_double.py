"""The engine's double: speaks the channel's contract and misbehaves on demand.

It answers `POST /webhooks/desk/turn` as `bot/channel.py` does: 404 without the secret, else
{messages, form, intent, confidence, entities, ranking}. Turns it was asked are in `asked`.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from desk.engine import SECRET_HEADER

Said = dict[str, Any]
Behaviour = Callable[[web.Request, Said], Awaitable[web.StreamResponse]]


class EngineDouble:
    """Behaves as told by `will`, one behaviour per turn, and else repeats what it hears."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._script: deque[Behaviour] = deque()
        self.asked: list[Said] = []
        self.url = ""
        self.closing = asyncio.Event()

    def will(self, *behaviours: Behaviour) -> None:
        self._script.extend(behaviours)

    @property
    def heard(self) -> list[str]:
        return [said["text"] for said in self.asked]

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.post("/webhooks/desk/turn", self._turn)])
        return app

    async def _turn(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get(SECRET_HEADER) != self._secret:
            return web.Response(status=404)
        said = await request.json()
        self.asked.append(said)
        behave = self._script.popleft() if self._script else repeats
        return await behave(request, said)

    async def hangs(self, request: web.Request, said: Said) -> web.StreamResponse:
        """Never answers, until the test ends."""
        await self.closing.wait()
        return web.Response(status=500)


async def repeats(request: web.Request, said: Said) -> web.StreamResponse:
    return _answer([{"text": f"您說：{said['text']}"}])


def answers(
    *texts: str,
    buttons: list[dict[str, str]] | None = None,
    card: dict[str, Any] | None = None,
    form: str | None = None,
    intent: str = "greet",
    ranking: list[Said] | None = None,
) -> Behaviour:
    """Says `texts`; the buttons stand under the last, the card comes as a message of its own."""

    async def behave(request: web.Request, said: Said) -> web.StreamResponse:
        messages: list[Said] = [{"recipient_id": said["sender"], "text": text} for text in texts]
        if buttons:
            messages[-1]["buttons"] = buttons
        if card:
            messages.append({"recipient_id": said["sender"], "custom": card})
        return _answer(messages, form, intent, ranking)

    return behave


def fails(status: int) -> Behaviour:
    async def behave(request: web.Request, said: Said) -> web.StreamResponse:
        return web.json_response({"error": "turn failed"}, status=status)

    return behave


def says(body: object, content_type: str = "application/json") -> Behaviour:
    """Answers 200 with any body: an empty list, half a JSON, a page of somebody else."""

    async def behave(request: web.Request, said: Said) -> web.StreamResponse:
        if isinstance(body, str):
            return web.Response(text=body, content_type=content_type)
        return web.json_response(body)

    return behave


async def is_silent(request: web.Request, said: Said) -> web.StreamResponse:
    return _answer([])


async def hangs_up(request: web.Request, said: Said) -> web.StreamResponse:
    """Closes the connection in the middle of the turn, as a process that is killed."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response(status=500)


def waits_for(event: asyncio.Event, then: Behaviour = repeats) -> Behaviour:
    async def behave(request: web.Request, said: Said) -> web.StreamResponse:
        await event.wait()
        return await then(request, said)

    return behave


def _answer(
    messages: list[Said],
    form: str | None = None,
    intent: str = "greet",
    ranking: list[Said] | None = None,
) -> web.StreamResponse:
    return web.json_response(
        {
            "messages": messages,
            "form": form,
            "intent": intent,
            "confidence": 0.97,
            "entities": [],
            "ranking": ranking or [],
        }
    )
