"""The conversation of a contact in which a ticket is dealt with, whichever device it began on."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import Conversation, find, locked, say, snapshot, start
from hotline.conversations.turns import has_form
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.partners.service import Contact
from hotline.tickets import told
from hotline.tickets.answers import spoken_of
from hotline.tickets.ticket import Ticket


async def own_talk(session: AsyncSession, contact: Contact, ticket: Ticket) -> Conversation | None:
    """The one in which `contact` opened the ticket; None if that was somebody else's."""
    if ticket.conversation_id is None:
        return None
    opened_in = await find(session, ticket.conversation_id)
    return opened_in if opened_in.contact and opened_in.contact.id == contact.id else None


async def talk_about(
    hotline: Hotline, contact: Contact, ticket: Ticket, language: str
) -> Conversation:
    """Where what `contact` does with the ticket is said.

    That is the conversation in which they opened it. Nobody speaks in a colleague's: of such a
    ticket it is the contact's own newest one about it, or one that begins now.
    """
    async with hotline.database.read() as session:
        found = await own_talk(session, contact, ticket)
        found = found or await _newest_about(session, contact, ticket)
    return found or await _begun(hotline, contact, ticket, language)


async def _begun(hotline: Hotline, contact: Contact, ticket: Ticket, language: str) -> Conversation:
    """A conversation that begins with the ticket."""
    begun, _greeting = await start(hotline, contact, language, needs_session=True)
    async with hotline.database.write() as session:
        row = await locked(session, begun.id)
        row.last_ticket = ticket.number
        return snapshot(row)


async def speak_of(
    hotline: Hotline, contact: Contact, ticket: Ticket, language: str, running: str | None = None
) -> Conversation:
    """The chat goes on about the ticket: its number and its promise are the next words there.

    In the contact's own conversation `running`, if that is one; else where the ticket is dealt
    with. Where a request is being filled, what is written next would go into it: then it is a
    conversation that begins now. A person who holds it is not interrupted.
    """
    talk = await _own(hotline, contact, running)
    if talk is None or await has_form(hotline, talk.id):
        talk = await talk_about(hotline, contact, ticket, language)
    if await has_form(hotline, talk.id):
        talk = await _begun(hotline, contact, ticket, language)
    await spoken_of(hotline, talk.id, ticket)
    async with hotline.database.write() as session:
        row = await locked(session, talk.id)
        if row.holder != "person":
            bubble = told.status(hotline, ticket, row.language)
            await say(session, hotline, row, "bot", bubble, actor="bot")
        return snapshot(row)


async def _own(
    hotline: Hotline, contact: Contact, conversation_id: str | None
) -> Conversation | None:
    if not conversation_id:
        return None
    async with hotline.database.read() as session:
        try:
            talk = await find(session, conversation_id)
        except NotFound:
            return None
    return talk if talk.contact and talk.contact.id == contact.id else None


async def _newest_about(
    session: AsyncSession, contact: Contact, ticket: Ticket
) -> Conversation | None:
    row = await session.scalar(
        select(ConversationRow)
        .where(
            ConversationRow.contact_id == contact.id,
            ConversationRow.last_ticket == ticket.number,
        )
        .order_by(ConversationRow.created_at.desc(), ConversationRow.id)
        .limit(1)
    )
    return snapshot(row) if row else None
