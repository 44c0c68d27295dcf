"""What staff do to a ticket: claim, reply, note, wait, resolve, reopen. Each is one transaction."""

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.messages import by_client_id
from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import locked as locked_conversation
from hotline.conversations.service import say
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict
from hotline.replies import Reply
from hotline.staff.service import Staff
from hotline.tickets.changes import add_note, added, changed, move
from hotline.tickets.moves import move_to
from hotline.tickets.queries import locked
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot


async def claim(hotline: Hotline, staff: Staff, number: str) -> Ticket:
    """`staff` takes the ticket; Conflict names who has it. Claiming one's own again is harmless."""
    async with hotline.database.write() as session:
        row = await locked(session, number)
        if row.assignee_id == staff.id:
            return snapshot(row)
        if row.assignee is not None:
            raise Conflict("somebody else has this ticket", holder=row.assignee.name)
        move(hotline, row, "claim")
        row.assignee_id = staff.id
        await changed(session, hotline, row, "ticket.claimed", f"staff:{staff.id}")
        return snapshot(row)


async def reply(
    hotline: Hotline, staff: Staff, number: str, text: str, client_id: str | None = None
) -> Ticket:
    """Say `text` to the partner in the ticket's conversation; the first one keeps the promise.

    A repeated `client_id` is harmless: it was said the first time.
    """
    if not text.strip():
        raise BadInput("the reply is empty", field="text")
    async with hotline.database.write() as session:
        row = await locked(session, number)
        _require_assignee(row, staff)
        conversation = await _conversation(session, row)
        if client_id and await by_client_id(session, conversation.id, client_id):
            return snapshot(row)
        await _say_as(session, hotline, conversation, staff, text.strip(), client_id)
        row.first_responded_at = row.first_responded_at or hotline.now()
        # What the partner says next is an answer to this person: it belongs to this ticket.
        conversation.asking = {"kind": "reply", "ticket": row.number}
        conversation.last_ticket = row.number
        await added(session, hotline, row, "ticket.replied", f"staff:{staff.id}")
        return snapshot(row)


async def note(hotline: Hotline, staff: Staff, number: str, text: str) -> Ticket:
    """Write a note that only staff see."""
    if not text.strip():
        raise BadInput("the note is empty", field="text")
    async with hotline.database.write() as session:
        row = await locked(session, number)
        await add_note(session, hotline, row, "note", text.strip(), staff_id=staff.id)
        await added(session, hotline, row, "ticket.noted", f"staff:{staff.id}")
        return snapshot(row)


async def set_state(
    hotline: Hotline,
    staff: Staff,
    number: str,
    target: str,
    *,
    text: str = "",
    version: int | None = None,
) -> Ticket:
    """Move the ticket to `target` by the table of moves; `text` is said to the partner.

    Resolving needs a text: it is what was done, and the partner is asked whether it helped.
    A `version` that is no longer the ticket's raises Conflict.
    """
    async with hotline.database.write() as session:
        row = await locked(session, number)
        if version is not None and version != row.version:
            raise Conflict("the ticket has changed meanwhile", version=row.version, state=row.state)
        name = move_to(row.state, target)
        if name == "resolve" and not text.strip():
            raise BadInput("say what was done", field="text")
        move(hotline, row, name)
        if name != "reopen":
            row.assignee_id = row.assignee_id or staff.id
        conversation = await _conversation(session, row) if row.conversation_id else None
        if name == "resolve":
            row.resolution = text.strip()
            row.first_responded_at = row.first_responded_at or hotline.now()
            await add_note(session, hotline, row, "resolution", text.strip(), staff_id=staff.id)
            if conversation is not None:
                await _ask_whether_solved(session, hotline, conversation, row, staff)
        elif text.strip() and conversation is not None:
            await _say_as(session, hotline, conversation, staff, text.strip(), None)
            row.first_responded_at = row.first_responded_at or hotline.now()
            conversation.asking = {"kind": "reply", "ticket": row.number}
        await changed(session, hotline, row, "ticket.moved", f"staff:{staff.id}", move=name)
        return snapshot(row)


async def _ask_whether_solved(
    session: AsyncSession,
    hotline: Hotline,
    conversation: ConversationRow,
    row: TicketRow,
    staff: Staff,
) -> None:
    now = hotline.now()
    asked = hotline.replies.say(
        "status_resolved",
        conversation.language,
        number=row.number,
        assignee=staff.called(conversation.language),
        resolved_at=hotline.words.time(now, now, conversation.language),
        resolution=row.resolution,
    )
    conversation.asking = {"kind": "solved", "ticket": row.number}
    conversation.last_ticket = row.number
    await say(session, hotline, conversation, "bot", asked, actor=f"staff:{staff.id}")


async def _say_as(
    session: AsyncSession,
    hotline: Hotline,
    conversation: ConversationRow,
    staff: Staff,
    text: str,
    client_id: str | None,
) -> None:
    await say(
        session,
        hotline,
        conversation,
        "staff",
        Reply(text),
        actor=f"staff:{staff.id}",
        staff_id=staff.id,
        client_id=client_id,
    )


async def _conversation(session: AsyncSession, row: TicketRow) -> ConversationRow:
    if row.conversation_id is None:
        raise Conflict("this ticket has no conversation to reply in")
    return await locked_conversation(session, row.conversation_id)


def _require_assignee(row: TicketRow, staff: Staff) -> None:
    if row.assignee_id != staff.id:
        holder = row.assignee.name if row.assignee else ""
        raise Conflict("claim the ticket first", holder=holder)
