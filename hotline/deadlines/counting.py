"""When a target falls due if its clock has stood still meanwhile. Pure, exact to the minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.calendar.days import PAUSED
from hotline.calendar.rules import Due, ServiceCalendar, Span


@dataclass(frozen=True, order=True)
class Pause:
    """The clock stood still from `began` to `ended`: we waited for somebody else."""

    began: datetime
    ended: datetime


def due_after(
    calendar: ServiceCalendar, start: datetime, minutes: int, pauses: Sequence[Pause] = ()
) -> Due:
    """As `ServiceCalendar.due`, without the time of the pauses: each is a stretch of the trace.

    What was due before a pause began stays due then: waiting makes nothing good again. A pause
    that still lasts is given as one that ends now.
    """
    at, left, trace = start, minutes, list[Span]()
    for pause in sorted(pauses):
        ended = _whole_minute(pause.ended)
        if ended <= _whole_minute(at):
            continue
        began = max(_whole_minute(pause.began), _whole_minute(at))
        counted = calendar.open_minutes(at, began)
        if counted >= left:
            break
        left -= counted
        trace += calendar.between(at, began)
        if began < ended:
            trace.append(Span(began, ended, 0, PAUSED))
        at = ended
    due = calendar.due(at, left)
    return Due(due.due_at, (*trace, *due.trace))


def _whole_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
