"""Who holds a conversation: the assistant, the queue, a person, or nobody.

One row says it, and `hold` alone changes it; whom the queue asks is up to `hotline.hand_off`.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import messages, waits
from hotline.conversations.notes import add_note
from hotline.conversations.rows import ConversationRow
from hotline.conversations.seen import mark_seen
from hotline.conversations.service import Conversation, is_in_form, locked, say, snapshot
from hotline.conversations.staff_texts import require_fits
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict
from hotline.journal import write_entry
from hotline.replies import Reply
from hotline.staff.rules import first_queue
from hotline.staff.service import Staff, require_handler


async def join_queue(
    session: AsyncSession, hotline: Hotline, conversation_id: str, queue: str | None = None
) -> int:
    """Wait for a person of `queue`; gives how many are ahead. Whoever waits keeps the place."""
    row = await locked(session, conversation_id)
    if row.holder in ("bot", "nobody"):
        await hold(
            session, hotline, row, "queue", None, "conversation.queued", "partner", queue=queue
        )
    return await waits.ahead_of(session, row.held_since)


async def leave_queue(hotline: Hotline, conversation_id: str, actor: str) -> bool:
    """The assistant goes on; True if a request that was half filled waits for an answer."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if row.holder == "queue":
            await hold(session, hotline, row, "bot", None, "conversation.left_queue", actor)
        return await is_in_form(session, row)


async def take(hotline: Hotline, staff: Staff, conversation_id: str) -> Conversation:
    """`staff` speaks from now on; Conflict names who holds the conversation already."""
    require_handler(staff)
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if row.holder == "person" and row.staff_id != staff.id:
            assert row.staff is not None
            raise Conflict("someone else holds this conversation", holder=row.staff.name)
        if row.holder != "person":
            await hold(
                session, hotline, row, "person", staff.id, "conversation.taken", f"staff:{staff.id}"
            )
            name, queue = staff.called(row.language), queue_words(hotline, staff, row.language)
            reply = hotline.replies.say("took_over", row.language, staff=name, queue=queue)
            seq = await say(session, hotline, row, "system", reply)
            await mark_seen(session, staff.id, row.id, seq)
        await session.refresh(row)
        return snapshot(row)


async def give_back(hotline: Hotline, staff: Staff, conversation_id: str) -> Conversation:
    """The assistant goes on, with a new engine session; only its holder may give it back."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        require_holder(row, staff)
        await hold(
            session, hotline, row, "bot", None, "conversation.given_back", f"staff:{staff.id}"
        )
        row.engine_sender = None
        left_open = (
            hotline.words.say("left_open", row.language, number=row.last_ticket)
            if row.last_ticket
            else ""
        )
        reply = hotline.replies.say(
            "given_back", row.language, staff=staff.called(row.language), left_open=left_open
        )
        await say(session, hotline, row, "system", reply)
        await session.refresh(row)
        return snapshot(row)


async def hand_on(
    hotline: Hotline,
    staff: Staff,
    conversation_id: str,
    note: str,
    *,
    to: Staff | None = None,
    queue: str | None = None,
) -> Conversation:
    """Pass it on with a note: to a colleague, who is asked first, or to whoever has `queue`.

    The partner keeps no place, for nobody else was waiting behind a person; only its holder hands
    it on. BadInput without a note, or to nobody.
    """
    if not note.strip():
        raise BadInput("say what the colleague has to know", field="note", reason="empty")
    require_fits(note)
    if (to is None) == (queue is None) or (to is not None and to.id == staff.id):
        raise BadInput("to a colleague or to a queue", field="to", reason="to")
    if to is not None:
        require_handler(to)
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        require_holder(row, staff)
        actor = f"staff:{staff.id}"
        await add_note(session, hotline, row, staff, note)
        await hold(
            session,
            hotline,
            row,
            "queue",
            None,
            "conversation.handed_on",
            actor,
            queue=queue,
            wished_id=to.id if to else None,
        )
        language = row.language
        goes_to = to.called(language) if to else hotline.words.queue(queue or "", language)
        told = hotline.replies.say("handed_on", language, staff=staff.called(language), to=goes_to)
        await say(session, hotline, row, "system", told, actor=actor)
        await session.refresh(row)
        return snapshot(row)


async def close(hotline: Hotline, staff: Staff, conversation_id: str) -> Conversation:
    """The conversation is over until the partner writes again; only its holder may close it."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        require_holder(row, staff)
        actor = f"staff:{staff.id}"
        await hold(session, hotline, row, "nobody", None, "conversation.closed", actor)
        row.engine_sender = None
        await say(
            session,
            hotline,
            row,
            "system",
            hotline.replies.say("conversation_closed", row.language),
            actor=actor,
        )
        await session.refresh(row)
        return snapshot(row)


