"""Following up a ticket that is open already: add, hurry, close, reopen, rate, correct.

Which ticket is meant is decided in one place (`which_ticket`); what a message answers when a
question stands, in `answers_question`, for whatever the classifier took the message for.
"""

from collections.abc import Awaitable, Callable, Sequence

from actions import follow_up_add, follow_up_close, follow_up_correct, follow_up_escalate
from actions import follow_up_rate as rating
from actions.base import Events, HotlineAction, Turn
from actions.which_ticket import Wanted, in_form, kept_wish, number_in, ticket_meant, wish_of
from hotline.errors import NotFound
from hotline.tickets import candidates, queries, told
from hotline.tickets.answers import spoken_of
from hotline.tickets.asking import settle, was_just_asked
from hotline.tickets.ticket import Ticket
from hotline.tickets.which import completed, which
from wording import steering
from wording.about_tickets import addition_in, only_points, wants_hurry, wants_to_add
from wording.pointing import pointing_in
from wording.scores import score_of
from wording.ticket_wishes import (
    asks_number,
    is_mere_cancel,
    is_mere_politeness,
    is_still_broken,
    is_wanted,
    ticket_wish,
)

Handler = Callable[[Turn, Wanted, Ticket], Awaitable[None]]
Answer = Callable[[Turn, Ticket], Awaitable[bool]]

# What can be said a little later and still be the answer; a yes cannot, nor may a wish that was
# never carried out land on a ticket that is named for something else.
_LASTING = ("add_what",)
# The states in which there is nothing more to do of it.
_TOO_LATE = {"ticket_escalate": ("resolved", "closed"), "ticket_close": ("closed",)}
_UNTIL_A_NEW_WISH = ("add_what", "which", "number")


class TicketAdd(HotlineAction):
    action_name = "action_ticket_add"

    async def act(self, turn: Turn) -> Events:
        return await _follow_up(turn, "ticket_add")


class TicketEscalate(HotlineAction):
    action_name = "action_ticket_escalate"

    async def act(self, turn: Turn) -> Events:
        return await _follow_up(turn, "ticket_escalate")


class TicketClose(HotlineAction):
    action_name = "action_ticket_close"

    async def act(self, turn: Turn) -> Events:
        return await _follow_up(turn, "ticket_close")


class TicketReopen(HotlineAction):
    action_name = "action_ticket_reopen"

    async def act(self, turn: Turn) -> Events:
        return await _follow_up(turn, "ticket_reopen")


class RateService(HotlineAction):
    action_name = "action_rate_service"

    async def act(self, turn: Turn) -> Events:
        return await _follow_up(turn, "rate_service")


class Correct(HotlineAction):
    action_name = "action_correct"

    async def act(self, turn: Turn) -> Events:
        return await _follow_up(turn, "correct")


async def answers_question(turn: Turn, *kinds: str) -> bool:
    """Take the message as the answer to the question about a ticket that stands, if it is one.

    Of `kinds` only, where some are given. Buttons say themselves what they are for, but "no".
    """
    asking = turn.conversation.asking or {}
    kind = asking.get("kind")
    if kind not in {**_ANSWERS, "which": None, "number": None} or (kinds and kind not in kinds):
        return False
    if in_form(turn) or (turn.is_button and turn.intent not in ("affirm", "deny")):
        return False
    async with turn.hotline.database.read() as session:
        if kind not in _LASTING and not await was_just_asked(session, turn.conversation):
            return False
        if kind in _ANSWERS:
            try:
                ticket = await queries.find_for(
                    session, turn.hotline, turn.conversation, asking["ticket"]
                )
            except NotFound:
                return False
    if kind in _ANSWERS:
        return await _ANSWERS[kind](turn, ticket)
    return await _names_the_ticket(turn, kind)


async def follows_up(turn: Turn, *also: str) -> bool:
    """Do what the words plainly want of the ticket spoken of last, whatever they were taken for.

    `also` are intents that the words may have besides where a wish for something new is unlikely.
    """
    number = turn.conversation.last_ticket
    if turn.is_button or in_form(turn) or number is None:
        return False
    intent = ticket_wish(turn.text) or _likely_wish(turn.text, also)
    if intent is None or await _last_is(turn, *_TOO_LATE.get(intent, ())):
        return False
    await _follow_up(turn, intent)
    return True


