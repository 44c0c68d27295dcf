"""A ticket as a card in the chat: number, subject, state, and the promise with its arithmetic."""

from datetime import datetime
from typing import Any

from hotline.core import Hotline
from hotline.tickets.moves import PAUSED_STATES
from hotline.tickets.ticket import Ticket


def ticket_card(hotline: Hotline, ticket: Ticket, language: str) -> dict[str, Any]:
    """The card of `ticket`; its promise is the one that counts now."""
    words = hotline.words
    severe = ticket.severity <= 2
    return {
        "kind": "ticket",
        "number": ticket.number,
        "subject": ticket.subject,
        "severity": ticket.severity,
        "severity_word": words.severity(ticket.severity, language, ticket.queue) if severe else "",
        "state": ticket.state,
        "state_word": words.state(ticket.state, language),
        "promise": _promise(hotline, ticket, language),
    }


def line_card(hotline: Hotline, language: str, reference: str | None = None) -> dict[str, Any]:
    """The card of the 24-hour hardware line."""
    return {
        "kind": "line",
        "number": hotline.settings.vendor.hardware_line,
        "label": hotline.words.say("hardware_line", language),
        "reference": reference,
    }


def why(hotline: Hotline, start: datetime, minutes: int, language: str) -> list[str]:
    """The arithmetic of a promise, one line per stretch of time."""
    return list(hotline.words.why(hotline.calendar.due(start, minutes), language))


def _promise(hotline: Hotline, ticket: Ticket, language: str) -> dict[str, Any]:
    words, now = hotline.words, hotline.now()
    targets = hotline.settings.severity[ticket.severity]
    answered = ticket.first_responded_at is not None
    label = "promise_fix" if answered else "promise_reply"
    return {
        "label": words.say(label, language, queue=words.queue(ticket.queue, language)),
        "at": ticket.due_at.astimezone(hotline.calendar.timezone).isoformat(),
        "words": words.promise(ticket.due_at, now, language),
        "tone": _tone(ticket, now),
        "why": why(
            hotline,
            _counted_from(ticket),
            targets.resolution_minutes if answered else targets.first_response_minutes,
            language,
        ),
    }


def _counted_from(ticket: Ticket) -> datetime:
    return ticket.reopened_at or ticket.opened_at


def _tone(ticket: Ticket, now: datetime) -> str:
    if ticket.state in ("resolved", "closed"):
        return "resolved"
    if ticket.state in PAUSED_STATES:
        return "paused"
    return "missed" if now > ticket.due_at else "ontime"
