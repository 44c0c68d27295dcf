"""A ticket as everybody outside the tables sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from hotline.partners import service as partners
from hotline.partners.service import Contact
from hotline.staff import service as staff_service
from hotline.staff.service import Staff
from hotline.tickets.rows import TicketRow

_JOINED = ("contact", "assignee")


@dataclass(frozen=True)
class Ticket:
    id: int
    number: str
    version: int
    conversation_id: str | None
    partner_id: str | None
    contact: Contact | None
    identity_verified: bool
    intent: str
    queue: str
    audience: str
    source: str
    language: str
    severity: int
    severity_words: tuple[str, ...]
    state: str
    subject: str
    description: str
    facts: dict[str, dict[str, str]]
    assignee: Staff | None
    opened_at: datetime
    updated_at: datetime
    first_response_due: datetime
    first_responded_at: datetime | None
    next_response_due: datetime | None
    resolution_due: datetime
    clocks: dict[str, Any]
    pauses: list[Any]
    waiting_since: datetime | None
    resolved_at: datetime | None
    resolution: str | None
    closed_at: datetime | None
    reopened_at: datetime | None
    reopened: int
    escalated_at: datetime | None = None
    follows: str | None = None
    complained_at: datetime | None = None
    complaint_due: datetime | None = None
    # By which hours and rules its promises were counted last.
    calendar_version: int = 0
    rules_version: int = 0
    # The ticket that it was merged into, as the same matter.
    merged_into_id: int | None = None
    merged_at: datetime | None = None
    callback: str | None = None
    callback_at: datetime | None = None

    def fact(self, kind: str) -> str | None:
        return fact_in(self.facts, kind)

    @property
    def tier(self) -> str | None:
        """The company's tier; None of a visitor."""
        return self.contact.tier if self.contact else None

    @property
    def owes(self) -> str:
        """The promise that counts now: an answer, as long as one is owed, else the solution."""
        if self.first_responded_at is None:
            return "first_response"
        answer = self.next_response_due
        return "resolution" if answer is None or answer > self.resolution_due else "next_response"

    @property
    def owes_answer(self) -> bool:
        return self.owes != "resolution"

    @property
    def due_at(self) -> datetime:
        """When the promise that counts now is due."""
        due = {
            "first_response": self.first_response_due,
            "next_response": self.next_response_due,
            "resolution": self.resolution_due,
        }[self.owes]
        assert due is not None
        return due


def fact_in(facts: Mapping[str, Mapping[str, str]], kind: str) -> str | None:
    return facts.get(kind, {}).get("value") or None


def snapshot(row: TicketRow) -> Ticket:
    return Ticket(
        id=row.id,
        number=row.number,
        version=row.version,
        conversation_id=row.conversation_id,
        partner_id=row.partner_id,
        contact=partners.snapshot(row.contact) if row.contact else None,
        identity_verified=row.identity_verified,
        intent=row.intent,
        queue=row.queue,
        audience=row.audience,
        source=row.source,
        language=row.language,
        severity=row.severity,
        severity_words=tuple(row.severity_words),
        state=row.state,
        subject=row.subject,
        description=row.description,
        facts=row.facts,
        assignee=staff_service.snapshot(row.assignee) if row.assignee else None,
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        first_response_due=row.first_response_due,
        first_responded_at=row.first_responded_at,
        next_response_due=row.next_response_due,
        resolution_due=row.resolution_due,
        clocks=row.clocks,
        pauses=row.pauses,
        waiting_since=row.waiting_since,
        resolved_at=row.resolved_at,
        resolution=row.resolution,
        closed_at=row.closed_at,
        reopened_at=row.reopened_at,
        reopened=row.reopened,
        escalated_at=row.escalated_at,
        follows=row.follows,
        complained_at=row.complained_at,
        complaint_due=row.complaint_due,
        calendar_version=row.calendar_version,
        rules_version=row.rules_version,
        merged_into_id=row.merged_into_id,
        merged_at=row.merged_at,
        callback=row.callback,
        callback_at=row.callback_at,
    )


# What `of_columns` takes: a list reads them without making a row of every ticket.
COLUMNS = (
    *(getattr(TicketRow, each.name) for each in fields(Ticket) if each.name not in _JOINED),
    TicketRow.contact_id,
    TicketRow.assignee_id,
)

_NAMES = tuple(column.key for column in COLUMNS)


def of_columns(
    found: Sequence[Any], contacts: Mapping[int, Contact], staff: Mapping[int, Staff]
) -> Ticket:
    """The same as `snapshot` of what COLUMNS has; `contacts` and `staff` are by id."""
    values = dict(zip(_NAMES, found, strict=True))
    contact_id, assignee_id = values.pop("contact_id"), values.pop("assignee_id")
    values["severity_words"] = tuple(values["severity_words"])
    return Ticket(
        **values,
        contact=None if contact_id is None else contacts[contact_id],
        assignee=None if assignee_id is None else staff[assignee_id],
    )
