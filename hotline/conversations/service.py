"""Starting a conversation, finding one, and speaking in it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.attempts import NotTheirs
from hotline.conversations import messages
from hotline.conversations.messages import Message
from hotline.conversations.rows import ConversationRow, EngineSessionRow
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.deliveries import owe_chat
from hotline.errors import BadInput, NotFound
from hotline.journal import write_entry
from hotline.partners import service as partners
from hotline.partners.service import Contact
from hotline.privacy import placeholders
from hotline.replies import Reply
from hotline.staff import service as staff_service
from hotline.staff.service import Staff

LANGUAGES = ("zh-TW", "en")


@dataclass(frozen=True)
class Conversation:
    """A conversation as its row stands: the one source of who is asking."""

    id: str
    contact: Contact | None
    proven_email: str | None
    needs_session: bool
    language: str
    holder: str
    held_since: datetime
    staff: Staff | None
    last_seq: int
    last_ticket: str | None
    asking: dict[str, Any] | None
    unsure: int
    created_at: datetime

    @property
    def is_known(self) -> bool:
        """Whether whoever speaks here has signed in or proven an address."""
        return self.address is not None

    @property
    def nobody_reads(self) -> bool:
        """Whether no token is good for it: a stranger's message came from elsewhere."""
        return self.needs_session and self.contact is None

    @property
    def is_erased(self) -> bool:
        """Whether whoever spoke here was erased: nobody speaks here again."""
        return placeholders.is_erased(self.proven_email)

    @property
    def address(self) -> str | None:
        """The e-mail address that is certain: of the contact, or the one that was proven."""
        return self.contact.email if self.contact else self.proven_email


async def start(
    hotline: Hotline,
    contact: Contact | None,
    language: str | None = None,
    *,
    needs_session: bool = False,
) -> tuple[Conversation, list[Message]]:
    """A new conversation with its greeting already said.

    With `needs_session` no token is good for it without a live session of its contact.
    """
    language = language or (contact.language if contact else "zh-TW")
    if language not in LANGUAGES:
        raise BadInput(f"language must be one of {', '.join(LANGUAGES)}")
    async with hotline.database.write() as session:
        row = await begin(
            session, hotline, contact.id if contact else None, language, needs_session=needs_session
        )
        if consent := hotline.settings.privacy.consent(language):
            await say(session, hotline, row, "bot", Reply(consent))
        reply = greeting(hotline, contact, language)
        await say(session, hotline, row, "bot", reply)
        await session.refresh(row)
        return snapshot(row), await messages.messages_after(session, row.id, 0)


async def begin(
    session: AsyncSession,
    hotline: Hotline,
    contact_id: int | None,
    language: str,
    *,
    needs_session: bool = False,
    actor: str = "partner",
) -> ConversationRow:
    """A conversation in which nothing has been said yet, in the caller's transaction."""
    now = hotline.now()
    row = ConversationRow(
        id=secrets.token_hex(16),
        contact_id=contact_id,
        needs_session=needs_session,
        language=language,
        held_since=now,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    await write_entry(session, now, "conversation.started", actor, conversation_id=row.id)
    return row


def greeting(hotline: Hotline, contact: Contact | None, language: str) -> Reply:
    """The first words, by the hours; a signed-in contact is greeted by name, once."""
    now, calendar, settings = hotline.now(), hotline.calendar, hotline.settings
    stands, reason = hotline.words.why_closed(now, language)
    hello = hotline.words.say("hello", language, name=contact.name) if contact else None
    return hotline.replies.say(
        f"greet_{stands}",
        language,
        hello=hello or hotline.words.say("hello_stranger", language),
        vendor=settings.vendor.name(language),
        opens_at=hotline.words.time(calendar.next_open(now), now, language),
        reason=reason,
        hardware_line=settings.vendor.hardware_line,
    )


async def find(session: AsyncSession, conversation_id: str) -> Conversation:
    return snapshot(await _row(session, conversation_id))


async def for_sender(session: AsyncSession, sender_id: str) -> Conversation:
    """The conversation behind one of the engine's senders; NotFound for a stranger's id."""
    row = await session.get(EngineSessionRow, sender_id)
    if row is None:
        raise NotFound("no such conversation")
    return await find(session, row.conversation_id)


def not_theirs(
    message: str, asker: Conversation, *, ticket_id: int | None = None, of: str | None = None
) -> NotTheirs:
    """The refusal of what is somebody else's to whoever speaks in `asker`."""
    contact_id = asker.contact.id if asker.contact else None
    return NotTheirs(
        message, conversation_id=asker.id, contact_id=contact_id, ticket_id=ticket_id, of=of
    )


async def locked(session: AsyncSession, conversation_id: str) -> ConversationRow:
    """The row to change, locked until the end of the caller's transaction."""
    row = await locked_row(session, ConversationRow, ConversationRow.id == conversation_id)
    if row is None:
        raise NotFound("no such conversation")
    return row


async def ask_next(hotline: Hotline, conversation_id: str, wishes: list[dict[str, Any]]) -> None:
    """Whether to go on with the first of `wishes` is the question that stands; none ends it."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if wishes or (row.asking or {}).get("wishes"):
            row.asking = {"kind": "next", "wishes": wishes} if wishes else None


def stop_asking(row: ConversationRow, ticket_number: str) -> None:
    """No question about this ticket stands any longer."""
    if (row.asking or {}).get("ticket") == ticket_number:
        row.asking = None


async def is_in_form(session: AsyncSession, row: ConversationRow) -> bool:
    """Whether a request is being filled in the engine session of this conversation."""
    if row.engine_sender is None:
        return False
    engine = await session.get(EngineSessionRow, row.engine_sender)
    return engine is not None and engine.form is not None


async def say(
    session: AsyncSession,
    hotline: Hotline,
    row: ConversationRow,
    sender: str,
    reply: Reply,
    *,
    actor: str | None = None,
    **columns: Any,
) -> int:
    """Add a message for the partner in the caller's transaction, journalled; gives its seq."""
    now = hotline.now()
    message = await messages.append(
        session,
        row,
        now,
        sender,
        reply.text,
        buttons=list(reply.buttons) or None,
        card=reply.card,
        **columns,
    )
    entry_id = await write_entry(
        session,
        now,
        "message.stored",
        actor or sender,
        conversation_id=row.id,
        seq=message.seq,
        sender=sender,
    )
    if sender != "bot" or actor:  # not an answer within the partner's own turn
        await owe_chat(session, entry_id, row.id, message.seq, now)
    return message.seq


def snapshot(row: ConversationRow) -> Conversation:
    return Conversation(
        id=row.id,
        contact=partners.snapshot(row.contact) if row.contact else None,
        proven_email=row.proven_email,
        needs_session=row.needs_session,
        language=row.language,
        holder=row.holder,
        held_since=row.held_since,
        staff=staff_service.snapshot(row.staff) if row.staff else None,
        last_seq=row.last_seq,
        last_ticket=row.last_ticket,
        asking=row.asking,
        unsure=row.unsure,
        created_at=row.created_at,
    )


async def _row(session: AsyncSession, conversation_id: str) -> ConversationRow:
    row = await session.get(ConversationRow, conversation_id)
    if row is None:
        raise NotFound("no such conversation")
    return row
