"""Keeping up with the line: one round ends what has lasted too long and asks who is free.

Each step is a transaction of its own that looks again whether it still holds, so rounds of two
desks do no harm to each other, and who was taken in between is left alone.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import waits
from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline
from hotline.hand_off import offers
from hotline.hand_off.giving_up import give_up
from hotline.hand_off.people import limits_of, people, wait_of
from hotline.hand_off.rules import GiveUp, Lapse, Offer, Step, Wait, steps


async def keep_up(hotline: Hotline) -> int:
    """One round; how many steps were done."""
    done = 0
    for step in await _due(hotline):
        done += await _do(hotline, step)
    return done


async def _due(hotline: Hotline) -> list[Step]:
    now = hotline.now()
    async with hotline.database.read() as session:
        waiting = await _waiting(session)
        if not waiting:
            return []
        found = await people(session)
    is_open = hotline.calendar.is_open(now)
    return steps(waiting, found, now, limits_of(hotline), is_open=is_open)


async def _waiting(session: AsyncSession) -> list[Wait]:
    rows = await waits.going_on(session)
    spoken = await session.execute(
        select(ConversationRow.id, ConversationRow.language).where(
            ConversationRow.id.in_([row.conversation_id for row in rows])
        )
    )
    languages = {conversation_id: language for conversation_id, language in spoken}
    return [wait_of(row, languages[row.conversation_id]) for row in rows]


async def _do(hotline: Hotline, step: Step) -> bool:
    match step:
        case GiveUp():
            return await give_up(hotline, step.conversation_id)
        case Lapse():
            return await offers.lapse(
                hotline, step.conversation_id, step.staff_id, passed=step.passed
            )
        case Offer():
            return await offers.offer(hotline, step.conversation_id, step.staff_id)
