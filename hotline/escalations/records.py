"""Records of escalations: written, found, taken notice of. In the caller's transaction.

What an escalation does to its ticket is a matter of `service`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import Conflict, NotFound
from hotline.escalations.levels import LEAD, RANKS
from hotline.escalations.rows import BREACH, LINE, SEVERE, WARNING, EscalationRow
from hotline.journal import write_entry
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff
from hotline.staff.service import snapshot as staff_snapshot
from hotline.tickets.rows import TicketRow
from hotline.timers.setting import drop_timers, set_timer

CLIMB = "escalation_climb"
SETTLED_BY_ANSWER = (WARNING, BREACH, SEVERE, LINE)


@dataclass(frozen=True)
class Escalation:
    """`to` is None where nobody of the level is there; whoever looks then takes notice."""

    id: int
    ticket_id: int
    at: datetime
    why: str
    level: str
    to: Staff | None
    acknowledge_by: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: Staff | None
    after_id: int | None


async def write(
    session: AsyncSession,
    hotline: Hotline,
    ticket_id: int,
    *,
    why: str,
    level: str,
    to: Staff | None,
    by: datetime,
    before: int | None = None,
    after: int | None = None,
    conversation_id: str | None = None,
) -> Escalation:
    """Bring a ticket before `to`; unless somebody takes notice in time (`by`), it climbs.

    `before` is who had it, `after` the escalation that it climbed from. Of a ticket only the newest
    of the highest level climbs, nobody being told of the same thing twice at once; it climbs when
    the one before it would have.
    """
    for row in await _open_rows(session, ticket_id):
        if RANKS[row.level] <= RANKS[level]:
            await drop_timers(session, _key(ticket_id, row.id))
        if row.level == level and row.acknowledge_by and row.acknowledge_by > hotline.now():
            by = min(by, row.acknowledge_by)
    row = EscalationRow(
        ticket_id=ticket_id,
        at=hotline.now(),
        why=why,
        level=level,
        from_id=before,
        to_id=to.id if to else None,
        acknowledge_by=by,
        after_id=after,
    )
    session.add(row)
    await session.flush()
    await write_entry(
        session,
        row.at,
        "escalation.opened",
        "system",
        conversation_id=conversation_id,
        ticket_id=ticket_id,
        escalation=row.id,
        why=why,
        level=level,
        to=row.to_id,
    )
    await set_timer(session, _key(ticket_id, row.id), CLIMB, by, escalation=row.id)
    await session.refresh(row)
    return snapshot(row)


async def acknowledge(
    session: AsyncSession, hotline: Hotline, staff: Staff, escalation_id: int
) -> Escalation:
    """`staff` has taken notice. Doing so twice is harmless; Conflict names who did so before."""
    row = await locked_row(session, EscalationRow, EscalationRow.id == escalation_id)
    if row is None:
        raise NotFound("no such escalation")
    if row.acknowledged_id not in (None, staff.id):
        holder = row.acknowledged_by.name if row.acknowledged_by else ""
        raise Conflict("somebody has taken notice already", holder=holder)
    if row.acknowledged_id is None:
        await _take_notice(session, hotline, row, staff.id)
    return snapshot(row)


async def acknowledge_by_acting(
    session: AsyncSession, hotline: Hotline, ticket_id: int, staff_id: int, *, answered: bool
) -> None:
    """Whoever acts on the ticket has taken notice of what was brought before them of it.

    With an answer to the partner what was feared has not come, or is over: nobody need notice it.
    """
    staff = await session.get(StaffRow, staff_id)
    known = await of_ticket(session, ticket_id)
    for row in await _open_rows(session, ticket_id):
        is_theirs = row.to_id in (None, staff_id)
        is_over = answered and chain_of(known, row.id)[-1].why in SETTLED_BY_ANSWER
        if staff is not None and (is_theirs or is_over or staff.role in (row.level, LEAD)):
            await _take_notice(session, hotline, row, staff_id)


async def end_all(session: AsyncSession, ticket_id: int) -> None:
    """Nothing climbs any more: the ticket is done with."""
    await drop_timers(session, f"escalation:{ticket_id}:")


async def of_ticket(session: AsyncSession, ticket_id: int) -> list[Escalation]:
    """Oldest first."""
    rows = await session.scalars(
        select(EscalationRow)
        .where(EscalationRow.ticket_id == ticket_id)
        .order_by(EscalationRow.id)
        .limit(200)
    )
    return [snapshot(row) for row in rows]


async def open_for(session: AsyncSession, staff: Staff, limit: int = 50) -> list[Escalation]:
    """What is before `staff`, or before their level where nobody was found; most urgent first.

    Nobody has taken notice of it, nor of what it climbed to, and its ticket is not done with. Of a
    ticket the most urgent stands for all.
    """
    rows = await session.scalars(_open_for(select(EscalationRow), staff.id, staff.role, limit))
    first: dict[int, EscalationRow] = {}
    for row in rows:
        first.setdefault(row.ticket_id, row)
    return [snapshot(row) for row in first.values()]


def tickets_before(staff_id: int, role: str, limit: int) -> Select[Any]:
    """The question how many tickets the `limit` most urgent of the same are of."""
    found = _open_for(select(EscalationRow.ticket_id), staff_id, role, limit).subquery()
    return select(func.count(found.c.ticket_id.distinct()))


def _open_for(query: Select[Any], staff_id: int, role: str, limit: int) -> Select[Any]:
    answered = (
        select(EscalationRow.after_id)
        .where(EscalationRow.acknowledged_at.is_not(None), EscalationRow.after_id.is_not(None))
        .cte("answered", recursive=True)
    )
    answered = answered.union(
        select(EscalationRow.after_id)
        .join(answered, EscalationRow.id == answered.c.after_id)
        .where(EscalationRow.after_id.is_not(None))
    )
    nobodys = and_(EscalationRow.to_id.is_(None), EscalationRow.level == role)
    return (
        query.join(TicketRow, TicketRow.id == EscalationRow.ticket_id)
        .where(
            EscalationRow.acknowledged_at.is_(None),
            or_(EscalationRow.to_id == staff_id, nobodys),
            EscalationRow.id.not_in(select(answered.c.after_id)),
            TicketRow.state.not_in(("resolved", "closed")),
        )
        .order_by(EscalationRow.acknowledge_by, EscalationRow.id)
        .limit(limit)
    )


async def find(session: AsyncSession, escalation_id: int) -> Escalation | None:
    row = await session.get(EscalationRow, escalation_id)
    return snapshot(row) if row else None


async def who_is_at(
    session: AsyncSession, level: str, queue: str, but: frozenset[int] = frozenset()
) -> Staff | None:
    """Of those who are at this level of a queue the one with the fewest open escalations."""
    load = (
        select(EscalationRow.to_id, func.count().label("open"))
        .where(EscalationRow.acknowledged_at.is_(None))
        .group_by(EscalationRow.to_id)
        .subquery()
    )
    rows = await session.execute(
        select(StaffRow, func.coalesce(load.c.open, 0))
        .outerjoin(load, load.c.to_id == StaffRow.id)
        .where(StaffRow.active, StaffRow.role == level)
        .order_by(func.coalesce(load.c.open, 0), StaffRow.id)
        .limit(200)
    )
    able = [row for row, _open in rows if queue in row.queues and row.id not in but]
    return staff_snapshot(able[0]) if able else None


def snapshot(row: EscalationRow) -> Escalation:
    return Escalation(
        row.id,
        row.ticket_id,
        row.at,
        row.why,
        row.level,
        staff_snapshot(row.to) if row.to else None,
        row.acknowledge_by,
        row.acknowledged_at,
        staff_snapshot(row.acknowledged_by) if row.acknowledged_by else None,
        row.after_id,
    )


def chain_of(known: Iterable[Escalation], escalation_id: int) -> list[Escalation]:
    """It and those that it climbed from, the first of all last; `known` are all of its ticket."""
    by_id = {it.id: it for it in known}
    chain = [by_id[escalation_id]]
    while (after_id := chain[-1].after_id) is not None:
        chain.append(by_id[after_id])
    return chain


async def _open_rows(session: AsyncSession, ticket_id: int) -> list[EscalationRow]:
    rows = await session.scalars(
        select(EscalationRow)
        .where(EscalationRow.ticket_id == ticket_id, EscalationRow.acknowledged_at.is_(None))
        .order_by(EscalationRow.id)
        .limit(200)
    )
    return list(rows)


async def _take_notice(
    session: AsyncSession, hotline: Hotline, row: EscalationRow, staff_id: int
) -> None:
    row.acknowledged_id, row.acknowledged_at = staff_id, hotline.now()
    await drop_timers(session, _key(row.ticket_id, row.id))
    await write_entry(
        session,
        row.acknowledged_at,
        "escalation.acknowledged",
        f"staff:{staff_id}",
        ticket_id=row.ticket_id,
        escalation=row.id,
        why=row.why,
    )
    await session.flush()
    await session.refresh(row)


def _key(ticket_id: int, escalation_id: int) -> str:
    return f"escalation:{ticket_id}:{escalation_id}"
