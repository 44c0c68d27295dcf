"""What a silent partner is told in the conversation; the sentences are in `domain.yml`."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import messages
from hotline.core import Hotline
from hotline.journal import EntryRow
from hotline.replies import Reply
from hotline.tickets.rows import TicketRow
from hotline.tickets.silence import Kind

MOST_QUOTED_CHARS = 60


def reminder(
    hotline: Hotline, row: TicketRow, kind: Kind, closes_at: datetime, asked: str, language: str
) -> Reply:
    """What is waited for, and when it will be closed; `asked` are the words it was asked in."""
    words, now = hotline.words, hotline.now()
    name = f"silence_{kind}_reminder"
    return hotline.replies.say(
        name if asked or kind == "solved" else f"{name}_plain",
        language,
        number=row.number,
        summary=row.subject,
        asked=asked,
        resolved_at=words.time(row.resolved_at, now, language) if row.resolved_at else "",
        closes_at=words.time(closes_at, now, language),
        n=hotline.settings.reopen_days,
    )


def closed(hotline: Hotline, row: TicketRow, kind: Kind, language: str) -> Reply:
    days = hotline.settings.reopen_days
    return hotline.replies.say(f"silence_{kind}_closed", language, number=row.number, n=days)


async def asked_of(session: AsyncSession, row: TicketRow) -> str:
    """The last words of staff on the ticket to its partner, if they are few."""
    entries = await session.scalars(
        select(EntryRow)
        .where(EntryRow.ticket_id == row.id, EntryRow.kind.in_(("ticket.moved", "ticket.replied")))
        .order_by(EntryRow.id.desc())
        .limit(20)
    )
    seq = next((entry.detail["said"] for entry in entries if "said" in entry.detail), None)
    if seq is None or row.conversation_id is None:
        return ""
    said = await messages.by_seq(session, row.conversation_id, seq)
    text = said.text.strip() if said and said.sender == "staff" else ""
    return text if len(text) <= MOST_QUOTED_CHARS and "\n" not in text else ""
