"""How tickets stand, told to whoever may know: the promise first."""

from actions.base import Events, HotlineAction, Turn
from hotline.errors import NotFound
from hotline.tickets import answers, queries, told
from hotline.tickets.cards import ticket_card
from hotline.tickets.ticket import Ticket

_ON_A_PAGE = 5


class TicketStatus(HotlineAction):
    action_name = "action_ticket_status"

    async def act(self, turn: Turn) -> Events:
        typed = turn.entity("ticket_number")
        number = typed or turn.conversation.last_ticket
        if number is None:
            return await _which(turn)
        try:
            async with turn.hotline.database.read() as session:
                ticket = await queries.find_for(session, turn.conversation, number)
        except NotFound:
            signed_in = turn.conversation.contact is not None
            turn.give(
                told.number_unknown(
                    turn.hotline, typed or number, signed_in=signed_in, language=turn.language
                )
            )
            return []
        await _tell(turn, ticket)
        return []


class TicketList(HotlineAction):
    action_name = "action_ticket_list"

    async def act(self, turn: Turn) -> Events:
        page = int(turn.entity("page") or 1)
        offset = (page - 1) * _ON_A_PAGE
        async with turn.hotline.database.read() as session:
            count = await queries.count_open_for(session, turn.conversation)
            tickets = await queries.open_tickets_for(session, turn.conversation, _ON_A_PAGE, offset)
        if not tickets:
            _none(turn)
            return []
        more = {
            "title": turn.hotline.words.say("more", turn.language),
            "payload": f'/ticket_list{{"page":"{page + 1}"}}',
        }
        turn.say(
            "list" if turn.conversation.contact else "list_own",
            n=count,
            buttons=[more] if count > offset + len(tickets) else [],
        )
        _show(turn, tickets)
        return []


async def _which(turn: Turn) -> Events:
    """No number was said and none was spoken of: the only open ticket, or the question which."""
    async with turn.hotline.database.read() as session:
        tickets = await queries.open_tickets_for(session, turn.conversation, _ON_A_PAGE)
    if len(tickets) == 1:
        await _tell(turn, tickets[0])
    elif tickets:
        turn.say("which_ticket")
        _show(turn, tickets)
    else:
        _none(turn)
    return []


async def _tell(turn: Turn, ticket: Ticket) -> None:
    turn.give(told.status(turn.hotline, ticket, turn.language))
    await answers.spoken_of(turn.hotline, turn.conversation.id, ticket)


def _none(turn: Turn) -> None:
    """A visitor's tickets are not looked up: to say that there are none would be a guess."""
    if turn.conversation.contact is None:
        turn.give(told.sign_in(turn.hotline, turn.language))
    else:
        turn.say("list_none")


def _show(turn: Turn, tickets: list[Ticket]) -> None:
    cards = [ticket_card(turn.hotline, ticket, turn.language) for ticket in tickets]
    turn.dispatcher.utter_message(json_message={"kind": "list", "tickets": cards})
