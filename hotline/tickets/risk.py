"""Whether a promise is near its end while nothing has come of it yet."""

from hotline.core import Hotline
from hotline.tickets.promises import calendar_by, measure_of
from hotline.tickets.ticket import Ticket


def is_at_risk(hotline: Hotline, ticket: Ticket) -> bool:
    """Whether so much of the time that counts (`warning_share`) is used, and not all of it."""
    now = hotline.now()
    if ticket.state not in ("new", "open") or now > ticket.due_at:
        return False
    return share_used(hotline, ticket) >= hotline.settings.warning_share


def share_used(hotline: Hotline, ticket: Ticket) -> float:
    """How much of the open time up to the promise that counts now has passed, from 0 to 1."""
    minutes, rule = measure_of(hotline, ticket)
    left = calendar_by(hotline, rule).open_minutes(hotline.now(), ticket.due_at)
    return min(1.0, max(0.0, 1 - left / minutes))
