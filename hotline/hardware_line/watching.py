"""From naming the line on: when it is asked whether somebody answered there. In the caller's
transaction."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.hardware_line.rows import LineCheckRow
from hotline.timers.setting import drop_keys, set_timer

ASK, SILENCE = "line_ask", "line_silent"


async def named(session: AsyncSession, hotline: Hotline, ticket_id: int) -> None:
    """The partner has been told to call the line and to quote this ticket's number there."""
    session.add(LineCheckRow(ticket_id=ticket_id, named_at=hotline.now()))
    await ask_later(session, hotline, ticket_id)


async def ask_later(session: AsyncSession, hotline: Hotline, ticket_id: int) -> None:
    """Whether they got through is asked in some minutes; until then silence says nothing."""
    minutes = hotline.settings.hardware_line.followup_minutes
    due = hotline.now() + timedelta(minutes=minutes)
    await drop_keys(session, [_key(ticket_id, SILENCE)])
    await set_timer(session, _key(ticket_id, ASK), ASK, due, ticket=ticket_id)


async def wait_for_answer(session: AsyncSession, hotline: Hotline, ticket_id: int) -> None:
    """It has been asked: no answer is one, too, after some minutes."""
    minutes = hotline.settings.hardware_line.answer_minutes
    due = hotline.now() + timedelta(minutes=minutes)
    await set_timer(session, _key(ticket_id, SILENCE), SILENCE, due, ticket=ticket_id)


async def stop_waiting(session: AsyncSession, ticket_id: int) -> None:
    await drop_keys(session, [_key(ticket_id, ASK), _key(ticket_id, SILENCE)])


async def checks_of(session: AsyncSession, ids: Collection[int]) -> dict[int, LineCheckRow]:
    """How it stands with those of these tickets whose partners were given the number."""
    rows = await session.scalars(select(LineCheckRow).where(LineCheckRow.ticket_id.in_(ids)))
    return {row.ticket_id: row for row in rows}


def _key(ticket_id: int, kind: str) -> str:
    return f"{kind}:{ticket_id}"
