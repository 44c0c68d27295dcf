"""A partner's turn about a ticket: words are stored, the action acts and utters; what is kept."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select

from actions.base import HotlineAction, Turn
from hotline.core import Hotline
from hotline.tickets import queries
from hotline.tickets.rows import RatingRow
from hotline.tickets.ticket import Ticket
from tests.core.desk_work import conversation_row, says
from wording.facts import find_facts

Uttered = list[dict[str, Any]]


@dataclass(frozen=True)
class Partner:
    """One conversation. `form`: a request is being filled beside."""

    hotline: Hotline
    conversation_id: str
    form: bool = False

    async def says(self, action: HotlineAction, text: str) -> Uttered:
        entities = [
            {"entity": fact.kind, "value": fact.value, "start": fact.start}
            for fact in find_facts(text)
        ]
        return await self._turn(action, text, text, entities, "inform")

    async def presses(self, action: HotlineAction, intent: str, **values: str) -> Uttered:
        entities = [{"entity": kind, "value": value, "start": 0} for kind, value in values.items()]
        return await self._turn(action, intent, f"/{intent}", entities, intent)

    async def _turn(
        self,
        action: HotlineAction,
        shown: str,
        text: str,
        entities: list[dict[str, Any]],
        intent: str,
    ) -> Uttered:
        await says(self.hotline, self.conversation_id, shown, uuid4().hex)
        conversation = await conversation_row(self.hotline, self.conversation_id)
        message = {
            "text": text,
            "entities": entities,
            "intent": {"name": intent, "confidence": 0.9},
        }
        slots = {"draft": {"intent": "admin_order"}} if self.form else {}
        dispatcher = CollectingDispatcher()
        tracker = Tracker("sender", slots, message, [], False, None, {}, None)
        await action.act(Turn(self.hotline, conversation, tracker, dispatcher, message))
        return list(dispatcher.messages)


def speaks(hotline: Hotline, ticket: Ticket) -> Partner:
    assert ticket.conversation_id is not None
    return Partner(hotline, ticket.conversation_id)


def response(uttered: Uttered) -> str:
    """The name of the one response that was uttered."""
    [name] = [said["response"] for said in uttered if said.get("response")]
    return str(name).removeprefix("utter_")


def payloads(uttered: Uttered) -> list[str]:
    return [button["payload"] for said in uttered for button in said.get("buttons") or []]


async def notes(hotline: Hotline, ticket: Ticket) -> list[tuple[str, str]]:
    async with hotline.database.read() as session:
        return [(note.kind, note.text) for note in await queries.notes_of(session, ticket.id)]


async def rated(hotline: Hotline) -> list[tuple[int, str]]:
    async with hotline.database.read() as session:
        rows = await session.scalars(select(RatingRow).order_by(RatingRow.id))
        return [(row.score, row.words) for row in rows]
