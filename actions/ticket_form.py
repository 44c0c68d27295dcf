"""The ticket form: hears an answer, asks for what is missing, ends when the summary is confirmed.

Rasa's form has one required slot, the confirmation. What a request needs, in which order, and what
an answer means are rules of the core (`hotline.tickets.intake`), so that they can be tested without
an engine; the request being filled travels in the slot `draft`.
"""

import uuid
from dataclasses import replace

from rasa_sdk.events import ActionExecutionRejected, SlotSet

from actions.base import Events, HotlineAction, Turn
from actions.request_words import (
    question_for,
    say_change_which,
    say_summary,
    speak,
)
from hotline.tickets import answers, intake
from hotline.tickets.cards import line_card
from hotline.tickets.intake import CHANGE, CONFIRM, Draft, Heard, Said
from wording import steering

FORM = "ticket_form"
# Wishes that leave the form for a moment or for good, and how sure the classifier must be.
_DIGRESSIONS = frozenset(
    ("ask_hours", "ticket_status", "ticket_list", "talk_to_human", "help", "bot_challenge",
     "thank", "greet", "goodbye", "cancel")
)  # fmt: skip
_SURE, _SURE_OF_FREE_TEXT = 0.45, 0.6
_SHORT_CHARS = 30
_CANCEL_CHARS = 14


class ValidateTicketForm(HotlineAction):
    action_name = "validate_ticket_form"

    async def act(self, turn: Turn) -> Events:
        stored = turn.tracker.get_slot("draft")
        if stored is None:  # Rasa has the loop active already when it asks for the first time
            return await self._begin(turn)
        draft = intake.draft_from_json(stored)
        if _returns_from_digression(turn):
            return _resume(turn, draft)
        if _is_digression(turn, draft):
            return [SlotSet("draft", draft.to_json()), ActionExecutionRejected(FORM)]
        return _hear(turn, draft)

    def events_after_failure(self) -> Events:
        # Something must be set, or Rasa takes the silence for a rejected form.
        return [SlotSet("ticket_confirmed", None)]

    async def _begin(self, turn: Turn) -> Events:
        message = turn.last_typed() if turn.is_button else turn.tracker.latest_message
        said = Said(str(message.get("text") or ""), turn.entities(message))
        if not turn.is_button and await _belongs_to_open_ticket(turn, said):
            return _end(None)
        draft, heard = intake.start(
            uuid.uuid4().hex,
            turn.intent,
            said,
            closed=not turn.hotline.calendar.is_open(turn.hotline.now()),
            visitor=turn.conversation.contact is None,
        )
        if draft.urgent_first:
            card = line_card(turn.hotline, turn.language)
            turn.say("hw_line", hardware_line=card["number"], card=card)
        return _go_on(speak(turn, heard))


def _hear(turn: Turn, draft: Draft) -> Events:
    said = Said("" if turn.is_button else turn.text, turn.entities())
    change = turn.entity("change") if turn.is_button else steering.fact_to_change(turn.text)
    if change and not intake_facts(said):
        question, buttons = question_for(turn, draft, change)
        turn.dispatcher.utter_message(text=question, buttons=buttons)
        return _go_on(intake.ask(draft, change))
    if draft.asked == CONFIRM:
        if steering.is_change(turn.text) or (turn.intent == "deny" and not intake_facts(said)):
            return _go_on(say_change_which(turn, draft))
        if steering.is_less_urgent(turn.text):
            calmer = intake.less_urgent(draft)
            words = turn.hotline.words.severity(calmer.severity, turn.language, calmer.kind.queue)
            turn.say("less_urgent", severity_words=words)
            return _go_on(calmer)
        heard = Heard(draft) if turn.is_button else intake.hear(draft, said)
        if turn.intent == "affirm" or steering.starts_with_yes(turn.text):
            kept = heard.draft if heard.noted and heard.noted != ("description",) else draft
            return _end(kept)
        return _go_on(speak(turn, heard))
    if turn.is_button:  # a yes or no by an old button, where a fact is asked
        return _resume(turn, draft)
    return _go_on(speak(turn, intake.hear(draft, said)))


def intake_facts(said: Said) -> bool:
    return any(kind != "change" for kind, _value in said.facts)


async def _belongs_to_open_ticket(turn: Turn, said: Said) -> bool:
    """Whether the message answers a colleague, or says why a fix did not help."""
    asking = turn.conversation.asking or {}
    number = asking.get("ticket")
    if number is None:
        return False
    if asking["kind"] == "solved":
        if not steering.starts_with_no(said.text):
            return False
        await answers.reopen(turn.hotline, turn.conversation.id, number, said.text)
        ticket = await answers.add(turn.hotline, turn.conversation.id, number, said.text)
        now = turn.hotline.now()
        promise_at = turn.hotline.words.time(ticket.due_at, now, turn.language)
        turn.say("reopened", number=number, reason=said.text, promise_at=promise_at)
        return True
    await answers.add(turn.hotline, turn.conversation.id, number, said.text)
    turn.say("added", number=number, said=said.text)
    return True


def _is_digression(turn: Turn, draft: Draft) -> bool:
    """By confidence and length: a long answer that resembles a wish is still an answer."""
    if turn.intent not in _DIGRESSIONS:
        return False
    if turn.is_button:
        return True
    if len(turn.text) > (_CANCEL_CHARS if turn.intent == "cancel" else _SHORT_CHARS):
        return False
    if any(kind == draft.asked for kind, _value in turn.entities()):
        return False
    free = draft.asked not in (CONFIRM, CHANGE, "serial", "phone", "order_number", "quantity")
    return turn.confidence >= (_SURE_OF_FREE_TEXT if free else _SURE)


def _returns_from_digression(turn: Turn) -> bool:
    for event in reversed(turn.tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") not in ("action_listen", FORM):
            return not str(event.get("name")).startswith("action_extract")
    return False


def _resume(turn: Turn, draft: Draft) -> Events:
    if draft.asked in (CONFIRM, CHANGE, None):
        say_summary(turn, draft)
        return _go_on(intake.ask(draft, CONFIRM))
    question, buttons = question_for(turn, draft, draft.asked)
    task = turn.hotline.words.say(f"task.{draft.intent}", turn.language)
    turn.say("resume", task=task, next_question=question, buttons=buttons)
    return _go_on(replace(draft))


def _go_on(draft: Draft) -> Events:
    return [SlotSet("draft", draft.to_json()), SlotSet("ticket_confirmed", None)]


def _end(draft: Draft | None) -> Events:
    return [
        SlotSet("draft", draft.to_json() if draft else None),
        SlotSet("ticket_confirmed", True),
        SlotSet("requested_slot", None),
    ]
