"""A ticket as JSON, for the staff API and the command line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hotline.core import Hotline
from hotline.journal import Entry
from hotline.tickets.ticket import Ticket


def ticket_json(
    hotline: Hotline, ticket: Ticket, events: Sequence[Entry] | None = None
) -> dict[str, Any]:
    """The shape of the contract; times in the hotline's own zone."""
    contact, zone = ticket.contact, hotline.calendar.timezone

    def local(at: datetime | None) -> str | None:
        return at.astimezone(zone).isoformat(timespec="seconds") if at else None

    shown: dict[str, Any] = {
        "number": ticket.number,
        "version": ticket.version,
        "queue": ticket.queue,
        "category": ticket.queue,
        "intent": ticket.intent,
        "audience": ticket.audience,
        "severity": ticket.severity,
        "severity_words": list(ticket.severity_words),
        "state": ticket.state,
        "subject": ticket.subject,
        "description": ticket.description,
        "partner": contact.company_zh if contact else None,
        "partner_id": contact.partner_id if contact else None,
        "contact": contact.name if contact else None,
        "phone": ticket.fact("phone") or (contact.phone if contact else None),
        "email": ticket.fact("email") or (contact.email if contact else None),
        "identity_verified": ticket.identity_verified,
        "customer": ticket.fact("customer"),
        "product": ticket.fact("product"),
        "serial": ticket.fact("serial"),
        "facts": ticket.facts,
        "opened_at": local(ticket.opened_at),
        "first_response_due": local(ticket.first_response_due),
        "first_responded_at": local(ticket.first_responded_at),
        "next_response_due": local(ticket.next_response_due),
        "resolution_due": local(ticket.resolution_due),
        "complaint_due": local(ticket.complaint_due),
        "owes": ticket.owes,
        "due_at": local(ticket.due_at),
        "resolution": ticket.resolution,
        "source": ticket.source,
        "assignee": ticket.assignee.name if ticket.assignee else None,
        "conversation": ticket.conversation_id,
        "reopened": ticket.reopened,
    }
    if events is not None:
        shown["events"] = [
            {
                "id": entry.id,
                "at": local(entry.at),
                "kind": entry.kind,
                "actor": entry.actor,
                "detail": entry.detail,
            }
            for entry in events
        ]
    return shown
