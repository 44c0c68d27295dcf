"""The two steps of a partner's silence, as timers do them: reminding, and closing.

Each looks again whether the ticket still waits and says it in the conversation; of somebody who is
not there the entry says that it goes by mail, too (`notices`). Nobody is disturbed at night: while
the hotline is closed a step waits.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.conversations.service import is_in_form, say, stop_asking
from hotline.conversations.service import locked as locked_conversation
from hotline.core import Hotline
from hotline.notices.receivers import partner_receiver
from hotline.privacy.placeholders import is_erased
from hotline.replies import Reply
from hotline.tickets import silence, silence_words
from hotline.tickets.changes import added, changed, move
from hotline.tickets.queries import locked_by_id
from hotline.tickets.rows import TicketRow
from hotline.timers.service import Handler, Timer

GONE_AFTER = timedelta(hours=1)
_BOT = "bot"


async def remind(session: AsyncSession, hotline: Hotline, timer: Timer) -> datetime | None:
    """Say what is waited for and when the ticket will be closed, and set that."""
    row, now = await locked_by_id(session, timer.detail["ticket"]), hotline.now()
    if row is None or not silence.still_waits(row, timer.detail):
        return None
    if not hotline.calendar.is_open(now):
        return hotline.calendar.next_open(now)
    kind = silence.waiting_in(timer.detail).kind
    closes_at = await silence.set_closing(session, hotline, row, timer.detail)
    conversation = await _conversation(session, row)
    is_gone = await _is_gone(session, conversation, now)
    if conversation is not None:
        asked = await silence_words.asked_of(session, row) if kind == "waiting" else ""
        language = conversation.language
        bubble = silence_words.reminder(hotline, row, kind, closes_at, asked, language)
        asking = "solved" if kind == "solved" else "reply"
        await _say(session, hotline, conversation, row, bubble, asking, is_gone=is_gone)
    mailed = is_gone and await _has_address(session, hotline, row)
    await added(session, hotline, row, "ticket.reminded", _BOT, step=kind, mailed=mailed)
    return None


async def close(session: AsyncSession, hotline: Hotline, timer: Timer) -> datetime | None:
    """Close the ticket, as the reminder said, and tell how it is opened again."""
    row, now = await locked_by_id(session, timer.detail["ticket"]), hotline.now()
    if row is None or not silence.still_waits(row, timer.detail):
        return None
    if not hotline.calendar.is_open(now):
        return hotline.calendar.next_open(now)
    kind = silence.waiting_in(timer.detail).kind
    move(hotline, row, "lapse")
    conversation = await _conversation(session, row)
    is_gone = await _is_gone(session, conversation, now)
    if conversation is not None:
        stop_asking(conversation, row.number)
        bubble = silence_words.closed(hotline, row, kind, conversation.language)
        await _say(session, hotline, conversation, row, bubble, None, is_gone=is_gone)
    mailed = is_gone and await _has_address(session, hotline, row)
    await changed(
        session, hotline, row, "ticket.moved", _BOT, move="lapse", waits=kind, mailed=mailed
    )
    return None


async def asks_by_mail(session: AsyncSession, hotline: Hotline, row: TicketRow) -> bool:
    """Whether "solved?", asked in the conversation, goes by mail at once: to somebody who is gone.

    To anybody else it goes where it is not read in time.
    """
    is_gone = await _is_gone(session, await _conversation(session, row), hotline.now())
    return is_gone and await _has_address(session, hotline, row)


HANDLERS: dict[str, Handler] = {silence.REMIND: remind, silence.CLOSE: close}


async def _conversation(session: AsyncSession, row: TicketRow) -> ConversationRow | None:
    """Where it can be said; None where nobody reads it any more."""
    if row.conversation_id is None:
        return None
    conversation = await locked_conversation(session, row.conversation_id)
    return None if is_erased(conversation.proven_email) else conversation


async def _say(
    session: AsyncSession,
    hotline: Hotline,
    conversation: ConversationRow,
    row: TicketRow,
    bubble: Reply,
    asking: str | None,
    *,
    is_gone: bool,
) -> None:
    """What is said next is about this ticket, unless they are in the middle of something else."""
    await say(session, hotline, conversation, _BOT, bubble, actor=_BOT)
    stands = conversation.asking or {}
    is_free = is_gone or not stands or stands.get("ticket") == row.number
    if is_free and not await is_in_form(session, conversation):
        conversation.last_ticket = row.number
        if asking:
            conversation.asking = {"kind": asking, "ticket": row.number}


async def _is_gone(
    session: AsyncSession, conversation: ConversationRow | None, now: datetime
) -> bool:
    """Whether the partner has said nothing for so long that the page is probably not before them.

    Which pages are open only the desk knows, and a page that is open may be in the background.
    """
    if conversation is None:
        return True
    last = await session.scalar(
        select(func.max(MessageRow.created_at)).where(
            MessageRow.conversation_id == conversation.id, MessageRow.sender == "partner"
        )
    )
    return now - (last or conversation.created_at) > GONE_AFTER


async def _has_address(session: AsyncSession, hotline: Hotline, row: TicketRow) -> bool:
    """Whether the notice that comes of the entry has somebody to go to, and a way."""
    talk = None
    if row.conversation_id is not None:
        talk = await session.get(ConversationRow, row.conversation_id)
    return hotline.settings.sends_mail and bool(partner_receiver(row, talk))
