"""The ticket form: hears an answer, asks for what is missing, ends when the summary is confirmed.

Rasa's form has one required slot, the confirmation. What a request needs, in which order, and what
an answer means are rules of the core (`hotline.tickets.intake`), so that they can be tested without
an engine; the request being filled travels in the slot `draft`.
"""

import uuid
from dataclasses import replace
from typing import Any

from rasa_sdk.events import ActionExecutionRejected, SlotSet

from actions import outage
from actions.base import FORM, Events, HotlineAction, Turn
from actions.earlier_machine import said_by_pointing
from actions.follow_up import drop_question
from actions.knowledge import answers_follow_up, answers_instead
from actions.leaving_form import (
    FEW_CHARS,
    is_about_a_ticket,
    is_digression,
    length,
    new_wish,
    returns_from_digression,
)
from actions.open_tickets import belongs_to_open_ticket
from actions.recordings import with_recording
from actions.records import Record, asks_to_look, begun_by, follow_ups, say_over_balance
from actions.request_words import (
    ask_for,
    say_change_which,
    say_less_urgent,
    say_summary,
    say_which_first,
    speak,
    task_of,
)
from actions.wishes import answer_in_between, waiting
from hotline.conversations.service import ask_next
from hotline.partners.look_ups import LOOK_UPS as RECORDS
from hotline.tickets import intake, noting, queries, questions, told, wish_order
from hotline.tickets.draft import (
    CHANGE,
    CONFIRM,
    WHICH_FIRST,
    Draft,
    Heard,
    Said,
    Wish,
    draft_from_json,
)
from hotline.tickets.kinds import KINDS
from wording import steering, wishes
from wording.fact_names import fact_to_change, new_value
from wording.text import folded
from wording.ticket_wishes import wants_lower

# What somebody may have been typing when a button then said: a ticket, please.
_ABOUT_A_REQUEST = frozenset((*KINDS, "inform", "nlu_fallback"))
_MOST_LINES = 4


