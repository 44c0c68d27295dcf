"""A ticket as everybody outside the tables sees it."""

from dataclasses import dataclass
from datetime import datetime

from hotline.partners import service as partners
from hotline.partners.service import Contact
from hotline.staff import service as staff_service
from hotline.staff.service import Staff
from hotline.tickets.rows import TicketRow


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
    resolution_due: datetime
    waiting_since: datetime | None
    resolved_at: datetime | None
    resolution: str | None
    closed_at: datetime | None
    reopened_at: datetime | None
    reopened: int
    escalated_at: datetime | None = None
    follows: str | None = None

    def fact(self, kind: str) -> str | None:
        return self.facts.get(kind, {}).get("value") or None

    @property
    def due_at(self) -> datetime:
        """The promise that counts now: the first response until it was given, then the fix."""
        return self.resolution_due if self.first_responded_at else self.first_response_due


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
        resolution_due=row.resolution_due,
        waiting_since=row.waiting_since,
        resolved_at=row.resolved_at,
        resolution=row.resolution,
        closed_at=row.closed_at,
        reopened_at=row.reopened_at,
        reopened=row.reopened,
        escalated_at=row.escalated_at,
        follows=row.follows,
    )
