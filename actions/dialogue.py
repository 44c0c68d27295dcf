"""Greetings, yes and no, once more, bare facts, and what to do when nothing is sure."""

from collections.abc import Sequence

from rasa_sdk.events import FollowupAction

from actions.base import FORM, Events, HotlineAction, Turn
from actions.follow_up import answers_question, follows_up, opens_again
from actions.knowledge import answers_follow_up, answers_instead, answers_surely
from actions.open_tickets import add_to_ticket, reopen, ticket_asked_about
from actions.outage import reports_outage
from actions.submit import SubmitTicket
from actions.wishes import drop_next, go_on_with_next, waiting
from hotline.conversations import messages
from hotline.conversations.messages import Message
from hotline.conversations.unsure import not_sure_again
from hotline.knowledge import asking
from hotline.replies import Reply
from hotline.tickets import answers, told
from hotline.tickets.kinds import KINDS
from wording import steering

_OFFERED = (*KINDS, "ticket_status", "ticket_list", "ask_hours", "talk_to_human")


class Greet(HotlineAction):
    action_name = "action_greet"

    async def act(self, turn: Turn) -> Events:
        turn.say(_by_the_hours(turn, "hello_again"))
        return []


class Help(HotlineAction):
    action_name = "action_help"

    async def act(self, turn: Turn) -> Events:
        turn.say(_by_the_hours(turn, "capabilities"))
        return []


class BotChallenge(HotlineAction):
    action_name = "action_bot_challenge"

    async def act(self, turn: Turn) -> Events:
        turn.say(_by_the_hours(turn, "bot_challenge"))
        return []


class Goodbye(HotlineAction):
    action_name = "action_goodbye"

    async def act(self, turn: Turn) -> Events:
        if turn.tracker.get_slot("draft"):
            turn.say("goodbye_open")
            return []
        number = turn.conversation.last_ticket
        turn.say("goodbye_ticket" if number else "goodbye", number=number or "")
        return []


class Repeat(HotlineAction):
    """What was said last, once more; in a form its question is put again anyway."""

    action_name = "action_repeat"

    async def act(self, turn: Turn) -> Events:
        if turn.tracker.get_slot("draft"):
            return []
        async with turn.hotline.database.read() as session:
            said = await messages.recent(session, turn.conversation.id)
        before = said[: _place_of_last_words(said)]
        told = before[_place_of_last_words(before) + 1 :]
        if not told:
            turn.say("nothing_to_repeat")
        for message in told:
            turn.give(Reply(message.text, message.buttons, message.card))
        return []


class SwitchLanguage(HotlineAction):
    """Another language is wanted, and not plainly which: there are two."""

    action_name = "action_switch_language"

    async def act(self, turn: Turn) -> Events:
        turn.say("only_two_languages")
        return []


class Affirm(HotlineAction):
    """A yes answers the question that the conversation's row says was asked."""

    action_name = "action_affirm"

    async def act(self, turn: Turn) -> Events:
        if turn.tracker.get_slot("draft"):  # its ticket could not be opened a moment ago
            return await SubmitTicket().act(turn)
        if await follows_up(turn):
            return []
        if waiting(turn):
            return await go_on_with_next(turn)
        if await answers_question(turn):
            return []
        number = ticket_asked_about(turn, "solved")
        if number is None:
            turn.say("go_on")
            return []
        ticket = await answers.confirm_solved(turn.hotline, turn.conversation.id, number)
        turn.give(told.confirmed(turn.hotline, ticket, turn.language))
        return []


class Deny(HotlineAction):
    action_name = "action_deny"

    async def act(self, turn: Turn) -> Events:
        if await follows_up(turn):
            return []
        if waiting(turn):
            await drop_next(turn)
            return []
        if await answers_question(turn) or await opens_again(turn):
            return []
        number = ticket_asked_about(turn, "solved")
        if number is None:
            turn.say("go_on")
            return []
        says_why = not turn.is_button and steering.has_content(turn.text)
        await reopen(turn, number, turn.text if says_why else "")
        return []


class Inform(HotlineAction):
    """A bare fact outside a form belongs to the ticket that was spoken of last."""

    action_name = "action_inform"

    async def act(self, turn: Turn) -> Events:
        if turn.tracker.get_slot("draft"):  # back to a request that was left half filled
            return [FollowupAction(FORM)]
        if await answers_question(turn) or await opens_again(turn):
            return []
        if await follows_up(turn, "ticket_escalate"):
            return []
        number = ticket_asked_about(turn) or turn.conversation.last_ticket
        if turn.is_button or number is None or not await add_to_ticket(turn, number):
            await _offer_ways(turn)
        return []


# Said so, because an intent that no rule knows would call this action again and again.
_LISTEN: Events = [FollowupAction("action_listen")]


class Unsure(HotlineAction):
    """First two likely wishes as buttons; the second time in a row a person or a ticket."""

    action_name = "action_unsure"

    async def act(self, turn: Turn) -> Events:
        if await answers_question(turn) or await opens_again(turn):
            return _LISTEN
        if await follows_up(turn, "ticket_escalate", "ticket_add"):
            return _LISTEN
        if await answers_follow_up(turn):
            return _LISTEN
        if reports_outage(turn):
            return [FollowupAction(FORM)]
        number = ticket_asked_about(turn, "what_now", "reply", "solved")
        if number is None and (await answers_surely(turn) or await _answers_likely(turn)):
            return _LISTEN
        if turn.is_button or number is None or not await add_to_ticket(turn, number):
            await _offer_ways(turn)
        return _LISTEN


def _by_the_hours(turn: Turn, name: str) -> str:
    """While the hotline is closed nobody is offered who is not there."""
    is_open = turn.hotline.calendar.is_open(turn.hotline.now())
    return name if is_open else f"{name}_closed"


def _place_of_last_words(said: Sequence[Message]) -> int:
    """Where the partner's last words stand in `said`; -1 where there are none."""
    places = [place for place, message in enumerate(said) if message.sender == "partner"]
    return places[-1] if places else -1


async def _answers_likely(turn: Turn) -> bool:
    """Whether what asks how or when is answered, be it a question or in the words of a request."""
    likely = next((one for one in _readings(turn) if one in KINDS), None)
    if likely is None:
        return False
    return await answers_instead(turn, likely, alone=likely == "ask_knowledge")


def _readings(turn: Turn) -> list[str]:
    """What the words may mean, the likeliest first."""
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    return [str(item.get("name")) for item in ranking]


async def _offer_ways(turn: Turn) -> None:
    hotline, language = turn.hotline, turn.language
    if await not_sure_again(hotline, turn.conversation.id) >= 2:
        now = hotline.now()
        opens_at = hotline.words.time(hotline.calendar.next_open(now), now, language)
        is_open = hotline.calendar.is_open(now)
        turn.say("unsure_2_open" if is_open else "unsure_2_closed", opens_at=opens_at)
        return
    # What the article just shown leads to is nearer than what a few words resemble.
    shown = await asking.spoken_of(hotline, turn.conversation)
    near = [intent for intent in (shown.intents if shown else ()) if intent in _OFFERED][:1]
    likely = list(dict.fromkeys(one for one in (*near, *_readings(turn)) if one in _OFFERED))[:2]
    wishes = likely or ["technical_hardware", "ticket_list"]
    buttons = [
        {"title": hotline.words.say(f"wish.{intent}", language), "payload": f"/{intent}"}
        for intent in (*wishes, "help")
    ]
    turn.say("unsure_1", buttons=buttons)
