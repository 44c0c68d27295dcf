"""How long each kind of data is kept: what is due, and what becomes of it.

A kind is a query for the ids that are due before a moment, and what is done to them. The query asks
anew for each batch, so a run may break off, be repeated or meet another one. Nothing of an open
ticket is ever due, nor of a conversation that somebody waits in or speaks in.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from hotline.access_codes.rows import AccessCodeRow
from hotline.calls.rows import CallRow
from hotline.conversations.rows import ConversationRow, EngineSessionRow, FileRow, MessageRow
from hotline.core import Hotline
from hotline.intake.rows import IntakeMessageRow
from hotline.partners.rows import PartnerSessionRow
from hotline.privacy.becomes import Erasing
from hotline.privacy.inventory import Reach
from hotline.privacy.treating import treat
from hotline.tickets.moves import OPEN_STATES
from hotline.tickets.rows import RatingRow, TicketRow
from hotline.timers.rows import TimerRow
from hotline.words.catalogue import LANGUAGES

Due = Callable[[Hotline, datetime], Select[Any]]
Done = Callable[[AsyncSession, Hotline, Sequence[Any]], Awaitable[None]]


@dataclass(frozen=True)
class Period:
    """`kind` with `_days` behind it is the setting; `due` gives ids, the same ones until done."""

    kind: str
    due: Due
    done: Done


def _conversations_without_ticket(hotline: Hotline, before: datetime) -> Select[Any]:
    tickets = exists().where(TicketRow.conversation_id == ConversationRow.id)
    return _quiet_conversations(before).where(~tickets)


def _conversations_of_tickets(hotline: Hotline, before: datetime) -> Select[Any]:
    ticket = aliased(TicketRow)
    of_it = ticket.conversation_id == ConversationRow.id
    recent = exists().where(of_it, or_(ticket.state != "closed", ticket.closed_at >= before))
    return _quiet_conversations(before).where(exists().where(of_it), ~recent)


def _files(hotline: Hotline, before: datetime) -> Select[Any]:
    return (
        select(FileRow.id)
        .join(ConversationRow, ConversationRow.id == FileRow.conversation_id)
        .where(FileRow.created_at < before, *_at_rest())
        .order_by(FileRow.created_at, FileRow.id)
    )


def _tickets(hotline: Hotline, before: datetime) -> Select[Any]:
    """Closed ones that still have words, and that no open one goes on from or was merged with."""
    other = aliased(TicketRow)
    is_needed = exists().where(
        other.state.in_(OPEN_STATES),
        or_(other.follows == TicketRow.number, other.id == TicketRow.merged_into_id),
    )
    erased = [hotline.words.say("erased.words", language) for language in LANGUAGES]
    return (
        select(TicketRow.id)
        .where(
            TicketRow.state == "closed",
            TicketRow.closed_at < before,
            or_(TicketRow.description != "", TicketRow.subject.not_in(erased)),
            ~is_needed,
        )
        .order_by(TicketRow.closed_at, TicketRow.id)
    )


def _calls(hotline: Hotline, before: datetime) -> Select[Any]:
    """Those that still say who it was or what about, and are about no open ticket."""
    is_of_open = exists().where(TicketRow.id == CallRow.ticket_id, TicketRow.state.in_(OPEN_STATES))
    says = or_(*(column != "" for column in (CallRow.caller, CallRow.company, CallRow.phone,
                                             CallRow.words)))  # fmt: skip
    return (
        select(CallRow.id)
        .where(CallRow.ended_at < before, says, ~is_of_open)
        .order_by(CallRow.ended_at, CallRow.id)
    )


def _intake(hotline: Hotline, before: datetime) -> Select[Any]:
    """Those that still say who it was, and opened no ticket that is open."""
    row = IntakeMessageRow
    is_of_open = exists().where(TicketRow.id == row.ticket_id, TicketRow.state.in_(OPEN_STATES))
    says = or_(*(column != "" for column in (row.caller, row.phone, row.email, row.subject)))
    return (
        select(row.id)
        .where(row.created_at < before, says, ~is_of_open)
        .order_by(row.created_at, row.id)
    )


def _access_codes(hotline: Hotline, before: datetime) -> Select[Any]:
    return select(AccessCodeRow.id).where(AccessCodeRow.sent_at < before).order_by(AccessCodeRow.id)


def _sessions(hotline: Hotline, before: datetime) -> Select[Any]:
    ended = func.coalesce(PartnerSessionRow.ended_at, PartnerSessionRow.ends_at)
    return select(PartnerSessionRow.id).where(ended < before).order_by(PartnerSessionRow.id)


def _engine_sessions(hotline: Hotline, before: datetime) -> Select[Any]:
    return (
        select(EngineSessionRow.sender_id)
        .join(ConversationRow, ConversationRow.id == EngineSessionRow.conversation_id)
        .where(
            EngineSessionRow.opened_at < before,
            or_(
                ConversationRow.engine_sender.is_distinct_from(EngineSessionRow.sender_id),
                ~_was_said_since(before),
            ),
            *_at_rest(),
        )
        .order_by(EngineSessionRow.opened_at, EngineSessionRow.sender_id)
    )


def _timers(hotline: Hotline, before: datetime) -> Select[Any]:
    return (
        select(TimerRow.id)
        .where(TimerRow.done_at < before)
        .order_by(TimerRow.done_at, TimerRow.due_at, TimerRow.id)
    )


async def _erase_conversations(session: AsyncSession, hotline: Hotline, ids: Sequence[Any]) -> None:
    await treat(session, Erasing(hotline), Reach(conversations=frozenset(ids)))


async def _erase_files(session: AsyncSession, hotline: Hotline, ids: Sequence[Any]) -> None:
    """A message that was nothing but the file says that it is gone."""
    sent = list(await session.scalars(select(MessageRow).where(MessageRow.file_id.in_(ids))))
    for message in sent:
        message.file_id = None
        message.text = message.text or hotline.words.say("erased.file", message.language)
    await session.flush()
    await session.execute(delete(FileRow).where(FileRow.id.in_(ids)))


async def _erase_tickets(session: AsyncSession, hotline: Hotline, ids: Sequence[Any]) -> None:
    ratings = select(RatingRow.id).where(RatingRow.ticket_id.in_(ids))
    await treat(session, Erasing(hotline), Reach(tickets=frozenset(ids), ratings=ratings))


async def _erase_calls(session: AsyncSession, hotline: Hotline, ids: Sequence[Any]) -> None:
    await treat(session, Erasing(hotline), Reach(calls=frozenset(ids)))


async def _erase_intake(session: AsyncSession, hotline: Hotline, ids: Sequence[Any]) -> None:
    await treat(session, Erasing(hotline), Reach(intake=frozenset(ids)))


async def _erase_codes(session: AsyncSession, hotline: Hotline, ids: Sequence[Any]) -> None:
    await session.execute(delete(AccessCodeRow).where(AccessCodeRow.id.in_(ids)))


async def _erase_sessions(session: AsyncSession, hotline: Hotline, ids: Sequence[Any]) -> None:
    await session.execute(delete(PartnerSessionRow).where(PartnerSessionRow.id.in_(ids)))


async def _erase_engine(session: AsyncSession, hotline: Hotline, ids: Sequence[Any]) -> None:
    """The next turn of such a conversation begins a session; the events are swept afterwards."""
    await session.execute(delete(EngineSessionRow).where(EngineSessionRow.sender_id.in_(ids)))


async def _erase_timers(session: AsyncSession, hotline: Hotline, ids: Sequence[Any]) -> None:
    await session.execute(delete(TimerRow).where(TimerRow.id.in_(ids)))


PERIODS = (
    Period("conversations", _conversations_without_ticket, _erase_conversations),
    Period("ticket_conversations", _conversations_of_tickets, _erase_conversations),
    Period("files", _files, _erase_files),
    Period("tickets", _tickets, _erase_tickets),
    Period("calls", _calls, _erase_calls),
    Period("intake", _intake, _erase_intake),
    Period("access_codes", _access_codes, _erase_codes),
    Period("sessions", _sessions, _erase_sessions),
    Period("engine", _engine_sessions, _erase_engine),
    Period("timers", _timers, _erase_timers),
)


def _quiet_conversations(before: datetime) -> Select[Any]:
    """Those with words in them, the last of them said before then."""
    has_words = exists().where(MessageRow.conversation_id == ConversationRow.id)
    return (
        select(ConversationRow.id)
        .where(ConversationRow.created_at < before, has_words)
        .where(~_was_said_since(before), *_at_rest())
        .order_by(ConversationRow.created_at, ConversationRow.id)
    )


def _was_said_since(moment: datetime) -> ColumnElement[bool]:
    return exists().where(
        MessageRow.conversation_id == ConversationRow.id, MessageRow.created_at >= moment
    )


def _at_rest() -> tuple[ColumnElement[bool], ...]:
    """Nobody waits or speaks there, and no open ticket was opened or spoken of there."""
    ticket = aliased(TicketRow)
    is_of_open = exists().where(
        and_(
            or_(
                ticket.conversation_id == ConversationRow.id,
                ticket.number == ConversationRow.last_ticket,
            ),
            ticket.state.in_(OPEN_STATES),
        )
    )
    return ConversationRow.holder.not_in(("queue", "person")), ~is_of_open
