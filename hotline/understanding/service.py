"""Messages worth a look as staff see them, and what they say a message means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from hotline.conversations import messages
from hotline.conversations.messages import Message
from hotline.conversations.rows import MessageRow
from hotline.conversations.service import locked
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.journal import write_entry
from hotline.staff import service as staff_service
from hotline.staff.service import Staff
from hotline.understanding.intents import INTENTS
from hotline.understanding.looks import REASONS
from hotline.understanding.rows import LookRow

AT_ONCE = 30
DONE = "done"
_BEFORE = 2  # messages shown with each


@dataclass(frozen=True)
class Look:
    """A message worth a look, with the messages before it, oldest first.

    `ranking` are (intent, confidence), best first. It is done with a `label`, or without: skipped.
    """

    message_id: int
    conversation_id: str
    message: Message
    ranking: tuple[tuple[str, float], ...]
    reasons: tuple[str, ...]
    pressed: str | None
    label: str | None
    by: Staff | None
    done_at: datetime | None
    version: int
    before: tuple[Message, ...] = ()


async def offered(
    session: AsyncSession, reason: str | None = None, before: int | None = None
) -> tuple[list[Look], bool]:
    """A page of them, newest first, and whether there are older ones.

    Those that are to be done, all or of one `reason`; or those that are `DONE`. `before` is the
    last message of the page before.
    """
    query = select(LookRow)
    if reason == DONE:
        query = query.where(LookRow.done_at.is_not(None))
    else:
        query = query.where(LookRow.done_at.is_(None))
        if reason in REASONS:
            query = query.where(getattr(LookRow, reason))
    if before is not None:
        query = query.where(LookRow.message_id < before)
    query = query.order_by(LookRow.message_id.desc()).limit(AT_ONCE + 1)
    rows = list(await session.scalars(query))
    return await _snapshots(session, rows[:AT_ONCE]), len(rows) > AT_ONCE


async def find(session: AsyncSession, message_id: int) -> Look | None:
    row = await session.get(LookRow, message_id)
    return (await _snapshots(session, [row]))[0] if row else None


async def label(
    hotline: Hotline, staff: Staff, message_id: int, intent: str | None, version: int
) -> None:
    """`staff` says what a message means, or skips it (None), having looked at `version`.

    Conflict if a colleague was faster, NotFound if it has been erased. Said twice is harmless.
    """
    if intent is not None and intent not in INTENTS:
        raise BadInput("there is no such meaning", field="label")
    async with hotline.database.write() as session:
        conversation_id = await session.scalar(
            select(LookRow.conversation_id).where(LookRow.message_id == message_id)
        )
        if conversation_id is None:
            raise NotFound("no such message")
        # Two who label wait for each other here, and an erasing and a labelling.
        await locked(session, conversation_id)
        row = await session.get(LookRow, message_id, populate_existing=True)
        if row is None:
            raise NotFound("no such message")
        if row.done_at is not None and (row.staff_id, row.label) == (staff.id, intent):
            return
        if row.version != version:
            raise Conflict("a colleague was first")
        now = hotline.now()
        row.label, row.staff_id, row.done_at = intent, staff.id, now
        row.version += 1
        kind = "message.skipped" if intent is None else "message.labelled"
        said: dict[str, Any] = {} if intent is None else {"intent": intent}
        await write_entry(session, now, kind, f"staff:{staff.id}", message=message_id, **said)


async def _snapshots(session: AsyncSession, rows: Sequence[LookRow]) -> list[Look]:
    before = await _before(session, [row.message_id for row in rows])
    return [
        Look(
            message_id=row.message_id,
            conversation_id=row.conversation_id,
            message=messages.snapshot(row.message),
            ranking=tuple((one["intent"], one["confidence"]) for one in row.message.ranking or ()),
            reasons=tuple(reason for reason in REASONS if getattr(row, reason)),
            pressed=row.pressed,
            label=row.label,
            by=staff_service.snapshot(row.staff) if row.staff else None,
            done_at=row.done_at,
            version=row.version,
            before=tuple(before.get(row.message_id, ())),
        )
        for row in rows
    ]


async def _before(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[Message]]:
    """The messages just before each of these."""
    asked = aliased(MessageRow)
    found = await session.execute(
        select(asked.id, MessageRow)
        .join(asked, asked.conversation_id == MessageRow.conversation_id)
        .where(asked.id.in_(ids), MessageRow.seq.between(asked.seq - _BEFORE, asked.seq - 1))
        .order_by(asked.id, MessageRow.seq)
    )
    before: dict[int, list[Message]] = {}
    for message_id, row in found:
        before.setdefault(message_id, []).append(messages.snapshot(row))
    return before
