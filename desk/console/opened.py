"""A ticket that somebody opens: what its page is made of, each read once."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.stretches import Stretch, stretch_of
from hotline.beside import Beside, beside
from hotline.conversations import service as conversations
from hotline.conversations.service import Conversation
from hotline.tickets import queries
from hotline.tickets.ticket import Ticket


@dataclass(frozen=True)
class Opened:
    """The ticket, its conversation if it has one, what of it is shown, and what there is beside;
    `merged` are the tickets that were merged into it."""

    ticket: Ticket
    talk: Conversation | None
    said: Stretch
    has: Beside
    merged: tuple[Ticket, ...] = ()


async def opened(session: AsyncSession, number: str, before: int | None = None) -> Opened:
    """With the newest that was said, or what was said in front of number `before`; NotFound."""
    ticket = await queries.find(session, number)
    talk, said = None, Stretch()
    if ticket.conversation_id is not None:
        talk = await conversations.find(session, ticket.conversation_id)
        said = await stretch_of(session, ticket.conversation_id, before)
    has = await beside(session, ticket)
    merged = await queries.merged_into(session, ticket.id) if has.merged else []
    return Opened(ticket, talk, said, has, tuple(merged))
