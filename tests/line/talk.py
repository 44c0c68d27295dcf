"""A partner that speaks through the chat API with the whole line, one turn at a time."""

import json
import urllib.request
import uuid
from typing import Any

from deploy.line import Line

Json = dict[str, Any]


class Talk:
    """One conversation; `partner_token` makes the contact known."""

    def __init__(self, line: Line, partner_token: str | None = None, language: str = "zh-TW"):
        self._url = f"{line.url}/api/conversations"
        begun = self._post(self._url, {"language": language}, partner_token)
        self.id, self._token = begun["id"], begun["token"]
        self.buttons: list[Json] = []
        self.cards: list[Json] = []
        self.greeting = self._heard(begun["messages"])

    def say(self, text: str) -> str:
        """Type `text`; all that is answered to it."""
        return self._turn({"text": text})

    def press(self, title: str) -> str:
        """Press the button that reads `title`."""
        button = next(button for button in self.buttons if button["title"] == title)
        return self._turn({"payload": button["payload"], "title": title})

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.buttons]

    @property
    def number(self) -> str:
        """The number of the ticket whose card came last."""
        return next(
            str(card["number"]) for card in reversed(self.cards) if card["kind"] == "ticket"
        )

    def _turn(self, said: Json) -> str:
        url = f"{self._url}/{self.id}/messages?wait=reply"
        told = self._post(url, {"id": str(uuid.uuid4()), **said}, self._token)["messages"]
        return self._heard([message for message in told if message["sender"] != "partner"])

    def _heard(self, messages: list[Json]) -> str:
        self.buttons = [button for message in messages for button in message.get("buttons") or []]
        self.cards += [message["card"] for message in messages if message.get("card")]
        return "\n".join(message["text"] for message in messages)

    def _post(self, url: str, body: Json, token: str | None) -> Json:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            said: Json = json.load(answer)
        return said
