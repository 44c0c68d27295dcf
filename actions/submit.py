"""Opening the ticket of a confirmed draft. Validates again: a form may end for other reasons."""

from rasa_sdk.events import SlotSet

from actions.base import Events, HotlineAction, Turn
from hotline.tickets import intake
from hotline.tickets.cards import ticket_card
from hotline.tickets.opening import NewTicket, open_ticket

_RESET: Events = [SlotSet("draft", None), SlotSet("ticket_confirmed", None)]


class SubmitTicket(HotlineAction):
    action_name = "action_submit_ticket"

    async def act(self, turn: Turn) -> Events:
        stored = turn.tracker.get_slot("draft")
        if stored is None:  # the message went to a ticket that was open already
            return _RESET
        draft = intake.draft_from_json(stored)
        if not intake.is_complete(draft):
            turn.say("action_failed")
            return _RESET
        hotline, language = turn.hotline, turn.language
        ticket = await open_ticket(
            hotline,
            turn.conversation.id,
            NewTicket(
                key=f"form:{draft.key}",
                intent=draft.intent,
                description=draft.value("description") or draft.value("order_number"),
                severity=draft.severity,
                severity_words=draft.severity_words,
                facts=intake.open_facts(draft),
            ),
        )
        now = hotline.now()
        name = "ticket_opened" if hotline.calendar.is_open(now) else "ticket_opened_closed"
        if draft.urgent_first:
            name = "ticket_opened_line"
        turn.say(
            name,
            number=ticket.number,
            queue=hotline.words.queue(ticket.queue, language),
            queue_first=hotline.words.queue_first(ticket.queue, language),
            promise_at=hotline.words.time(ticket.first_response_due, now, language),
            opens_at=hotline.words.time(hotline.calendar.next_open(now), now, language),
            hardware_line=hotline.settings.vendor.hardware_line,
            card=ticket_card(hotline, ticket, language),
        )
        return _RESET


class CancelRequest(HotlineAction):
    action_name = "action_cancel"

    async def act(self, turn: Turn) -> Events:
        turn.say("cancelled" if turn.tracker.get_slot("draft") else "cancelled_nothing")
        return _RESET
