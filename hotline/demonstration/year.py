"""Writing the demonstration year into a database: companies and people, records, tickets.

Three transactions, each of which does nothing if its part is there; tickets may follow those that
were opened before.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.conversations.seen import SeenRow
from hotline.core import Hotline
from hotline.database import insert_many, insert_or
from hotline.demonstration.companies import Firm, firms
from hotline.demonstration.contacts import contacts
from hotline.demonstration.lives import KEY, Life
from hotline.demonstration.records import SOURCE, Person, records_of
from hotline.demonstration.tickets import Year
from hotline.journal import write_entries
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.search.index import index_again
from hotline.staff.rows import StaffRow
from hotline.tickets.rows import NoteRow, RatingRow, TicketCounterRow, TicketRow
from wording import ticket_number


async def add_companies(hotline: Hotline) -> None:
    """The invented companies, their people and what is recorded about them."""
    invented = firms()
    async with hotline.database.write() as session:
        if await session.get(PartnerRow, invented[0].id) is not None:
            return
        said = {"as_of": hotline.today(), "source": SOURCE}
        await insert_many(session, PartnerRow, [firm.columns() | said for firm in invented])
        await insert_many(session, ContactRow, contacts(invented))
        known = await session.scalars(
            select(ContactRow)
            .where(ContactRow.partner_id.in_([firm.id for firm in invented]))
            .order_by(ContactRow.id)
        )
        await _add_records(session, hotline, invented, known.all())


async def add_tickets(hotline: Hotline, emails: Sequence[str]) -> None:
    """The tickets of the year up to now, worked on by the staff with these addresses."""
    async with hotline.database.write() as session:
        if await session.scalar(select(TicketRow.id).where(TicketRow.key.startswith(KEY)).limit(1)):
            return
        staff = await session.scalars(
            select(StaffRow).where(StaffRow.email.in_(emails)).order_by(StaffRow.id)
        )
        people = await session.scalars(
            select(ContactRow)
            .join(PartnerRow)
            .where(PartnerRow.source == SOURCE)
            .order_by(ContactRow.id)
        )
        year = Year(hotline, staff.all(), people.all())
        opened = [
            opening.at.astimezone(hotline.calendar.timezone).year for opening in year.openings
        ]
        await _write(session, year.lives(await _numbers(session, opened)))


async def _add_records(
    session: AsyncSession, hotline: Hotline, invented: Sequence[Firm], known: Sequence[ContactRow]
) -> None:
    for firm in invented:
        people = [
            Person(row.id, row.name, tuple(row.roles)) for row in known if row.partner_id == firm.id
        ]
        for table, rows in records_of(firm, people, hotline.today()).items():
            await insert_many(session, table, rows)


async def _numbers(session: AsyncSession, years: Sequence[int]) -> list[str]:
    """A number for each of the years, in their order, behind those that were given out before."""
    next_ones = dict[int, int]()
    for year, count in sorted(Counter(years).items()):
        new = insert_or(session, TicketCounterRow).values(year=year, last=0)
        await session.execute(new.on_conflict_do_nothing())
        last = await session.scalar(
            update(TicketCounterRow)
            .where(TicketCounterRow.year == year)
            .values(last=TicketCounterRow.last + count)
            .returning(TicketCounterRow.last)
        )
        assert last is not None
        next_ones[year] = last - count + 1
    numbers = []
    for year in years:
        numbers.append(ticket_number.write(year, next_ones[year]))
        next_ones[year] += 1
    return numbers


async def _write(session: AsyncSession, told: Sequence[Life]) -> None:
    """All rows, each table at once; the journal in the order of time."""
    await insert_many(session, ConversationRow, [life.conversation for life in told])
    await insert_many(session, TicketRow, [_columns(life.row) for life in told])
    found = await session.execute(
        select(TicketRow.number, TicketRow.id).where(TicketRow.key.startswith(KEY))
    )
    ids = {number: ticket_id for number, ticket_id in found}

    def of_ticket(life: Life, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "ticket_id": ids[life.row.number]} for row in rows]

    await insert_many(session, MessageRow, [row for life in told for row in life.messages])
    await insert_many(
        session, NoteRow, [row for life in told for row in of_ticket(life, life.notes)]
    )
    await insert_many(
        session,
        RatingRow,
        [row for life in told if life.rating for row in of_ticket(life, [life.rating])],
    )
    await insert_many(
        session,
        SeenRow,
        [
            {"staff_id": staff_id, "conversation_id": life.conversation["id"], "seq": seq}
            for life in told
            for staff_id, seq in life.seen.items()
        ],
    )
    entries = [
        {
            **{key: value for key, value in entry.items() if key != "of_ticket"},
            "ticket_id": ids[life.row.number] if entry["of_ticket"] else None,
        }
        for life in told
        for entry in life.entries
    ]
    await write_entries(session, sorted(entries, key=lambda entry: entry["at"]))
    await index_again(session, set(ids.values()))


def _columns(row: TicketRow) -> dict[str, Any]:
    return {
        column.key: getattr(row, column.key)
        for column in TicketRow.__table__.columns
        if column.key != "id" and column.computed is None
    }