class ValidateTicketForm(HotlineAction):
    action_name = "validate_ticket_form"

    async def act(self, turn: Turn) -> Events:
        stored = turn.tracker.get_slot("draft")
        if stored is None:  # Rasa has the loop active already when it asks for the first time
            return await self._begin(turn)
        draft = _as_known(turn, draft_from_json(stored))
        if (spoken := await with_recording(turn, draft)) is not draft:
            return _go_on(speak(turn, Heard(spoken, ("description",))))
        if returns_from_digression(turn):
            return _resume(turn, draft)
        if draft.asked == CONFIRM and not turn.is_button and wishes.sends(turn.text):
            return _end(draft)
        pointed = await said_by_pointing(turn, draft)
        if isinstance(pointed, Draft):
            return _go_on(pointed)
        if pointed:
            return _go_on(speak(turn, intake.hear(draft, pointed, closed=_is_closed(turn))))
        if is_digression(turn, draft):
            draft = _without_look_up(draft, turn.intent)
            return [SlotSet("draft", draft.to_json()), ActionExecutionRejected(FORM)]
        if draft.asked == WHICH_FIRST:
            return await self._choose(turn, draft)
        if wish := _wants_first(turn, draft):
            if wish.intent in RECORDS:
                return await _look_up_first(turn, draft, wish)
            return await self._swap(turn, draft, wish)
        if wish := new_wish(turn, draft):
            return await _turn_to(turn, draft, draft, wish)
        return await _hear(*await answer_in_between(turn, draft))

    async def afterwards(self, turn: Turn) -> Events:
        return []  # the draft keeps what else is wished for

    def events_after_failure(self) -> Events:
        # Something must be set, or Rasa takes the silence for a rejected form.
        return [SlotSet("ticket_confirmed", None)]

    async def _begin(self, turn: Turn) -> Events:
        offered = waiting(turn)
        if offered and turn.intent == "affirm":
            return await self._go_to_next(turn, offered)
        intent, said = _wish(turn)
        if intent not in KINDS:
            # Else 「請打電話給我」 was taken for wanting a person now.
            intent = outage.REQUEST if outage.reports_outage(turn) else "leave_message"
        if not turn.is_button and await belongs_to_open_ticket(turn, said):
            return _end(None)
        if await answers_follow_up(turn) or await answers_instead(turn, intent):
            return _end(None)
        await drop_question(turn)
        if offered:
            await ask_next(turn.hotline, turn.conversation.id, [])
        still = tuple(wish for wish in offered if wish.intent != intent)
        return await self._start(turn, intent, said, (*turn.further, *still))

    async def _start(
        self, turn: Turn, intent: str, said: Said, further: tuple[Wish, ...], key: str = ""
    ) -> Events:
        contact = turn.conversation.contact
        if contact is None and KINDS[intent].is_about_own_record:
            turn.give(told.sign_in(turn.hotline, turn.language))
            return _end(None)
        left = await _left_before(turn)
        heard = intake.start(
            key or uuid.uuid4().hex,
            intent,
            replace(said, facts=(*said.facts, *left)),
            closed=_is_closed(turn),
            visitor=contact is None,
            reachable=contact is not None and bool(contact.phone),
        )
        if begun_by(turn):  # nothing was said that could be read back
            heard = replace(heard, noted=())
        told_before = {kind for kind, _value in left} - {kind for kind, _value in said.facts}
        heard = replace(heard, noted=tuple(it for it in heard.noted if it not in told_before))
        draft = replace(await with_recording(turn, heard.draft), wishes=further)
        await say_over_balance(turn, heard)
        return _go_on(speak(turn, replace(heard, draft=draft, more=bool(turn.further))))

    async def _go_to_next(self, turn: Turn, waiting: list[Wish]) -> Events:
        """The wish that was offered: said before, or a request that was put aside half filled."""
        wish, *later = waiting
        await ask_next(turn.hotline, turn.conversation.id, [])
        if wish.draft is not None:
            draft = draft_from_json(wish.draft)
            return _resume(turn, replace(draft, wishes=(*draft.wishes, *later)))
        said = Said(wish.text, wish.facts, turn.today)
        return await self._start(turn, wish.intent, said, tuple(later))

    async def _choose(self, turn: Turn, draft: Draft) -> Events:
        """An answer to "which first?"; one that is neither goes on with what was under way."""
        assert draft.other is not None
        named, back = wishes.named_first(turn.text), wish_order.finish_first(draft)
        another = new_wish(turn, back)
        is_named = wishes.new_first(turn.text) or _is_called(turn, draft.other, named)
        if another and not is_named and another.intent != draft.other.intent:
            return await _turn_to(turn, draft, back, another)
        if is_named or another:
            wish = draft.other
            aside = (*draft.wishes, wish_order.put_aside(replace(draft, wishes=())))
            said = Said(wish.text, wish.facts, turn.today)
            return await self._start(turn, wish.intent, said, aside)
        draft = back
        if turn.is_button or (wishes.finish_first(turn.text) and not turn.entities()):
            return _resume(turn, draft)
        if steering.is_yes(turn.text) or steering.is_no_answer(turn.text):
            return _resume(turn, draft)
        return await _hear(turn, draft)

    async def _swap(self, turn: Turn, draft: Draft, wish: Wish) -> Events:
        """`wish` comes first after all; the request under way waits as it stands."""
        later = tuple(one for one in draft.wishes if one is not wish)
        aside = (*later, wish_order.put_aside(replace(draft, wishes=(), stood=draft.asked)))
        if wish.draft is not None:
            return _resume(turn, replace(draft_from_json(wish.draft), wishes=aside))
        return await self._start(turn, wish.intent, Said(wish.text, wish.facts, turn.today), aside)


async def _turn_to(turn: Turn, asked: Draft, draft: Draft, wish: Wish) -> Events:
    """Another wish: a question that an article answers is answered, and what was `asked` stands;
    of a request it is asked whether it comes before `draft`.
    """
    if await answers_instead(turn, wish.intent, alone=True):
        return _resume(turn, asked)
    return _go_on(say_which_first(turn, draft, wish))


async def _look_up_first(turn: Turn, draft: Draft, wish: Wish) -> Events:
    """A look-up takes no time: answered, and the request goes on."""
    await Record().act(turn.about(wish))
    return _resume(turn, _without_look_up(draft, wish.intent))


