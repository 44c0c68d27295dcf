"""A ticket as a card in the chat: number, subject, state, and the promise with its arithmetic."""

from datetime import datetime
from typing import Any

from hotline.core import Hotline
from hotline.tickets.moves import DONE_STATES, PAUSED_STATES
from hotline.tickets.promises import counting
from hotline.tickets.ticket import Ticket
from hotline.words.lengths import say_length


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


def done_at(ticket: Ticket) -> datetime:
    """When a ticket that is done was reported as done, or closed."""
    closed = ticket.closed_at if ticket.state == "closed" else None
    return closed or ticket.resolved_at or ticket.updated_at


def line_card(hotline: Hotline, language: str, reference: str | None = None) -> dict[str, Any]:
    """The card of the 24-hour hardware line."""
    return {
        "kind": "line",
        "number": hotline.settings.vendor.hardware_line,
        "label": hotline.words.say("hardware_line", language),
        "reference": reference,
    }


def _promise(hotline: Hotline, ticket: Ticket, language: str) -> dict[str, Any]:
    words, now = hotline.words, hotline.now()
    if ticket.state in DONE_STATES:
        at = done_at(ticket)
        return {
            "label": words.say(f"promise_{ticket.state}", language),
            "at": at.astimezone(hotline.calendar.timezone).isoformat(),
            "words": words.time(at, now, language),
            "tone": "resolved",
            "why": [],
        }
    label = "promise_reply" if ticket.owes_answer else "promise_fix"
    return {
        "label": words.say(label, language, queue=words.queue(ticket.queue, language)),
        "at": ticket.due_at.astimezone(hotline.calendar.timezone).isoformat(),
        "words": words.promise(ticket.due_at, now, language),
        "tone": _tone(ticket, now),
        "why": _why(hotline, ticket, language),
    }


def _why(hotline: Hotline, ticket: Ticket, language: str) -> list[str]:
    """The rule and its arithmetic, line by line."""
    words, counted = hotline.words, counting(hotline, ticket)
    hours = "day_and_night" if counted.rule.targets.round_the_clock else "open_hours"
    rule = words.say(
        f"trace.rule.{ticket.owes}",
        language,
        severity=words.severity(counted.severity, language, ticket.queue),
        length=say_length(counted.minutes, language),
        counted=words.say(f"trace.{hours}", language),
    )
    return [rule, *words.why(counted.due, language)]


def _tone(ticket: Ticket, now: datetime) -> str:
    if ticket.state in PAUSED_STATES:
        return "paused"
    return "missed" if now > ticket.due_at else "ontime"
