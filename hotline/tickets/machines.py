"""The machines of earlier tickets: 「就上次那台」 is one of them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.tickets import queries
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import snapshot

_LOOK_BACK = 50


@dataclass(frozen=True)
class Machine:
    """A serial number, the product where it was said, and the newest ticket about it."""

    serial: str
    product: str
    ticket: str

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What a request learns when this machine is meant, as (kind, value)."""
        product = (("product", self.product),) if self.product else ()
        return (("serial", self.serial), *product)


async def earlier_machines(
    session: AsyncSession, hotline: Hotline, asker: Conversation, at_most: int
) -> list[Machine]:
    """The machines of this conversation's tickets, else of the newest that the asker may see.

    The latest come first.
    """
    query = select(TicketRow).where(queries.seen_by(hotline, asker))
    newest = query.order_by(TicketRow.opened_at.desc(), TicketRow.id.desc()).limit(_LOOK_BACK)
    here = newest.where(TicketRow.conversation_id == asker.id)
    for tickets in (here, newest):
        found: dict[str, Machine] = {}
        for ticket in map(snapshot, await session.scalars(tickets)):
            serial = ticket.fact("serial")
            if serial and ticket.facts["serial"].get("status") == "known":
                product = ticket.fact("product") or ""
                found.setdefault(serial, Machine(serial, product, ticket.number))
        if found:
            return list(found.values())[:at_most]
    return []
