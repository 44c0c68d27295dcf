"""Giving a ticket to a colleague or to another queue. Each is one transaction.

Who may: whoever has the ticket, a lead, and of what nobody has, anybody.
"""

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.settings import QUEUES
from hotline.staff.service import Staff, staff_by_id
from hotline.tickets import clocks
from hotline.tickets.changes import changed, move
from hotline.tickets.holders import give, require_may_act
from hotline.tickets.queries import locked
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot


async def assign(hotline: Hotline, staff: Staff, number: str, to_id: int) -> Ticket:
    """Let the colleague `to_id` have the ticket; to have it already is harmless.

    NotFound if there is no such colleague any more, Conflict if somebody else has the ticket or if
    it is closed.
    """
    async with hotline.database.write() as session:
        row = await locked(session, number)
        to = await staff_by_id(session, to_id)
        if to is None:
            raise NotFound("no such colleague", field="to")
        if row.assignee_id == to.id:
            return snapshot(row)
        require_may_act(row, staff, free_too=True)
        _require_not_closed(row)
        before = row.assignee_id
        if row.state == "new":
            move(hotline, row, "claim")
        await give(session, row, to)
        about = {"to": to.id, "before": before}
        await changed(session, hotline, row, "ticket.assigned", f"staff:{staff.id}", **about)
        return snapshot(row)


async def change_queue(hotline: Hotline, staff: Staff, number: str, queue: str) -> Ticket:
    """Move the ticket to another queue, whose promises hold from its beginning on.

    Whoever has it keeps it if the queue is one of theirs; else it is the queue's. BadInput for a
    queue that there is none, Conflict as with `assign`.
    """
    if queue not in QUEUES:
        raise BadInput("no such queue", field="queue")
    async with hotline.database.write() as session:
        row = await locked(session, number)
        if row.queue == queue:
            return snapshot(row)
        require_may_act(row, staff, free_too=True)
        _require_not_closed(row)
        before, row.queue = row.queue, queue
        if row.assignee is not None and queue not in row.assignee.queues:
            row.assignee_id = None
        clocks.count_anew(hotline, row)
        actor = f"staff:{staff.id}"
        await changed(session, hotline, row, "ticket.queue_changed", actor, before=before)
        return snapshot(row)


def _require_not_closed(row: TicketRow) -> None:
    if row.state == "closed":
        raise Conflict("the ticket is closed", state=row.state)
