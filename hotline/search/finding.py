"""Searching: the tickets that have all the words, the newest first."""

from dataclasses import dataclass

from sqlalchemy import Select, exists, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from hotline.search.rows import TicketWordRow
from hotline.search.words import wanted_words
from hotline.tickets.reading import tickets_of
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import COLUMNS, Ticket
from wording import ticket_number

AT_ONCE = 50
COUNTED = 1000  # beyond this nobody pages on, but types another word
_WEIGHED = 2000  # of two words with more tickets than this, either is as good to begin with


@dataclass(frozen=True)
class Found:
    """One page; `total` is COUNTED where there may be more, and `older_than` is the next page's."""

    tickets: tuple[Ticket, ...]
    total: int
    older_than: int | None

    @property
    def is_counted(self) -> bool:
        return self.total < COUNTED


NOTHING = Found((), 0, None)


async def search(session: AsyncSession, words: str, older_than: int | None = None) -> Found:
    """The tickets of every state that have all `words`, from the one behind `older_than` on.

    Staff see every ticket, here as in the queue. Three Chinese characters are two pairs: a ticket
    that has both pairs apart from each other is found as well.
    """
    wanted = await _rarest_first(session, wanted_words(words))
    if not wanted:
        return NOTHING
    having = _having(wanted)
    page = having if older_than is None else having.where(TicketWordRow.ticket_id < older_than)
    ids: list[int] = list(await session.scalars(page.limit(AT_ONCE + 1)))
    total = await _count(session, having, COUNTED)
    shown = select(*COLUMNS).where(TicketRow.id.in_(ids[:AT_ONCE])).order_by(TicketRow.id.desc())
    tickets = tuple(await tickets_of(session, shown))
    return Found(tickets, total, ids[AT_ONCE - 1] if len(ids) > AT_ONCE else None)


async def exact(session: AsyncSession, words: str) -> str | None:
    """The number that `words` are, however it is written, if there is such a ticket."""
    number = ticket_number.read(" ".join(words.split()))
    if number is None:
        return None
    found: str | None = await session.scalar(
        select(TicketRow.number).where(TicketRow.number == number)
    )
    return found


def _having(words: list[str]) -> Select[int]:
    """Walks the tickets of the first word, the newest first, and asks each for the others."""
    first, *others = words
    query = select(TicketWordRow.ticket_id).where(TicketWordRow.word == first)
    for word in others:
        other = aliased(TicketWordRow)
        query = query.where(
            exists().where(other.word == word, other.ticket_id == TicketWordRow.ticket_id)
        )
    return query.order_by(TicketWordRow.ticket_id.desc())


async def _rarest_first(session: AsyncSession, words: list[str]) -> list[str]:
    """The same words; none if one of them is nowhere."""
    if len(words) < 2:
        return words
    counts = {word: await _count(session, _having([word]), _WEIGHED) for word in words}
    return sorted(words, key=lambda word: counts[word]) if all(counts.values()) else []


async def _count(session: AsyncSession, query: Select[int], most: int) -> int:
    some = query.with_only_columns(literal_column("1")).limit(most).subquery()
    return await session.scalar(select(func.count()).select_from(some)) or 0
