"""Counting the open promises anew after the hours or the rules have changed, and telling of it.

A change sets a timer; it counts a batch of tickets and sets the next one, so that nobody waits for
a thousand tickets and a desk that dies goes on where it was. A ticket remembers by which versions
it was counted: to count it again with the same ones is no change.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline import versions
from hotline.calendar import plan as plans
from hotline.calendar.days import SpecialDay
from hotline.conversations.service import locked as locked_conversation
from hotline.conversations.service import say
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.replies import Reply
from hotline.tickets import clocks, silence, told
from hotline.tickets.changes import added
from hotline.tickets.moves import OPEN_STATES, PAUSED_STATES
from hotline.tickets.queries import urgency
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from hotline.tickets.watching import watch
from hotline.tickets.worklist import WORK_STATES
from hotline.timers.service import Timer
from hotline.timers.setting import set_timer
from hotline.versions import CALENDAR, RECOUNT

BATCH = 100
_MOST_PREVIEWED = 5000
LISTED = 20  # of the promises that a change would move


@dataclass(frozen=True)
class Move:
    """A promise that moves: `before` and `after` are those of what counts now."""

    ticket: Ticket
    before: datetime
    after: datetime


async def recount(session: AsyncSession, hotline: Hotline, timer: Timer) -> None:
    """The timer's handler: one batch, and a timer for the next if there is one."""
    after, every = int(timer.detail.get("after", 0)), bool(timer.detail.get("every"))
    numbers = await _next(session, hotline, after, every=every)
    closure = await _closure_behind(session, hotline)
    for ticket_id in numbers:
        await _recount_one(session, hotline, ticket_id, closure)
    if len(numbers) == BATCH:
        key = f"{timer.key.partition('>')[0]}>{numbers[-1]}"
        await set_timer(session, key, RECOUNT, timer.due_at, after=numbers[-1], every=int(every))


async def count_all(session: AsyncSession, hotline: Hotline) -> None:
    """Have every open promise counted anew, whatever it was counted by: the settings may differ."""
    await set_timer(session, f"{RECOUNT}:all", RECOUNT, hotline.now(), every=1)


async def would_move(session: AsyncSession, hotline: Hotline) -> list[Move]:
    """Which promises `hotline`, with other hours or rules, would move, the most urgent first.

    Nothing is changed. What waits for somebody else stands still and is not among them.
    """
    moves = list[Move]()
    rows = await session.scalars(
        select(TicketRow)
        .where(TicketRow.state.in_(WORK_STATES))
        .order_by(*urgency())
        .limit(_MOST_PREVIEWED)
    )
    for row in rows.all():
        session.expunge(row)  # never written
        before = snapshot(row)
        clocks.count_anew(hotline, row)
        after = snapshot(row)
        if before.due_at != after.due_at:
            moves.append(Move(before, before.due_at, after.due_at))
    return moves


async def _recount_one(
    session: AsyncSession, hotline: Hotline, ticket_id: int, closure: SpecialDay | None
) -> None:
    row = await locked_row(session, TicketRow, TicketRow.id == ticket_id)
    if row is None or row.state not in OPEN_STATES:
        return
    if row.state in ("resolved", "waiting_partner"):
        await silence.reset(session, hotline, row)
    if row.state == "resolved":  # nothing is due any more
        clocks.counted_by_present(hotline, row)
        return
    before = snapshot(row)
    clocks.count_anew(hotline, row)
    if before.due_at == snapshot(row).due_at:
        await watch(session, hotline, row)  # of a ticket that is older than its timers
        return

    def words(after: Ticket, language: str) -> Reply:
        return told.moved(hotline, after, closure, language)

    await tell_of_move(session, hotline, row, before, words)


async def tell_of_move(
    session: AsyncSession,
    hotline: Hotline,
    row: TicketRow,
    before: Ticket,
    words: Callable[[Ticket, str], Reply],
) -> None:
    """Journal that what counts now is due at another time than `before`, and tell the partner.

    `words` says it of the ticket in a language. Nothing is said where the clock stands, or where
    the new time has passed already; nothing at all is done where it is due as before.
    """
    after = snapshot(row)
    if before.due_at == after.due_at:
        return
    told_seq = None
    counts = row.state not in PAUSED_STATES and after.due_at > hotline.now()
    if row.conversation_id is not None and counts:
        conversation = await locked_conversation(session, row.conversation_id)
        reply = words(after, conversation.language)
        told_seq = await say(session, hotline, conversation, "bot", reply, actor="system")
    await added(
        session,
        hotline,
        row,
        "ticket.promise_moved",
        "system",
        promise=after.owes,
        before=before.due_at.isoformat(),
        due=after.due_at.isoformat(),
        calendar=row.calendar_version,
        rules=row.rules_version,
        **({"said": told_seq} if told_seq else {}),
    )


async def _next(
    session: AsyncSession, hotline: Hotline, after: int, *, every: bool
) -> Sequence[int]:
    """The ids behind `after` of open tickets that were counted by other versions, or of all."""
    query = select(TicketRow.id).where(TicketRow.id > after, TicketRow.state.in_(OPEN_STATES))
    if not every:
        query = query.where(
            or_(
                TicketRow.calendar_version != hotline.calendars.version,
                TicketRow.rules_version != hotline.deadlines.version,
            )
        )
    return (await session.scalars(query.order_by(TicketRow.id).limit(BATCH))).all()


async def _closure_behind(session: AsyncSession, hotline: Hotline) -> SpecialDay | None:
    """The one closure that the newest hours have more than those before; None of other changes."""
    newest = await versions.find(session, CALENDAR, hotline.calendars.version)
    if newest is None:
        return None
    zone = hotline.calendar.timezone
    earlier = await versions.find(session, CALENDAR, newest.number - 1)
    known = plans.from_json(earlier.document, zone) if earlier else hotline.calendars.settings_plan
    new = [it for it in hotline.calendars.plan.exceptions if it not in known.exceptions]
    if len(new) != 1 or new[0].kind == plans.OPEN:
        return None
    return new[0].special
