"""Who settled a matter of the night without a call, and when: the journal has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.journal import EntryRow

MERGED, ENDED, ANSWERED = "merged", "ended", "answered"

_KINDS = {ANSWERED: "ticket.replied", ENDED: "ticket.moved", MERGED: "ticket.merged"}
_STAFF = "staff:"


@dataclass(frozen=True)
class Settled:
    """What came of it, when, and by whom (an id; None of nobody on staff)."""

    outcome: str
    at: datetime
    by: int | None


async def settlings(session: AsyncSession, outcomes: Mapping[int, str]) -> dict[int, Settled]:
    """Of tickets by id with their outcomes: the first reply, else the last move or merge of
    somebody on staff; what a partner or a timer closes afterwards was settled before."""
    rows = await session.execute(
        select(EntryRow.ticket_id, EntryRow.kind, EntryRow.at, EntryRow.actor)
        .where(EntryRow.ticket_id.in_(list(outcomes)), EntryRow.kind.in_(_KINDS.values()))
        .order_by(EntryRow.id)
    )
    found: dict[int, Settled] = {}
    for ticket_id, kind, at, actor in rows:
        outcome = outcomes[ticket_id]
        if kind != _KINDS[outcome] or (outcome == ANSWERED and ticket_id in found):
            continue
        by = int(actor.removeprefix(_STAFF)) if actor.startswith(_STAFF) else None
        if by is None and ticket_id in found:
            continue
        found[ticket_id] = Settled(outcome, at, by)
    return found
