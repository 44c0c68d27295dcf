"""Which night a morning is about, and when the next morning is. Pure."""

from datetime import datetime, timedelta

from hotline.calendar.rules import ServiceCalendar

_DAY = timedelta(days=1)
_LONGEST = timedelta(days=20)  # around a new year


def night_before(calendar: ServiceCalendar, now: datetime) -> tuple[datetime, datetime]:
    """From closing to opening: the night that ended with today's first opening, or, before that
    and once the day is over, the one that goes on.

    A pause at noon is no night: what comes in then is on the list of the day.
    """
    opens, coming = calendar.next_open(_midnight(calendar, now)), calendar.next_open(now)
    is_over = _midnight(calendar, coming) != _midnight(calendar, now)
    if opens <= now and is_over:
        opens = coming
    spans = [span for span in calendar.between(opens - _LONGEST, opens) if span.is_open]
    return (spans[-1].end if spans else opens - _LONGEST), opens


def next_morning(calendar: ServiceCalendar, now: datetime) -> datetime:
    """The first opening of a day, after `now`."""
    midnight = _midnight(calendar, now)
    opens = calendar.next_open(midnight)
    return opens if opens > now else calendar.next_open(midnight + _DAY)


def _midnight(calendar: ServiceCalendar, at: datetime) -> datetime:
    local = at.astimezone(calendar.timezone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
