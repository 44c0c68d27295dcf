"""Questions about the own company's records, and what the buttons under an answer begin."""

from rasa_sdk.events import FollowupAction

from actions.base import Events, HotlineAction, Turn
from actions.follow_up import answers_question, drop_question
from actions.which_ticket import in_form
from hotline.partners import look_ups
from hotline.partners.look_ups import LOOK_UPS
from hotline.partners.telling import Question
from hotline.tickets.asking import ask
from hotline.tickets.draft import Heard
from wording.amounts import whole_dollars
from wording.request_facts import is_claim

_FORM = "ticket_form"
_DENY = "/deny"


class Record(HotlineAction):
    """Answers at once; a button that wants more than the record can tell begins a request."""

    action_name = "action_record"
    failure_words = "record_unavailable"

    async def act(self, turn: Turn) -> Events:
        step = turn.entity("step")
        if step and step not in LOOK_UPS[turn.intent].views:
            return [FollowupAction(_FORM)]
        # 「BDF 那張」 may say which ticket was meant a moment ago.
        if await answers_question(turn, "which", "number", "correct_to", "rate_why"):
            return []
        if not in_form(turn):
            await drop_question(turn)
        question = Question(
            turn.intent,
            text="" if turn.is_button else turn.text,
            view=step,
            page=_number(turn, "page") or 1,
            year=_number(turn, "year"),
            is_last=not (in_form(turn) or turn.further),
        )
        reply = await look_ups.answer(turn.hotline, turn.conversation, question, turn.language)
        turn.give(reply)
        if any(button["payload"] == _DENY for button in reply.buttons):
            # Or a no would answer what was asked before, such as whether a ticket is solved.
            await ask(turn.hotline, turn.conversation.id, "record")
        return []


def _number(turn: Turn, kind: str) -> int | None:
    said = turn.entity(kind) or ""
    return int(said) if said.isdecimal() else None


def begun_by(turn: Turn) -> tuple[tuple[str, str], ...]:
    """The facts of the request that a button under a record begins; none for another button."""
    words = turn.hotline.words.catalogue
    return tuple(words.below(f"step.{turn.entity('step')}", turn.language).items())


def asks_to_look(turn: Turn, intent: str) -> tuple[tuple[str, str], ...]:
    """The description of a ticket for a colleague who looks, where nothing was typed for it."""
    words = turn.hotline.words
    record = words.say(f"task.{intent}", turn.language)
    return (("description", words.say("please_look", turn.language, record=record)),)


async def say_over_balance(turn: Turn, heard: Heard) -> None:
    """An application for more than the fund has left: said at once, to whoever may know it.

    A claim is paid from what was applied for before.
    """
    draft = heard.draft
    if draft.intent != "campaign_bdf" or "amount" not in heard.noted:
        return
    amount = whole_dollars(draft.value("amount"))
    if amount is None or is_claim(draft.value("purpose")):
        return
    told = await look_ups.over_balance(
        turn.hotline, turn.conversation, draft.intent, amount, turn.language
    )
    if told is not None:
        turn.give(told)
