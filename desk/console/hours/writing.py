"""Hours and days as people write them: `9-17`, `09:00–17:00、18~20`, `2027/2/20`."""

import re
from contextlib import suppress
from datetime import date

from hotline.calendar.days import DAY_MINUTES
from hotline.calendar.plan import PlanFault, read_hours
from wording.text import plain, strip_control

_LONGEST = 400

_DASH = re.compile(r"\s*[-–—−~]+\s*")
_BETWEEN = re.compile(r"[,、;\s]+")
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?", re.ASCII)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)


def spans(said: str) -> tuple[str, ...]:
    """`9-12、13:30–17` as 09:00-12:00 and 13:30-17:00, in order; what is no span as it stands."""
    text = _DASH.sub("-", _plain(said))
    return tuple(sorted(map(_span, filter(None, _BETWEEN.split(text)))))


def _span(token: str) -> str:
    match = _SPAN.fullmatch(token)
    if match is None:
        return token
    from_hour, from_minute, to_hour, to_minute = match.groups()
    opens, closes = f"{from_hour}:{from_minute or '00'}", f"{to_hour}:{to_minute or '00'}"
    return f"{opens.zfill(5)}-{closes.zfill(5)}"


def clock(said: str) -> int:
    """The minute of a day; without one the end of the day."""
    text = _plain(said)
    if not text:
        return DAY_MINUTES
    match = _CLOCK.fullmatch(text)
    if match is not None:
        with suppress(PlanFault):
            return read_hours(f"00:00-{match[1].zfill(2)}:{match[2] or '00'}").closes
    raise PlanFault("clock", "a time is written 17:00")


def days(said: str) -> list[date]:
    return [day(token) for token in filter(None, _BETWEEN.split(_plain(said)))]


def day(said: str) -> date:
    match = _DAY.fullmatch(_plain(said))
    if match is not None:
        with suppress(ValueError):
            return date(*map(int, match.groups()))
    raise PlanFault("date", "a day is written 2027-02-20")


def _plain(said: str) -> str:
    """In the letters of a keyboard: a full-width colon or comma is one."""
    return plain(strip_control(said)[:_LONGEST]).strip()
