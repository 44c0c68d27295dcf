"""Which other tickets of the same company are likely about the same matter, and why.

Told by what a colleague can check at a glance: the same serial number; or the same customer or
product, and enough of the same words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from sqlalchemy import select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.tickets import queries
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, fact_in
from wording.likeness import likeness
from wording.text import folded

LATELY = timedelta(days=14)  # as long as this a closed one may be meant
ALIKE = 0.5  # of the shorter one's words
MOST = 5
_LOOKED_THROUGH = 200
_SHOWN = 6  # words


class Told(Protocol):
    """What of a ticket is compared."""

    @property
    def queue(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Mapping[str, str]]: ...


@dataclass(frozen=True)
class Same:
    """`reasons` are of serial, customer, product, words; `shared` the words in common, which are
    `share` of the shorter one's."""

    reasons: tuple[str, ...]
    shared: tuple[str, ...] = ()
    share: float = 1.0


@dataclass(frozen=True)
class Likely:
    ticket: Ticket
    same: Same


def compared(ticket: Told, other: Told) -> Same | None:
    """Why `other` is likely about the same as `ticket`; None if it is not."""
    mine, theirs = _fact(ticket, "serial"), _fact(other, "serial")
    if mine and theirs:
        return Same(("serial",)) if mine == theirs else None
    facts = tuple(
        fact
        for fact in ("customer", "product")
        if _fact(ticket, fact) and _fact(ticket, fact) == _fact(other, fact)
    )
    if not facts or ticket.queue != other.queue:
        return None
    alike = likeness(_words(ticket), _words(other))
    if alike.share < ALIKE:
        return None
    return Same((*facts, "words"), alike.shared[:_SHOWN], alike.share)


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
    others = await session.execute(
        select(
            TicketRow.id,
            TicketRow.queue,
            TicketRow.subject,
            TicketRow.description,
            TicketRow.facts,
        )
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
        .limit(_LOOKED_THROUGH)
    )
    # Seldom any is the same: only of those the whole ticket is read.
    same = {other.id: why for other in others if (why := compared(ticket, other))}
    found = [
        Likely(other, same[other.id])
        for other in (await queries.by_ids(session, set(same))).values()
        if is_of_same_asker(hotline, ticket, other)
    ]
    return sorted(found, key=lambda one: (-one.same.share, -one.ticket.id))[:MOST]


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


def _fact(ticket: Told, kind: str) -> str:
    value = fact_in(ticket.facts, kind) or ""
    return "".join(char for char in folded(value) if char.isalnum())


def _words(ticket: Told) -> str:
    """What was wanted, without what stands among the facts, which is compared by itself."""
    text = f"{ticket.subject} {ticket.description}"
    for fact in ("customer", "product", "serial"):
        if value := fact_in(ticket.facts, fact):
            text = text.replace(value, " ")
    return text
