"""The articles that a ticket's words find, for the colleague who answers it."""

import asyncio

from hotline.core import Hotline
from hotline.knowledge.articles import Article
from hotline.knowledge.asking import decided, reader_of
from hotline.knowledge.deciding import REFUSE
from hotline.knowledge.terms import MOST_CHARACTERS
from hotline.tickets.ticket import Ticket

MOST = 3


async def suggested(hotline: Hotline, ticket: Ticket) -> tuple[Article, ...]:
    """At most `MOST` that the ticket's partner may read, best first; none where none answers."""
    words = f"{ticket.subject}\n{ticket.description}"[:MOST_CHARACTERS]
    # In a thread: after an article was edited the index is made anew, which takes its time.
    decision = await asyncio.to_thread(decided, hotline, reader_of(ticket.contact), words)
    if decision.kind == REFUSE:
        return ()
    return tuple(one.article for one in decision.ranked[:MOST])
