"""How a ticket's row changes: by the table of moves, with its clock, counted and journalled.

Shared by what staff do (`handling`) and what partners answer (`answers`).
"""

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.escalations.records import acknowledge_by_acting, end_all
from hotline.journal import write_entry
from hotline.tickets import clocks
from hotline.tickets.moves import DONE_STATES, PAUSED_STATES, state_after
from hotline.tickets.rows import NoteRow, TicketRow
from hotline.tickets.silence import watch_silence
from hotline.tickets.watching import watch

_ANSWERS = ("ticket.replied", "ticket.reached")


def move(hotline: Hotline, row: TicketRow, name: str) -> None:
    """Move `row` by the table and set its times and clock accordingly; Conflict if it may not."""
    now = hotline.now()
    before, row.state = row.state, state_after(name, row.state)
    if before in PAUSED_STATES and row.state not in PAUSED_STATES:
        clocks.go_on(hotline, row, now)
    elif row.state in PAUSED_STATES and before not in PAUSED_STATES:
        clocks.stop(row, now)
    if row.state == "resolved":
        row.resolved_at = now
    if row.state == "closed":
        row.closed_at = now
    if name == "reopen":
        _renew_promises(hotline, row)


async def add_note(
    session: AsyncSession,
    hotline: Hotline,
    row: TicketRow,
    kind: str,
    text: str,
    *,
    staff_id: int | None = None,
    contact_id: int | None = None,
) -> None:
    session.add(
        NoteRow(
            ticket_id=row.id,
            kind=kind,
            staff_id=staff_id,
            contact_id=contact_id,
            text=text,
            created_at=hotline.now(),
        )
    )
    await session.flush()


async def changed(
    session: AsyncSession, hotline: Hotline, row: TicketRow, kind: str, actor: str, **detail: object
) -> None:
    """Count the version up and journal the change, in the caller's transaction."""
    row.version += 1
    await added(session, hotline, row, kind, actor, **detail)


async def added(
    session: AsyncSession, hotline: Hotline, row: TicketRow, kind: str, actor: str, **detail: object
) -> None:
    """Journal what was said on the ticket: it makes nobody's half-typed edit stale."""
    row.updated_at = hotline.now()
    await write_entry(
        session,
        row.updated_at,
        kind,
        actor,
        conversation_id=row.conversation_id,
        ticket_id=row.id,
        queue=row.queue,
        state=row.state,
        **detail,
    )
    await session.flush()
    await session.refresh(row)
    await watch(session, hotline, row)
    if row.state in DONE_STATES:
        await end_all(session, row.id)
    elif actor.startswith("staff:"):
        staff_id = int(actor.removeprefix("staff:"))
        answered = kind in _ANSWERS or "said" in detail
        await acknowledge_by_acting(session, hotline, row.id, staff_id, answered=answered)
    await watch_silence(session, hotline, row)


def _renew_promises(hotline: Hotline, row: TicketRow) -> None:
    """A reopened ticket is promised anew, from now, and another colleague takes it."""
    now = hotline.now()
    row.resolved_at = row.closed_at = row.assignee_id = row.escalated_at = None
    row.merged_into_id = row.merged_at = row.merged_from = None  # a matter of its own again
    row.reopened_at = now
    clocks.start(hotline, row, now)
    row.reopened += 1
