"""Watching the promise that counts now: a warning while it can be kept, and its end.

After every change of a ticket its two timers are set from its row, in the same transaction. One
that is done stays done as long as its moment is the same; one whose moment has moved is set anew.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.deadlines.counting import due_after
from hotline.tickets.moves import DONE_STATES
from hotline.tickets.promises import calendar_by, counting, pauses_of
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from hotline.timers.rows import TimerRow
from hotline.timers.setting import drop_keys, set_timer

WARN, BREACH, COMPLAINT = "promise_warn", "promise_breach", "complaint_breach"


async def watch(session: AsyncSession, hotline: Hotline, row: TicketRow) -> None:
    """Set what is to happen to the row's promise, and forget what is not to happen any more."""
    prefix = f"promise:{row.id}:"
    wanted = {
        f"{prefix}{kind}": (kind, at) for kind, at in _moments(hotline, snapshot(row)).items()
    }
    # By a range and not by LIKE, which neither database would look up in the index.
    known = await session.execute(
        select(TimerRow.key, TimerRow.due_at).where(
            TimerRow.key >= prefix, TimerRow.key < f"{prefix}~"
        )
    )
    present = {key: due_at for key, due_at in known}
    if gone := present.keys() - wanted.keys():
        await drop_keys(session, gone)
    for key, (kind, at) in wanted.items():
        if present.get(key) != at:
            await set_timer(session, key, kind, at, ticket=row.id)


def _moments(hotline: Hotline, ticket: Ticket) -> dict[str, datetime]:
    """When the promise is to be warned of, and when it is broken; nothing while nothing counts."""
    if ticket.state in DONE_STATES:
        return {}
    complaint = {COMPLAINT: ticket.complaint_due} if ticket.complaint_due else {}
    if ticket.state not in ("new", "open"):
        return complaint
    promise = counting(hotline, ticket)
    share = round(promise.minutes * hotline.settings.warning_share)
    calendar = calendar_by(hotline, promise.rule)
    warned = due_after(calendar, promise.since, share, pauses_of(ticket.pauses)).due_at
    return {WARN: warned, BREACH: ticket.due_at, **complaint}
