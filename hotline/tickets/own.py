"""A contact's own tickets, as the own page lists them; and that one of them was read."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.attempts import journalling
from hotline.core import Hotline
from hotline.journal import write_entry
from hotline.partners.service import Contact
from hotline.tickets.queries import find_as, seen_as, urgency
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from wording import ticket_number
from wording.text import plain

Which = Literal["all", "open", "closed"]
Whose = Literal["all", "own", "colleagues"]
ON_A_PAGE = 20
CLOSED_DAYS = 183  # what was closed before that is found by searching for it
_MOST_TERMS = 8
# T26-1077: no zeros in front, no check digit. Of six digits and more it may be either.
_SHORT_NUMBER = re.compile(r"[Tt]([0-9]{2})[ -]([0-9]{1,6})")


@dataclass(frozen=True)
class Wanted:
    """What the contact wants to see; with `words` also what was closed long ago."""

    which: Which = "all"
    whose: Whose = "all"
    words: str = ""


async def page_of(
    session: AsyncSession, hotline: Hotline, contact: Contact, wanted: Wanted, start: int = 0
) -> list[Ticket]:
    """The open ones first, the most urgent promise before the others; then the last closed."""
    stands, due, severity, newest = urgency()
    of_open_ones = case((TicketRow.state != "closed", due))
    order = (stands, of_open_ones, TicketRow.closed_at.desc(), severity, newest)
    query = _wanted(select(TicketRow), hotline, contact, wanted).order_by(*order)
    return [snapshot(row) for row in await session.scalars(query.offset(start).limit(ON_A_PAGE))]


async def count(
    session: AsyncSession, hotline: Hotline, contact: Contact, wanted: Wanted = Wanted()
) -> int:
    query = select(func.count()).select_from(TicketRow)
    return await session.scalar(_wanted(query, hotline, contact, wanted)) or 0


async def read(hotline: Hotline, contact: Contact, number: str) -> Ticket:
    """The ticket, journalled as read; NotFound if the contact may not see it.

    The entry names the ticket in its detail: it is no event of the ticket's own history.
    """
    async with journalling(hotline, "read", guessable=True), hotline.database.write() as session:
        ticket = await find_as(session, hotline, contact, number)
        await write_entry(
            session, hotline.now(), "ticket.read", "partner", ticket=ticket.id, contact=contact.id
        )
        return ticket


async def follower_of(
    session: AsyncSession, hotline: Hotline, contact: Contact, ticket: Ticket
) -> str | None:
    """The number of the ticket that goes on from this one, if there is one."""
    number: str | None = await session.scalar(
        select(TicketRow.number)
        .where(TicketRow.follows == ticket.number, seen_as(hotline, contact))
        .order_by(TicketRow.id.desc())
        .limit(1)
    )
    return number


def _wanted(query: Select[Any], hotline: Hotline, contact: Contact, wanted: Wanted) -> Select[Any]:
    query = query.where(seen_as(hotline, contact))
    if wanted.which == "open":
        query = query.where(TicketRow.state != "closed")
    elif wanted.which == "closed":
        query = query.where(TicketRow.state == "closed")
    if wanted.whose == "own":
        query = query.where(TicketRow.contact_id == contact.id)
    elif wanted.whose == "colleagues":
        query = query.where(TicketRow.contact_id != contact.id)
    if wanted.words:
        return query.where(*_having(wanted.words))
    since = hotline.now() - timedelta(days=CLOSED_DAYS)
    return query.where(or_(TicketRow.state != "closed", TicketRow.closed_at >= since))


def _having(words: str) -> list[ColumnElement[bool]]:
    """A number in any writing, or every word somewhere in number, subject or customer."""
    written = " ".join(plain(words).split())
    if number := ticket_number.read(written):
        return [TicketRow.number == number]
    if short := _SHORT_NUMBER.fullmatch(written):
        year, sequence = short.groups()
        return [TicketRow.number == ticket_number.write(int(year), int(sequence))]
    columns = (
        TicketRow.number,
        TicketRow.subject,
        TicketRow.facts["customer"]["value"].as_string(),
    )
    return [
        or_(*(func.lower(column).contains(term.lower(), autoescape=True) for column in columns))
        for term in written.split()[:_MOST_TERMS]
    ]
