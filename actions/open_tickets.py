"""When what was said belongs to a ticket that is open already."""

from actions import follow_up_close
from actions.base import Turn
from actions.follow_up import answers_question, follows_up
from hotline.errors import Conflict, NotFound
from hotline.tickets import answers, queries, told
from hotline.tickets.draft import Said
from hotline.tickets.reopening import goes_to_another
from hotline.tickets.ticket import Ticket
from wording import steering
from wording.about_tickets import addition_in, wants_to_add
from wording.severity import severity_of

_SURE_OF_A_NEW_REQUEST = 0.6


def ticket_asked_about(turn: Turn, *kinds: str) -> str | None:
    """The ticket of the question that stands in the conversation, if it is one of `kinds`."""
    asking = turn.conversation.asking or {}
    if kinds and asking.get("kind") not in kinds:
        return None
    return asking.get("ticket")


async def add_to_ticket(turn: Turn, number: str, text: str = "") -> bool:
    """Add what was said to the ticket and say so; False if that takes nothing more."""
    text = text or turn.text
    try:
        ticket = await answers.add(turn.hotline, turn.conversation.id, number, text)
    except (Conflict, NotFound):
        return False
    turn.give(told.added(turn.hotline, ticket, turn.language, text))
    return True


async def reopen(turn: Turn, number: str, reason: str) -> None:
    """Reopen the ticket; from one that was closed too long ago a new one goes on."""
    try:
        ticket = await answers.reopen(turn.hotline, turn.conversation.id, number, reason)
    except Conflict:
        await follow_up_close.as_new(turn, number, reason)
        return
    another = await goes_to_another(turn.hotline, ticket)
    turn.give(told.reopened(turn.hotline, ticket, turn.language, reason, another=another))


async def belongs_to_open_ticket(turn: Turn, said: Said) -> bool:
    """Take a message as the answer to a colleague, or as why a fix did not help, if it is one.

    What tells of an outage, of another product or machine, or plainly of another wish, is a
    request of its own.
    """
    if await _answers_just_now(turn, said) or await follows_up(turn):
        return True
    if wants_to_add(said.text) and turn.conversation.last_ticket:
        return await add_to_ticket(turn, turn.conversation.last_ticket, addition_in(said.text))
    number = ticket_asked_about(turn, "reply", "what_now", "solved")
    if number is None:
        return False
    try:
        async with turn.hotline.database.read() as session:
            ticket = await queries.find_for(session, turn.hotline, turn.conversation, number)
    except NotFound:
        return False
    if ticket.state == "closed" or _is_about_something_else(turn, ticket, said):
        return False
    if ticket_asked_about(turn, "solved"):
        if not steering.starts_with_no(said.text):
            return False
        await reopen(turn, number, said.text)
        return True
    return await add_to_ticket(turn, number)


async def _answers_just_now(turn: Turn, said: Said) -> bool:
    """Whether it is the answer to a question of our own; an outage never waits behind one."""
    is_outage = severity_of(said.text, True).level == 1 and not ticket_asked_about(
        turn, "escalate_why", "again"
    )
    return not is_outage and await answers_question(turn)


def _is_about_something_else(turn: Turn, ticket: Ticket, said: Said) -> bool:
    for kind in ("serial", "order_number", "product"):
        given, known = said.values(kind), ticket.fact(kind)
        if given and known and not any(value in known or known in value for value in given):
            return True
    if turn.intent == ticket.intent:
        return False
    is_new_outage = severity_of(said.text, True).level == 1 and ticket.severity > 1
    return is_new_outage or turn.confidence >= _SURE_OF_A_NEW_REQUEST
