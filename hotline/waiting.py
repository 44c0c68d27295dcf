"""How much waits for whom: what the bars around every console page tell, read at one moment.

Each figure is its own module's question; asked in one statement they take as long as two did.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline import journal
from hotline.calls import backs
from hotline.conversations import holding
from hotline.conversations.seen import unread_chats
from hotline.core import Hotline
from hotline.database import together
from hotline.escalations import records
from hotline.mornings import worklist as mornings
from hotline.notices import undelivered
from hotline.settings import QUEUES
from hotline.staff.rows import PresenceRow
from hotline.staff.service import Staff
from hotline.tickets import worklist

MOST_RAISED = 99  # as the navigation counts them


@dataclass(frozen=True)
class Waiting:
    """`tickets` is how many are work, in each queue that has any; `unread` what partners have said,
    unseen, in each of the reader's `own_chats`.

    `raised` was brought before the reader and not looked at, `of_the_night` has no outcome, `calls`
    are due; how the reader `stands`, since when, is None of whom no console was ever heard of.
    `last_entry` is the journal's at this moment.
    """

    tickets: Mapping[str, int]
    conversations: int
    own_chats: int
    unread: Mapping[str, int]
    raised: int
    of_the_night: int
    undelivered: int
    calls: int
    stands: str | None
    since: datetime | None
    last_entry: int


async def waiting_for(session: AsyncSession, hotline: Hotline, reader: Staff) -> Waiting:
    found = (await session.execute(_figures(reader.id, reader.role))).one()
    work = {queue: getattr(found, queue) for queue in QUEUES}
    return Waiting(
        tickets={queue: number for queue, number in work.items() if number},
        conversations=found.conversations,
        own_chats=found.own_chats,
        unread=await unread_chats(session, reader.id) if found.own_chats else {},
        raised=found.raised,
        of_the_night=found.of_the_night,
        undelivered=found.undelivered,
        # When one is due is reckoned from the ticket's own words.
        calls=await backs.count_due(session, hotline) if found.calls else 0,
        stands=found.stands,
        since=found.since,
        last_entry=found.last_entry or 0,
    )


@lru_cache(maxsize=500)
def _figures(reader_id: int, role: str) -> Select[Any]:
    """The question, not its answer: every page of the reader's console asks it."""
    return together(
        {
            **worklist.work_by_queue(),
            "conversations": holding.waiting(),
            "own_chats": holding.chats_of(reader_id),
            "raised": records.tickets_before(reader_id, role, MOST_RAISED),
            "of_the_night": mornings.waiting(),
            "undelivered": undelivered.counted(),
            "calls": backs.counted(),
            "stands": _of_reader(PresenceRow.stands, reader_id),
            "since": _of_reader(PresenceRow.since, reader_id),
            "last_entry": journal.newest_id(),
        }
    )


def _of_reader(column: Any, reader_id: int) -> Select[Any]:
    return select(column).where(PresenceRow.staff_id == reader_id)
