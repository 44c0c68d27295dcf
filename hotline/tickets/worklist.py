"""The list of work: which tickets somebody wants to see, in which order, and how many there are.

Everything is chosen, ordered and counted by the database, so that nothing that was cut is taken for
all. A page begins behind a ticket, not at a number: it costs the same wherever it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, TypeVarTuple, Unpack

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import MessageRow
from hotline.conversations.seen import SeenRow
from hotline.database import together
from hotline.partners.rows import PartnerRow
from hotline.settings import QUEUES
from hotline.tickets.choices import ME, NOBODY, Choice
from hotline.tickets.queries import IS_OPEN, urgency
from hotline.tickets.reading import tickets_of
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import COLUMNS, Ticket

Columns = TypeVarTuple("Columns")
Filter = Literal["mine", "unclaimed", "down"]
FILTERS: tuple[Filter, ...] = ("mine", "unclaimed", "down")
WORK_STATES = ("new", "open")
AT_ONCE = 100
_RUNS = 0  # as a ticket `stands`: its clock runs, so it is work


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see; `due_before` is what the choice of a time comes to now."""

    staff_id: int
    choice: Choice = field(default_factory=Choice)
    filter: Filter | None = None
    due_before: datetime | None = None


@dataclass(frozen=True)
class Page:
    tickets: tuple[Ticket, ...]
    has_before: bool
    has_behind: bool


async def page_of(
    session: AsyncSession,
    wanted: Wanted,
    *,
    behind: int | None = None,
    before: int | None = None,
    limit: int = AT_ONCE,
) -> Page:
    """The tickets wanted in their order: the first, or those behind or before a ticket's place.

    The place is where that ticket, named by its id, would stand now, even if it is not wanted.
    """
    place = behind if before is None else before
    mark = await _place(session, wanted, place) if place is not None else None
    backwards = before is not None and mark is not None
    found: list[Ticket] = []
    for part in _from(select(*COLUMNS), wanted, mark, backwards=backwards):
        if room := limit + 1 - len(found):
            found += await tickets_of(session, part.limit(room))
    is_more, found = len(found) > limit, found[:limit]
    shown = tuple(reversed(found) if backwards else found)
    if backwards:
        return Page(shown, is_more, True)
    return Page(shown, mark is not None, is_more)


async def count(session: AsyncSession, wanted: Wanted) -> int:
    [number] = await count_each(session, [wanted])
    return number


async def count_each(session: AsyncSession, wanted: Sequence[Wanted]) -> list[int]:
    """How many tickets there are of each."""
    if not wanted:
        return []
    each = {f"n{place}": _counted(one) for place, one in enumerate(wanted)}
    return list((await session.execute(together(each))).one())


def work_by_queue() -> dict[str, Select[Any]]:
    """The question of each queue how many of its tickets wait for somebody to do something."""
    return _by_queue(Wanted(staff_id=0))


async def count_by_queue(session: AsyncSession, wanted: Wanted) -> dict[str, int]:
    """What each queue has of it, if anything; counts are work."""
    found = await session.execute(together(_by_queue(wanted)))
    return {queue: number for queue, number in found.one()._mapping.items() if number}


async def count_by_filter(session: AsyncSession, wanted: Wanted) -> dict[Filter, int]:
    numbers = await count_each(session, [replace(wanted, filter=each) for each in FILTERS])
    return dict(zip(FILTERS, numbers, strict=True))


async def neighbours(
    session: AsyncSession, wanted: Wanted, ticket_id: int
) -> tuple[str | None, str | None]:
    """The numbers of the tickets before and behind one, in the list it was opened from."""
    there = _wanted(_places(wanted), wanted).where(TicketRow.id == ticket_id)
    mark = (await session.execute(there)).one_or_none()
    if mark is None:
        return None, None
    beside = {
        way: _first(_from(select(TicketRow.number), wanted, mark, backwards=way == "before"))
        for way in ("before", "behind")
    }
    found = (await session.execute(together(beside))).one()
    return found.before, found.behind


async def next_unclaimed(session: AsyncSession, wanted: Wanted) -> str | None:
    """The number of the most urgent ticket that nobody has."""
    query = _wanted(select(TicketRow.number), replace(wanted, filter="unclaimed"))
    number: str | None = await session.scalar(query.order_by(*urgency()).limit(1))
    return number


def _wanted(query: Select[Unpack[Columns]], wanted: Wanted) -> Select[Unpack[Columns]]:
    choice, filters = wanted.choice, [IS_OPEN]
    if choice.queue:
        filters.append(TicketRow.queue == choice.queue)
    if choice.state:
        filters.append(TicketRow.state == choice.state)
    if choice.severity:
        filters.append(TicketRow.severity == int(choice.severity))
    if choice.assignee:
        filters.append(TicketRow.assignee_id.is_not_distinct_from(_assignee(wanted)))
    if choice.tier:
        of_tier = select(PartnerRow.id).where(PartnerRow.tier == choice.tier)
        filters.append(TicketRow.partner_id.in_(of_tier))
    if choice.unread:
        filters.append(_is_unread())
    if wanted.due_before is not None:
        filters += [TicketRow.stands == _RUNS, TicketRow.due_at < wanted.due_before]
    if wanted.filter == "mine":
        filters.append(TicketRow.assignee_id == wanted.staff_id)
    elif wanted.filter == "unclaimed":
        filters.append(and_(TicketRow.assignee_id.is_(None), *_is_work()))
    elif wanted.filter == "down":
        filters.append(TicketRow.severity == 1)
    return query.where(*filters)


