"""Wanting a person: in open hours a place in the queue, otherwise what can be done now."""

from rasa_sdk.events import SlotSet

from actions.base import Events, HotlineAction, Turn
from hotline.conversations.holding import join_queue


class TalkToHuman(HotlineAction):
    action_name = "action_talk_to_human"

    async def act(self, turn: Turn) -> Events:
        hotline, now = turn.hotline, turn.hotline.now()
        if hotline.calendar.is_open(now):
            async with hotline.database.write() as session:
                ahead = await join_queue(session, hotline, turn.conversation.id)
            turn.say("handoff_wait", place=ahead + 1)
            return [SlotSet("handed_off", True)]
        promise = hotline.calendar.due(now, hotline.settings.severity[3].first_response_minutes)
        turn.say(
            "handoff_closed",
            opens_at=hotline.words.time(hotline.calendar.next_open(now), now, turn.language),
            promise_at=hotline.words.time(promise.due_at, now, turn.language),
        )
        return [SlotSet("handed_off", False)]

    def events_after_failure(self) -> Events:
        return [SlotSet("handed_off", False)]
