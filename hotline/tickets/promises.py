"""What a ticket promises: a first response and a resolution, counted in its severity's minutes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.calendar.days import PAUSED
from hotline.calendar.rules import Due, ServiceCalendar, Span
from hotline.core import Hotline
from hotline.tickets.ticket import Ticket

Promise = Callable[[Hotline, int, datetime], Due]


@dataclass(frozen=True)
class Counting:
    """The promise that counts now: its target in minutes, and how the deadline came about.

    `severity` is the one whose target it is: after a rise the old promise may be the earlier one.
    """

    minutes: int
    due: Due
    severity: int


def calendar_of(hotline: Hotline, severity: int) -> ServiceCalendar:
    """The hours that count for a severity: the hotline's own, or all day and night."""
    round_the_clock = hotline.settings.severity[severity].round_the_clock
    return hotline.calendars.day_and_night if round_the_clock else hotline.calendar


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
    if ticket.first_responded_at is None:
        severity, due = _promised(hotline, ticket, first_response)
        return Counting(hotline.settings.severity[severity].first_response_minutes, due, severity)
    severity, due = _promised(hotline, ticket, resolution)
    if ticket.resolution_due > due.due_at:
        stood = Span(due.due_at, ticket.resolution_due, 0, PAUSED)
        due = replace(due, due_at=ticket.resolution_due, trace=(*due.trace, stood))
    return Counting(hotline.settings.severity[severity].resolution_minutes, due, severity)


def _promised(hotline: Hotline, ticket: Ticket, promise: Promise) -> tuple[int, Due]:
    """The severity and the moment from which the deadline was counted.

    Where the severity was raised later, that is either the rise or, if that was earlier still, the
    promise given before it by a milder severity.
    """
    usual = ticket.severity, promise(hotline, ticket.severity, counted_from(ticket))
    if ticket.escalated_at is None:
        return usual
    raised = ticket.severity, promise(hotline, ticket.severity, ticket.escalated_at)
    milder = [
        (severity, promise(hotline, severity, counted_from(ticket)))
        for severity in hotline.settings.severity
        if severity > ticket.severity
    ]
    exact = (one for one in (usual, raised, *milder) if one[1].due_at == ticket.due_at)
    return next(exact, usual)
