"""How tickets stand, told to whoever may know: the promise first."""

from actions.base import Events, HotlineAction, Turn
from actions.follow_up import TicketEscalate, answers_question, drop_question, follows_up
from actions.which_ticket import list_words, show, ticket_meant, wish_of
from hotline.tickets import answers, queries, told
from hotline.tickets.ticket import Ticket
from wording.about_tickets import wants_hurry

_ON_A_PAGE = 5


class TicketStatus(HotlineAction):
    action_name = "action_ticket_status"

    async def act(self, turn: Turn) -> Events:
        # 「T26-…」 alone may say which ticket was meant a moment ago, for whatever was wanted.
        if await answers_question(turn, "which", "number"):
            return []
        # A number beside it makes any wish look like this one.
        if not turn.is_button and wants_hurry(turn.text):
            return await TicketEscalate().act(turn)
        wish = wish_of(turn, "ticket_status")
        await drop_question(turn)
        ticket = await ticket_meant(turn, wish)
        if ticket is not None:
            await _tell(turn, ticket)
        return []


class TicketList(HotlineAction):
    action_name = "action_ticket_list"

    async def act(self, turn: Turn) -> Events:
        if await follows_up(turn):  # 「那張怎麼樣了」, 「單號給我」: one of them
            return []
        page = int(turn.entity("page") or 1)
        offset = (page - 1) * _ON_A_PAGE
        async with turn.hotline.database.read() as session:
            count = await queries.count_open_for(session, turn.hotline, turn.conversation)
            tickets = await queries.open_tickets_for(
                session, turn.hotline, turn.conversation, _ON_A_PAGE, offset
            )
        if not tickets:
            _none(turn)
            return []
        more = {
            "title": turn.hotline.words.say("more", turn.language),
            "payload": f'/ticket_list{{"page":"{page + 1}"}}',
        }
        turn.say(
            list_words(turn),
            n=count,
            buttons=[more] if count > offset + len(tickets) else [],
        )
        show(turn, tickets)
        return []


async def _tell(turn: Turn, ticket: Ticket) -> None:
    turn.give(await told.status_now(turn.hotline, ticket, turn.language))
    await answers.spoken_of(turn.hotline, turn.conversation.id, ticket)


def _none(turn: Turn) -> None:
    """A visitor's tickets are not looked up: to say that there are none would be a guess."""
    if not turn.conversation.is_known:
        turn.give(told.sign_in(turn.hotline, turn.language))
    else:
        turn.say("list_none")
