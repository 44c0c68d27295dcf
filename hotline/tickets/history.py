"""What of a ticket everybody who may see it may read, though it was opened in somebody else's chat.

That chat may be about other things as well, which are not for every colleague.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import messages
from hotline.conversations.messages import File, Message
from hotline.conversations.rows import ConversationRow, FileRow, MessageRow
from hotline.journal import Entry
from hotline.partners.rows import ContactRow
from hotline.tickets.rows import NoteRow
from hotline.tickets.ticket import Ticket

# A file is noted on the ticket right after it was stored.
_NOTED_WITHIN = timedelta(minutes=2)


async def staff_words(
    session: AsyncSession, ticket: Ticket, entries: Sequence[Entry]
) -> list[Message]:
    """What staff said to the partner on this ticket, by its history `entries`: each that said
    something has the message's number."""
    numbers = [entry.detail["said"] for entry in entries if "said" in entry.detail]
    if ticket.conversation_id is None or not numbers:
        return []
    rows = await session.scalars(
        select(MessageRow)
        .where(
            MessageRow.conversation_id == ticket.conversation_id,
            MessageRow.seq.in_(numbers),
            MessageRow.sender == "staff",
        )
        .order_by(MessageRow.seq)
    )
    return [messages.snapshot(row) for row in rows]


async def files_of(
    session: AsyncSession, ticket: Ticket, notes: Sequence[NoteRow]
) -> dict[int, File]:
    """The files that `notes` of the ticket say were attached, by the note's id.

    Whichever colleague sent one sent it in a chat of their own; the note has the file's name.
    """
    additions = [note for note in notes if note.kind == "addition"]
    if not additions or ticket.contact is None:
        return {}
    rows = await session.scalars(
        select(FileRow)
        .join(ConversationRow, ConversationRow.id == FileRow.conversation_id)
        .join(ContactRow, ContactRow.id == ConversationRow.contact_id)
        .where(
            ContactRow.partner_id == ticket.contact.partner_id,
            FileRow.name.in_({note.text for note in additions}),
        )
        .order_by(FileRow.created_at)
        .limit(500)
    )
    found: dict[int, File] = {}
    for row in rows:
        for note in additions:
            passed = note.created_at - row.created_at
            if note.text == row.name and timedelta(0) <= passed <= _NOTED_WITHIN:
                found[note.id] = messages.file_snapshot(row)
    return found
