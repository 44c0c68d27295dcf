"""The engine's client: one turn, with a time limit, and every failure is one exception."""

from dataclasses import dataclass
from typing import Any

import aiohttp

from hotline.conversations.turns import Answer, Turn
from hotline.replies import Reply

SECRET_HEADER = "X-Hotline-Secret"  # noqa: S105 - its name, not its value


class EngineUnavailable(Exception):
    """The engine is down, too slow, failed, or said nothing."""


@dataclass(frozen=True)
class Engine:
    """`timeout_s` is the whole turn's; beyond it the partner is told and the message kept."""

    session: aiohttp.ClientSession
    url: str
    secret: str
    timeout_s: float

    async def answer(self, turn: Turn, message_id: str) -> Answer:
        """What the assistant says to `turn`. Never retried: a turn may have had its effect."""
        body = {
            "sender": turn.sender_id,
            "message_id": message_id,
            "text": turn.text,
            "language": turn.language,
        }
        try:
            async with self.session.post(
                f"{self.url}/webhooks/desk/turn",
                json=body,
                headers={SECRET_HEADER: self.secret},
                timeout=aiohttp.ClientTimeout(total=self.timeout_s),
            ) as response:
                if response.status != 200:
                    raise EngineUnavailable(f"status {response.status}")
                said = await response.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as failure:
            raise EngineUnavailable(type(failure).__name__) from failure
        replies = _replies(said["messages"])
        if not replies:
            raise EngineUnavailable("silent")
        return Answer(
            replies,
            said["form"],
            said["intent"],
            said["confidence"],
            tuple(said.get("entities") or ()),
            tuple(said.get("ranking") or ()),
        )


def _replies(said: list[dict[str, Any]]) -> list[Reply]:
    """Rasa sends a card as a message of its own; it belongs to the bubble before it."""
    replies: list[Reply] = []
    for message in said:
        text = str(message.get("text") or "").strip()
        card = message.get("custom")
        if card and not text and replies and replies[-1].card is None:
            replies[-1] = Reply(replies[-1].text, replies[-1].buttons, card)
        elif text or card:
            buttons = tuple(
                {"title": str(button["title"]), "payload": str(button["payload"])}
                for button in message.get("buttons") or ()
            )
            replies.append(Reply(text, buttons, card))
    return replies
