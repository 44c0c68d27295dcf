"""Sending what is owed: taken in one transaction, sent outside any, and noted in another.

Whoever dies in between leaves it to be taken again after a while, so it arrives at least once; a
letter has the same Message-ID each time. Each channel is done by itself: one that hangs holds up no
other.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Literal, TypeVar

import structlog
from sqlalchemy import Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.deliveries import (
    DELIVERED,
    DROPPED,
    PENDING,
    TOLD_WITH,
    UNDELIVERED,
    DeliveryRow,
    is_unread,
)
from hotline.journal import write_entry
from hotline.notices import kinds, mail, retry
from hotline.notices.compose import letter_of
from hotline.notices.mail import Letter, send_once
from hotline.notices.parts import LayOut
from hotline.notices.receivers import Reader, reader_of
from hotline.notices.rules import MAIL
from hotline.notices.standing import still_holds
from hotline.notices.verdicts import Seen, Verdict, verdict

UNDELIVERED_KIND = "notice.undelivered"

# Whether a page listens to a conversation, as far as this process knows.
IsListening = Callable[[str], bool]
# "later" may pass; "refused" will not. The second is the failure's code.
Outcome = tuple[Literal["sent", "later", "refused"], str]
Content = TypeVar("Content")

log = structlog.get_logger("hotline.notices")


@dataclass(frozen=True)
class Taken(Generic[Content]):
    """`content` is None where there was nothing to send after all, and that is noted already."""

    id: int
    content: Content | None = None


NOT_WRITTEN = "not_written"

Compose = Callable[[AsyncSession, DeliveryRow], Awaitable[Content | None]]


async def mail_next(
    hotline: Hotline, lay_out: LayOut, is_listening: IsListening = lambda _talk: False
) -> bool:
    """Mail what has been due longest, or note why it is not mailed; False if nothing is due."""

    async def compose(session: AsyncSession, row: DeliveryRow) -> Letter | None:
        return await _letter(session, hotline, row, lay_out, is_listening)

    taken = await take_next(hotline, MAIL, compose)
    if taken is None:
        return False
    if taken.content is not None:
        how = await send_once(hotline.settings, taken.content, hotline.now())
        await settle(hotline, taken.id, _outcome(how))
    return True


async def take_next(
    hotline: Hotline, channel: str, compose: Compose[Content]
) -> Taken[Content] | None:
    """Take what has been due longest on a channel; None if nothing is.

    `compose` gives what is to be sent, in the same transaction, or has noted why nothing is.
    """
    due = _due(channel, hotline.now())
    async with hotline.database.read() as session:  # most looks find nothing: writers go on
        if await session.scalar(due) is None:
            return None
    taken_id = None
    try:
        async with hotline.database.write() as session:
            row = await session.scalar(due.with_for_update(skip_locked=True))
            if row is None:
                return None
            taken_id = row.id
            content = await compose(session, row)
            if content is not None:
                _tried(row, hotline.now())
                row.next_at = hotline.now() + retry.TAKEN_FOR
            return Taken(row.id, content)
    except Exception as failure:
        if taken_id is None:
            raise  # the database, not this one
        # One that cannot be written must not hold up those behind it.
        log.error(
            "notice_not_written", delivery=taken_id, why=type(failure).__name__, exc_info=True
        )
        async with hotline.database.write() as session:
            row = await locked_row(session, DeliveryRow, DeliveryRow.id == taken_id)
            if row is not None:
                _tried(row, hotline.now())
        await settle(hotline, taken_id, ("later", NOT_WRITTEN))
        return Taken(taken_id, None)


def _tried(row: DeliveryRow, now: datetime) -> None:
    row.tries += 1
    row.first_tried_at, row.tried_at = row.first_tried_at or now, now


async def settle(hotline: Hotline, delivery_id: int, outcome: Outcome) -> None:
    """Note what came of it: delivered, to be tried again, or for somebody to look at."""
    how, failure = outcome
    async with hotline.database.write() as session:
        row = await locked_row(session, DeliveryRow, DeliveryRow.id == delivery_id)
        if row is None or row.state != PENDING:
            return
        now = hotline.now()
        if how == "sent":
            row.state, row.delivered_at, row.failure, row.next_at = DELIVERED, now, None, None
            await _together(session, row, DELIVERED, now)
            return
        give_up_after = timedelta(hours=hotline.settings.notices.give_up_hours)
        row.failure = failure
        row.next_at = retry.again_at(row.tries, now)
        if how == "refused" or retry.is_over(row.first_tried_at or now, now, give_up_after):
            row.state, row.next_at = UNDELIVERED, None
            log.error("notice_undelivered", delivery=row.id, kind=row.kind, why=failure)
            await write_entry(
                session,
                now,
                UNDELIVERED_KIND,
                "system",
                ticket_id=row.ticket_id,
                delivery=row.id,
                notice=row.kind,
                receiver=row.receiver,
                why=failure,
            )


def _outcome(how: mail.Outcome) -> Outcome:
    if how == "sent":
        return "sent", ""
    return "refused" if how == "refused" else "later", how


def _due(channel: str, now: datetime) -> Select[DeliveryRow]:
    return (
        select(DeliveryRow)
        .where(
            DeliveryRow.state == PENDING,
            DeliveryRow.channel == channel,
            # Tried in the future: the clock has gone back since.
            or_(DeliveryRow.next_at <= now, DeliveryRow.tried_at > now),
        )
        .order_by(DeliveryRow.next_at, DeliveryRow.id)
        .limit(1)
    )


async def _letter(
    session: AsyncSession,
    hotline: Hotline,
    row: DeliveryRow,
    lay_out: LayOut,
    is_listening: IsListening,
) -> Letter | None:
    """The letter, or None after noting why there is none, or none yet."""
    reader = await reader_of(session, row.receiver)
    bundle = await _bundle(session, row, reader, hotline.now())
    found = await _judge(session, hotline, row, bundle, reader, is_listening)
    if found.why is not None:
        row.state, row.failure, row.next_at = DROPPED, found.why, None
        await _together(session, row, DROPPED, None)
        return None
    if found.hold is not None:
        row.next_at = found.hold
        return None
    assert reader is not None
    for other in bundle:
        if other.id != row.id:
            other.with_id, other.next_at = row.id, None
            other.state = TOLD_WITH
    return await letter_of(session, hotline, row, bundle, reader, lay_out)


async def _judge(
    session: AsyncSession,
    hotline: Hotline,
    row: DeliveryRow,
    bundle: Sequence[DeliveryRow],
    reader: Reader | None,
    is_listening: IsListening,
) -> Verdict:
    now, calendar = hotline.now(), hotline.calendar
    owed = [it for it in bundle if await _is_unread(session, it)]
    said = [it for it in bundle if it.seq is not None]
    talk = row.conversation_id or ""
    seen = Seen(
        is_anybody=reader is not None,
        is_certain=reader is not None and reader.is_certain,
        is_wanted=reader is not None and row.kind not in reader.unwanted,
        holds=await still_holds(session, row),
        is_read=bool(said) and not owed,
        reads_there=bool(owed) and is_listening(talk),
        opens_at=None if calendar.is_open(now) else calendar.next_open(now),
        partners_at_night=hotline.settings.notices.partners_at_night,
    )
    return verdict(row.kind, seen, now)


async def _bundle(
    session: AsyncSession, row: DeliveryRow, reader: Reader | None, now: datetime
) -> list[DeliveryRow]:
    """What one letter tells: `row`, and what else was said in its conversation while away.

    What goes together is settled when it is tried first, and stays: sent again it is the same.
    """
    if row.tries:
        mine = select(DeliveryRow).where(DeliveryRow.with_id == row.id).order_by(DeliveryRow.id)
        return [row, *await session.scalars(mine.limit(200))]
    if row.seq is None or reader is None:
        return [row]
    others = await session.scalars(
        select(DeliveryRow)
        .where(
            DeliveryRow.conversation_id == row.conversation_id,
            DeliveryRow.channel == row.channel,
            DeliveryRow.receiver == row.receiver,
            DeliveryRow.state == PENDING,
            DeliveryRow.tries == 0,
            DeliveryRow.seq.is_not(None),
            DeliveryRow.kind.in_(kinds.SAID),
            DeliveryRow.id != row.id,
        )
        .order_by(DeliveryRow.id)
        .limit(200)
        .with_for_update(skip_locked=True)
    )
    wanted = [
        it
        for it in others
        if it.kind not in reader.unwanted
        and await _is_unread(session, it)
        and await still_holds(session, it)
    ]
    return [row, *wanted]


async def _is_unread(session: AsyncSession, row: DeliveryRow) -> bool:
    if row.seq is None or row.conversation_id is None:
        return False
    return await is_unread(session, row.conversation_id, row.seq)


async def _together(
    session: AsyncSession, row: DeliveryRow, state: str, at: datetime | None
) -> None:
    """What the same letter tells goes with it."""
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.with_id == row.id)
        .values(state=state, delivered_at=at)
    )
