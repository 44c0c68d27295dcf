"""A stretch of a conversation, as much as one page shows: the newest, or what came before."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import messages
from hotline.conversations.messages import MOST_AT_ONCE, Message


@dataclass(frozen=True)
class Stretch:
    """Messages in order; `is_newest` says that nothing comes behind them."""

    messages: tuple[Message, ...] = ()
    is_newest: bool = True

    @property
    def before(self) -> int | None:
        """The number in front of which there is more; None at the beginning."""
        first = self.messages[0].seq if self.messages else 1
        return first if first > 1 else None

    @property
    def last_seq(self) -> int:
        return self.messages[-1].seq if self.messages else 0

    @property
    def live_parts(self) -> tuple[str, ...]:
        """What the open page renews; what was said long ago stays as it is."""
        return ("header", "timeline") if self.is_newest else ("header",)

    def has(self, at: datetime) -> bool:
        """Whether what happened at `at` belongs beside these messages."""
        if self.before and at < self.messages[0].at:
            return False
        return self.is_newest or not self.messages or at <= self.messages[-1].at


async def stretch_of(
    session: AsyncSession, conversation_id: str, before: int | None = None
) -> Stretch:
    """The newest messages, or the last ones in front of number `before`."""
    if before is None:
        newest = await messages.recent(session, conversation_id, limit=MOST_AT_ONCE)
        return Stretch(tuple(newest))
    start = max(0, before - 1 - MOST_AT_ONCE)
    limit = before - 1 - start
    earlier = await messages.messages_after(session, conversation_id, start, limit=limit)
    return Stretch(tuple(earlier), is_newest=False)


def before_of(request: web.Request) -> int | None:
    """The number that the link to earlier messages carries."""
    wish = request.query.get("before", "")
    fits = wish.isascii() and wish.isdecimal() and len(wish) < 9 and int(wish) > 1
    return int(wish) if fits else None
