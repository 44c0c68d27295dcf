"""What staff change of a ticket: severity, queue, who has it, and three of its facts.

Whoever changes one says which value stood on their page: another one by now is told beside theirs,
and nothing is overwritten unseen.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict
from hotline.escalations.service import severe
from hotline.journal import newest_of_ticket
from hotline.permissions import HANDLERS
from hotline.replies import Reply
from hotline.settings import QUEUES
from hotline.staff.service import Staff, staff_by_id
from hotline.tickets import clocks, noting, told
from hotline.tickets.changes import add_note, changed, move
from hotline.tickets.corrections import was, write_fact
from hotline.tickets.holders import require_may_act
from hotline.tickets.queries import locked
from hotline.tickets.recounting import tell_of_move
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot

SEVERITY, QUEUE, ASSIGNEE = "severity", "queue", "assignee"
FACTS = ("customer", "product", "serial")
FIELDS = (SEVERITY, QUEUE, ASSIGNEE, *FACTS)
FACT_CHARS = 120
AMENDED = "ticket.amended"
_SEVERITIES = ("1", "2", "3", "4")
# Beside AMENDED, which names its field, what else sets one.
_SET_BY = {
    SEVERITY: ("ticket.escalated",),
    QUEUE: (),
    ASSIGNEE: (
        "ticket.claimed", "ticket.taken_over", "ticket.released", "ticket.escalated",
        "ticket.complained",
    ),
    **{fact: ("ticket.corrected",) for fact in FACTS},
}  # fmt: skip


class Stale(Conflict):
    """Somebody has changed the same since it was looked at.

    `fields`: `field`, `present` and `mine` as values of the field, `actor` as the journal names it
    ("" if nobody is known), `at`, which is a time or None.
    """

    code = "stale"


def value_of(ticket: Ticket, field: str) -> str:
    """A field as a form has it: a figure, a code, a colleague's id, or words; "" for none."""
    if field == SEVERITY:
        return str(ticket.severity)
    if field == QUEUE:
        return ticket.queue
    if field == ASSIGNEE:
        return str(ticket.assignee.id) if ticket.assignee else ""
    return ticket.fact(field) or ""


async def amend(
    hotline: Hotline, staff: Staff, number: str, field: str, value: str, *, seen: str | None = None
) -> Ticket:
    """`field` is `value` from now on, by whoever may act on the ticket, who saw `seen` there, or
    none of it (None), as in a list.

    The same value again changes nothing. Severity and queue have the promises counted anew, and the
    partner is told where what is due moves. Stale if it is neither `seen` nor `value` by now;
    BadInput if it cannot be a value of the field; Conflict if the ticket is closed.
    """
    if field not in FIELDS:
        raise BadInput("no such field", field="field")
    wanted = _read(field, value)
    async with hotline.database.write() as session:
        row = await locked(session, number)
        before = snapshot(row)
        present = value_of(before, field)
        if present == wanted:
            return before
        if row.state == "closed":
            raise Conflict("a closed ticket takes nothing more", state=row.state)
        if seen is not None and present != seen:
            actor, at = await _changed_by(session, row, field)
            raise Stale(
                "it was changed meanwhile",
                field=field,
                present=present,
                mine=wanted,
                actor=actor,
                at=at,
            )
        require_may_act(row, staff, free_too=True)
        if field in FACTS:
            await _set_fact(session, hotline, staff, row, field, wanted)
        elif field == ASSIGNEE:
            await _hand_to(session, hotline, staff, row, wanted)
        else:
            await _recounted(session, hotline, staff, row, field, wanted)
        return snapshot(row)


def _read(field: str, value: str) -> str:
    """The value as it is noted; BadInput says at which field it does not fit."""
    value = " ".join(value.split())
    if field == SEVERITY and value not in _SEVERITIES:
        raise BadInput("a severity is 1 to 4", field=field, reason="unknown")
    if field == QUEUE and value not in QUEUES:
        raise BadInput("no such queue", field=field, reason="unknown")
    if field == ASSIGNEE and value and not (value.isascii() and value.isdecimal()):
        raise BadInput("no such colleague", field=field, reason="unknown")
    if field in FACTS and len(value) > FACT_CHARS:
        raise BadInput("it is too long", field=field, reason="too_long", limit=FACT_CHARS)
    if field == "serial" and value:
        found = noting.find_number("serial", value)
        if not found:
            raise BadInput("this is no serial number", field=field, reason="no_serial")
        return found
    return value


async def _set_fact(
    session: AsyncSession, hotline: Hotline, staff: Staff, row: TicketRow, fact: str, value: str
) -> None:
    before = snapshot(row).fact(fact) or ""
    write_fact(row, fact, before, value)
    note = was(hotline, row.language, fact, before, value)
    await add_note(session, hotline, row, "correction", note, staff_id=staff.id)
    await changed(session, hotline, row, AMENDED, f"staff:{staff.id}", fact=fact)


async def _hand_to(
    session: AsyncSession, hotline: Hotline, staff: Staff, row: TicketRow, value: str
) -> None:
    """To a colleague, for whom all of it is news; or to nobody, as handing back does."""
    before = row.assignee_id
    holder = await staff_by_id(session, int(value)) if value and len(value) < 10 else None
    if value and (holder is None or holder.role not in HANDLERS):
        raise BadInput("no such colleague", field=ASSIGNEE, reason="unknown")
    if holder is None:
        _let_go(hotline, row)
    elif row.state == "new":
        move(hotline, row, "claim")
    row.assignee_id = holder.id if holder else None
    await changed(
        session,
        hotline,
        row,
        AMENDED,
        f"staff:{staff.id}",
        fact=ASSIGNEE,
        before=before,
        to=row.assignee_id,
    )


async def _recounted(
    session: AsyncSession, hotline: Hotline, staff: Staff, row: TicketRow, field: str, value: str
) -> None:
    before = snapshot(row)
    if field == SEVERITY:
        row.severity_words = []  # they decided what it was before
        clocks.set_severity(hotline, row, int(value), hotline.now())
    else:
        row.queue = value
        if row.state == "open" and row.assignee and value not in row.assignee.queues:
            _let_go(hotline, row)
            row.assignee_id = None
        clocks.count_anew(hotline, row)
    await changed(
        session,
        hotline,
        row,
        AMENDED,
        f"staff:{staff.id}",
        fact=field,
        before=value_of(before, field),
        to=value,
    )
    if field == SEVERITY and row.severity < before.severity:
        await severe(session, hotline, row)

    def words(after: Ticket, language: str) -> Reply:
        return told.moved_by_staff(hotline, after, language, is_queue=field == QUEUE)

    if row.state not in ("resolved", "closed"):
        await tell_of_move(session, hotline, row, before, words)


def _let_go(hotline: Hotline, row: TicketRow) -> None:
    worked_on = row.first_responded_at is not None or row.reopened > 0
    move(hotline, row, "release" if worked_on else "unclaim")


async def _changed_by(
    session: AsyncSession, row: TicketRow, field: str
) -> tuple[str, datetime | None]:
    for entry in await newest_of_ticket(session, row.id, (AMENDED, *_SET_BY[field])):
        if entry.detail.get("fact", field) == field:
            return entry.actor, entry.at
    return "", None
