"""A new ticket that goes on from one that was closed too long ago to be opened again."""

from hotline.core import Hotline
from hotline.tickets import queries
from hotline.tickets.answers import spoken_to
from hotline.tickets.changes import added
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket, snapshot
from wording.severity import severity_of


async def open_again(hotline: Hotline, conversation_id: str, before: str, words: str) -> Ticket:
    """The new ticket: of the same kind, with the facts known before, told in `words`.

    One that was opened for the same closing already is given back: a repeat opens no second one.
    """
    async with spoken_to(hotline, conversation_id, before, "again") as (_session, row, _talk):
        old = snapshot(row)
    told = severity_of(words, old.queue == "technical")
    known = {kind: fact for kind, fact in old.facts.items() if kind != "description"}
    ticket = await open_ticket(
        hotline,
        conversation_id,
        NewTicket(
            key=f"again:{old.number}:{old.reopened}",
            intent=old.intent,
            description=words,
            severity=told.level if told.words else max(old.severity, 3),
            severity_words=tuple(told.words),
            facts={**known, "description": {"value": words, "status": "known"}},
        ),
    )
    async with hotline.database.write() as session:
        row = await queries.locked(session, ticket.number)
        if row.follows is None:
            row.follows = old.number
            await added(session, hotline, row, "ticket.follows", "partner", before=old.id)
        return snapshot(row)
