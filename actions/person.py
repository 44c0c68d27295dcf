"""Wanting a person; whether one can be had decides if the form goes on."""

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import Events, HotlineAction, Turn
from actions.follow_up import follows_up
from actions.which_ticket import in_form
from hotline.hand_off.wanting import want_person
from wording.about_tickets import why_in
from wording.waiting import instead_of_waiting


class TalkToHuman(HotlineAction):
    action_name = "action_talk_to_human"

    async def act(self, turn: Turn) -> Events:
        # 「找主管」 after a ticket is about that ticket, and its lead has one to read.
        if why_in(turn.text) == "lead" and await follows_up(turn, "ticket_escalate"):
            return [SlotSet("handed_off", False)]
        if (
            not turn.is_button
            and not in_form(turn)
            and instead_of_waiting(turn.text) == "call_back"
        ):
            return [SlotSet("handed_off", False), FollowupAction("ticket_form")]
        told, waits = await want_person(turn.hotline, turn.conversation.id, turn.language)
        turn.give(told)
        return [SlotSet("handed_off", waits)]

    def events_after_failure(self) -> Events:
        return [SlotSet("handed_off", False)]
