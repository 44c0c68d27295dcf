"""One turn: what the partner said is stored first, then the engine may see it, then the answer.

The desk drives a turn and keeps turns of one conversation apart; here are its transactions.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.access_codes.heard import GAVE_CODE, OFFERED, heard, offers, question, stands
from hotline.access_codes.heard import MASK as CODE_MASK
from hotline.conversations import messages
from hotline.conversations.looked_up import AGAIN, just_told
from hotline.conversations.messages import File, Message, file_row
from hotline.conversations.rows import ConversationRow, EngineSessionRow
from hotline.conversations.service import is_in_form, locked, say
from hotline.conversations.withheld import withhold
from hotline.core import Hotline
from hotline.errors import BadInput, NotFound, TooLarge
from hotline.journal import write_entry
from hotline.privacy.placeholders import is_erased
from hotline.replies import Reply
from hotline.understanding import looks
from wording.access_codes import code_in
from wording.choice import chosen
from wording.language import asked_language, language_of
from wording.passwords import masked, without_codes
from wording.record_wishes import is_follow_up, takes_offer
from wording.steering import is_leave, is_no, is_yes
from wording.text import is_blank, plain, strip_control, without_command

TURNS_PER_ENGINE_SESSION = 15  # the engine's cost grows with its session
_UNCLEAR = ("nlu_fallback", "inform", None)


@dataclass(frozen=True)
class Incoming:
    """What came from the partner's page: typed text, a pressed button, or a file (with words)."""

    client_id: str
    text: str = ""
    payload: str | None = None
    file: File | None = None
    caller: str = ""  # where it came from, for counting only


@dataclass(frozen=True)
class Received:
    """A stored message. `fresh` is false for a repeat of one that was stored before.

    `code` is a pasted access code, which is stored nowhere.
    """

    message: Message
    fresh: bool
    holder: str
    blank: bool = False
    masked: bool = False  # it had a password in it
    code: str | None = field(default=None, repr=False)
    caller: str = ""


@dataclass(frozen=True)
class Turn:
    """What the engine is asked: exactly one of `text` and `payload` is meant to be read by it."""

    sender_id: str
    text: str
    language: str


@dataclass(frozen=True)
class Answer:
    """What the engine said, and what it made of the message."""

    replies: Sequence[Reply]
    form: str | None
    intent: str | None
    confidence: float | None
    entities: Sequence[dict[str, Any]] = ()
    ranking: Sequence[dict[str, Any]] = ()


async def receive(hotline: Hotline, conversation_id: str, incoming: Incoming) -> Received:
    """Store what the partner said, once per client id, before anybody acts on it."""
    said = strip_control(incoming.text).strip()
    text = masked(said)
    is_masked = text != said
    text = without_codes(text)
    limit = hotline.settings.limits.text_chars
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if is_erased(row.proven_email):
            raise NotFound("no such conversation")
        if again := await messages.by_client_id(session, row.id, incoming.client_id):
            return Received(messages.snapshot(again), False, row.holder)
        if len(text) > limit:
            words = hotline.replies.text("too_long", row.language, limit=limit)
            raise TooLarge(words, reason="too_long", limit=limit)
        now = hotline.now()
        if row.holder == "nobody":  # it was closed: whoever writes again goes on
            row.holder, row.held_since = "bot", now
        button = await _pressed(session, row.id, text, incoming.payload)
        is_typed = not button and incoming.payload is None and incoming.file is None
        proves = heard(row.asking, said, now) if is_typed else None
        means = proves or (await _means_of_record(session, row, text) if is_typed else None)
        if button:
            text = button["title"]
            await looks.after_button(session, row.id, button["payload"])
        elif proves == GAVE_CODE:
            text, is_masked = CODE_MASK, False
        elif incoming.payload is not None:
            text = text or without_command(strip_control(incoming.payload)).strip()
        if not text and incoming.file is None:
            raise BadInput(hotline.replies.text("blank", row.language), reason="blank")
        if not button:
            row.language = await _language_after(session, row, text)
        if incoming.file:
            session.add(file_row(row.id, incoming.file, now))
            await session.flush()
        message = await messages.append(
            session,
            row,
            now,
            "partner",
            text,
            client_id=incoming.client_id,
            payload=button["payload"] if button else means,
            file_id=incoming.file.id if incoming.file else None,
        )
        if row.holder == "person":  # it reads along: nobody else is to answer, not even later
            message.answered_at = now
        await write_entry(
            session,
            now,
            "message.stored",
            "partner",
            conversation_id=row.id,
            seq=message.seq,
            sender="partner",
        )
        blank = not button and incoming.file is None and is_blank(text)
        await session.refresh(message)
        code = code_in(said) if proves == GAVE_CODE else None
        return Received(
            messages.snapshot(message), True, row.holder, blank, is_masked, code, incoming.caller
        )


async def say_first(hotline: Hotline, conversation_id: str, replies: Sequence[Reply]) -> None:
    """The desk's own words before the engine's answer; the message still waits for that."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if row.holder != "person" and not is_erased(row.proven_email):
            for reply in replies:
                await say(session, hotline, row, "bot", reply)


async def has_form(hotline: Hotline, conversation_id: str) -> bool:
    """Whether a request is being filled."""
    async with hotline.database.read() as session:
        row = await session.get(ConversationRow, conversation_id)
        return row is not None and await is_in_form(session, row)


async def speak_in(hotline: Hotline, conversation_id: str, language: str) -> None:
    """Go on in `language`, also in the middle of a form."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        row.language = language