def _likely_wish(text: str, also: Sequence[str]) -> str | None:
    if "ticket_escalate" in also and wants_hurry(text):
        return "ticket_escalate"
    if "ticket_close" in also and is_mere_cancel(text):
        return "ticket_close"
    return "ticket_add" if "ticket_add" in also and wants_to_add(text) else None


async def _last_is(turn: Turn, *states: str) -> bool:
    async with turn.hotline.database.read() as session:
        ticket = await candidates.last_spoken_of(session, turn.hotline, turn.conversation)
    return ticket is None or ticket.state in states


async def opens_again(turn: Turn) -> bool:
    """「不對 還沒好」 of a ticket that is done: it is opened again."""
    if turn.is_button or in_form(turn) or not is_still_broken(turn.text):
        return False
    async with turn.hotline.database.read() as session:
        ticket = await candidates.last_spoken_of(session, turn.hotline, turn.conversation)
    if ticket is None or ticket.state not in ("resolved", "closed"):
        return False
    await follow_up_close.reopen(turn, Wanted("ticket_reopen", turn.text), ticket)
    return True


async def _follow_up(turn: Turn, intent: str) -> Events:
    """Do what is wanted, unless the message names the ticket, or the fact, asked for just now."""
    if not turn.is_button and asks_number(turn.text):
        intent = "ticket_status"  # 「單號再給我」
    if await answers_question(turn, "which", "number", "correct_to", "rate_why"):
        return []
    wish = wish_of(turn, intent)
    await drop_question(turn)
    ticket = await ticket_meant(turn, wish)
    if ticket is not None:
        await _carry_out(turn, wish, ticket)
    return []


async def drop_question(turn: Turn) -> None:
    """A wish of its own ends the question that might else be answered by what is said later."""
    if (turn.conversation.asking or {}).get("kind") in _UNTIL_A_NEW_WISH:
        await settle(turn.hotline, turn.conversation.id)


async def _carry_out(turn: Turn, wish: Wanted, ticket: Ticket) -> None:
    if wish.intent in _HANDLERS:
        await _HANDLERS[wish.intent](turn, wish, ticket)
        return
    turn.give(await told.status_now(turn.hotline, ticket, turn.language))
    await spoken_of(turn.hotline, turn.conversation.id, ticket)


async def _names_the_ticket(turn: Turn, kind: str) -> bool:
    """A number, the end of one, or words that describe the ticket: then what was wanted is done."""
    if turn.is_button or not only_points(turn.text):
        return False  # words beside the number are a wish of their own
    wish, number = kept_wish(turn), number_in(turn)
    if not number and kind == "number":
        number = completed(turn.text, (turn.conversation.asking or {})["typed"])
    elif not number:
        number = await _described(turn)
    if number is None:
        return False
    wish = Wanted(wish.intent, wish.said, number, None, wish.facts)
    ticket = await ticket_meant(turn, wish)
    if ticket is not None:
        await _carry_out(turn, wish, ticket)
    return True


async def _described(turn: Turn) -> str | None:
    """The number of the ticket that the words describe, after it was asked which one is meant."""
    if pointing_in(turn.text).at not in ("described", "newest"):
        return None
    async with turn.hotline.database.read() as session:
        opened = await candidates.open_ones(session, turn.hotline, turn.conversation)
        done = await candidates.done_lately(session, turn.hotline, turn.conversation)
    meant = which(turn.text, [*opened, *(ticket for ticket in done if ticket not in opened)])
    return meant.one.number if meant.one else None


async def _what_to_add(turn: Turn, ticket: Ticket) -> bool:
    if _is_no(turn):
        turn.say("go_on")
        return await _settled(turn)
    text = addition_in(turn.text)
    if turn.is_button or steering.is_no_answer(turn.text) or not text:
        return False
    await follow_up_add.write(turn, ticket.number, text)
    return True


async def _why_hurried(turn: Turn, ticket: Ticket) -> bool:
    if turn.is_button or steering.is_no_answer(turn.text) or is_mere_politeness(turn.text):
        return False
    await follow_up_escalate.escalate(turn, Wanted("ticket_escalate", turn.text), ticket)
    return True


