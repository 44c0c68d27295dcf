"""Bringing tickets before whoever can do more: by time, by severity, when it comes back.

    why         when                                            before whom
    warning     so much of a promise's time is used             one level above who has it
    breach      a promise is broken                             one level above the warning's
    severe      production is down                              an engineer; at night who is on call
    wish        the partner wants it                            the lead
    reopened    it came back                                    one level above who solved it
    line        nobody answered on the 24-hour line             an engineer; at night who is on call
    complaint   it came back twice                              the lead, whose own it is then
    unanswered  nobody has taken notice in time                 one level above

By day notice is to be taken within open minutes, by whoever is on call within minutes of any hour.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.escalations import at_night, records
from hotline.escalations.levels import LEAD, ON_CALL, SPECIALIST, above
from hotline.escalations.records import Escalation, who_is_at
from hotline.escalations.rows import BREACH, SEVERE, UNANSWERED, WARNING
from hotline.rota.reading import on_call
from hotline.staff.service import Staff
from hotline.staff.service import snapshot as staff_snapshot
from hotline.tickets.rows import TicketRow

_RAREST = 4  # sixteen times as long


async def bring_up(
    session: AsyncSession, hotline: Hotline, row: TicketRow, why: str, level: str
) -> Escalation:
    """Bring the ticket before somebody at `level`, or above where there is nobody.

    What is brought up for the same reason already and not taken notice of is not doubled.
    """
    known = await records.of_ticket(session, row.id)
    standing = [it for it in known if it.why == why and it.acknowledged_at is None]
    if standing:
        return standing[-1]
    return await _write(session, hotline, row, why, level, frozenset())


async def warn(session: AsyncSession, hotline: Hotline, row: TicketRow) -> Escalation:
    return await bring_up(session, hotline, row, WARNING, above(row.queue, holder_level(row)))


async def breach(session: AsyncSession, hotline: Hotline, row: TicketRow) -> Escalation:
    """One level above where the warning went."""
    known = await records.of_ticket(session, row.id)
    highest = [it.level for it in known if it.why == WARNING][-1:] or [holder_level(row)]
    return await bring_up(session, hotline, row, BREACH, above(row.queue, highest[0]))


async def severe(session: AsyncSession, hotline: Hotline, row: TicketRow) -> Escalation | None:
    """Production is down: an engineer hears of it; while closed whoever is on call."""
    if row.severity != 1 or row.queue != "technical":
        return None
    if _is_open(hotline):
        return await bring_up(session, hotline, row, SEVERE, above(row.queue, SPECIALIST))
    if not alerts_at_night(hotline, row.intent):
        return None
    return await bring_up(session, hotline, row, SEVERE, ON_CALL)


def alerts_at_night(hotline: Hotline, intent: str) -> bool:
    """Whether an outage of this kind is worth waking somebody for."""
    if intent == "technical_software":
        return hotline.settings.escalation.software_at_night
    return intent == "technical_hardware"


async def climb(session: AsyncSession, hotline: Hotline, row: TicketRow, of: Escalation) -> None:
    """Nobody took notice of `of` in time: the next one hears of it."""
    chain = records.chain_of(await records.of_ticket(session, row.id), of.id)
    tried = frozenset(it.to.id for it in chain if it.to)
    level = above(row.queue, of.level)
    if of.level == ON_CALL:
        second = await on_call(session, hotline.now(), place=2)
        level = ON_CALL if second is not None and second.id not in tried else LEAD
    next_one = await _write(session, hotline, row, UNANSWERED, level, tried, chain)
    await at_night.tell_of_next(session, hotline, row, of, next_one)


async def take_notice(hotline: Hotline, staff: Staff, escalation_id: int) -> Escalation:
    """`staff` has taken notice, of all that is before them of that ticket.

    Of a night's outage the partner hears it. Doing so twice is harmless; Conflict names who did so
    before.
    """
    async with hotline.database.write() as session:
        return await take_notice_in(session, hotline, staff, escalation_id)


async def take_notice_in(
    session: AsyncSession, hotline: Hotline, staff: Staff, escalation_id: int
) -> Escalation:
    """The same in the caller's transaction."""
    before = await records.find(session, escalation_id)
    noticed = await records.acknowledge(session, hotline, staff, escalation_id)
    await records.acknowledge_by_acting(
        session, hotline, noticed.ticket_id, staff.id, answered=False
    )
    if before is not None and before.acknowledged_at is None:
        await at_night.tell_of_notice(session, hotline, noticed)
    return noticed


def holder_level(row: TicketRow) -> str:
    """Where the ticket is now: with whoever has it, or with whoever takes it first."""
    return row.assignee.role if row.assignee else SPECIALIST


async def _write(
    session: AsyncSession,
    hotline: Hotline,
    row: TicketRow,
    why: str,
    level: str,
    tried: frozenset[int],
    chain: Sequence[Escalation] = (),
) -> Escalation:
    """`chain` are those that it climbed from, the last one first."""
    level, to = await _somebody(session, hotline, row, level, tried)
    return await records.write(
        session,
        hotline,
        row.id,
        why=why,
        level=level,
        to=to,
        by=_acknowledge_by(hotline, level, chain),
        before=row.assignee_id,
        after=chain[0].id if chain else None,
        conversation_id=row.conversation_id,
    )


async def _somebody(
    session: AsyncSession, hotline: Hotline, row: TicketRow, level: str, tried: frozenset[int]
) -> tuple[str, Staff | None]:
    if level == ON_CALL:
        for place in (1, 2):
            staff = await on_call(session, hotline.now(), place=place)
            if staff is not None and staff.id not in tried:
                return ON_CALL, staff
        level = LEAD  # a hole in the rota
    has_it = row.assignee
    if has_it is not None and has_it.role == level and has_it.id not in tried:
        return level, staff_snapshot(has_it)
    while (staff := await who_is_at(session, level, row.queue, tried)) is None and level != LEAD:
        level = above(row.queue, level)
    # Of the last level everybody has been told already: the first is told again.
    return level, staff or await who_is_at(session, level, row.queue)


def _acknowledge_by(hotline: Hotline, level: str, chain: Sequence[Escalation]) -> datetime:
    """Until when notice is to be taken of what is brought up now.

    What began with whoever is on call waits for no opening. A lead who hears of the same thing
    again and again hears of it ever more rarely.
    """
    own = hotline.settings.escalation
    again = min(sum(it.level == LEAD for it in chain), _RAREST)
    if ON_CALL in (level, *(it.level for it in chain)) and not _is_open(hotline):
        begins = hotline.now().replace(second=0, microsecond=0)
        return begins + timedelta(minutes=own.on_call_minutes * 2**again)
    return hotline.calendar.due(hotline.now(), own.acknowledge_minutes * 2**again).due_at


def _is_open(hotline: Hotline) -> bool:
    return hotline.calendar.is_open(hotline.now())
