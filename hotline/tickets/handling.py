"""What staff do to a ticket: reply, note, wait, resolve, reopen. Each is one transaction.

Who has it is a matter of its own (`holders`); only whoever has it acts on it, and the lead.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.messages import by_client_id
from hotline.conversations.rows import ConversationRow
from hotline.conversations.seen import mark_seen
from hotline.conversations.service import locked as locked_conversation
from hotline.conversations.service import say, stop_asking
from hotline.conversations.staff_texts import require_fits
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict
from hotline.escalations.rows import REOPENED
from hotline.escalations.service import bring_up
from hotline.replies import Reply
from hotline.staff.service import Staff, require_handler
from hotline.tickets import clocks
from hotline.tickets.changes import add_note, added, changed, move
from hotline.tickets.holders import LEAD, claim, release, require_may_act, take_if_free, take_over
from hotline.tickets.moves import move_to
from hotline.tickets.queries import locked
from hotline.tickets.rows import TicketRow
from hotline.tickets.silence_steps import asks_by_mail
from hotline.tickets.ticket import Ticket, snapshot

__all__ = ["claim", "note", "release", "reply", "set_state", "take_over"]

# What is written with these moves is for colleagues: a note of this kind, never said.
_NOTED = {"wait_other": "note", "reopen": "reopened"}


async def reply(
    hotline: Hotline,
    staff: Staff,
    number: str,
    text: str,
    client_id: str | None = None,
    *,
    claims: bool = False,
) -> Ticket:
    """Say `text` to the partner in the ticket's conversation; the first one keeps the promise.

    A ticket that nobody has must be claimed first, unless the reply `claims` it. A repeated
    `client_id` is harmless: it was said the first time.
    """
    require_handler(staff)
    if not text.strip():
        raise BadInput("the reply is empty", field="text")
    require_fits(text)
    async with hotline.database.write() as session:
        row = await locked(session, number)
        conversation = await _conversation(session, row)
        if client_id and await by_client_id(session, conversation.id, client_id):
            return snapshot(row)
        require_may_act(row, staff, free_too=claims)
        await take_if_free(session, hotline, row, staff)
        seq = await _say_as(session, hotline, conversation, staff, text.strip(), client_id)
        clocks.answered(row, hotline.now(), by_lead=staff.role == LEAD)
        # What the partner says next is an answer to this person: it belongs to this ticket.
        conversation.asking = {"kind": "reply", "ticket": row.number}
        conversation.last_ticket = row.number
        await added(session, hotline, row, "ticket.replied", f"staff:{staff.id}", said=seq)
        return snapshot(row)


async def note(hotline: Hotline, staff: Staff, number: str, text: str) -> Ticket:
    """Write a note that only staff see."""
    require_handler(staff)
    if not text.strip():
        raise BadInput("the note is empty", field="text")
    require_fits(text)
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
    client_id: str | None = None,
) -> Ticket:
    """Move the ticket to `target` by the table of moves; a ticket that nobody has is claimed by it.

    `text` is said to the partner; whom else we wait for, or why it is opened again, is noted for
    colleagues, and so is what cannot be said because there is no conversation. Resolving needs a
    text: it is what was done, and the partner is asked whether it helped. A `version` that is no
    longer the ticket's raises Conflict; a `client_id` that has been said already changes nothing.
    """
    require_handler(staff)
    require_fits(text)
    async with hotline.database.write() as session:
        row = await locked(session, number)
        conversation = await _readable(session, row)
        if conversation and client_id and await by_client_id(session, conversation.id, client_id):
            return snapshot(row)
        require_may_act(row, staff, free_too=True)
        if version is not None and version != row.version:
            raise Conflict("the ticket has changed meanwhile", version=row.version, state=row.state)
        name, text = move_to(row.state, target), text.strip()
        if name == "resolve" and not text:
            raise BadInput("say what was done", field="text")
        if name != "reopen":
            await take_if_free(session, hotline, row, staff)
        move(hotline, row, name)
        told: dict[str, int | bool] = {}
        if name == "resolve":
            row.resolution = text
            clocks.answered(row, hotline.now(), by_lead=staff.role == LEAD)
            await add_note(session, hotline, row, "resolution", text, staff_id=staff.id)
            if conversation is not None:
                told["asked"] = await _ask_whether_solved(
                    session, hotline, conversation, row, staff, client_id
                )
                told["mailed"] = await asks_by_mail(session, hotline, row)
        elif text and (name in _NOTED or conversation is None):
            kind = _NOTED.get(name, "note")
            await add_note(session, hotline, row, kind, text, staff_id=staff.id)
        elif text and conversation is not None:
            told["said"] = await _say_as(session, hotline, conversation, staff, text, client_id)
            clocks.answered(row, hotline.now(), by_lead=staff.role == LEAD)
            conversation.asking = {"kind": "reply", "ticket": row.number}
        if name == "reopen" and row.reopened > 1:
            await bring_up(session, hotline, row, REOPENED, LEAD)
        if name == "reopen" and conversation is not None:
            # A yes to "solved?" must not close what staff have just opened again.
            stop_asking(conversation, row.number)
        actor = f"staff:{staff.id}"
        await changed(session, hotline, row, "ticket.moved", actor, move=name, **told)
        return snapshot(row)


async def _ask_whether_solved(
    session: AsyncSession,
    hotline: Hotline,
    conversation: ConversationRow,
    row: TicketRow,
    staff: Staff,
    client_id: str | None,
) -> int:
    now, actor = hotline.now(), f"staff:{staff.id}"
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
    return await say(session, hotline, conversation, "bot", asked, actor=actor, client_id=client_id)


async def _say_as(
    session: AsyncSession,
    hotline: Hotline,
    conversation: ConversationRow,
    staff: Staff,
    text: str,
    client_id: str | None,
) -> int:
    seq = await say(
        session,
        hotline,
        conversation,
        "staff",
        Reply(text),
        actor=f"staff:{staff.id}",
        staff_id=staff.id,
        client_id=client_id,
    )
    await mark_seen(session, staff.id, conversation.id, seq)
    return seq


async def _conversation(session: AsyncSession, row: TicketRow) -> ConversationRow:
    conversation = await _readable(session, row)
    if conversation is None:
        raise Conflict("this ticket has no conversation to reply in")
    return conversation


async def _readable(session: AsyncSession, row: TicketRow) -> ConversationRow | None:
    """The ticket's conversation, locked; None if there is none, or nobody reads what is said."""
    if row.conversation_id is None:
        return None
    conversation = await locked_conversation(session, row.conversation_id)
    return None if conversation.nobody_reads else conversation
