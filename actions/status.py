"""How tickets stand, told to whoever may know: the promise first."""

from actions.base import Events, HotlineAction, Turn
from hotline.errors import NotFound
from hotline.tickets import queries
from hotline.tickets.cards import ticket_card
from hotline.tickets.ticket import Ticket


class TicketStatus(HotlineAction):
    action_name = "action_ticket_status"

    async def act(self, turn: Turn) -> Events:
        typed = turn.entity("ticket_number")
        number = typed or turn.conversation.last_ticket
        async with turn.hotline.database.read() as session:
            if number is None:
                tickets = await queries.open_tickets_for(session, turn.conversation)
                if len(tickets) != 1:
                    turn.say("which_ticket" if tickets else "list_none")
                    _show(turn, tickets)
                    return []
                tell(turn, tickets[0])
                return []
            try:
                tell(turn, await queries.find_for(session, turn.conversation, number))
            except NotFound:
                _refuse(turn, typed or number)
        return []


class TicketList(HotlineAction):
    action_name = "action_ticket_list"

    async def act(self, turn: Turn) -> Events:
        async with turn.hotline.database.read() as session:
            tickets = await queries.open_tickets_for(session, turn.conversation)
        if not tickets:
            turn.say("list_none")
            return []
        turn.say("list" if turn.conversation.contact else "list_own", n=len(tickets))
        _show(turn, tickets)
        return []


def tell(turn: Turn, ticket: Ticket) -> None:
    """One ticket in one bubble, with its card."""
    hotline, language, now = turn.hotline, turn.language, turn.hotline.now()
    words = hotline.words
    assignee = ticket.assignee.called(language) if ticket.assignee else None
    turn.say(
        _pattern(ticket, missed=now > ticket.due_at),
        number=ticket.number,
        summary=ticket.subject,
        queue=words.queue(ticket.queue, language),
        assignee=assignee or words.queue(ticket.queue, language),
        promise_at=words.time(ticket.due_at, now, language),
        updated_at=words.time(ticket.updated_at, now, language),
        resolved_at=words.time(ticket.resolved_at, now, language) if ticket.resolved_at else "",
        closed_on=words.time(ticket.closed_at, now, language) if ticket.closed_at else "",
        resolution=ticket.resolution or "",
        card=ticket_card(hotline, ticket, language),
    )


def _pattern(ticket: Ticket, *, missed: bool) -> str:
    if ticket.state in ("new", "open"):
        if missed:
            return "status_breached"
        if ticket.assignee is None:
            return "status_new"
        return "status_open_answered" if ticket.first_responded_at else "status_open"
    return f"status_{ticket.state}"


def _show(turn: Turn, tickets: list[Ticket]) -> None:
    if tickets:
        cards = [ticket_card(turn.hotline, ticket, turn.language) for ticket in tickets]
        turn.dispatcher.utter_message(json_message={"kind": "list", "tickets": cards})


def _refuse(turn: Turn, typed: str) -> None:
    """The same words for a wrong digit, another company's number and one never issued."""
    if turn.conversation.contact is None:
        turn.say("sign_in", toll_free=turn.hotline.settings.vendor.toll_free)
    else:
        turn.say("number_unknown", typed=typed)
