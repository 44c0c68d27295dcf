"""What a ticket promises: a first response and a resolution, counted in its severity's minutes."""

from dataclasses import dataclass, replace
from datetime import datetime

from hotline.calendar.days import PAUSED
from hotline.calendar.rules import Due, ServiceCalendar, Span
from hotline.calendar.service import calendar_for
from hotline.core import Hotline
from hotline.tickets.ticket import Ticket


@dataclass(frozen=True)
class Counting:
    """The promise that counts now: its target in minutes, and how the deadline came about."""

    minutes: int
    due: Due


def calendar_of(hotline: Hotline, severity: int) -> ServiceCalendar:
    """The hours that count for a severity: the hotline's own, or all day and night."""
    return calendar_for(hotline.settings, severity)


def first_response(hotline: Hotline, severity: int, start: datetime) -> Due:
    minutes = hotline.settings.severity[severity].first_response_minutes
    return calendar_of(hotline, severity).due(start, minutes)


def resolution(hotline: Hotline, severity: int, start: datetime) -> Due:
    minutes = hotline.settings.severity[severity].resolution_minutes
    return calendar_of(hotline, severity).due(start, minutes)


def counted_from(ticket: Ticket) -> datetime:
    return ticket.reopened_at or ticket.opened_at


def counting(hotline: Hotline, ticket: Ticket) -> Counting:
    """The arithmetic of `ticket.due_at`; the time it stood still is one last stretch."""
    targets, start = hotline.settings.severity[ticket.severity], counted_from(ticket)
    if ticket.first_responded_at is None:
        return Counting(
            targets.first_response_minutes, first_response(hotline, ticket.severity, start)
        )
    due = resolution(hotline, ticket.severity, start)
    if ticket.resolution_due > due.due_at:
        stood = Span(due.due_at, ticket.resolution_due, 0, PAUSED)
        due = replace(due, due_at=ticket.resolution_due, trace=(*due.trace, stood))
    return Counting(targets.resolution_minutes, due)
