"""Wanting a person; whether one can be had decides if the form goes on."""

from rasa_sdk.events import SlotSet

from actions.base import Events, HotlineAction, Turn
from hotline.conversations.hand_off import want_person


class TalkToHuman(HotlineAction):
    action_name = "action_talk_to_human"

    async def act(self, turn: Turn) -> Events:
        told, waits = await want_person(turn.hotline, turn.conversation.id, turn.language)
        turn.give(told)
        return [SlotSet("handed_off", waits)]

    def events_after_failure(self) -> Events:
        return [SlotSet("handed_off", False)]
