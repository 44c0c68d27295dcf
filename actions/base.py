"""What every action shares: the core, the conversation, and no escaping exception.

Rasa loses the events of an action that fails and says nothing; its server even echoes the whole
request, personal data included, into the answer. So here every failure becomes words.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import permissions
from hotline.conversations.service import Conversation, ask_next, for_sender
from hotline.core import Hotline, open_hotline
from hotline.errors import HotlineError
from hotline.replies import Reply
from hotline.settings import load_settings
from hotline.tickets.draft import Wish
from hotline.tickets.kinds import FACT_OF_ENTITY, KINDS

Events = list[dict[str, Any]]

FORM = "ticket_form"

# Of what the engine's tagger reads by the words around it, only this fills a request: a day it has
# marked may be none that a calendar knows, and how urgent it is `wording.severity` says.
_TAGGED, _TAGGED_FACTS = "WordTagger", ("customer",)

log = structlog.get_logger("actions")


@dataclass(frozen=True)
class Turn:
    """One call of an action: who is asking (from the row, never from words) and what was said."""

    hotline: Hotline
    conversation: Conversation
    tracker: Tracker
    dispatcher: CollectingDispatcher
    wish: dict[str, Any] | None = None  # said earlier, and to be done now

    @property
    def message(self) -> dict[str, Any]:
        """What is to be acted upon, as the engine understood it."""
        return self.wish if self.wish is not None else dict(self.tracker.latest_message)

    @property
    def language(self) -> str:
        return self.conversation.language

    @property
    def today(self) -> date:
        return self.hotline.today()

    @property
    def text(self) -> str:
        return str(self.message.get("text") or "")

    @property
    def is_button(self) -> bool:
        return self.text.startswith("/")

    @property
    def intent(self) -> str:
        return str((self.message.get("intent") or {}).get("name") or "")

    @property
    def confidence(self) -> float:
        return float((self.message.get("intent") or {}).get("confidence") or 0)

    @property
    def further(self) -> tuple[Wish, ...]:
        """What else was wished for in the same message, in order."""
        found = (self.message.get("metadata") or {}).get("wishes") or []
        return tuple(
            Wish(wish["intent"]["name"], wish["text"], self.entities(wish)) for wish in found
        )

    def about(self, wish: Wish) -> "Turn":
        """This turn as if `wish` had just been said."""
        facts = [{"entity": kind, "value": value} for kind, value in wish.facts]
        said = {"text": wish.text, "intent": {"name": wish.intent}, "entities": facts}
        return replace(self, wish=said)

    def without_further(self, but: Sequence[Wish]) -> "Turn":
        """This turn with no other further wishes than `but`."""
        metadata = dict(self.message.get("metadata") or {})
        found = metadata.get("wishes") or []
        kept = {(wish.intent, wish.text) for wish in but}
        metadata["wishes"] = [one for one in found if (one["intent"]["name"], one["text"]) in kept]
        return replace(self, wish={**self.message, "metadata": metadata})

    def entities(self, message: dict[str, Any] | None = None) -> tuple[tuple[str, str], ...]:
        """(kind, value) of the facts in a message, in the order of its words.

        What the tagger has marked counts at the beginning only: once a request is being filled, an
        answer that names a place or a person is no other customer.
        """
        begins = not self.tracker.get_slot("draft")
        found = (message or self.message).get("entities") or []
        return tuple(
            (FACT_OF_ENTITY.get(entity["entity"], str(entity["entity"])), str(entity["value"]))
            for entity in sorted(found, key=lambda entity: entity.get("start") or 0)
            if entity.get("extractor") != _TAGGED or (begins and entity["entity"] in _TAGGED_FACTS)
        )

    def entity(self, kind: str) -> str | None:
        return next((value for found, value in self.entities() if found == kind), None)

    def typed(self) -> list[dict[str, Any]]:
        """The messages of this session that were typed, not pressed, the newest first."""
        return [
            dict(event.get("parse_data") or {}, text=event["text"])
            for event in reversed(self.tracker.events)
            if event.get("event") == "user" and not str(event.get("text") or "/").startswith("/")
        ]

    def give(self, reply: Reply) -> None:
        """Say a reply of the core, with its buttons and its card."""
        self.dispatcher.utter_message(text=reply.text, buttons=list(reply.buttons))
        if reply.card:
            self.dispatcher.utter_message(json_message=reply.card)

    def say(
        self,
        name: str,
        *,
        buttons: list[dict[str, str]] | None = None,
        card: dict[str, Any] | None = None,
        **values: object,
    ) -> None:
        """Utter a response of the domain, with a card behind it if there is one."""
        self.dispatcher.utter_message(response=f"utter_{name}", buttons=buttons or [], **values)
        if card:
            self.dispatcher.utter_message(json_message=card)


class HotlineAction(Action, ABC):  # type: ignore[misc]
    """An action with a deadline, from which no exception escapes."""

    # Two of them, the form's and the ticket's, must fit into the desk's patience with a turn.
    deadline_s = 3.0
    action_name: str
    failure_words = "action_failed"

    def __init_subclass__(cls) -> None:
        if name := getattr(cls, "action_name", None):
            permissions.require_line(name)

    def name(self) -> str:
        return self.action_name

    @abstractmethod
    async def act(self, turn: Turn) -> Events:
        """Do it and give back Rasa's events."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        try:
            async with asyncio.timeout(self.deadline_s):
                hotline = await _core.get()
                async with hotline.database.read() as session:
                    conversation = await for_sender(session, tracker.sender_id)
                    await hotline.refresh(session)
                turn = Turn(hotline, conversation, tracker, dispatcher)
                return [*await self.act(turn), *await self.afterwards(turn)]
        except (HotlineError, TimeoutError) as refused:
            log.warning("action_refused", action=self.action_name, why=type(refused).__name__)
        except Exception as failure:
            # The edge: no traceback with values in it, which would carry a person's words.
            log.error("action_failed", action=self.action_name, why=type(failure).__name__)
        dispatcher.messages.clear()
        dispatcher.utter_message(response=f"utter_{self.failure_words}")
        return self.events_after_failure()

    async def afterwards(self, turn: Turn) -> Events:
        """What else the message wished for is offered, once this is done."""
        await offer_next(turn, turn.further)
        return []

    def events_after_failure(self) -> Events:
        return []


async def offer_next(turn: Turn, wishes: tuple[Wish, ...]) -> None:
    """Offer the first of `wishes`; the conversation's row keeps them all until the answer."""
    if not wishes:
        return
    await ask_next(turn.hotline, turn.conversation.id, [wish.to_json() for wish in wishes])
    task = turn.hotline.words.say(f"task.{wishes[0].intent}", turn.language)
    kind = KINDS.get(wishes[0].intent)
    is_look_up = kind is not None and kind.is_about_own_record
    turn.say("offer_look_up" if is_look_up else "offer_next", b=task)


class _Core:
    """The core, opened once inside the action server's own event loop."""

    def __init__(self) -> None:
        self._hotline: Hotline | None = None
        self._opening = asyncio.Lock()
        self._stack = AsyncExitStack()

    async def get(self) -> Hotline:
        async with self._opening:
            if self._hotline is None:
                self._hotline = await self._stack.enter_async_context(open_hotline(load_settings()))
            return self._hotline


_core = _Core()