def _counted(wanted: Wanted) -> Select[int]:
    return _wanted(select(func.count()).select_from(TicketRow), wanted)


def _by_queue(wanted: Wanted) -> dict[str, Select[Any]]:
    each = {queue: replace(wanted.choice, queue=queue) for queue in QUEUES}
    return {
        queue: _counted(replace(wanted, choice=choice)).where(*_is_work())
        for queue, choice in each.items()
    }


def _assignee(wanted: Wanted) -> int | None:
    said = wanted.choice.assignee
    return wanted.staff_id if said == ME else None if said == NOBODY else int(said)


def _is_work() -> tuple[ColumnElement[bool], ...]:
    return IS_OPEN, TicketRow.stands == _RUNS


def _is_unread() -> ColumnElement[bool]:
    """The partner has said something that whoever has the ticket has not seen."""
    seen = (
        select(SeenRow.seq)
        .where(
            SeenRow.conversation_id == TicketRow.conversation_id,
            SeenRow.staff_id == TicketRow.assignee_id,
        )
        .correlate(TicketRow)
        .scalar_subquery()
    )
    said = exists().where(
        MessageRow.conversation_id == TicketRow.conversation_id,
        MessageRow.sender == "partner",
        MessageRow.seq > func.coalesce(seen, 0),
    )
    return and_(TicketRow.assignee_id.is_not(None), said)


def _order(wanted: Wanted) -> tuple[Any, ...]:
    """The columns of the order, none of them empty and the last one unique."""
    match wanted.choice.sort:
        case "newest":
            return (TicketRow.id,)
        case "severity":
            return TicketRow.severity, TicketRow.stands, TicketRow.due_at, TicketRow.id
        case "company":
            return (PartnerRow.name_zh, *urgency())
    return urgency()


def _from(query: Select[Any], wanted: Wanted, mark: Any, *, backwards: bool) -> list[Select[Any]]:
    """In the order, or against it, from behind the `mark` on; by company in two parts.

    Visitors have none and come first. Then the companies are walked by their names, each with its
    tickets: to sort everything that is open would take longer the more there is.
    """
    query, columns = _wanted(query, wanted), _order(wanted)
    falls = (wanted.choice.sort == "newest") != backwards
    if wanted.choice.sort != "company":
        return [_behind(query, columns, mark, falls=falls)]
    visitors, companies = query.where(TicketRow.partner_id.is_(None)), query.join(*_COMPANY)
    if mark is None:
        parts = [(visitors, urgency(), None), (companies, columns, None)]
    elif mark.name_zh is None:
        parts = [(visitors, urgency(), mark[1:])]
        if not backwards:
            parts.append((companies, columns, None))
    else:
        name, here = PartnerRow.name_zh, mark.name_zh
        from_there = companies.where(name <= here if falls else name >= here)
        parts = [(from_there, columns, mark)]
        if backwards:
            parts.append((visitors, urgency(), None))
    return [_behind(part, order, start, falls=falls) for part, order, start in parts]


# Not quite the key, so that SQLite does not begin with the tickets and sort them all.
_COMPANY = PartnerRow, TicketRow.partner_id == PartnerRow.id.concat("")


def _behind(query: Select[Any], columns: tuple[Any, ...], mark: Any, *, falls: bool) -> Select[Any]:
    if mark is not None:
        here = tuple_(*columns)
        there = tuple_(
            *(literal(value, column.type) for value, column in zip(mark, columns, strict=True))
        )
        query = query.where(here < there if falls else here > there)
    return query.order_by(*(column.desc() if falls else column for column in columns))


def _first(parts: list[Select[Any]]) -> Select[Any]:
    """What comes first in the first part that has anything."""
    firsts = [part.limit(1).scalar_subquery() for part in parts]
    return select(func.coalesce(*firsts) if len(firsts) > 1 else firsts[0])


async def _place(session: AsyncSession, wanted: Wanted, ticket_id: int) -> Any:
    """Where a ticket stands in the order; None if there is no such ticket."""
    query = _places(wanted).where(TicketRow.id == ticket_id)
    return (await session.execute(query)).one_or_none()


def _places(wanted: Wanted) -> Select[Any]:
    """Where tickets stand in the order, whether they are wanted or not."""
    query = select(*_order(wanted)).select_from(TicketRow)
    if wanted.choice.sort == "company":
        query = query.outerjoin(PartnerRow, PartnerRow.id == TicketRow.partner_id)
    return query
