"""What the desk says by itself, and what comes then."""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal

from hotline.conversations.messages import Message
from hotline.replies import Reply


@dataclass(frozen=True)
class OwnAnswer:
    """The desk's replies, and what comes then: nothing more, the engine's answer to the message,
    or the question of a half-filled request once more.

    With `payload` the engine answers that instead of the message's own words. With `asked` what
    was asked before is answered after them. `beside` runs while the partner reads: no turn waits
    for it.
    """

    replies: tuple[Reply, ...]
    then: Literal["done", "engine", "resume"] = "done"
    payload: str | None = None
    asked: Message | None = None
    beside: Coroutine[Any, Any, None] | None = None
