"""The clocks of a ticket's row: started, raised, paused, answered, and counted anew.

Each function changes the row in the caller's transaction; when something is due always follows from
`clocks` and `pauses` by the hours and rules that hold (`promises`).
"""

from datetime import datetime
from typing import Any

from hotline.core import Hotline
from hotline.tickets.promises import FIRST, FIX, NEXT, Case, count, pauses_of, read_time
from hotline.tickets.rows import TicketRow

COMPLAINT = "complaint"  # beside the promises; its minutes are a setting


def start(hotline: Hotline, row: TicketRow, now: datetime) -> None:
    """Promise an answer and a solution from now on: opened, or opened again."""
    moment = _moment(now, row.severity)
    complaint = {kind: it for kind, it in (row.clocks or {}).items() if kind == COMPLAINT}
    row.clocks, row.pauses = {FIRST: [moment], FIX: [moment], **complaint}, []
    row.first_responded_at = row.next_response_due = row.waiting_since = None
    count_anew(hotline, row)


def raise_severity(hotline: Hotline, row: TicketRow, severity: int, now: datetime) -> None:
    """From now on it is graver; what was promised before still holds where it is earlier."""
    row.severity = severity
    moment = _moment(now, severity)
    row.clocks = {
        promise: moments if promise == COMPLAINT else [*moments, moment]
        for promise, moments in row.clocks.items()
    }
    count_anew(hotline, row)


def set_severity(hotline: Hotline, row: TicketRow, severity: int, now: datetime) -> None:
    """Graver from now on; or it was never so grave, and is counted by the lower one throughout."""
    if severity < row.severity:
        raise_severity(hotline, row, severity, now)
        return
    row.severity = severity
    row.clocks = {
        promise: moments if promise == COMPLAINT else [{**moments[0], "severity": severity}]
        for promise, moments in row.clocks.items()
    }
    count_anew(hotline, row)


def complain(hotline: Hotline, row: TicketRow, now: datetime) -> None:
    """It is a complaint from now on, and the lead is in touch in so many open minutes."""
    row.complained_at = row.complained_at or now
    row.clocks = {**row.clocks, COMPLAINT: [_moment(now, row.severity)]}
    count_anew(hotline, row)


def answered(row: TicketRow, now: datetime, *, by_lead: bool = False) -> None:
    """Somebody has spoken to the partner: the first answer is given, and none is owed any more.

    A complaint is answered by a lead only.
    """
    over = (NEXT, COMPLAINT) if by_lead else (NEXT,)
    row.clocks = {promise: it for promise, it in row.clocks.items() if promise not in over}
    row.first_responded_at = row.first_responded_at or now
    row.next_response_due = None
    if by_lead:
        row.complaint_due = None


def partner_spoke(hotline: Hotline, row: TicketRow, now: datetime) -> None:
    """Another answer is owed, from the first words on that had none yet."""
    if row.first_responded_at is None or NEXT in row.clocks or row.state not in ("new", "open"):
        return
    row.clocks = {**row.clocks, NEXT: [_moment(now, row.severity)]}
    count_anew(hotline, row)


def stop(row: TicketRow, now: datetime) -> None:
    """We wait for somebody else: what is due then stays so until the clock goes on."""
    row.waiting_since = now


def go_on(hotline: Hotline, row: TicketRow, now: datetime) -> None:
    """The time since it stopped does not count."""
    if row.waiting_since is not None:
        row.pauses = [*row.pauses, [row.waiting_since.isoformat(), now.isoformat()]]
    row.waiting_since = None
    count_anew(hotline, row)


def left_out(hotline: Hotline, row: TicketRow, since: datetime, now: datetime) -> None:
    """The time since then does not count, whatever the state was; the clock goes on."""
    row.pauses = [*row.pauses, [since.isoformat(), now.isoformat()]]
    count_anew(hotline, row)


def count_anew(hotline: Hotline, row: TicketRow) -> None:
    """When everything is due by the hours and rules that hold now; the same again if they do."""
    counted_by_present(hotline, row)
    if not row.clocks:
        return  # from before clocks were kept: what was promised stays
    case = Case(row.queue, row.contact.partner.tier if row.contact else None)
    pauses = pauses_of(row.pauses)

    def due(promise: str) -> datetime:
        return count(hotline, promise, case, row.clocks[promise], pauses).due.due_at

    if row.first_responded_at is None:  # what was kept or broken stays so
        row.first_response_due = due(FIRST)
    row.resolution_due = due(FIX)
    row.next_response_due = due(NEXT) if NEXT in row.clocks else None
    if COMPLAINT in row.clocks:
        since = read_time(row.clocks[COMPLAINT][-1]["from"])
        minutes = hotline.settings.escalation.complaint_minutes
        row.complaint_due = hotline.calendar.due(since, minutes).due_at


def counted_by_present(hotline: Hotline, row: TicketRow) -> None:
    """Note which hours and rules hold."""
    row.calendar_version = hotline.calendars.version
    row.rules_version = hotline.deadlines.version


def _moment(now: datetime, severity: int) -> dict[str, Any]:
    return {"from": now.isoformat(), "severity": severity}