async def _whether_graver(turn: Turn, ticket: Ticket) -> bool:
    if not (_is_yes(turn) or _is_no(turn)):
        return False
    await follow_up_escalate.decide(turn, ticket, agreed=_is_yes(turn))
    return True


async def _whether_to_close(turn: Turn, ticket: Ticket) -> bool:
    if turn.text.strip().isdigit():  # neither, and no fact of the ticket
        kept = str((turn.conversation.asking or {}).get("reason") or "")
        await follow_up_close.ask_whether(turn, ticket, kept)
        return True
    agreed = _is_yes(turn) or (not turn.is_button and is_wanted(turn.text))
    if not (agreed or _is_no(turn) or (not turn.is_button and is_still_broken(turn.text))):
        return False
    await follow_up_close.decide(turn, ticket, agreed=agreed)
    return True


async def _what_now(turn: Turn, ticket: Ticket) -> bool:
    """What happens now, for the new ticket that goes on from an old one."""
    if turn.is_button or steering.is_no_answer(turn.text):
        return False
    await follow_up_close.begin_again(turn, ticket.number, turn.text)
    return True


async def _which_score(turn: Turn, ticket: Ticket) -> bool:
    if await opens_again(turn):
        return True
    if _is_no(turn) or steering.is_skip(turn.text):
        await rating.skip(turn)
    elif turn.is_button or score_of(turn.text) is None:
        return False
    else:
        await rating.rate(turn, Wanted("rate_service", turn.text), ticket)
    return True


async def _why_so_low(turn: Turn, ticket: Ticket) -> bool:
    if await opens_again(turn):
        return True
    if _is_no(turn) or steering.is_skip(turn.text):
        await rating.skip(turn)
        return True
    if turn.is_button or steering.is_no_answer(turn.text):
        return False
    await rating.why(turn, ticket, turn.text)
    return True


async def _which_fact(turn: Turn, ticket: Ticket) -> bool:
    if turn.is_button or steering.is_no_answer(turn.text):
        return False
    await follow_up_correct.correct(
        turn, Wanted("correct", turn.text, facts=turn.entities()), ticket
    )
    return True


async def _what_to(turn: Turn, ticket: Ticket) -> bool:
    if _is_no(turn) or steering.is_skip(turn.text):
        turn.say("go_on")
        return await _settled(turn)
    if turn.is_button or steering.is_no_answer(turn.text):
        return False
    fact = str((turn.conversation.asking or {})["fact"])
    said = Wanted("correct", turn.text, facts=turn.entities())
    await follow_up_correct.change(turn, ticket, fact, turn.text, facts=said)
    return True


async def _settled(turn: Turn) -> bool:
    await settle(turn.hotline, turn.conversation.id)
    return True


def _is_yes(turn: Turn) -> bool:
    return turn.intent == "affirm" if turn.is_button else steering.starts_with_yes(turn.text)


def _is_no(turn: Turn) -> bool:
    if turn.is_button:
        return turn.intent == "deny"
    return steering.is_no(turn.text) or steering.is_leave(turn.text)


FOLLOW_UPS: dict[str, type[HotlineAction]] = {
    "ticket_add": TicketAdd,
    "ticket_escalate": TicketEscalate,
    "ticket_close": TicketClose,
    "ticket_reopen": TicketReopen,
    "rate_service": RateService,
    "correct": Correct,
}
_HANDLERS: dict[str, Handler] = {
    "ticket_add": follow_up_add.add,
    "ticket_escalate": follow_up_escalate.escalate,
    "ticket_close": follow_up_close.close,
    "ticket_reopen": follow_up_close.reopen,
    "rate_service": rating.rate,
    "correct": follow_up_correct.correct,
}
_ANSWERS: dict[str, Answer] = {
    "add_what": _what_to_add,
    "escalate_why": _why_hurried,
    "escalate_sure": _whether_graver,
    "close": _whether_to_close,
    "again": _what_now,
    "rate": _which_score,
    "rate_why": _why_so_low,
    "correct_what": _which_fact,
    "correct_to": _what_to,
}
