"""Messages: numbered 1, 2, 3 ... per conversation, stored before anybody acts on them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.access_codes.heard import BUTTON
from hotline.conversations.rows import ConversationRow, FileRow, MessageRow
from hotline.staff.service import Staff
from hotline.staff.service import snapshot as staff_snapshot

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class File:
    id: str
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    seconds: float | None = None  # of a recording
    ticket_id: int | None = None  # the ticket that a recording goes with
    words: str = ""  # what is said in it, as staff have written it down
    words_by: Staff | None = None
    words_at: datetime | None = None


@dataclass(frozen=True)
class Message:
    """One message; `payload` is what a pressed button meant, `text` always what people read."""

    seq: int
    client_id: str | None
    sender: str
    text: str
    language: str
    at: datetime
    payload: str | None = None
    staff_name: str | None = None
    staff_name_en: str | None = None
    staff_queues: tuple[str, ...] = ()
    buttons: tuple[dict[str, str], ...] = ()
    card: dict[str, Any] | None = None
    file: File | None = None
    intent: str | None = None
    confidence: float | None = None


async def append(
    session: AsyncSession,
    conversation: ConversationRow,
    at: datetime,
    sender: str,
    text: str,
    **columns: Any,
) -> MessageRow:
    """Give the next message of `conversation` its number, in the caller's transaction."""
    conversation.last_seq += 1
    row = MessageRow(
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        sender=sender,
        text=text,
        language=conversation.language,
        created_at=at,
        **columns,
    )
    session.add(row)
    await session.flush()
    return row


async def by_client_id(
    session: AsyncSession, conversation_id: str, client_id: str
) -> MessageRow | None:
    found: MessageRow | None = await session.scalar(
        select(MessageRow).where(
            MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id
        )
    )
    return found


async def messages_after(
    session: AsyncSession, conversation_id: str, seq: int, limit: int = MOST_AT_ONCE
) -> list[Message]:
    """The messages behind number `seq`, in order."""
    rows = await session.scalars(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.seq > seq)
        .order_by(MessageRow.seq)
        .limit(limit)
    )
    return [snapshot(row) for row in rows]


async def recent(session: AsyncSession, conversation_id: str, limit: int = 40) -> list[Message]:
    """The newest messages, in order."""
    rows = await session.scalars(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id)
        .order_by(MessageRow.seq.desc())
        .limit(limit)
    )
    return [snapshot(row) for row in reversed(list(rows))]


async def last_buttons(session: AsyncSession, conversation_id: str) -> list[dict[str, str]]:
    """The buttons that may still be pressed: those said since the partner's last words.

    A file without words answers no question.
    """
    last_partner = (
        await session.scalar(
            select(MessageRow.seq)
            .where(MessageRow.conversation_id == conversation_id, MessageRow.sender == "partner")
            .where(MessageRow.file_id.is_(None) | (MessageRow.text != ""))
            .order_by(MessageRow.seq.desc())
            .limit(1)
        )
        or 0
    )
    rows = await session.scalars(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.seq > last_partner)
        .order_by(MessageRow.seq)
        .limit(20)
    )
    return [button for row in rows for button in (row.buttons or [])]


async def newest_question(
    session: AsyncSession, conversation_id: str, up_to_seq: int
) -> int | None:
    """The number of the newest partner message up to `up_to_seq` that does not prove an address."""
    asked: int | None = await session.scalar(
        select(MessageRow.seq)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.seq <= up_to_seq,
            MessageRow.sender == "partner",
            MessageRow.payload.is_(None) | MessageRow.payload.not_like(f"{BUTTON}%"),
        )
        .order_by(MessageRow.seq.desc())
        .limit(1)
    )
    return asked


async def by_seq(session: AsyncSession, conversation_id: str, seq: int) -> Message | None:
    row = await session.scalar(
        select(MessageRow).where(
            MessageRow.conversation_id == conversation_id, MessageRow.seq == seq
        )
    )
    return snapshot(row) if row else None


async def unanswered(session: AsyncSession, conversation_id: str | None = None) -> list[MessageRow]:
    """Partner messages that nobody has dealt with yet, oldest first."""
    query = select(MessageRow).where(
        MessageRow.sender == "partner", MessageRow.answered_at.is_(None)
    )
    if conversation_id is not None:
        query = query.where(MessageRow.conversation_id == conversation_id)
    return list(await session.scalars(query.order_by(MessageRow.id).limit(1000)))


async def mark_answered(
    session: AsyncSession, conversation_id: str, up_to_seq: int, at: datetime
) -> None:
    await session.execute(
        update(MessageRow)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.seq <= up_to_seq,
            MessageRow.sender == "partner",
            MessageRow.answered_at.is_(None),
        )
        .values(answered_at=at)
    )


async def file_of(session: AsyncSession, conversation_id: str, file_id: str) -> File | None:
    row = await session.scalar(
        select(FileRow).where(FileRow.id == file_id, FileRow.conversation_id == conversation_id)
    )
    return file_snapshot(row) if row else None


async def is_file(session: AsyncSession, file_id: str) -> bool:
    """Whether there is such a file, in whichever conversation."""
    return await session.get(FileRow, file_id) is not None


def snapshot(row: MessageRow) -> Message:
    staff = row.staff
    return Message(
        seq=row.seq,
        client_id=row.client_id,
        sender=row.sender,
        text=row.text,
        language=row.language,
        at=row.created_at,
        payload=row.payload,
        staff_name=staff.name if staff else None,
        staff_name_en=staff.name_en if staff else None,
        staff_queues=tuple(staff.queues) if staff else (),
        buttons=tuple(row.buttons or ()),
        card=row.card,
        file=file_snapshot(row.file) if row.file else None,
        intent=row.intent,
        confidence=row.confidence,
    )


def file_snapshot(row: FileRow) -> File:
    return File(
        row.id,
        row.name,
        row.media_type,
        row.size_bytes,
        row.sha256,
        seconds=row.seconds,
        ticket_id=row.ticket_id,
        words=row.words or "",
        words_by=staff_snapshot(row.words_by) if row.words_by else None,
        words_at=row.words_at,
    )


def file_row(conversation_id: str, file: File, at: datetime) -> FileRow:
    """The row of a file that came into the conversation."""
    return FileRow(
        id=file.id,
        conversation_id=conversation_id,
        name=file.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        created_at=at,
        seconds=file.seconds,
    )
