"""Adding to a ticket what the partner says of it."""

from actions.base import Turn
from actions.follow_up_close import say_closed
from actions.which_ticket import Wanted, in_form
from hotline.errors import Conflict
from hotline.tickets import answers, queries, told
from hotline.tickets.asking import ask
from hotline.tickets.ticket import Ticket
from wording.about_tickets import addition_in


async def add(turn: Turn, wish: Wanted, ticket: Ticket) -> None:
    """Write it into the ticket; without anything to write, ask for it."""
    if ticket.state == "closed":
        say_closed(turn, ticket)
        return
    text = addition_in(wish.said)
    if text:
        await write(turn, ticket.number, text)
    elif in_form(turn):
        turn.say("add_in_one", number=ticket.number)
    else:
        turn.say("add_ask", number=ticket.number)
        await ask(turn.hotline, turn.conversation.id, "add_what", ticket=ticket.number)


async def write(turn: Turn, number: str, text: str) -> None:
    """What was to be added, as it was said."""
    try:
        ticket = await answers.add(turn.hotline, turn.conversation.id, number, text)
    except Conflict:  # closed meanwhile
        async with turn.hotline.database.read() as session:
            say_closed(turn, await queries.find(session, number))
        return
    turn.give(told.added(turn.hotline, ticket, turn.language, text, wanted=True))