async def begin(hotline: Hotline, conversation_id: str, message: Message) -> Turn:
    """The engine session that answers `message`: the running one, or a new one when that is due."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if is_erased(row.proven_email):
            raise NotFound("no such conversation")
        current = (
            await session.get(EngineSessionRow, row.engine_sender) if row.engine_sender else None
        )
        if current is None or _is_used_up(current):
            current = EngineSessionRow(
                sender_id=secrets.token_urlsafe(24),
                conversation_id=row.id,
                opened_at=hotline.now(),
                turns=0,
                done=False,
            )
            session.add(current)
            row.engine_sender = current.sender_id
        current.turns += 1
        text = message.payload if message.payload else without_command(message.text)
        return Turn(current.sender_id, text, row.language)


async def store_answer(
    hotline: Hotline, conversation_id: str, message: Message, turn: Turn, answer: Answer
) -> bool:
    """Store what the assistant says, unless a person has taken over meanwhile (then False)."""
    now = hotline.now()
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if is_erased(row.proven_email):  # while the engine was thinking
            return False
        await messages.mark_answered(session, row.id, message.seq, now)
        engine = await session.get(EngineSessionRow, turn.sender_id)
        if engine is not None:
            engine.done = engine.done or (engine.form is not None and answer.form is None)
            engine.form = answer.form
        asked = await messages.by_client_id(session, row.id, message.client_id or "")
        if asked is not None:
            asked.intent, asked.confidence = answer.intent, answer.confidence
            # Else it was a button, or is about what was asked before: not these words.
            if asked.payload is None and asked.text == turn.text:
                asked.entities, asked.ranking = list(answer.entities), list(answer.ranking)
                await looks.after_turn(session, asked)
        if answer.intent not in _UNCLEAR:
            row.unsure = 0
        if row.holder == "person":
            await withhold(session, hotline, row, answer.replies)
            return False
        await _say_all(session, hotline, row, message.seq, answer.replies, form=answer.form)
        return True


async def answer_without_engine(
    hotline: Hotline,
    conversation_id: str,
    up_to_seq: int,
    replies: Sequence[Reply],
    *,
    failed: bool = False,
) -> None:
    """The desk's own words to everything up to `up_to_seq`.

    After a turn that `failed` the next one has a new engine session, unless a request is being
    filled: the engine forgets the turn that died and keeps what was filled before it.
    """
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        await messages.mark_answered(session, row.id, up_to_seq, hotline.now())
        if failed and not await is_in_form(session, row):
            row.engine_sender = None
        if row.holder != "person" and not is_erased(row.proven_email):
            await _say_all(session, hotline, row, up_to_seq, replies)


async def _say_all(
    session: AsyncSession,
    hotline: Hotline,
    row: ConversationRow,
    asked_seq: int,
    replies: Sequence[Reply],
    *,
    form: str | None = None,
) -> None:
    """Say the replies. Where they offer a code, what was asked is remembered until it is proven who
    asks; where a request is being filled, its own question stands again."""
    for reply in replies:
        await say(session, hotline, row, "bot", reply)
    now = hotline.now()
    if any(offers(reply.buttons) for reply in replies):
        asked = await messages.newest_question(session, row.id, asked_seq)
        row.asking = question(OFFERED, asked, now, row.asking)
    elif form is not None and stands(row.asking, now):
        row.asking = None


async def _language_after(session: AsyncSession, row: ConversationRow, text: str) -> str:
    """The language to go on in: the one asked for; else, outside a form, the message's own."""
    if wanted := asked_language(text):
        return wanted
    if await is_in_form(session, row):
        return row.language
    return language_of(text, "en" if row.language == "en" else "zh-TW")


async def _pressed(
    session: AsyncSession, conversation_id: str, text: str, payload: str | None
) -> dict[str, str] | None:
    """The button meant by `payload` or by typing its label or place; only buttons still offered."""
    buttons = await messages.last_buttons(session, conversation_id)
    if payload is not None:
        return next((button for button in buttons if button["payload"] == payload), None)
    if len(buttons) == 1 and any(char.isdigit() for char in plain(text)):
        return None  # 「1」 beside a lone 「略過」 answers the question
    place = chosen(text, [button["title"] for button in buttons]) if text and buttons else None
    if place is not None:
        return buttons[place]
    # 「開一張工單 … 好嗎？」［開工單］［不用了］: a yes is the first of the two.
    payloads = [button["payload"] for button in buttons]
    is_offer = (
        payloads[1:] == ["/deny"]
        or payloads == ["/talk_to_human", "/other_request"]
        or payloads[:2] == ["/leave_message", "desk:voice"]
    )
    return buttons[0] if is_offer and is_yes(text) else None


async def _means_of_record(session: AsyncSession, row: ConversationRow, text: str) -> str | None:
    """The payload of a typed message that goes on from the record told just before; or None.

    A yes to the question under it is its first button, and 「那去年呢」 asks it once more.
    """
    told = await just_told(session, row)
    if told is None:
        return None
    if told["asks"] and takes_offer(text):
        buttons = await messages.last_buttons(session, row.id)
        return buttons[0]["payload"] if buttons else None
    if told["asks"] and (is_no(text) or is_leave(text)):
        return "/deny"
    in_form = await is_in_form(session, row)
    if is_follow_up(text, told["intent"], in_form=in_form):
        return f'/{told["intent"]}{{"step":"{AGAIN}"}}'
    return None


def _is_used_up(engine: EngineSessionRow) -> bool:
    return engine.form is None and (engine.done or engine.turns >= TURNS_PER_ENGINE_SESSION)