def _without_look_up(draft: Draft, intent: str) -> Draft:
    """What is looked up in between is not offered once more afterwards."""
    later = (one for one in draft.wishes if one.intent != intent or intent not in RECORDS)
    return replace(draft, wishes=tuple(later))


def _wants_first(turn: Turn, draft: Draft) -> Wish | None:
    """The wish that is named as the one to come first, waiting or not: 「先報修」."""
    named = "" if turn.is_button else wishes.named_first(turn.text)
    if not named:
        return None
    unsaid = (Wish(intent) for intent in KINDS if intent != draft.intent)
    called = (one for one in unsaid if folded(task_of(turn, one.intent)) in (named, f"the {named}"))
    waiting = (one for one in draft.wishes if _is_called(turn, one, named))
    return next(waiting, None) or next(called, None)


def _is_called(turn: Turn, wish: Wish, named: str) -> bool:
    task = folded(task_of(turn, wish.intent)).removeprefix("the ")
    return bool(named) and (named in task or task in named)


def _as_known(turn: Turn, draft: Draft) -> Draft:
    """`draft` for whoever is asking by now: a visitor may have proved who it is meanwhile."""
    contact = turn.conversation.contact
    if contact is None:
        return replace(draft, visitor=True, reachable=False)
    return questions.known_by_now(draft, reachable=bool(contact.phone))


async def _left_before(turn: Turn) -> tuple[tuple[str, str], ...]:
    """How a visitor can be reached, as it stands on the last ticket of this conversation.

    Of a contact we know all but a number that they gave for once.
    """
    async with turn.hotline.database.read() as session:
        opened = await queries.tickets_of_conversation(session, turn.conversation.id, limit=1)
    kinds = ("phone",) if turn.conversation.is_known else ("contact", "phone", "email")
    return tuple((kind, value) for one in opened for kind in kinds if (value := one.fact(kind)))


def _wish(turn: Turn) -> tuple[str, Said]:
    """What is wanted, and the words for it: behind a button, those that were typed before."""
    if not turn.is_button:
        return turn.intent, Said(turn.text, turn.entities(), turn.today)
    if begun := begun_by(turn):  # under a record: what was asked of that is no part of the request
        return turn.intent, Said("", begun, turn.today)
    about: list[dict[str, Any]] = []
    for message in turn.typed()[:_MOST_LINES]:
        if _intent_of(message) not in _ABOUT_A_REQUEST or _is_answered(turn, message):
            break
        about.insert(0, message)
    lines = [str(message["text"]) for message in about]
    if turn.intent in RECORDS and (more := follow_ups(turn)):
        lines.append(more)
    text = "\n".join(lines)
    facts = tuple(fact for message in about for fact in turn.entities(message))
    intent = turn.intent
    if intent == "other_request":  # 「開工單」 says that a ticket is wanted, not what for
        meant = [name for message in about if (name := _likely_request(message))]
        intent = meant[-1] if meant else intent
    if intent in RECORDS and not text:
        facts = asks_to_look(turn, intent)
    return intent, Said(text, facts, turn.today)


def _is_answered(turn: Turn, message: dict[str, Any]) -> bool:
    """Whether a message of before was a look-up, when something else is to be passed on now."""
    looks_up = turn.conversation.is_known and _intent_of(message) in RECORDS
    return turn.intent == "leave_message" and looks_up


def _intent_of(message: dict[str, Any]) -> str:
    return str((message.get("intent") or {}).get("name") or "")


def _likely_request(message: dict[str, Any]) -> str | None:
    """The request that a message is likeliest to be, even one the classifier was not sure of."""
    if _intent_of(message) in KINDS:
        return _intent_of(message)
    if _intent_of(message) != "nlu_fallback":
        return None
    ranking = [item.get("name") for item in message.get("intent_ranking") or []]
    return next((name for name in ranking[:3] if name in KINDS), None)


