"""How it stands for whoever waits: the place in line, and how long that may take."""

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import waits
from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline
from hotline.hand_off.rules import Waited, expected_minutes
from hotline.replies import Reply


async def in_line(
    session: AsyncSession, hotline: Hotline, row: ConversationRow, language: str
) -> Reply:
    """The place of a conversation that waits, and how long that may take, as far as is known."""
    ahead = await waits.ahead_of(session, row.held_since)
    minutes = await expected(session, hotline, ahead)
    if minutes is None:
        return hotline.replies.say("handoff_wait", language, place=ahead + 1)
    return hotline.replies.say("handoff_wait_minutes", language, place=ahead + 1, minutes=minutes)


async def expected(session: AsyncSession, hotline: Hotline, ahead: int) -> int | None:
    """In how many minutes whoever has `ahead` before them may expect somebody; None if unknown."""
    lately = await waits.taken_lately(session, hotline.now())
    return expected_minutes([Waited(took, before) for took, before in lately], ahead)
