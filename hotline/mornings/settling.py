"""When a matter of the night was settled without a call, and by whom: the ticket has the moment,
the journal has who acted then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.journal import EntryRow
from hotline.tickets.ticket import Ticket

MERGED, ENDED, ANSWERED = "merged", "ended", "answered"

# What staff do that settles it: an answer may also be the words that it was resolved with.
_KINDS = ("ticket.replied", "ticket.moved", "ticket.merged")
_STAFF = "staff:"
_AT_ONCE = timedelta(seconds=5)  # one transaction reads the clock more than once


@dataclass(frozen=True)
class Settled:
    """What came of it, when, and by whom (an id; None of nobody on staff)."""

    outcome: str
    at: datetime
    by: int | None


def moment_of(ticket: Ticket, outcome: str) -> datetime:
    """When a ticket got an outcome that is no call's."""
    at = {
        ANSWERED: ticket.first_responded_at,
        ENDED: ticket.resolved_at or ticket.closed_at,
        MERGED: ticket.merged_at,
    }[outcome]
    return at or ticket.updated_at


async def who_acted(session: AsyncSession, moments: Mapping[int, datetime]) -> dict[int, int]:
    """The member of staff who acted on each of these tickets at its moment, by their ids."""
    rows = await session.execute(
        select(EntryRow.ticket_id, EntryRow.at, EntryRow.actor)
        .where(EntryRow.ticket_id.in_(list(moments)), EntryRow.kind.in_(_KINDS))
        .order_by(EntryRow.id)
    )
    found: dict[int, int] = {}
    for ticket_id, at, actor in rows:
        if ticket_id is None or not actor.startswith(_STAFF):
            continue
        if abs(at - moments[ticket_id]) <= _AT_ONCE:
            found.setdefault(ticket_id, int(actor.removeprefix(_STAFF)))
    return found
