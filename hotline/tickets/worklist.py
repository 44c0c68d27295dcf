"""The list of work: which tickets somebody wants to see, in which order, and how many there are.

Everything is chosen and counted by the database, so that nothing that was cut is taken for all.
"""

from dataclasses import dataclass, replace
from typing import Literal, TypeVarTuple, Unpack

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.partners.rows import ContactRow, PartnerRow
from hotline.searching import contains, dialled, digits_of
from hotline.tickets.queries import urgency
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from wording import ticket_number
from wording.text import plain

Columns = TypeVarTuple("Columns")
Filter = Literal["mine", "unclaimed", "down"]
FILTERS: tuple[Filter, ...] = ("mine", "unclaimed", "down")
WORK_STATES = ("new", "open")
AT_ONCE = 200


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see; `words` are searched for, then among closed tickets too."""

    staff_id: int
    queue: str | None = None
    filter: Filter | None = None
    words: str = ""


async def page_of(
    session: AsyncSession, wanted: Wanted, start: int = 0, limit: int = AT_ONCE
) -> list[Ticket]:
    """The tickets wanted, the most urgent deadline first, from number `start` on."""
    rows = await session.scalars(
        _wanted(select(TicketRow), wanted).order_by(*urgency()).offset(start).limit(limit)
    )
    return [snapshot(row) for row in rows]


async def count(session: AsyncSession, wanted: Wanted) -> int:
    return await session.scalar(_wanted(select(func.count()).select_from(TicketRow), wanted)) or 0


async def count_work(session: AsyncSession) -> int:
    """How many tickets wait for somebody to do something, in all queues."""
    query = select(func.count()).select_from(TicketRow).where(TicketRow.state.in_(WORK_STATES))
    return await session.scalar(query) or 0


async def count_by_queue(session: AsyncSession, wanted: Wanted) -> dict[str, int]:
    """What each queue has of it. Counts are work; only of a search they are all that was found."""
    query = _wanted(select(TicketRow.queue, func.count()), replace(wanted, queue=None))
    if not wanted.words:
        query = query.where(TicketRow.state.in_(WORK_STATES))
    rows = await session.execute(query.group_by(TicketRow.queue))
    return {queue: number for queue, number in rows}


async def count_by_filter(session: AsyncSession, wanted: Wanted) -> dict[str, int]:
    return {each: await count(session, replace(wanted, filter=each)) for each in FILTERS}


async def neighbours(
    session: AsyncSession, wanted: Wanted, ticket_id: int
) -> tuple[str | None, str | None]:
    """The numbers of the tickets before and behind one, in the list it was opened from."""
    order = urgency()
    places = _wanted(
        select(
            TicketRow.id,
            func.lag(TicketRow.number).over(order_by=order).label("before"),
            func.lead(TicketRow.number).over(order_by=order).label("behind"),
        ),
        wanted,
    ).subquery()
    found = await session.execute(
        select(places.c.before, places.c.behind).where(places.c.id == ticket_id)
    )
    before, behind = found.one_or_none() or (None, None)
    return before, behind


async def next_unclaimed(session: AsyncSession, wanted: Wanted) -> str | None:
    """The number of the most urgent ticket that nobody has."""
    query = _wanted(select(TicketRow.number), replace(wanted, filter="unclaimed", words=""))
    number: str | None = await session.scalar(query.order_by(*urgency()).limit(1))
    return number


def _wanted(query: Select[Unpack[Columns]], wanted: Wanted) -> Select[Unpack[Columns]]:
    if wanted.queue:
        query = query.where(TicketRow.queue == wanted.queue)
    if wanted.words:
        query = query.where(_has(wanted.words))
    else:
        query = query.where(TicketRow.state != "closed")
    if wanted.filter == "mine":
        query = query.where(TicketRow.assignee_id == wanted.staff_id)
    elif wanted.filter == "unclaimed":
        free = and_(TicketRow.assignee_id.is_(None), TicketRow.state.in_(WORK_STATES))
        query = query.where(free)
    elif wanted.filter == "down":
        query = query.where(TicketRow.severity == 1)
    return query


def _has(words: str) -> ColumnElement[bool]:
    """A ticket's number or a telephone in any writing, a serial number, or part of a name."""
    written = " ".join(plain(words).split())
    if number := ticket_number.read(written):
        return TicketRow.number == number
    fact = TicketRow.facts
    found: list[ColumnElement[bool]] = [
        contains(TicketRow.subject, written),
        contains(fact["contact"]["value"].as_string(), written),
        contains(fact["customer"]["value"].as_string(), written),
        contains(fact["serial"]["value"].as_string(), written),
        TicketRow.contact.has(
            or_(
                contains(ContactRow.name, written),
                contains(ContactRow.email, written),
                ContactRow.partner.has(
                    or_(
                        contains(PartnerRow.name_zh, written),
                        contains(PartnerRow.name_en, written),
                    )
                ),
            )
        ),
    ]
    if digits := dialled(written):
        found += [
            contains(digits_of(column), digits)
            for column in (TicketRow.number, fact["phone"]["value"].as_string())
        ]
        found.append(TicketRow.contact.has(contains(digits_of(ContactRow.phone), digits)))
    return or_(*found)
