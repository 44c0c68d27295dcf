"""Which other tickets of the same company are likely about the same matter, and why.

Told by what a colleague can check at a glance: the same serial number; or the same customer or
product, and enough of the same words.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.tickets import queries
from hotline.tickets.reading import tickets_of
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import COLUMNS, Ticket
from wording.likeness import likeness
from wording.text import folded

LATELY = timedelta(days=14)  # as long as this a closed one may be meant
ALIKE = 0.5  # of the shorter one's words
MOST = 5
_LOOKED_THROUGH = 200
_SHOWN = 6  # words


@dataclass(frozen=True)
class Likely:
    """`reasons` are of serial, customer, product, words; `shared` the words in common."""

    ticket: Ticket
    reasons: tuple[str, ...]
    shared: tuple[str, ...] = ()
    share: float = 0.0


def compared(ticket: Ticket, other: Ticket) -> Likely | None:
    """Why `other` is likely about the same as `ticket`; None if it is not."""
    mine, theirs = _same(ticket.fact("serial")), _same(other.fact("serial"))
    if mine and theirs:
        return Likely(other, ("serial",), share=1.0) if mine == theirs else None
    facts = tuple(
        fact
        for fact in ("customer", "product")
        if _same(ticket.fact(fact)) and _same(ticket.fact(fact)) == _same(other.fact(fact))
    )
    if not facts or ticket.queue != other.queue:
        return None
    alike = likeness(_words(ticket), _words(other))
    if alike.share < ALIKE:
        return None
    return Likely(other, (*facts, "words"), alike.shared[:_SHOWN], alike.share)


async def likely_duplicates(
    session: AsyncSession, hotline: Hotline, ticket: Ticket
) -> list[Likely]:
    """At most `MOST` of the company's open and lately closed tickets, the likeliest first.

    One that was merged is none any more; nor is anything of a ticket that was merged itself.
    """
    if ticket.merged_into_id is not None:
        return []
    of_company = (
        TicketRow.partner_id == ticket.partner_id
        if ticket.partner_id
        else TicketRow.partner_id.is_(None)
    )
    others = await tickets_of(
        session,
        select(*COLUMNS)
        .where(
            # Each by its index: most of what a company ever had is neither.
            TicketRow.id.in_(
                union_all(
                    select(TicketRow.id).where(of_company, queries.IS_OPEN),
                    select(TicketRow.id).where(
                        of_company, TicketRow.closed_at > hotline.now() - LATELY
                    ),
                )
            ),
            TicketRow.id != ticket.id,
            TicketRow.merged_into_id.is_(None),
        )
        .order_by(TicketRow.id.desc())
        .limit(_LOOKED_THROUGH),
    )
    found = [
        likely
        for other in others
        if is_of_same_asker(hotline, ticket, other) and (likely := compared(ticket, other))
    ]
    return sorted(found, key=lambda one: (-one.share, -one.ticket.id))[:MOST]


def is_of_same_asker(hotline: Hotline, kept: Ticket, other: Ticket) -> bool:
    """Whether whoever asked for `other` may see `kept`: only then can it be told of to them."""
    if other.contact is not None:
        return queries.contact_sees(hotline, other.contact, kept)
    if kept.contact is not None:
        return False
    address = (other.fact("email") or "").lower()
    same_address = bool(address) and address == (kept.fact("email") or "").lower()
    return same_address or (
        other.conversation_id is not None and other.conversation_id == kept.conversation_id
    )


def _same(value: str | None) -> str:
    return "".join(char for char in folded(value or "") if char.isalnum())


def _words(ticket: Ticket) -> str:
    """What was wanted, without what stands among the facts, which is compared by itself."""
    text = f"{ticket.subject} {ticket.description}"
    for fact in ("customer", "product", "serial"):
        if value := ticket.fact(fact):
            text = text.replace(value, " ")
    return text
