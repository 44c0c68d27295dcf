"""Who uses the desk over HTTP: a partner's page, a program of staff, a browser at the console."""

import uuid
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse, ClientWebSocketResponse
from aiohttp.test_utils import TestClient

from hotline import access
from hotline.core import Hotline
from tests.conftest import CONTACT, contact_of

PASSWORD = "hotline-demo-2026"
Client = TestClient[Any, Any]
Json = dict[str, Any]


@dataclass(frozen=True)
class Chat:
    """One conversation as its page holds it."""

    client: Client
    id: str
    token: str
    greeting: list[Json]

    @classmethod
    async def begin(
        cls, client: Client, partner_token: str | None = None, language: str = "zh-TW"
    ) -> "Chat":
        headers = bearer(partner_token) if partner_token else {}
        answer = await client.post(
            "/api/conversations", json={"language": language}, headers=headers
        )
        assert answer.status == 201, await answer.text()
        begun = await answer.json()
        return cls(client, begun["id"], begun["token"], begun["messages"])

    @property
    def url(self) -> str:
        return f"/api/conversations/{self.id}"

    async def post(self, body: object, *, wait: bool = True) -> ClientResponse:
        """Post a message as it stands; with `wait` the answer comes in the same response."""
        return await self.client.post(
            f"{self.url}/messages",
            params={"wait": "reply"} if wait else {},
            json=body,
            headers=bearer(self.token),
        )

    async def say(self, text: str, *, wait: bool = True) -> list[Json]:
        """Say `text`; the message and what was answered."""
        return await _messages(await self.post({"id": new_id(), "text": text}, wait=wait))

    async def press(self, payload: str) -> list[Json]:
        return await _messages(await self.post({"id": new_id(), "payload": payload}))

    async def said(self, after: int = 0) -> list[Json]:
        answer = await self.client.get(
            f"{self.url}/messages", params={"after": after}, headers=bearer(self.token)
        )
        assert answer.status == 200
        found: list[Json] = (await answer.json())["messages"]
        return found

    async def connect(self, after: int = 0, token: str | None = None) -> ClientWebSocketResponse:
        socket = await self.client.ws_connect(f"{self.url}/live")
        await socket.send_json({"token": token or self.token, "after": after})
        return socket


@dataclass(frozen=True)
class StaffApi:
    """A program with a staff token."""

    client: Client
    token: str

    async def get(self, path: str, **query: str) -> ClientResponse:
        return await self.client.get(f"/api/staff{path}", params=query, headers=bearer(self.token))

    async def post(self, path: str, body: object = None) -> ClientResponse:
        wish: Json = {} if body is None else {"json": body}
        return await self.client.post(f"/api/staff{path}", headers=bearer(self.token), **wish)


async def enter(client: Client, hotline: Hotline, email: str = CONTACT) -> None:
    """The browser is that contact's from now on, who comes from the portal."""
    token = access.partner_token(hotline, await contact_of(hotline, email))
    answer = await client.post("/enter", data={"token": token}, allow_redirects=False)
    assert answer.status == 303


async def page(client: Client, url: str, status: int = 200) -> str:
    """The HTML at `url`."""
    answer = await client.get(url)
    assert answer.status == status, url
    assert answer.content_type == "text/html"
    return await answer.text()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def new_id() -> str:
    return str(uuid.uuid4())


def senders(messages: list[Json]) -> list[str]:
    return [message["sender"] for message in messages]


def texts(messages: list[Json]) -> list[str]:
    return [message["text"] for message in messages]


async def frame_of(socket: ClientWebSocketResponse, kind: str) -> Json:
    """The next frame of this kind; others are passed over."""
    while True:
        frame: Json = await socket.receive_json(timeout=30)
        if frame["type"] == kind:
            return frame


async def messages_until(socket: ClientWebSocketResponse, seq: int) -> list[Json]:
    """The messages of the next frames, up to number `seq`."""
    told: list[Json] = []
    while not told or told[-1]["seq"] < seq:
        told += (await frame_of(socket, "messages"))["messages"]
    return told


async def refusal_of(answer: ClientResponse) -> tuple[int, str]:
    """Status and code of a refusal; it always has words too."""
    error = (await answer.json())["error"]
    assert error["message"]
    return answer.status, error["code"]


async def _messages(answer: ClientResponse) -> list[Json]:
    assert answer.status in (200, 201), await answer.text()
    found: list[Json] = (await answer.json())["messages"]
    return found
