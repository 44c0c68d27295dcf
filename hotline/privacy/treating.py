"""What the inventory says, done: rows that go, values that become something else, names masked."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, delete, func, inspect, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline
from hotline.privacy.becomes import Erasing
from hotline.privacy.inventory import Goes, Reach, Stays, of_persons
from hotline.privacy.marks import Marks
from hotline.search.index import index_again
from hotline.tickets.rows import TicketRow

_BATCH = 200


async def treat(session: AsyncSession, erasing: Erasing, reach: Reach) -> Counter[str]:
    """Erase what is in `reach`, in the caller's transaction; how many rows of which table.

    What its tickets are found by goes with it.
    """
    done: Counter[str] = Counter()
    found_by = set(await session.scalars(select(TicketRow.id).where(_of_tickets(reach))))
    for table in of_persons():
        condition = table.meant_by(reach)
        if isinstance(table, Goes):
            gone = await session.execute(delete(table.rows).where(condition))
            done[table.name] += gone.rowcount  # type: ignore[attr-defined]
            continue
        for row in list(await session.scalars(select(table.rows).where(condition))):
            done[table.name] += 1
            for column, becomes in table.personal.items():
                setattr(row, column, becomes(erasing, row, getattr(row, column)))
        await session.flush()
    await index_again(session, found_by)
    return +done


def _of_tickets(reach: Reach) -> ColumnElement[bool]:
    in_talks = and_(
        TicketRow.conversation_id.is_not(None),
        TicketRow.conversation_id.in_(reach.conversations),
    )
    return or_(TicketRow.id.in_(reach.tickets), in_talks)


async def count(session: AsyncSession, reach: Reach) -> Counter[str]:
    """What `treat` would do."""
    found: Counter[str] = Counter()
    for table in of_persons():
        rows = select(func.count()).select_from(table.rows).where(table.meant_by(reach))
        found[table.name] = await session.scalar(rows) or 0
    return +found


async def mask(
    hotline: Hotline, marks: Marks, among: Reach, but: Reach, *, dry_run: bool = False
) -> "Masked":
    """Mask a person in the words of others: in `among`, and wherever the e-mail address stands.

    `but` is what is theirs, which is treated. Batch by batch, each in a transaction of its own, so
    that nobody waits long for the database.
    """
    masked = Masked(0, frozenset())
    for table in of_persons():
        if not table.wordy or _SAID_BY_OTHERS.isdisjoint(table.of.values()):
            continue
        async for ids in _candidates(hotline, table, marks, among, but):
            masked += await _mask_rows(hotline, table, marks, ids, dry_run=dry_run)
    return masked


_SAID_BY_OTHERS = frozenset(("companies", "conversations", "tickets", "ratings", "calls"))


@dataclass(frozen=True)
class Masked:
    """How many rows named the person, and the conversations that had any."""

    rows: int
    conversations: frozenset[str]

    def __add__(self, more: "Masked") -> "Masked":
        return Masked(self.rows + more.rows, self.conversations | more.conversations)


async def _candidates(
    hotline: Hotline, table: Goes | Stays, marks: Marks, among: Reach, but: Reach
) -> AsyncIterator[list[Any]]:
    """The keys of the rows that may name the person, in batches."""
    key = inspect(table.rows).primary_key[0]
    said = [cast(getattr(table.rows, column), Text) for column in table.wordy]
    has_address = [words.ilike(f"%{email}%") for email in marks.emails for words in said]
    query = (
        select(key)
        .where(or_(table.meant_by(among), *has_address), not_(table.meant_by(but)))
        .order_by(key)
        .limit(_BATCH)
    )
    last: Any = None
    while True:
        async with hotline.database.read() as session:
            ids = list(await session.scalars(query if last is None else query.where(key > last)))
        if not ids:
            return
        yield ids
        last = ids[-1]


async def _mask_rows(
    hotline: Hotline, table: Goes | Stays, marks: Marks, ids: list[Any], *, dry_run: bool
) -> Masked:
    key = inspect(table.rows).primary_key[0]
    async with hotline.database.read() as session:
        rows = list(await session.scalars(select(table.rows).where(key.in_(ids))))
    named = [row for row in rows if _changes(table, marks, row)]
    if named and not dry_run:
        keys = [inspect(row).identity[0] for row in named]
        locked = select(table.rows).where(key.in_(keys)).with_for_update(of=table.rows)
        async with hotline.database.write() as session:
            for row in await session.scalars(locked):
                for column, value in _changes(table, marks, row).items():
                    setattr(row, column, value)
    return Masked(len(named), frozenset(filter(None, map(_conversation_of, named))))


def _conversation_of(row: Any) -> str | None:
    return row.id if isinstance(row, ConversationRow) else getattr(row, "conversation_id", None)


def _changes(table: Goes | Stays, marks: Marks, row: Any) -> dict[str, Any]:
    values = {column: getattr(row, column) for column in table.wordy}
    masked = {column: marks.masked(value) for column, value in values.items()}
    return {column: value for column, value in masked.items() if value != values[column]}
