"""The score for how a ticket was handled, and the word that may go with it."""

from actions.base import Turn
from actions.which_ticket import Wanted, in_form
from hotline.tickets import ratings
from hotline.tickets.asking import ask, settle
from hotline.tickets.ticket import Ticket
from wording.scores import BEST, score_of, without_score


async def rate(turn: Turn, wish: Wanted, ticket: Ticket) -> None:
    """Keep the score; without one it is asked for, and after a low one why."""
    if wish.step == "skip":
        await skip(turn)
        return
    typed = turn.entity("score") if turn.is_button else None
    score = int(typed) if typed and typed.isdigit() else score_of(wish.said)
    if score is None or not 1 <= score <= BEST:
        turn.say("rate_ask", number=ticket.number)
        if not in_form(turn):
            await ask(
                turn.hotline, turn.conversation.id, "rate", ticket=ticket.number, said=wish.said
            )
        return
    words = without_score(wish.said) or _said_before(turn, ticket)
    await keep(turn, ticket, score, words)


async def keep(turn: Turn, ticket: Ticket, score: int, words: str) -> None:
    rating = await ratings.rate(turn.hotline, turn.conversation.id, ticket.number, score, words)
    if rating.asks_why and not in_form(turn):
        turn.say("rate_why", number=ticket.number, score=score)
    else:
        turn.say("rated")


async def why(turn: Turn, ticket: Ticket, words: str) -> None:
    """What could have been better, after a low score."""
    await ratings.say_why(turn.hotline, turn.conversation.id, ticket.number, words)
    turn.say("rated")


async def skip(turn: Turn) -> None:
    await settle(turn.hotline, turn.conversation.id)
    turn.say("rate_skipped")


def _said_before(turn: Turn, ticket: Ticket) -> str:
    """「這次處理得很好」, said before the score was asked for."""
    asking = turn.conversation.asking or {}
    if asking.get("kind") != "rate" or asking.get("ticket") != ticket.number:
        return ""
    return asking.get("said") or ""
