"""What members of staff saw and did, read from the journal; who looks is in it, too.

An entry has ids and codes only. Names of staff are looked up where it is shown; of partners nothing
is shown but a ticket's number and a company's id.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, or_, select

from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline
from hotline.errors import NotAllowed
from hotline.journal import Entry, EntryRow, entry_of, write_entry
from hotline.partners.rows import ContactRow
from hotline.permissions import AUDITORS
from hotline.staff.service import Staff
from hotline.tickets.rows import TicketRow

AT_ONCE, MOST_EXPORTED = 50, 10_000
CONVERSATION_VIEWED, FILE_VIEWED = "conversation.viewed", "file.viewed"
PARTNER_VIEWED = "partner.viewed"  # the page of a company
# Whoever looks again within that time is in the journal already.
AGAIN_AFTER = timedelta(minutes=30)


@dataclass(frozen=True)
class Wanted:
    """Whose acts (and what was done to their account), about which ticket or company, on which day
    of the hotline's zone. What is not said is no condition."""

    staff_id: int | None = None
    ticket: str = ""
    partner: str = ""
    day: date | None = None

    def to_json(self) -> dict[str, Any]:
        said = {
            "staff": self.staff_id,
            "ticket": self.ticket,
            "partner": self.partner,
            "day": self.day.isoformat() if self.day else None,
        }
        return {key: value for key, value in said.items() if value}


@dataclass(frozen=True)
class Page:
    """The newest first; `before` is where the next page begins, None at the end."""

    entries: tuple[Entry, ...]
    numbers: dict[int, str]  # of the tickets, by id
    before: int | None


async def read(
    hotline: Hotline, by: Staff, wanted: Wanted, before: int | None = None, limit: int = AT_ONCE
) -> Page:
    """What is wanted, older than the entry `before`. The reading is journalled with what it was."""
    _require_auditor(by)
    async with hotline.database.read() as session:
        query = select(EntryRow).where(*_conditions(hotline, wanted))
        if before is not None:
            query = query.where(EntryRow.id < before)
        rows = list(await session.scalars(query.order_by(EntryRow.id.desc()).limit(limit + 1)))
        entries = tuple(entry_of(row) for row in rows[:limit])
        ids = {entry.ticket_id for entry in entries if entry.ticket_id is not None}
        found = await session.execute(
            select(TicketRow.id, TicketRow.number).where(TicketRow.id.in_(ids))
        )
        numbers = {ticket_id: number for ticket_id, number in found}
    async with hotline.database.write() as session:
        kind = "audit.exported" if limit > AT_ONCE else "audit.viewed"
        said = {**wanted.to_json(), **({"before": before} if before else {})}
        await write_entry(
            session, hotline.now(), kind, f"staff:{by.id}", entries=len(entries), wanted=said
        )
    return Page(entries, numbers, entries[-1].id if len(rows) > limit else None)


async def viewed(
    hotline: Hotline,
    staff: Staff,
    kind: str,
    *,
    conversation_id: str | None = None,
    **detail: Any,
) -> None:
    """Journal that `staff` has looked at it, unless they did within half an hour.

    Who looks at a ticket or a chat is noted by `hotline.looking`.
    """
    same = looked_lately(hotline, staff, kind, conversation_id=conversation_id)
    async with hotline.database.read() as session:
        rows = await session.scalars(select(EntryRow.detail).where(same).limit(100))
        if detail in list(rows):
            return
    async with hotline.database.write() as session:
        await write_entry(
            session,
            hotline.now(),
            kind,
            f"staff:{staff.id}",
            conversation_id=conversation_id,
            **detail,
        )


def looked_lately(
    hotline: Hotline,
    staff: Staff,
    kind: str,
    *,
    ticket_id: int | None = None,
    conversation_id: str | None = None,
) -> ColumnElement[bool]:
    """The entries of the last half an hour that `staff` has looked at the ticket, or else at the
    conversation."""
    return and_(
        EntryRow.actor == f"staff:{staff.id}",
        EntryRow.kind == kind,
        EntryRow.at > hotline.now() - AGAIN_AFTER,
        EntryRow.ticket_id == ticket_id
        if ticket_id is not None
        else EntryRow.conversation_id == conversation_id,
    )


def _require_auditor(by: Staff) -> None:
    if by.role not in AUDITORS:
        raise NotAllowed("this is for leads and administrators")


def _conditions(hotline: Hotline, wanted: Wanted) -> list[ColumnElement[bool]]:
    account = EntryRow.kind.like("staff.%")
    if wanted.staff_id is None:
        # Every "staff:…" by a range that an index can answer: ";" follows ":".
        by_staff = and_(EntryRow.actor >= "staff:", EntryRow.actor < "staff;")
        found = [or_(by_staff, account)]
    else:
        # By a case: of other entries PostgreSQL would read a number where there is none.
        whose = case((account, EntryRow.detail["staff"].as_integer()), else_=None)
        found = [or_(EntryRow.actor == f"staff:{wanted.staff_id}", whose == wanted.staff_id)]
    if wanted.ticket:
        tickets = select(TicketRow.id).where(TicketRow.number == wanted.ticket)
        talks = select(TicketRow.conversation_id).where(
            TicketRow.number == wanted.ticket, TicketRow.conversation_id.is_not(None)
        )
        found.append(or_(EntryRow.ticket_id.in_(tickets), EntryRow.conversation_id.in_(talks)))
    if wanted.partner:
        tickets = select(TicketRow.id).where(TicketRow.partner_id == wanted.partner)
        talks = (
            select(ConversationRow.id)
            .join(ContactRow, ContactRow.id == ConversationRow.contact_id)
            .where(ContactRow.partner_id == wanted.partner)
        )
        company = case((EntryRow.kind == PARTNER_VIEWED, EntryRow.detail["partner"].as_string()))
        found.append(
            or_(
                EntryRow.ticket_id.in_(tickets),
                EntryRow.conversation_id.in_(talks),
                company == wanted.partner,
            )
        )
    if wanted.day is not None:
        found.append(_within(hotline, wanted.day))
    return found


def _within(hotline: Hotline, day: date) -> ColumnElement[bool]:
    zone = hotline.calendar.timezone
    try:
        begins, ends = (
            datetime.combine(each, time(), zone) for each in (day, day + timedelta(days=1))
        )
    except OverflowError:
        return false()
    return and_(EntryRow.at >= begins, EntryRow.at < ends)
