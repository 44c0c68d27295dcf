"""From the journal to the deliveries: who is to be told of what, noted once.

The journal is read behind a mark, and the mark moves in the transaction that notes what comes of
the entries, so nothing is noted twice and nothing passed over, whoever dies when. Entries commit in
the order of their ids, so none turns up behind the mark.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline import journal
from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline
from hotline.database import insert_or, locked_row
from hotline.deliveries import DeliveryRow
from hotline.journal import Entry, EntryRow
from hotline.notices import rules
from hotline.notices.receivers import partner_receiver
from hotline.notices.rows import MarkRow
from hotline.notices.rules import Happened, Notice
from hotline.tickets.rows import TicketRow

_BATCH = 100
_NEAR = 6  # entries of one transaction follow each other


async def note_news(hotline: Hotline) -> bool:
    """Note what the next entries of the journal are to tell whom; False if there are none."""
    async with hotline.database.read() as session:  # most looks find nothing: writers go on
        mark = await session.get(MarkRow, 1)
        if mark is not None and not await journal.entries_after(session, mark.entry_id, limit=1):
            return False
    async with hotline.database.write() as session:
        mark = await locked_row(session, MarkRow, MarkRow.id == 1)
        if mark is None:
            await _set_mark(session, await journal.last_entry_id(session))
            return False
        entries = await journal.entries_after(session, mark.entry_id, limit=_BATCH)
        if not entries:
            return False
        for entry in entries:
            await _note(session, hotline, entry)
        mark.entry_id = entries[-1].id
    return True


async def pass_over(session: AsyncSession) -> None:
    """Of what the journal has so far nobody is told, in the caller's transaction."""
    await _set_mark(session, await journal.last_entry_id(session))


async def _set_mark(session: AsyncSession, entry_id: int) -> None:
    new = insert_or(session, MarkRow).values(id=1, entry_id=entry_id)
    await session.execute(
        new.on_conflict_do_update(index_elements=["id"], set_={"entry_id": entry_id})
    )


async def _note(session: AsyncSession, hotline: Hotline, entry: Entry) -> None:
    ticket = await session.get(TicketRow, entry.ticket_id) if entry.ticket_id else None
    talk = None
    if entry.conversation_id:
        talk = await session.get(ConversationRow, entry.conversation_id)
    happened = Happened(
        kind=entry.kind,
        actor=entry.actor,
        at=entry.at,
        detail=entry.detail,
        reader=partner_receiver(ticket, talk),
        assignee_id=ticket.assignee_id if ticket else None,
        is_told_by_ticket=await _is_told_by_ticket(session, entry),
    )
    settings = hotline.settings
    left_after = timedelta(minutes=settings.notices.left_minutes)
    for notice in rules.notices_of(happened, hotline.now(), left_after, _hooks(hotline)):
        if notice.channel == rules.MAIL and not settings.sends_mail:
            continue
        await _owe(session, entry, notice)


def _hooks(hotline: Hotline) -> Mapping[str, Sequence[str]]:
    return {hook.name: hook.kinds for hook in hotline.settings.webhooks}


async def _owe(session: AsyncSession, entry: Entry, notice: Notice) -> None:
    new = insert_or(session, DeliveryRow).values(
        entry_id=entry.id,
        channel=notice.channel,
        kind=notice.kind,
        receiver=notice.receiver,
        conversation_id=entry.conversation_id,
        seq=notice.seq,
        ticket_id=entry.ticket_id,
        created_at=entry.at,
        next_at=notice.at,
    )
    await session.execute(new.on_conflict_do_nothing())


async def _is_told_by_ticket(session: AsyncSession, entry: Entry) -> bool:
    """Whether the transaction that stored this message has an entry of a ticket that tells it."""
    if entry.kind != "message.stored" or not entry.actor.startswith("staff:"):
        return False
    near = await session.scalars(
        select(EntryRow).where(
            EntryRow.id > entry.id,
            EntryRow.id <= entry.id + _NEAR,
            EntryRow.conversation_id == entry.conversation_id,
            EntryRow.ticket_id.is_not(None),
        )
    )
    return any(row.detail.get("said") == entry.detail.get("seq") for row in near)
