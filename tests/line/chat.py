"""A partner's program on the chat API: no browser, and no event loop beside Playwright's."""

import json
import os
import subprocess
import sys
import urllib.request
import uuid
from dataclasses import dataclass
from typing import Any

from deploy.line import ROOT, Line

Json = dict[str, Any]
_ANSWER_WITHIN_S = 60.0
_HOTLINE = "import sys; from hotline.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Chat:
    """One conversation over HTTP."""

    url: str
    id: str
    token: str
    greeting: list[Json]

    @classmethod
    def begin(cls, line: Line, email: str | None, language: str | None = None) -> "Chat":
        """A new conversation of the contact `email`, or of a visitor."""
        return cls.open(line.url, partner_token(line, email) if email else None, language)

    @classmethod
    def open(cls, url: str, token: str | None, language: str | None = None) -> "Chat":
        """A new conversation of whoever the portal's `token` is for, or of a visitor."""
        wish = {"language": language} if language else {}
        begun = post(f"{url}/api/conversations", wish, token)
        return cls(url, begun["id"], begun["token"], begun["messages"])

    def say(self, text: str) -> list[Json]:
        """Say it; what is answered."""
        return self._send({"text": text})

    def press(self, title: str, offered: list[Json]) -> list[Json]:
        """Press the button of the last message of `offered` that is called so."""
        buttons = offered[-1].get("buttons") or []
        [payload] = [button["payload"] for button in buttons if button["title"] == title]
        return self._send({"payload": payload})

    def news(self, after: int) -> list[Json]:
        """What others said behind the message numbered `after`."""
        told = get(f"{self._messages}?after={after}", self.token)
        return [message for message in told["messages"] if message["sender"] != "partner"]

    def attach(self, name: str, content: bytes, text: str = "") -> list[Json]:
        """Send a file; what is answered."""
        fields = {"id": str(uuid.uuid4()), "text": text}
        told = _post_file(f"{self._messages}?wait=reply", fields, name, content, self.token)
        return [message for message in told["messages"] if message["sender"] != "partner"]

    @property
    def _messages(self) -> str:
        return f"{self.url}/api/conversations/{self.id}/messages"

    def _send(self, body: Json) -> list[Json]:
        body = {"id": str(uuid.uuid4()), **body}
        told = post(f"{self._messages}?wait=reply", body, self.token)
        return [message for message in told["messages"] if message["sender"] != "partner"]


def partner_token(line: Line, email: str) -> str:
    """As a portal would sign it, by the command line."""
    done = subprocess.run(
        [sys.executable, "-c", _HOTLINE, "partner-token", email],
        cwd=ROOT,
        env={
            **os.environ,
            "HOTLINE_VAR_DIR": str(line.settings.var_dir),
            "HOTLINE_DATABASE_URL": line.settings.database_url,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def text_of(messages: list[Json]) -> str:
    """All that was said, as one text."""
    return "\n".join(message["text"] for message in messages)


def get(url: str, token: str, headers: dict[str, str] | None = None) -> Json:
    """What is read at `url` by the bearer of `token`."""
    sent = {**_signed(token), **(headers or {})}
    return _answered(urllib.request.Request(url, headers=sent))  # noqa: S310 - loopback


def post(url: str, body: Json, token: str | None) -> Json:
    """What is answered to `body` at `url`."""
    headers = {**_signed(token), "Content-Type": "application/json"}
    data = json.dumps(body).encode()
    return _answered(urllib.request.Request(url, data=data, headers=headers))  # noqa: S310


def _post_file(url: str, fields: dict[str, str], name: str, content: bytes, token: str) -> Json:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    parts += [
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ]
    data = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
    headers = {**_signed(token), "Content-Type": f"multipart/form-data; boundary={edge}"}
    return _answered(urllib.request.Request(url, data=data, headers=headers))  # noqa: S310


def _signed(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _answered(request: urllib.request.Request) -> Json:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=_ANSWER_WITHIN_S) as answer:
        told: Json = json.load(answer)
        return told
