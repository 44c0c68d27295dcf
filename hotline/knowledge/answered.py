"""Which articles the assistant has answered with in a conversation, and whether they helped."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.knowledge.rows import QuestionRow


@dataclass(frozen=True)
class Answered:
    """`helped` is None where the partner has not said."""

    article: str
    question: str
    at: datetime
    helped: bool | None


async def answers_of(session: AsyncSession, conversation_id: str, limit: int = 3) -> list[Answered]:
    """The answers of a conversation, the latest first; an article once, as it was used last."""
    rows = await session.scalars(
        select(QuestionRow)
        .where(QuestionRow.conversation_id == conversation_id, QuestionRow.article.is_not(None))
        .order_by(QuestionRow.id.desc())
        .limit(limit * 3)
    )
    found = dict[str, Answered]()
    for row in rows:
        assert row.article is not None
        found.setdefault(row.article, Answered(row.article, row.text, row.asked_at, row.helped))
    return list(found.values())[:limit]
