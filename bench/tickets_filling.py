"""Filling a database with very many tickets, quickly: invented, and past the services.

While one batch is loaded the next is invented. Some tickets are checked against what the index
itself makes of them.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import func, select, text

from bench.tickets_invented import CONTACTS, Person, company, contact, ticket
from bench.tickets_loading import Batch, loader
from hotline.core import Hotline
from hotline.database import insert_many
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.search.texts import words_by_ticket
from hotline.staff.rows import StaffRow
from hotline.tickets.rows import TicketRow

BATCH = 2_000
COMPANIES = 300
_ASKED_OF = 200  # one in so many is asked for by its number


@dataclass
class Filled:
    """What was made, to ask for."""

    tickets: int = 0
    words: int = 0
    open_ids: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    serials: list[str] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)


async def fill(hotline: Hotline, tickets: int, until: float) -> Filled:
    """Make so many tickets, or as many as there is time for `until` then, by `perf_counter`.

    Tells on the way how far it is.
    """
    filled, began = Filled(), time.perf_counter()
    async with hotline.database.read() as session:
        first = (await session.scalar(select(func.max(TicketRow.id))) or 0) + 1
        staff = list(await session.scalars(select(StaffRow.id)))
    people = await _add_people(hotline, filled)
    batches = _batches(hotline, filled, range(first, first + tickets), people, staff)
    async with loader(hotline) as load:
        made = await asyncio.to_thread(next, batches, None)
        while made is not None and time.perf_counter() < until:
            coming = asyncio.create_task(asyncio.to_thread(next, batches, None))
            await load.add(made)
            filled.tickets += len(made.tickets)
            _tell(filled.tickets, tickets, time.perf_counter() - began)
            made = await coming
        print("indexes ...", flush=True)
        filled.words = await load.finish()
    await _check(hotline, filled)
    return filled


def _tell(done: int, tickets: int, took: float) -> None:
    if done % (10 * BATCH) == 0 or done == tickets:
        print(f"{done:,} of {tickets:,} tickets in {took:,.0f} s", flush=True)


async def _add_people(hotline: Hotline, filled: Filled) -> list[Person]:
    firms = [company(n, hotline.today()) for n in range(COMPANIES)]
    filled.companies += [firm["name_zh"] for firm in firms]
    made = [
        contact(n * CONTACTS + m, firm) for n, firm in enumerate(firms) for m in range(CONTACTS)
    ]
    async with hotline.database.write() as session:
        await insert_many(session, PartnerRow, firms)
        await insert_many(session, ContactRow, [row for row, _ in made])
    return [person for _, person in made]


def _batches(
    hotline: Hotline, filled: Filled, ids: range, people: list[Person], staff: list[int]
) -> Iterator[Batch]:
    now, chance = hotline.now(), Random(11)
    for start in range(0, len(ids), BATCH):
        batch = Batch()
        for ticket_id in ids[start : start + BATCH]:
            made = ticket(ticket_id, people, staff, now)
            batch.add(made)
            if made.ticket["state"] != "closed":
                filled.open_ids.append(ticket_id)
            if chance.randrange(_ASKED_OF) == 0 or len(filled.numbers) < 20:
                filled.numbers.append(made.ticket["number"])
                filled.serials.append(made.ticket["facts"]["serial"]["value"])
        yield batch


async def _check(hotline: Hotline, filled: Filled) -> None:
    """The words of some are those that the index would have made."""
    async with hotline.database.read() as session:
        newest = list(
            await session.scalars(select(TicketRow.id).order_by(TicketRow.id.desc()).limit(20))
        )
        wanted = await words_by_ticket(session, newest)
        found = await session.execute(
            text("SELECT word, ticket_id FROM ticket_words WHERE ticket_id >= :id"),
            {"id": min(newest)},
        )
    made: dict[int, set[str]] = {}
    for word, ticket_id in found:
        made.setdefault(ticket_id, set()).add(word)
    assert made == wanted, "the index would have other words"
    assert filled.tickets >= len(newest)
