"""What a ticket promises, and the arithmetic of each promise.

A promise is counted from one moment, or from several: a severity that was raised later counts anew
from then, and of what was promised before and since the earlier holds. `clocks` keeps these moments
with the severity of each, `pauses` when the clock stood still; everything else follows from them,
so that it can be counted again when the hours or the rules change.

    clocks = {"first_response": [{"from": "2026-12-01T02:15:00+00:00", "severity": 3}], ...}
    pauses = [["2026-12-01T03:00:00+00:00", "2026-12-01T05:30:00+00:00"], ...]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.calendar.rules import Due, ServiceCalendar
from hotline.core import Hotline
from hotline.deadlines.counting import Pause, due_after
from hotline.deadlines.rules import Rule
from hotline.tickets.ticket import Ticket

FIRST, NEXT, FIX = "first_response", "next_response", "resolution"
PROMISES = (FIRST, NEXT, FIX)


@dataclass(frozen=True)
class Case:
    """What the rules look at beside the severity."""

    queue: str
    tier: str | None  # None is a visitor's


@dataclass(frozen=True)
class Counting:
    """A promise: its target in minutes, from when, by which rule, and how the deadline came about.

    `severity` is the one whose target it is: after a rise the old promise may be the earlier one.
    """

    minutes: int
    due: Due
    severity: int
    rule: Rule
    since: datetime


def rule_of(hotline: Hotline, ticket: Ticket) -> Rule:
    """The rule for the ticket as it stands."""
    return hotline.deadlines.rule_for(ticket.severity, ticket.queue, ticket.tier)


def calendar_by(hotline: Hotline, rule: Rule) -> ServiceCalendar:
    """The hours that count by a rule: the hotline's own, or all day and night."""
    return hotline.calendars.day_and_night if rule.targets.round_the_clock else hotline.calendar


def calendar_of(hotline: Hotline, ticket: Ticket) -> ServiceCalendar:
    return calendar_by(hotline, rule_of(hotline, ticket))


def count(
    hotline: Hotline,
    promise: str,
    case: Case,
    clock: Sequence[Mapping[str, Any]],
    pauses: Sequence[Pause] = (),
) -> Counting:
    """The promise by the hours and rules that hold now; of several moments the earliest wins."""
    counted = (
        _count(hotline, promise, case, int(moment["severity"]), read_time(moment["from"]), pauses)
        for moment in clock
    )
    return min(counted, key=lambda one: one.due.due_at)


def promised(hotline: Hotline, promise: str, severity: int, case: Case, since: datetime) -> Due:
    """When what is asked for at `since` would be due."""
    return _count(hotline, promise, case, severity, since, ()).due


def counting(hotline: Hotline, ticket: Ticket) -> Counting:
    """The arithmetic of the promise that counts now."""
    case = Case(ticket.queue, ticket.tier)
    moments = clock_of(ticket.clocks, ticket.owes, ticket)
    return count(hotline, ticket.owes, case, moments, pauses_of(ticket.pauses))


def measure_of(hotline: Hotline, ticket: Ticket) -> tuple[int, Rule]:
    """The open minutes of the promise that counts now, and its rule, as `counting` has them.

    Where it has one moment, as nearly all have, nothing is counted: a list asks this of every row.
    """
    moments = clock_of(ticket.clocks, ticket.owes, ticket)
    if len(moments) > 1:
        counted = counting(hotline, ticket)
        return counted.minutes, counted.rule
    severity = int(moments[0]["severity"])
    rule = hotline.deadlines.rule_for(severity, ticket.queue, ticket.tier)
    return getattr(rule.targets, ticket.owes), rule


def clock_of(clocks: Mapping[str, Any], promise: str, ticket: Ticket) -> list[dict[str, Any]]:
    """The moments a promise is counted from; its opening if the ticket is older than the clocks."""
    opened = {"from": (ticket.reopened_at or ticket.opened_at).isoformat()}
    return list(clocks.get(promise, ())) or [{**opened, "severity": ticket.severity}]


def pauses_of(kept: Sequence[Sequence[str]]) -> list[Pause]:
    return [Pause(read_time(began), read_time(ended)) for began, ended in kept]


def read_time(kept: str) -> datetime:
    return datetime.fromisoformat(kept)


def _count(
    hotline: Hotline,
    promise: str,
    case: Case,
    severity: int,
    since: datetime,
    pauses: Sequence[Pause],
) -> Counting:
    rule = hotline.deadlines.rule_for(severity, case.queue, case.tier)
    minutes: int = getattr(rule.targets, promise)
    due = due_after(calendar_by(hotline, rule), since, minutes, pauses)
    return Counting(minutes, due, severity, rule, since)
