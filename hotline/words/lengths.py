"""How long: what is left of a promise, how late it is, and the arithmetic behind it.

Left and late are counted as the promise itself is: in open minutes.
"""

from datetime import datetime, timedelta

from hotline.calendar.rules import Due, ServiceCalendar, Span
from hotline.words.times import core_catalogue, local_time, written

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


def say_left(due_at: datetime, now: datetime, language: str, calendar: ServiceCalendar) -> str:
    """What is left until `due_at`, or by how much it is missed; the date goes beside it."""
    late = now > due_at
    begin, end = (due_at, now) if late else (now, due_at)
    minutes = max(calendar.open_minutes(begin, end), 1 if late else 0)
    length = say_length(minutes, language, over_a_day=end - begin > _DAY)
    return core_catalogue().say("late" if late else "left", language, length=length)


def say_length(minutes: int, language: str, *, over_a_day: bool = False) -> str:
    """So many open minutes; over a day in whole business hours, never more than there are."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        key = "minutes"
    elif over_a_day:
        key = "business_hour" if hours == 1 else "business_hours"
    else:
        key = "hours_minutes" if rest else "hours"
    return core_catalogue().say(f"length.{key}", language, hours=hours, minutes=rest)


def say_trace(due: Due, language: str, calendar: ServiceCalendar) -> tuple[str, ...]:
    """Why `due` is when it is, one line for each stretch; the counted ones add up."""
    return tuple(_line(span, language, calendar) for span in due.trace)


def say_reason(span: Span, language: str) -> str:
    """Why a stretch counts or not: the name of its day, or what such a stretch is called."""
    name = span.day.name(language) if span.day else ""
    return name or core_catalogue().say(f"reason.{span.why}", language)


def say_span(span: Span, language: str, calendar: ServiceCalendar) -> str:
    """From when to when; whole days without the time, one day named once."""
    begin, end = local_time(span.start, calendar), local_time(span.end, calendar)
    if begin.time() == end.time() == datetime.min.time():
        last = end - _MINUTE
        days = [written("table.day", day, language) for day in (begin, last)]
        return days[0] if begin.date() == last.date() else f"{days[0]}–{days[1]}"
    to = "clock" if begin.date() == end.date() else "dated"
    return f"{written('table.dated', begin, language)}–{written(f'table.{to}', end, language)}"


def _line(span: Span, language: str, calendar: ServiceCalendar) -> str:
    return core_catalogue().say(
        "trace.counted" if span.is_open else "trace.not_counted",
        language,
        span=say_span(span, language, calendar),
        reason=say_reason(span, language),
        **({"length": say_length(span.minutes, language)} if span.is_open else {}),
    )
