"""How partners found that a ticket was handled: a score from 1 to 5, and a word if they like."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import stop_asking
from hotline.core import Hotline
from hotline.errors import BadInput
from hotline.tickets.answers import spoken_to
from hotline.tickets.asking import put
from hotline.tickets.changes import added
from hotline.tickets.rows import RatingRow
from wording.scores import BEST

ASKS_WHY_UP_TO = 3


@dataclass(frozen=True)
class Rating:
    """`by` is the contact's name, "" for a visitor."""

    score: int
    words: str
    by: str
    rated_at: datetime
    contact_id: int | None = None

    @property
    def asks_why(self) -> bool:
        return self.score <= ASKS_WHY_UP_TO and not self.words


async def rate(
    hotline: Hotline, conversation_id: str, number: str, score: int, words: str = ""
) -> Rating:
    """The score of whoever speaks there; a later one of the same contact takes its place.

    After a low one without words the question is why.
    """
    if not 1 <= score <= BEST:
        raise BadInput("the score is from 1 to 5", field="score")
    async with spoken_to(hotline, conversation_id, number, "rate") as (session, row, conversation):
        rating = await _of(session, row.id, conversation.contact_id)
        if rating is None:
            rating = RatingRow(ticket_id=row.id, contact_id=conversation.contact_id)
            session.add(rating)
        rating.score, rating.words, rating.rated_at = score, words, hotline.now()
        stop_asking(conversation, row.number)
        conversation.last_ticket = row.number
        told = _snapshot(rating)
        if told.asks_why:
            await put(session, conversation, "rate_why", ticket=row.number)
        await added(session, hotline, row, "ticket.rated", "partner", score=score)
        return told


async def say_why(hotline: Hotline, conversation_id: str, number: str, words: str) -> None:
    """What whoever speaks there adds to the score they gave before."""
    async with spoken_to(hotline, conversation_id, number, "rate") as (session, row, conversation):
        rating = await _of(session, row.id, conversation.contact_id)
        stop_asking(conversation, row.number)
        if rating is not None:
            rating.words = words
            await added(session, hotline, row, "ticket.rated", "partner", score=rating.score)


async def ratings_of(session: AsyncSession, ticket_id: int, limit: int = 20) -> list[Rating]:
    """A ticket's ratings, the latest first."""
    rows = await session.scalars(
        select(RatingRow)
        .where(RatingRow.ticket_id == ticket_id)
        .order_by(RatingRow.rated_at.desc(), RatingRow.id.desc())
        .limit(limit)
    )
    return [_snapshot(row) for row in rows]


async def _of(session: AsyncSession, ticket_id: int, contact_id: int | None) -> RatingRow | None:
    """The rating there is; under the ticket's lock, so that a visitor too has only one."""
    found: RatingRow | None = await session.scalar(
        select(RatingRow).where(
            RatingRow.ticket_id == ticket_id, RatingRow.contact_id.is_not_distinct_from(contact_id)
        )
    )
    return found


def _snapshot(row: RatingRow) -> Rating:
    by = row.contact.name if row.contact else ""
    return Rating(row.score, row.words, by, row.rated_at, row.contact_id)
