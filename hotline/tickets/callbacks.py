"""When somebody wishes to be called, and whether anybody is there to call.

Pure: a wish is a noted day (2026-12-09) with a time or a part of the day behind it.
"""

from datetime import UTC, datetime, time, timedelta

from hotline.calendar.rules import ServiceCalendar

_PARTS = {
    "morning": (9, 12),
    "noon": (12, 13),
    "afternoon": (13, 17),
    "evening": (18, 21),
    "night": (0, 6),
}
_A_CALL = timedelta(minutes=15)
_DAY = timedelta(days=1)
_NOON_HOUR = 12
_LOOK_BACK_DAYS = 14


def span_of(calendar: ServiceCalendar, noted: str) -> tuple[datetime, datetime] | None:
    """From when to when the call is wished for; None where no single day is noted."""
    day, _space, later = noted.partition(" ")
    try:
        midnight = datetime.combine(datetime.fromisoformat(day).date(), time(), calendar.timezone)
        at = time.fromisoformat(later) if ":" in later else None
    except ValueError:
        return None
    if at is not None:
        begin = datetime.combine(midnight.date(), at, calendar.timezone)
        return begin, begin + _A_CALL
    if later in _PARTS:
        first, last = _PARTS[later]
        return midnight.replace(hour=first), midnight.replace(hour=last)
    return midnight, midnight + _DAY


def is_outside(calendar: ServiceCalendar, noted: str) -> bool:
    """Whether nobody would be there in all the time that is wished for."""
    span = span_of(calendar, noted)
    return span is not None and calendar.open_minutes(*span) == 0


def is_over(calendar: ServiceCalendar, noted: str, now: datetime) -> bool:
    """Whether the time that is wished for has gone by; of part of a day all of it has to."""
    span = span_of(calendar, noted)
    return span is not None and span[1] <= now


def nearest(calendar: ServiceCalendar, noted: str, now: datetime) -> list[str]:
    """The half days before and after the wish in which somebody is there, as they are noted."""
    span = span_of(calendar, noted)
    if span is None:
        return []
    after = calendar.next_open(max(span[0], now))
    before = _last_open(calendar, span[0])
    found = [before] if before is not None and before > now else []
    return [_half_day(calendar, at) for at in (*found, after)]


def _last_open(calendar: ServiceCalendar, at: datetime) -> datetime | None:
    """The last open minute before `at`."""
    start = at - _LOOK_BACK_DAYS * _DAY
    minutes = calendar.open_minutes(start, at)
    if not minutes:
        return None
    return (calendar.due(start, minutes).due_at - timedelta(minutes=1)).astimezone(UTC)


def _half_day(calendar: ServiceCalendar, at: datetime) -> str:
    local = at.astimezone(calendar.timezone)
    part = "morning" if local.hour < _NOON_HOUR else "afternoon"
    return f"{local.date().isoformat()} {part}"
