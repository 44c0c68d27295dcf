"""Drives turns: one at a time per conversation, stored first, always answered."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import structlog

from desk.chat import proving, without_engine
from desk.chat.without_engine import RETRY
from desk.engine import Engine, EngineUnavailable
from hotline.conversations import messages, turns
from hotline.conversations.messages import Message
from hotline.conversations.service import find
from hotline.conversations.turns import Incoming, Received
from hotline.core import Hotline

log = structlog.get_logger("desk.turns")

_ASK_AGAIN = "/inform"  # no fact in it: the engine puts the question that stands once more
_LAST_WORDS_S = 3.0  # for a mail that is on its way when the desk stops


class Driver:
    """`on_change` is called after each stored change, `on_typing` around the engine's turn."""

    def __init__(
        self,
        hotline: Hotline,
        engine: Engine,
        on_change: Callable[[], None],
        on_typing: Callable[[str, bool], None],
    ) -> None:
        self._hotline = hotline
        self._engine = engine
        self._changed = on_change
        self._typing = on_typing
        # The newest turn of each conversation; a new one waits for it, so they keep their order.
        self._turns: dict[str, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._beside: set[asyncio.Task[None]] = set()  # what no turn waits for

    async def receive(self, conversation_id: str, incoming: Incoming) -> Received:
        """Store a message and let it be answered in the background."""
        received = await turns.receive(self._hotline, conversation_id, incoming)
        self._changed()
        if received.fresh:
            self._start(conversation_id, received)
        return received

    def go_on(self, conversation_id: str, asked_seq: int | None) -> None:
        """Greet whoever has just signed in beside the conversation, and go on where it was."""
        self._after_turns(
            conversation_id, lambda: self._welcome(conversation_id, asked_seq), asked_seq or 0
        )

    def beside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what no turn and no page waits for."""

        async def run() -> None:
            try:
                await work
            except Exception as failure:  # the edge: nobody waits who could be told
                log.error("beside_failed", why=type(failure).__name__, exc_info=True)

        task = asyncio.create_task(run())
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def settled(self, conversation_id: str) -> None:
        """Wait until everything received so far has been answered."""
        if running := self._turns.get(conversation_id):
            await asyncio.wait([running])

    async def nothing_beside(self, within_s: float) -> None:
        """Wait until all that runs beside the turns has ended, at most `within_s`."""
        if self._beside:
            await asyncio.wait(self._beside, timeout=within_s)

    async def answer_leftovers(self) -> None:
        """After a restart: whoever was left without an answer is told, and nothing is lost."""
        async with self._hotline.database.read() as session:
            left = await messages.unanswered(session)
        for conversation_id in {row.conversation_id for row in left}:
            last = max(row.seq for row in left if row.conversation_id == conversation_id)
            await self._fall_back(conversation_id, last)

    async def close(self) -> None:
        await self.nothing_beside(_LAST_WORDS_S)
        running = (*self._running, *self._beside)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _start(self, conversation_id: str, received: Received) -> None:
        self._after_turns(
            conversation_id,
            lambda: self._answer(conversation_id, received),
            received.message.seq,
        )

    def _after_turns(
        self, conversation_id: str, work: Callable[[], Coroutine[Any, Any, None]], seq: int
    ) -> None:
        """Let `work` be the conversation's next turn; if it fails, so has message `seq`."""
        before = self._turns.get(conversation_id)
        task = asyncio.create_task(self._take_turn(before, conversation_id, work, seq))
        self._turns[conversation_id] = task
        self._running.add(task)
        task.add_done_callback(lambda done: self._forget(conversation_id, done))

    def _forget(self, conversation_id: str, done: asyncio.Task[None]) -> None:
        self._running.discard(done)
        if self._turns.get(conversation_id) is done:
            del self._turns[conversation_id]

    async def _take_turn(
        self,
        before: asyncio.Task[None] | None,
        conversation_id: str,
        work: Callable[[], Coroutine[Any, Any, None]],
        seq: int,
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await work()
        except Exception as failure:  # the edge: the partner gets words whatever happened
            log.error("turn_failed", why=type(failure).__name__, exc_info=True)
            await self._fall_back(conversation_id, seq)
        finally:
            self._changed()

    async def _answer(self, conversation_id: str, received: Received) -> None:
        message = received.message
        async with self._hotline.database.read() as session:
            conversation = await find(session, conversation_id)
        if conversation.holder == "person":
            return
        if message.payload == RETRY:
            words = await self._last_words(conversation_id)
            message = replace(message, text=words.text, payload=words.payload) if words else message
            await self._ask_engine(conversation_id, message)
            return
        own = await without_engine.answer(self._hotline, conversation, received)
        if own is not None and own.beside is not None:
            self.beside(own.beside)
        if own is None:
            await self._ask_engine(conversation_id, message)
        elif own.asked is not None:
            await turns.say_first(self._hotline, conversation_id, own.replies)
            await self._answer(conversation_id, _asking_again(received, own.asked))
        elif own.then == "engine":
            await turns.say_first(self._hotline, conversation_id, own.replies)
            message = replace(message, payload=own.payload or message.payload)
            await self._ask_engine(conversation_id, message)
        elif own.then == "resume" and await turns.has_form(self._hotline, conversation_id):
            await turns.say_first(self._hotline, conversation_id, own.replies)
            await self._ask_engine(conversation_id, replace(message, payload=_ASK_AGAIN))
        else:
            await turns.answer_without_engine(
                self._hotline, conversation_id, message.seq, own.replies
            )

    async def _welcome(self, conversation_id: str, asked_seq: int | None) -> None:
        """As after a code in the chat, but nothing was said: the turn is about what was before."""
        async with self._hotline.database.read() as session:
            conversation = await find(session, conversation_id)
        own = await proving.welcome(self._hotline, conversation, conversation.contact, asked_seq)
        await turns.say_first(self._hotline, conversation_id, own.replies)
        async with self._hotline.database.read() as session:
            conversation = await find(session, conversation_id)
        if conversation.holder == "person":
            return
        about = Message(
            conversation.last_seq, None, "partner", "", conversation.language, self._hotline.now()
        )
        if own.asked is not None:
            received = Received(about, True, conversation.holder)
            await self._answer(conversation_id, _asking_again(received, own.asked))
        elif await turns.has_form(self._hotline, conversation_id):
            await self._ask_engine(conversation_id, replace(about, payload=_ASK_AGAIN))

    async def _ask_engine(self, conversation_id: str, message: Message) -> None:
        turn = await turns.begin(self._hotline, conversation_id, message)
        self._typing(conversation_id, True)
        try:
            answer = await self._engine.answer(turn, f"{conversation_id}-{message.seq}")
        except EngineUnavailable as failure:
            log.error("engine_unavailable", why=str(failure))
            await self._fall_back(conversation_id, message.seq)
            return
        finally:
            self._typing(conversation_id, False)
        await turns.store_answer(self._hotline, conversation_id, message, turn, answer)

    async def _fall_back(self, conversation_id: str, up_to_seq: int) -> None:
        async with self._hotline.database.read() as session:
            language = (await find(session, conversation_id)).language
        reply = self._hotline.replies.say("engine_down", language)
        await turns.answer_without_engine(
            self._hotline, conversation_id, up_to_seq, [reply], failed=True
        )
        self._changed()

    async def _last_words(self, conversation_id: str) -> Message | None:
        """What "try again" is about: the newest message that is not one of the desk's buttons."""
        async with self._hotline.database.read() as session:
            said = await messages.recent(session, conversation_id)
        return next(
            (
                message
                for message in reversed(said)
                if message.sender == "partner"
                and not (message.payload or "").startswith(without_engine.OWN)
            ),
            None,
        )


def _asking_again(received: Received, asked: Message) -> Received:
    """What was asked before, at the place of the message that allows to answer it now."""
    message = replace(received.message, text=asked.text, payload=asked.payload)
    return Received(message, received.fresh, received.holder)
