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
        wish = {"language": language} if language else {}
        token = partner_token(line, email) if email else None
        begun = _post(f"{line.url}/api/conversations", wish, token)
        return cls(line.url, begun["id"], begun["token"], begun["messages"])

    def say(self, text: str) -> list[Json]:
        """Say it; what is answered."""
        return self._send({"text": text})

    def press(self, title: str, offered: list[Json]) -> list[Json]:
        """Press the button of the last message of `offered` that is called so."""
        buttons = offered[-1].get("buttons") or []
        [payload] = [button["payload"] for button in buttons if button["title"] == title]
        return self._send({"payload": payload})

    def _send(self, body: Json) -> list[Json]:
        body = {"id": str(uuid.uuid4()), **body}
        path = f"/api/conversations/{self.id}/messages?wait=reply"
        told = _post(self.url + path, body, self.token)
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


def _post(url: str, body: Json, token: str | None) -> Json:
    signed = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(  # noqa: S310 - loopback
        url,
        data=json.dumps(body).encode(),
        headers={**signed, "Content-Type": "application/json"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=_ANSWER_WITHIN_S) as answer:
        told: Json = json.load(answer)
        return told
