"""What a partner has said so far of a request that is no ticket yet."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import MessageRow
from hotline.tickets.kinds import FACT_OF_ENTITY, FACTS, KINDS

_MOST_MESSAGES = 30


async def facts_so_far(session: AsyncSession, conversation_id: str) -> dict[str, str]:
    """The facts that were found in what the partner typed last, each as it was said last."""
    rows = await session.scalars(
        select(MessageRow)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.sender == "partner",
            MessageRow.entities.is_not(None),
        )
        .order_by(MessageRow.seq.desc())
        .limit(_MOST_MESSAGES)
    )
    found = dict[str, str]()
    for row in rows:
        for one in row.entities or ():
            value = row.text[one["start"] : one["end"]].strip()
            fact = FACT_OF_ENTITY.get(one["kind"], one["kind"])
            if fact in FACTS and value:
                found.setdefault(fact, value)
    return found


def missing_from(intent: str | None, facts: Mapping[str, object]) -> tuple[str, ...]:
    """The facts that a request of this kind asks for and that nobody has given, in that order."""
    if intent not in KINDS:
        return ()
    return tuple(fact for fact, _need in KINDS[intent].asks if fact not in facts)
