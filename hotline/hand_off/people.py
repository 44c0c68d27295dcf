"""Who could take a conversation over: how they stand, and how much they have."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import Executable, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, WaitRow
from hotline.core import Hotline
from hotline.hand_off.rules import Limits, Person, Wait
from hotline.permissions import HANDLERS
from hotline.staff.presence import presences

_HELD = (
    select(ConversationRow.staff_id, func.count())
    .where(ConversationRow.holder == "person", ConversationRow.staff_id.is_not(None))
    .group_by(ConversationRow.staff_id)
)
# An offer takes room as well until it is answered.
_OFFERED = (
    select(WaitRow.offered_to_id, func.count())
    .where(WaitRow.ended_at.is_(None), WaitRow.offered_to_id.is_not(None))
    .group_by(WaitRow.offered_to_id)
)


def limits_of(hotline: Hotline) -> Limits:
    set_to = hotline.settings.hand_off
    return Limits(
        chats_at_once=set_to.chats_at_once,
        offer_for=timedelta(seconds=set_to.offer_seconds),
        widen_after=timedelta(seconds=set_to.widen_after_seconds),
        longest=timedelta(minutes=set_to.longest_minutes),
        away_after=timedelta(seconds=set_to.away_after_seconds),
    )


async def people(session: AsyncSession) -> list[Person]:
    """Everybody who handles conversations, there or not."""
    load = await _counted(session, union_all(_HELD, _OFFERED))
    return [
        Person(
            one.staff.id,
            one.staff.queues,
            one.staff.languages,
            one.stands,
            one.beat_at,
            load[one.staff.id],
            one.offered_at,
        )
        for one in await presences(session)
        if one.staff.role in HANDLERS
    ]


async def chats_held(session: AsyncSession) -> Counter[int]:
    """How many conversations each member of staff holds: what a page shows of their limit."""
    return await _counted(session, _HELD)


async def _counted(session: AsyncSession, query: Executable) -> Counter[int]:
    found: Counter[int] = Counter()
    for staff_id, number in await session.execute(query):
        found[staff_id] += number
    return found


def wait_of(row: WaitRow, language: str) -> Wait:
    return Wait(
        row.conversation_id,
        row.queue,
        language,
        row.joined_at,
        row.offered_to_id,
        row.offered_until,
        frozenset(row.passed_by),
        row.wished_id,
    )
