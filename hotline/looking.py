"""Looking at a ticket or a chat: what stood there is then seen, and the journal has who looked.

Most looks are at what was looked at a moment ago, and write nothing: one statement finds that out.
"""

from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.audit import looked_lately
from hotline.conversations.seen import SeenRow, mark_seen
from hotline.core import Hotline
from hotline.database import together
from hotline.journal import EntryRow, write_entry
from hotline.staff.service import Staff


@dataclass(frozen=True)
class Look:
    """What is before the eyes of `staff`: the end of a conversation, up to number `seen_to`; and a
    whole page, which the journal has as `kind`: of the ticket, else of the conversation."""

    staff: Staff
    conversation_id: str | None = None
    ticket_id: int | None = None
    seen_to: int | None = None
    kind: str | None = None


async def note(session: AsyncSession, hotline: Hotline, look: Look) -> None:
    """Note what of the look is new; the caller's reading unit then begins anew, and sees it."""
    new = await _new_of(session, hotline, look)
    if new.seen_to is None and new.kind is None:
        return
    await session.close()  # nobody waits for a second connection with one in hand
    async with hotline.database.write() as writing:
        if new.conversation_id is not None and new.seen_to is not None:
            await mark_seen(writing, new.staff.id, new.conversation_id, new.seen_to)
        if new.kind is not None:
            await write_entry(
                writing,
                hotline.now(),
                new.kind,
                f"staff:{new.staff.id}",
                ticket_id=new.ticket_id,
                conversation_id=new.conversation_id if new.ticket_id is None else None,
            )


async def _new_of(session: AsyncSession, hotline: Hotline, look: Look) -> Look:
    asked, seen_to = {}, look.seen_to if look.conversation_id is not None else None
    if seen_to is not None:
        asked["seen_to"] = select(SeenRow.seq).where(
            SeenRow.staff_id == look.staff.id, SeenRow.conversation_id == look.conversation_id
        )
    if look.kind is not None:
        asked["looked"] = select(func.count(EntryRow.id)).where(
            looked_lately(
                hotline,
                look.staff,
                look.kind,
                ticket_id=look.ticket_id,
                conversation_id=look.conversation_id,
            )
        )
    known = (await session.execute(together(asked))).one()._mapping if asked else {}
    before = known.get("seen_to")
    if seen_to is not None and before is not None and before >= seen_to:
        seen_to = None
    return replace(look, seen_to=seen_to, kind=None if known.get("looked") else look.kind)
