"""Why a conversation came to a person, and what it was about: read from what is stored.

Nothing is kept for it: the journal says when, and what was said before says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import MessageRow
from hotline.journal import Entry, EntryRow, entry_of
from hotline.knowledge.deciding import REFUSE
from hotline.knowledge.rows import TEXT_CHARS, QuestionRow
from hotline.understanding.intents import FALLBACK, TALK, WANTS_PERSON

# The partner wished for a person; the assistant was not sure; its article did not help; it had no
# answer; a step failed; there was no engine; a colleague passed it on, or spoke up by themselves.
ASKED, UNSURE, NOT_HELPED, NO_ANSWER, FAILED, NO_ENGINE, HANDED_ON, TAKEN = (
    "asked", "unsure", "not_helped", "no_answer", "failed", "no_engine", "handed_on", "taken",
)  # fmt: skip
REASONS = (ASKED, UNSURE, NOT_HELPED, NO_ANSWER, FAILED, NO_ENGINE, HANDED_ON, TAKEN)

_QUEUED = ("conversation.queued", "conversation.handed_on")
_TAKEN = "conversation.taken"
_ENDED = ("conversation.left_queue", "conversation.given_back", "conversation.closed")
_WISH, _WISH_WITHOUT_ENGINE, _TRY_AGAIN = f"/{WANTS_PERSON}", "desk:human", "/affirm"
_NOT_HELPED, _NONE_FITS = '"step":"not_helped"', '"step":"none"'
_UNCLEAR = (FALLBACK, "inform")
_MOST_ENTRIES, _MOST_MESSAGES = 20, 60
_MOST_BEFORE, _MOST_WHILE_WAITING = 2, 3


@dataclass(frozen=True)
class Words:
    """What the partner typed, how it was read, and how surely (0 to 1); None: nothing read it.

    `likeliest` is the best of the readings where none was sure enough.
    """

    text: str
    language: str
    at: datetime
    intent: str | None = None
    confidence: float | None = None
    likeliest: str | None = None


@dataclass(frozen=True)
class HandOff:
    """`unsure` is how often in a row the assistant had not been sure."""

    reasons: tuple[str, ...]
    at: datetime
    unsure: int = 0


@dataclass(frozen=True)
class Matter:
    """What a conversation is about in the partner's own words, and why it came to a person."""

    words: tuple[Words, ...]
    hand_off: HandOff | None


async def matter_of(session: AsyncSession, conversation_id: str) -> Matter:
    """The words of a conversation that came to a person are those before the wish, and those
    said while waiting; of another one, the last that are about something."""
    came = _coming(await _entries(session, conversation_id))
    said = await _said(session, conversation_id)
    return Matter(_about(said), None) if came is None else await _matter(session, came, said)


async def hand_off_of(session: AsyncSession, conversation_id: str) -> HandOff | None:
    """Why a conversation came to a person last; None of one that never did."""
    came = _coming(await _entries(session, conversation_id))
    if came is None:
        return None
    return (await _matter(session, came, await _said(session, conversation_id))).hand_off


async def _matter(session: AsyncSession, came: Entry, said: Sequence[MessageRow]) -> Matter:
    if came.kind == _TAKEN or came.actor.startswith("staff:"):
        before = [one for one in said if one.created_at <= came.at]
        by_staff = TAKEN if came.kind == _TAKEN else HANDED_ON
        return Matter(_about(before), HandOff((by_staff,), came.at))
    wish = _wish(said, came.at)
    if wish is None:
        return Matter(_about(said), HandOff((ASKED,), came.at))
    before = [one for one in said if one.seq < wish.seq]
    behind = [one for one in said if one.seq > wish.seq]
    why = await _reasons(session, wish, before)
    about, later = _about(before) or _about([wish]), _typed(behind)[:_MOST_WHILE_WAITING]
    if later and all(one.intent in TALK for one in about):
        about = ()  # a greeting tells nothing beside what was said then
    words = (*about, *later)
    return Matter(words, HandOff(why, came.at, _unsure(before)))


def _coming(entries: Sequence[Entry]) -> Entry | None:
    """The entry by which it came to a person last; `entries` are the newest first."""
    came = [entry for entry in entries if entry.kind not in _ENDED]
    if not came:
        return None
    place = entries.index(came[0])
    before = entries[place + 1] if place + 1 < len(entries) else None
    was_waiting = before is not None and before.kind in _QUEUED
    return before if came[0].kind == _TAKEN and was_waiting else came[0]


