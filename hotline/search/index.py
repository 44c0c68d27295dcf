"""Writing the index: some tickets anew, words more, all that are missing, or all."""

import asyncio
from collections.abc import Collection, Iterable
from typing import Any, cast

from sqlalchemy import Select, Table, delete, exists, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.database import Database, insert_or
from hotline.search.rows import TicketWordRow
from hotline.search.texts import words_by_ticket
from hotline.tickets.rows import TicketRow

BATCH = 200
_ONE_AT_A_TIME = 7_210_002  # the first key of PostgreSQL's advisory locks, one a ticket


async def index_again(session: AsyncSession, ids: Collection[int]) -> None:
    """Make the words of these tickets what they are now, in the caller's transaction.

    To be done last in it: on PostgreSQL two who write about one ticket wait for each other here,
    and whoever waits reads what the other has written.
    """
    for batch in _batches(sorted(ids)):
        await lock(session, batch)
        await session.flush()
        wanted = await words_by_ticket(session, batch)
        known = await _known(session, batch)
        wanted_rows = {(word, ticket_id) for ticket_id in wanted for word in wanted[ticket_id]}
        await _remove(session, known - wanted_rows)
        await _add(session, wanted_rows - known)


async def add_words(session: AsyncSession, ids: Collection[int], words: Collection[str]) -> None:
    """Let these tickets be found by more words; one that has none yet is indexed as a whole."""
    for batch in _batches(sorted(ids)):
        await lock(session, batch)
        has_words = set(
            await session.scalars(
                select(TicketRow.id).where(TicketRow.id.in_(batch), _is_indexed())
            )
        )
        await _add(session, {(word, ticket_id) for ticket_id in has_words for word in words})
        if missing := set(batch) - has_words:
            await index_again(session, missing)


async def add_company_words(session: AsyncSession, partner_id: str, words: Iterable[str]) -> None:
    """Let all tickets of a company be found by its new names; by the old ones they still are."""
    for word in sorted(words):
        tickets = (
            select(literal(word), TicketRow.id)
            .where(TicketRow.partner_id == partner_id, _is_indexed())
            .order_by(TicketRow.id)
        )
        added = insert_or(session, TicketWordRow).from_select(["word", "ticket_id"], tickets)
        await session.execute(added.on_conflict_do_nothing())


async def fill(database: Database) -> int:
    """Index what was there before the index was, batch by batch; how many tickets that were."""
    return await _work_through(database, select(TicketRow.id).where(~_is_indexed()))


async def rebuild(database: Database) -> int:
    """Index every ticket anew, batch by batch, while work goes on; how many there are."""
    return await _work_through(database, select(TicketRow.id))


async def _work_through(database: Database, tickets: Select[Any]) -> int:
    done = last = 0
    while True:
        query = tickets.where(TicketRow.id > last).order_by(TicketRow.id).limit(BATCH)
        async with database.read() as session:  # a look takes nobody's turn to write
            ids = list(await session.scalars(query))
        if not ids:
            return done
        async with database.write() as session:
            await index_again(session, ids)
        done, last = done + len(ids), ids[-1]
        await asyncio.sleep(0)  # turns go first


def _is_indexed() -> Any:
    """Every ticket has words, those of its number at least."""
    return exists().where(TicketWordRow.ticket_id == TicketRow.id)


async def _known(session: AsyncSession, ids: Collection[int]) -> set[tuple[str, int]]:
    rows = await session.execute(
        select(TicketWordRow.word, TicketWordRow.ticket_id).where(TicketWordRow.ticket_id.in_(ids))
    )
    return {(word, ticket_id) for word, ticket_id in rows}


async def _remove(session: AsyncSession, rows: set[tuple[str, int]]) -> None:
    gone: dict[int, list[str]] = {}
    for word, ticket_id in rows:
        gone.setdefault(ticket_id, []).append(word)
    for ticket_id, words in sorted(gone.items()):
        for batch in _batches(sorted(words), 500):
            await session.execute(
                delete(TicketWordRow).where(
                    TicketWordRow.ticket_id == ticket_id, TicketWordRow.word.in_(batch)
                )
            )


async def _add(session: AsyncSession, rows: set[tuple[str, int]]) -> None:
    """In the order of the key, so that neighbours go to one page."""
    if not rows:
        return
    table = cast(Table, TicketWordRow.__table__)
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    added = insert(table).prefix_with("OR IGNORE") if is_sqlite else _ignoring(session)
    await session.execute(
        added, [{"word": word, "ticket_id": ticket_id} for word, ticket_id in sorted(rows)]
    )


def _ignoring(session: AsyncSession) -> Any:
    return insert_or(session, TicketWordRow).on_conflict_do_nothing()


async def lock(session: AsyncSession, ids: Collection[int]) -> None:
    """A ticket's words are written by one transaction at a time; SQLite has one writer anyway.

    Always in the order of the ids, so that of two nobody waits for the other.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:key, :id)")
        for ticket_id in sorted(ids):
            await session.execute(lock, {"key": _ONE_AT_A_TIME, "id": ticket_id})


def _batches(of: list[Any], size: int = BATCH) -> Iterable[list[Any]]:
    return (of[at : at + size] for at in range(0, len(of), size))