async def staff_says(
    hotline: Hotline, staff: Staff, conversation_id: str, text: str, client_id: str | None = None
) -> int:
    """A live message of the person who holds the conversation."""
    if not text.strip():
        raise BadInput("the message is empty", field="text")
    require_fits(text)
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if client_id and (again := await messages.by_client_id(session, row.id, client_id)):
            return again.seq
        require_holder(row, staff)
        await messages.mark_answered(session, row.id, row.last_seq, hotline.now())
        seq = await say(
            session,
            hotline,
            row,
            "staff",
            Reply(text.strip()),
            actor=f"staff:{staff.id}",
            staff_id=staff.id,
            client_id=client_id,
        )
        await mark_seen(session, staff.id, row.id, seq)
        return seq


async def held(
    session: AsyncSession, holder: str | None = None, limit: int = 100
) -> list[Conversation]:
    """Conversations of a holder, longest waiting first."""
    query = select(ConversationRow)
    query = query.where(
        ConversationRow.holder == holder
        if holder
        else ConversationRow.holder.in_(("queue", "person"))
    )
    rows = await session.scalars(query.order_by(ConversationRow.held_since).limit(limit))
    return [snapshot(row) for row in rows]


async def held_by(session: AsyncSession, staff_id: int, limit: int = 100) -> list[Conversation]:
    """The live conversations of one member of staff, longest held first."""
    query = select(ConversationRow).where(*_is_held_by(staff_id))
    rows = await session.scalars(query.order_by(ConversationRow.held_since).limit(limit))
    return [snapshot(row) for row in rows]


async def count_waiting(session: AsyncSession) -> int:
    """How many conversations wait for a person, however many of them are listed."""
    return await session.scalar(waiting()) or 0


def waiting() -> Select[Any]:
    """The question of the same."""
    return select(func.count(ConversationRow.id)).where(ConversationRow.holder == "queue")


def chats_of(staff_id: int) -> Select[Any]:
    """The question how many live conversations somebody on staff holds."""
    return select(func.count(ConversationRow.id)).where(*_is_held_by(staff_id))


async def hold(
    session: AsyncSession,
    hotline: Hotline,
    row: ConversationRow,
    holder: str,
    staff_id: int | None,
    kind: str,
    actor: str,
    *,
    queue: str | None = None,
    wished_id: int | None = None,
    outcome: str = waits.LEFT,
) -> None:
    """Pass `row` to `holder`, in the caller's transaction, journalled.

    A wait in the queue ends with `outcome`, if nobody takes over; one begins for `queue`, or for
    the colleague `wished_id`.
    """
    now = hotline.now()
    if row.holder == "queue":
        taken = holder == "person"
        await waits.end(session, row.id, now, waits.TAKEN if taken else outcome)
    if holder == "queue":
        await waits.begin(session, row, now, queue=queue, wished_id=wished_id)
    row.holder, row.staff_id, row.held_since = holder, staff_id, now
    await write_entry(session, now, kind, actor, conversation_id=row.id, holder=holder)


def require_holder(row: ConversationRow, staff: Staff) -> None:
    """Conflict, naming who holds it, unless that is `staff`."""
    if row.holder != "person" or row.staff_id != staff.id:
        holder = row.staff.name if row.staff else row.holder
        raise Conflict("take the conversation first", holder=holder)


def _is_held_by(staff_id: int) -> tuple[ColumnElement[bool], ...]:
    return ConversationRow.holder == "person", ConversationRow.staff_id == staff_id


def queue_words(hotline: Hotline, staff: Staff, language: str) -> str:
    """What `staff` is there for, as a partner reads it."""
    return hotline.words.queue(first_queue(staff.queues), language)
