"""What could not be delivered: the list, trying again, giving it up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.deliveries import DROPPED, PENDING, TOLD_WITH, UNDELIVERED, DeliveryRow
from hotline.errors import NotAllowed, NotFound
from hotline.journal import write_entry
from hotline.notices import rules
from hotline.notices.rows import WebhookOffRow
from hotline.partners.rows import ContactRow
from hotline.permissions import AUDITORS
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff
from hotline.tickets.rows import TicketRow

_GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Undelivered:
    """`to` is what kind of receiver it is: staff, contact, talk, ticket or hook; `name` a person's
    or a program's, in Chinese and in English, "" of a visitor. `staff_id` is a colleague's,
    `partner_id` a contact's company. `failure` is a code."""

    id: int
    kind: str
    to: str
    name: tuple[str, str]
    company: tuple[str, str]
    staff_id: int | None
    partner_id: str
    number: str
    failure: str
    tries: int
    tried_at: datetime | None


async def all_undelivered(session: AsyncSession, limit: int = 100) -> list[Undelivered]:
    """What somebody has to look at, the newest first."""
    rows = await session.scalars(
        select(DeliveryRow)
        .where(DeliveryRow.state == UNDELIVERED)
        .order_by(DeliveryRow.id.desc())
        .limit(limit)
    )
    return [await _snapshot(session, row) for row in rows]


def counted() -> Select[Any]:
    """The question how much there is of it."""
    return select(func.count()).where(DeliveryRow.state == UNDELIVERED)


async def try_again(hotline: Hotline, staff: Staff, delivery_id: int) -> None:
    """Have it tried at once, and as long as anything new; what is tried already stays so.

    A webhook that was switched off because its receiver was gone is on again.
    """
    async with hotline.database.write() as session:
        row = await _row(session, staff, delivery_id)
        if row.state != UNDELIVERED:
            return
        row.state, row.next_at, row.first_tried_at = PENDING, hotline.now(), None
        if row.channel.startswith(f"{rules.WEBHOOK}:"):
            off = await session.get(WebhookOffRow, row.channel.partition(":")[2])
            if off is not None:
                await session.delete(off)
        await _journal(session, hotline, staff, row, "notice.retried")


async def give_up(hotline: Hotline, staff: Staff, delivery_id: int) -> None:
    """Take it from the list; what is off the list already stays so."""
    async with hotline.database.write() as session:
        row = await _row(session, staff, delivery_id)
        if row.state != UNDELIVERED:
            return
        row.state, row.failure = DROPPED, _GIVEN_UP
        await session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.with_id == row.id, DeliveryRow.state == TOLD_WITH)
            .values(state=DROPPED)
        )
        await _journal(session, hotline, staff, row, "notice.dropped")


async def _row(session: AsyncSession, staff: Staff, delivery_id: int) -> DeliveryRow:
    if staff.role not in AUDITORS:
        raise NotAllowed("this is for leads and administrators")
    row = await locked_row(session, DeliveryRow, DeliveryRow.id == delivery_id)
    if row is None or row.channel == "chat":
        raise NotFound("no such delivery")
    return row


async def _journal(
    session: AsyncSession, hotline: Hotline, staff: Staff, row: DeliveryRow, kind: str
) -> None:
    await write_entry(
        session,
        hotline.now(),
        kind,
        f"staff:{staff.id}",
        ticket_id=row.ticket_id,
        delivery=row.id,
        notice=row.kind,
        receiver=row.receiver,
    )


async def _snapshot(session: AsyncSession, row: DeliveryRow) -> Undelivered:
    to, _, code = row.receiver.partition(":")
    name = company = ("", "")
    staff_id: int | None = None
    partner_id = ""
    if to == "staff" and (member := await session.get(StaffRow, int(code))):
        name, staff_id = (member.name, member.name_en), member.id
    elif to == "contact" and (contact := await session.get(ContactRow, int(code))):
        name = contact.name, contact.name
        company = contact.partner.name_zh, contact.partner.name_en
        partner_id = contact.partner_id
    elif to == rules.WEBHOOK:
        name = code, code
    ticket = await session.get(TicketRow, row.ticket_id) if row.ticket_id else None
    return Undelivered(
        row.id,
        row.kind,
        to,
        name,
        company,
        staff_id,
        partner_id,
        ticket.number if ticket else "",
        row.failure or "",
        row.tries,
        row.tried_at,
    )
