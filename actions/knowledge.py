"""Questions: what no article answers is passed on to a colleague, never guessed."""

from dataclasses import replace

from rasa_sdk.events import SlotSet

from actions.base import Events, HotlineAction, Turn
from hotline.tickets.draft import Draft, draft_from_json
from hotline.tickets.kinds import KINDS
from hotline.tickets.noting import with_fact


class Knowledge(HotlineAction):
    """Asked while a request is being filled, the question goes on its ticket."""

    action_name = "action_knowledge"

    async def act(self, turn: Turn) -> Events:
        stored = turn.tracker.get_slot("draft")
        if stored is None:
            _offer_to_pass_on(turn)
            return []
        asked = pass_on(turn, draft_from_json(stored))
        return [SlotSet("draft", replace(asked, misses=0).to_json())]


def pass_on(turn: Turn, draft: Draft) -> Draft:
    """The question goes on the ticket of the request that is being filled."""
    turn.say("dont_know_in_form")
    words = f"{draft.value('description')}\n{turn.text}".strip()
    return with_fact(draft, "description", words)


def _offer_to_pass_on(turn: Turn) -> None:
    hotline, now = turn.hotline, turn.hotline.now()
    if hotline.calendar.is_open(now):
        turn.say("dont_know")
        return
    minutes = hotline.settings.severity[KINDS["ask_knowledge"].usual_severity]
    promise = hotline.calendar.due(now, minutes.first_response_minutes)
    turn.say("dont_know_closed", promise_at=hotline.words.time(promise.due_at, now, turn.language))
