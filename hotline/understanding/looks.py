"""Which messages are worth a look: noted as it happens, in the transaction of what happens.

Whoever calls has locked the conversation.
"""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import messages
from hotline.conversations.rows import MessageRow
from hotline.understanding.intents import FALLBACK, NONE_OF_THESE, WANTS_PERSON
from hotline.understanding.rows import LookRow

UNSURE, CORRECTED, HANDED_OVER = "unsure", "corrected", "handed_over"
REASONS = (CORRECTED, HANDED_OVER, UNSURE)  # what tells most comes first


async def after_turn(session: AsyncSession, message: MessageRow) -> None:
    """What the engine was not sure of is worth a look."""
    if message.intent == FALLBACK:
        await _note(session, message, UNSURE)


async def after_button(session: AsyncSession, conversation_id: str, payload: str) -> None:
    """So is what was answered with readings, if the partner presses another than the likeliest.

    Called before the pressing itself is a message.
    """
    payloads = [one["payload"] for one in await messages.last_buttons(session, conversation_id)]
    if payloads[-1:] != [f"/{NONE_OF_THESE}"] or payload not in payloads:
        return
    said: MessageRow | None = await session.scalar(_said(conversation_id).limit(1))
    pressed = payload.removeprefix("/")
    if said is not None and _was_read(said) and pressed != _likeliest(said):
        await _note(session, said, CORRECTED, pressed)


async def after_hand_off(session: AsyncSession, conversation_id: str) -> None:
    """So are the last words typed before the wish for a person, unless nothing has read them.

    The wish itself may be typed as well: its turn is under way, so nothing has answered it yet.
    """
    before = _said(conversation_id).where(
        MessageRow.payload.is_(None),
        MessageRow.answered_at.is_not(None),
        MessageRow.intent.is_distinct_from(WANTS_PERSON),
    )
    said: MessageRow | None = await session.scalar(before.limit(1))
    if said is not None and _was_read(said):
        await _note(session, said, HANDED_OVER)


def _said(conversation_id: str) -> Select[Any]:
    """What the partner said, the newest first."""
    return (
        select(MessageRow)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.sender == "partner",
            MessageRow.text != "",
        )
        .order_by(MessageRow.seq.desc())
    )


def _was_read(said: MessageRow) -> bool:
    """Whether the engine has read the words themselves."""
    return said.payload is None and said.intent is not None


def _likeliest(said: MessageRow) -> str | None:
    ranking = said.ranking or []
    return str(ranking[0]["intent"]) if ranking else None


async def _note(
    session: AsyncSession, message: MessageRow, reason: str, pressed: str | None = None
) -> None:
    look = await session.get(LookRow, message.id)
    if look is None:
        look = LookRow(message_id=message.id, conversation_id=message.conversation_id)
        session.add(look)
    setattr(look, reason, True)
    look.pressed = pressed or look.pressed
    await session.flush()
