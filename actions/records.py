"""Questions about the own company's records, and what the buttons under an answer begin."""

from typing import Any

from rasa_sdk.events import FollowupAction

from actions.base import Events, HotlineAction, Turn
from actions.follow_up import answers_question, drop_question
from actions.knowledge import answers_follow_up
from actions.which_ticket import in_form
from hotline.conversations import messages
from hotline.conversations.looked_up import AGAIN, remember
from hotline.partners import look_ups
from hotline.partners.look_ups import LOOK_UPS
from hotline.partners.telling import Question
from hotline.replies import Reply
from hotline.tickets.draft import Heard
from wording.amounts import whole_dollars
from wording.record_wishes import period_in
from wording.request_facts import is_claim
from wording.steering import is_question

_FORM = "ticket_form"


class Record(HotlineAction):
    """Answers at once; a button that wants more than the record can tell begins a request."""

    action_name = "action_record"
    failure_words = "record_unavailable"

    async def act(self, turn: Turn) -> Events:
        step = turn.entity("step")
        if step and step != AGAIN and step not in LOOK_UPS[turn.intent].views:
            return [FollowupAction(_FORM)]
        # 「BDF 那張」 may say which ticket was meant a moment ago.
        if await answers_question(turn, "which", "number", "correct_to", "rate_why"):
            return []
        if await answers_follow_up(turn):
            return []
        if not in_form(turn):
            await drop_question(turn)
        question = await _once_more(turn) if step == AGAIN else _asked(turn, step)
        reply = await look_ups.answer(turn.hotline, turn.conversation, question, turn.language)
        turn.give(reply)
        await _remember(turn, question, reply, follows=step == AGAIN)
        return []


def _asked(turn: Turn, view: str | None) -> Question:
    """What the words or the button of `view` ask."""
    return Question(
        turn.intent,
        text="" if turn.is_button else turn.text,
        view=view,
        page=_number(turn, "page") or 1,
        year=_number(turn, "year"),
        is_last=not (in_form(turn) or turn.further),
    )


async def _once_more(turn: Turn) -> Question:
    """What was told last, with the year, the quarter or the person that the message names."""
    async with turn.hotline.database.read() as session:
        said = await messages.recent(session, turn.conversation.id)
    text = next((one.text for one in reversed(said) if one.sender == "partner"), "")
    before = _told(turn)
    named = period_in(text, turn.today)
    return Question(
        turn.intent,
        text=text,
        view=None if named.quarter else before.get("view"),
        year=named.year or before.get("year"),
        quarter=named.quarter or before.get("quarter"),
        is_last=not in_form(turn),
    )


async def _remember(turn: Turn, question: Question, reply: Reply, *, follows: bool) -> None:
    """The record told, for a follow-up; and that its question is the one that stands."""
    if turn.conversation.contact is None:
        return
    asks = question.is_last and bool(reply.buttons) and is_question(reply.text)
    named = period_in(question.text, turn.today)
    await remember(
        turn.hotline,
        turn.conversation.id,
        turn.intent,
        asks=asks,
        year=question.year or named.year,
        quarter=question.quarter or named.quarter,
        view=question.view if question.view == "quarters" else None,
        said="\n".join(filter(None, (follow_ups(turn), question.text))) if follows else "",
    )


def follow_ups(turn: Turn) -> str:
    """The words in which the record told last was asked for once more, a line each."""
    return str(_told(turn).get("said") or "")


def _told(turn: Turn) -> dict[str, Any]:
    return (turn.conversation.asking or {}).get("record") or {}


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
    """An application, or a claim, for more than is left: said at once, to whoever may know it."""
    draft = heard.draft
    if draft.intent != "campaign_bdf" or "amount" not in heard.noted:
        return
    amount = whole_dollars(draft.value("amount"))
    if amount is None:
        return
    told = await look_ups.over_balance(
        turn.hotline,
        turn.conversation,
        draft.intent,
        amount,
        turn.language,
        is_claim=is_claim(draft.value("purpose")),
    )
    if told is not None:
        turn.give(told)
