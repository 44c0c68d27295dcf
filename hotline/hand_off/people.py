"""Who could take a conversation over: how they stand, and how much they have."""

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, WaitRow
from hotline.core import Hotline
from hotline.hand_off.rules import Limits, Person, Wait
from hotline.permissions import HANDLERS
from hotline.staff.presence import presences


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
    load = await loads(session)
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


async def loads(session: AsyncSession) -> Counter[int]:
    """How many conversations each member of staff holds or is offered."""
    held = (
        select(ConversationRow.staff_id, func.count())
        .where(ConversationRow.holder == "person")
        .group_by(ConversationRow.staff_id)
    )
    offered = (
        select(WaitRow.offered_to_id, func.count())
        .where(WaitRow.ended_at.is_(None), WaitRow.offered_to_id.is_not(None))
        .group_by(WaitRow.offered_to_id)
    )
    load: Counter[int] = Counter()
    for staff_id, count in await session.execute(union_all(held, offered)):
        if staff_id is not None:
            load[staff_id] += count
    return load


def offers_to(staff_id: int) -> Select[Any]:
    """The question how many conversations somebody on staff is offered now."""
    return (
        select(func.count())
        .select_from(WaitRow)
        .where(WaitRow.ended_at.is_(None), WaitRow.offered_to_id == staff_id)
    )


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
