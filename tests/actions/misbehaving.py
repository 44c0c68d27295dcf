"""Actions as no one should write them, for the action server to serve beside the real ones."""

import asyncio

import actions.dialogue
import actions.ticket_form  # noqa: F401
from actions import permissions
from actions.base import Events, HotlineAction, Turn
from hotline.errors import NotAllowed

permissions.ACTIONS |= {
    f"action_{what}": permissions.SPEAKER
    for what in ("raises", "refuses", "dawdles", "tells_who_asks")
}


class Raises(HotlineAction):
    """Fails in the middle, with the partner's words in its exception."""

    action_name = "action_raises"

    async def act(self, turn: Turn) -> Events:
        turn.say("thank")
        raise RuntimeError(turn.text)


class Refuses(HotlineAction):
    action_name = "action_refuses"

    async def act(self, turn: Turn) -> Events:
        raise NotAllowed(turn.text)


class Dawdles(HotlineAction):
    """Never comes to an end by itself."""

    action_name = "action_dawdles"
    deadline_s = 0.2

    async def act(self, turn: Turn) -> Events:
        turn.say("thank")
        await asyncio.Event().wait()
        return []


class TellsWhoAsks(HotlineAction):
    """Says who is asking, as the action knows it."""

    action_name = "action_tells_who_asks"

    async def act(self, turn: Turn) -> Events:
        contact = turn.conversation.contact
        turn.say("thank", contact=contact.email if contact else None, language=turn.language)
        return []