async def _reasons(
    session: AsyncSession, wish: MessageRow, said: Sequence[MessageRow]
) -> tuple[str, ...]:
    """What had gone before, and the wish itself unless it was a button that was offered for it."""
    partner = [one for one in said if one.sender == "partner"]
    last = partner[-1] if partner else None
    offered = {
        button["payload"]
        for one in said
        if one.sender == "bot" and (last is None or one.seq > last.seq)
        for button in one.buttons or ()
    }
    why = await _what_went_wrong(session, wish, last, offered)
    return (*why, ASKED) if wish.payload is None or not why else why


async def _what_went_wrong(
    session: AsyncSession, wish: MessageRow, last: MessageRow | None, offered: set[str]
) -> tuple[str, ...]:
    if last is None:
        return ()
    if wish.payload == _WISH_WITHOUT_ENGINE or _WISH_WITHOUT_ENGINE in offered:
        return (FAILED,) if last.intent else (NO_ENGINE,)
    if {_WISH, _TRY_AGAIN} <= offered:
        return (FAILED,)
    pressed = last.payload or ""
    if _NOT_HELPED in pressed:
        return (NOT_HELPED,)
    if _NONE_FITS in pressed or await _was_refused(session, last):
        return (NO_ANSWER,)
    return (UNSURE,) if last.intent in _UNCLEAR and _WISH in offered else ()


async def _was_refused(session: AsyncSession, said: MessageRow) -> bool:
    found = await session.scalar(
        select(QuestionRow.id)
        .where(
            QuestionRow.conversation_id == said.conversation_id,
            QuestionRow.outcome == REFUSE,
            QuestionRow.text == said.text[:TEXT_CHARS],
        )
        .limit(1)
    )
    return found is not None


def _unsure(said: Sequence[MessageRow]) -> int:
    """How many of the last words in a row were not understood."""
    count = 0
    for one in reversed([one for one in said if one.sender == "partner"]):
        if one.intent not in _UNCLEAR:
            break
        count += 1
    return count


def _wish(said: Sequence[MessageRow], at: datetime) -> MessageRow | None:
    """The wish for a person, else whatever was said last before it came to one."""
    before = [one for one in said if one.sender == "partner" and one.created_at <= at]
    for one in reversed(before):
        if one.intent == WANTS_PERSON or one.payload in (_WISH, _WISH_WITHOUT_ENGINE):
            return one
    return before[-1] if before else None


def _about(said: Sequence[MessageRow]) -> tuple[Words, ...]:
    """The newest two messages that are about something; of greetings and the like, the newest."""
    typed = [one for one in said if _is_typed(one)]
    telling = [one for one in typed if one.intent not in (*TALK, WANTS_PERSON)]
    return tuple(_words(one) for one in telling[-_MOST_BEFORE:] or typed[-1:])


def _typed(said: Sequence[MessageRow]) -> tuple[Words, ...]:
    return tuple(_words(one) for one in said if _is_typed(one))


def _is_typed(one: MessageRow) -> bool:
    return one.sender == "partner" and one.payload is None and bool(one.text)


def _words(one: MessageRow) -> Words:
    ranking = one.ranking or []
    likeliest = next((r["intent"] for r in ranking if r["intent"] != FALLBACK), None)
    return Words(one.text, one.language, one.created_at, one.intent, one.confidence, likeliest)


async def _entries(session: AsyncSession, conversation_id: str) -> list[Entry]:
    rows = await session.scalars(
        select(EntryRow)
        .where(
            EntryRow.conversation_id == conversation_id,
            EntryRow.kind.in_((*_QUEUED, _TAKEN, *_ENDED)),
        )
        .order_by(EntryRow.id.desc())
        .limit(_MOST_ENTRIES)
    )
    return [entry_of(row) for row in rows]


async def _said(session: AsyncSession, conversation_id: str) -> list[MessageRow]:
    """What the partner and the assistant said last, in order."""
    rows = await session.scalars(
        select(MessageRow)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.sender.in_(("partner", "bot")),
        )
        .order_by(MessageRow.seq.desc())
        .limit(_MOST_MESSAGES)
    )
    return list(reversed(list(rows)))