async def _hear(turn: Turn, draft: Draft) -> Events:
    said = Said("" if turn.is_button else turn.text, turn.entities(), turn.today)
    draft = replace(draft, wishes=(*draft.wishes, *turn.further))
    if steering.is_mere_correction(said.text):
        return _go_on(say_change_which(turn, draft))
    change = turn.entity("change") if turn.is_button else _named_fact(draft, said)
    if change:
        return _go_on(ask_for(turn, draft, change))
    if draft.asked in (CONFIRM, CHANGE):
        if steering.is_change(turn.text) or _is_plain_no(turn):
            return _go_on(say_change_which(turn, draft))
        if _is_less_urgent(turn):
            return _go_on(say_less_urgent(turn, intake.less_urgent(draft)))
        if draft.asked == CONFIRM and _agrees(turn):
            return await _confirmed(turn, draft, said)
    if turn.is_button:  # the desk wants the question again, or it is a yes by an old button
        return _resume(turn, draft)
    if _says_what_it_is(turn, draft):
        heard = intake.start(
            draft.key,
            turn.intent,
            said,
            closed=_is_closed(turn),
            visitor=draft.visitor,
            reachable=draft.reachable,
        )
        begun = replace(heard.draft, told_held_up=draft.told_held_up)
        return _go_on(speak(turn, replace(heard, draft=begun)))
    if is_about_a_ticket(turn, draft):
        return _go_on(speak(turn, Heard(draft, no_answer=True)))
    heard = intake.hear(draft, said, closed=_is_closed(turn))
    await say_over_balance(turn, heard)
    return _go_on(speak(turn, replace(heard, more=bool(turn.further))))


def _named_fact(draft: Draft, said: Said) -> str | None:
    """The fact that is to be changed, where only its name is said: 「改序號」."""
    fact = fact_to_change(said.text)
    if fact is None or noting.has_facts(said) or new_value(said.text):
        return None
    return fact if draft.asked in (CONFIRM, CHANGE) or draft.value(fact) else None


def _is_less_urgent(turn: Turn) -> bool:
    """「不用那麼急啦 Less urgent」 presses the button twice."""
    is_short = length(turn.text) <= FEW_CHARS and not turn.entities()
    return steering.is_less_urgent(turn.text) or (is_short and wants_lower(turn.text))


def _is_plain_no(turn: Turn) -> bool:
    return steering.is_no(turn.text) or (turn.is_button and turn.intent == "deny")


def _agrees(turn: Turn) -> bool:
    if turn.is_button:
        return turn.intent == "affirm"
    return steering.starts_with_yes(turn.text)


async def _confirmed(turn: Turn, draft: Draft, said: Said) -> Events:
    """A yes opens the ticket with what was said along with it, unless that makes it graver."""
    if turn.is_button or steering.is_yes(turn.text):
        return _end(draft)
    heard = intake.hear(draft, said, closed=_is_closed(turn))
    if heard.problem or heard.corrected or heard.draft.severity < draft.severity:
        await say_over_balance(turn, heard)
        return _go_on(speak(turn, heard))
    return _end(heard.draft)


def _says_what_it_is(turn: Turn, draft: Draft) -> bool:
    """Whether 「請用一兩句話說要辦的事」 was answered by a wish of a known kind."""
    is_open_question = draft.intent == "other_request" and draft.asked == "description"
    return is_open_question and turn.intent in KINDS and turn.intent != draft.intent


def _is_closed(turn: Turn) -> bool:
    return not turn.hotline.calendar.is_open(turn.hotline.now())


def _resume(turn: Turn, draft: Draft) -> Events:
    if draft.asked == WHICH_FIRST and draft.other is not None:
        return _go_on(say_which_first(turn, replace(draft, asked=draft.stood), draft.other))
    if draft.asked in (CONFIRM, CHANGE, None):
        return _go_on(say_summary(turn, draft))
    return _go_on(speak(turn, Heard(draft, no_answer=True)))


def _go_on(draft: Draft) -> Events:
    return [SlotSet("draft", draft.to_json()), SlotSet("ticket_confirmed", None)]


def _end(draft: Draft | None) -> Events:
    return [
        SlotSet("draft", draft.to_json() if draft else None),
        SlotSet("ticket_confirmed", True),
        SlotSet("requested_slot", None),
    ]
