"""Closing a ticket that is done with, and opening one again whose fault is back."""

from actions.base import Turn
from actions.which_ticket import Wanted, in_form
from hotline.errors import Conflict
from hotline.tickets import answers, told
from hotline.tickets.again import open_again
from hotline.tickets.asking import ask, settle
from hotline.tickets.cards import ticket_card
from hotline.tickets.reopening import goes_to_another, is_too_old
from hotline.tickets.ticket import Ticket
from wording.about_tickets import situation_in


async def close(turn: Turn, wish: Wanted, ticket: Ticket) -> None:
    """Asked once; what was reported resolved closes at once, the question was put before."""
    if ticket.state == "closed":
        turn.give(await told.status_now(turn.hotline, ticket, turn.language))
    elif wish.step == "yes" or ticket.state == "resolved" or _asks_again(turn, ticket):
        await decide(turn, ticket, agreed=True, reason=situation_in(wish.said))
    elif wish.step == "no":
        await decide(turn, ticket, agreed=False)
    else:
        await ask_whether(turn, ticket, situation_in(wish.said))


async def ask_whether(turn: Turn, ticket: Ticket, reason: str = "") -> None:
    """Whether it is to be closed; `reason` is kept until that is answered."""
    days = turn.hotline.settings.reopen_days
    turn.say("close_ask", number=ticket.number, summary=ticket.subject, n=days)
    if not in_form(turn):
        about = {"ticket": ticket.number, "reason": reason}
        await ask(turn.hotline, turn.conversation.id, "close", **about)


async def decide(turn: Turn, ticket: Ticket, *, agreed: bool, reason: str = "") -> None:
    """The answer to whether it is to be closed."""
    if not agreed:
        await settle(turn.hotline, turn.conversation.id)
        turn.say("close_kept", number=ticket.number)
        return
    asked = turn.conversation.asking or {}
    if asked.get("kind") == "close" and asked.get("ticket") == ticket.number:
        reason = asked.get("reason") or reason
    closed = await answers.close(turn.hotline, turn.conversation.id, ticket.number, reason)
    turn.give(told.confirmed(turn.hotline, closed, turn.language))


async def reopen(turn: Turn, wish: Wanted, ticket: Ticket) -> None:
    """Open it again; what is open goes on with the words, what is too old becomes a new one."""
    reason = situation_in(wish.said)
    if ticket.state not in ("resolved", "closed"):
        await _goes_on(turn, ticket, reason)
        return
    try:
        again = await answers.reopen(turn.hotline, turn.conversation.id, ticket.number, reason)
    except Conflict:
        await as_new(turn, ticket.number, reason)
        return
    another = await goes_to_another(turn.hotline, again)
    if reason:
        turn.give(told.reopened(turn.hotline, again, turn.language, reason, another=another))
        return
    promise_at = turn.hotline.words.time(again.due_at, turn.hotline.now(), turn.language)
    takes = told.who_takes(turn.hotline, turn.language, another=another)
    turn.say("reopen_ask", number=again.number, promise_at=promise_at, takes=takes)


async def begin_again(turn: Turn, before: str, words: str) -> None:
    """A new ticket that goes on from one too old to be opened again."""
    hotline, language = turn.hotline, turn.language
    ticket = await open_again(hotline, turn.conversation.id, before, words)
    turn.say(
        "reopen_new",
        before=before,
        number=ticket.number,
        n=hotline.settings.reopen_days,
        queue=hotline.words.queue(ticket.queue, language),
        queue_first=hotline.words.queue_first(ticket.queue, language),
        promise_at=hotline.words.time(ticket.due_at, hotline.now(), language),
        card=ticket_card(hotline, ticket, language),
    )


async def _goes_on(turn: Turn, ticket: Ticket, reason: str) -> None:
    turn.say("reopen_open", number=ticket.number)
    if reason:
        added = await answers.add(turn.hotline, turn.conversation.id, ticket.number, reason)
        turn.give(told.added(turn.hotline, added, turn.language, reason, wanted=True))
    else:
        turn.give(await told.status_now(turn.hotline, ticket, turn.language))
        await answers.spoken_of(turn.hotline, turn.conversation.id, ticket)


async def as_new(turn: Turn, number: str, reason: str) -> None:
    """A new ticket goes on from the one that is too old; without a `reason` that is asked."""
    if reason:
        await begin_again(turn, number, reason)
        return
    days = turn.hotline.settings.reopen_days
    turn.say("reopen_old_ask", number=number, n=days)
    if not in_form(turn):
        await ask(turn.hotline, turn.conversation.id, "again", ticket=number)


def say_closed(turn: Turn, ticket: Ticket) -> None:
    """A closed one takes nothing more: it is opened again, or a new one goes on from it."""
    is_old = is_too_old(turn.hotline, ticket.closed_at)
    name = "closed_takes_nothing_old" if is_old else "closed_takes_nothing"
    turn.say(name, number=ticket.number, n=turn.hotline.settings.reopen_days)


def _asks_again(turn: Turn, ticket: Ticket) -> bool:
    """Saying once more that it is to be closed answers whether it is."""
    asked = turn.conversation.asking or {}
    is_about_it = asked.get("kind") == "close" and asked.get("ticket") == ticket.number
    return is_about_it and not turn.is_button
