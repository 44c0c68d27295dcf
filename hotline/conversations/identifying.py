"""Who speaks in a visitor's conversation, once it is known."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.access_codes import heard
from hotline.conversations import messages
from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import locked
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.journal import write_entry
from hotline.partners.service import Contact

RUNS_FOR = timedelta(days=1)  # since the last word; an older one may be of somebody else here


@dataclass(frozen=True)
class Joined:
    """A conversation that is the contact's. `asked_seq` is the message to answer now, if any."""

    is_new: bool  # it was a visitor's until now
    asked_seq: int | None = None


async def join(hotline: Hotline, conversation_id: str, contact: Contact) -> Joined:
    """Make a visitor's running conversation the one of `contact`, who has signed in beside it.

    From now on it needs a session of the contact: whoever else has its token has lost it. Harmless
    to repeat. Conflict if it is another contact's, or nothing has been said in it for long.
    """
    now = hotline.now()
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if row.contact_id not in (None, contact.id):
            raise Conflict("this conversation is somebody else's")
        if row.needs_session:
            return Joined(is_new=False)
        is_new = row.contact_id is None
        last = await messages.recent(session, row.id, limit=1)
        if is_new and last and now - last[-1].at > RUNS_FOR:
            raise Conflict("this conversation has not been going on for long")
        row.needs_session = True
        if not is_new:
            return Joined(is_new=False)
        asked_seq = None
        if heard.stands(row.asking, now):
            asked_seq = (row.asking or {}).get("asked")
            row.asking = None
        await known_as(session, hotline, row, contact)
        return Joined(is_new=True, asked_seq=asked_seq)


async def known_as(
    session: AsyncSession, hotline: Hotline, row: ConversationRow, contact: Contact | None
) -> None:
    """Journal that it is known who speaks: a contact, whose conversation it is from now on if it
    is nobody's yet, or (None) the holder of a proven address."""
    if contact and row.contact_id is None:
        row.contact_id = contact.id
    await write_entry(
        session,
        hotline.now(),
        "conversation.identified",
        "partner",
        conversation_id=row.id,
        contact=contact.id if contact else None,
    )
