"""When partners write: more on a Monday and after a break, before noon and in mid-afternoon."""

from bisect import bisect
from datetime import datetime, time, timedelta
from itertools import accumulate
from random import Random

from hotline.calendar.rules import ServiceCalendar

DAYS = 365
_OUT_OF_HOURS = 0.06
_DAY, _QUARTER = timedelta(days=1), timedelta(minutes=15)
_WEEKDAYS = (1.2, 1.08, 1.0, 0.97, 0.8, 0.5, 0.5)
_HOURS = {9: 1.25, 10: 1.6, 11: 1.35, 12: 0.35, 13: 0.9, 14: 1.35, 15: 1.25, 16: 0.9}
_AFTER_A_BREAK, _END_OF_QUARTER = 1.25, 1.15
_GROWTH = 0.3  # of a year
# Out of hours people write in the evening, seldom before seven or after eleven.
_EVENING = {7: 0.3, 8: 0.8, 17: 1.6, 18: 1.4, 19: 0.9, 20: 1.0, 21: 0.9, 22: 0.6}


def moments(calendar: ServiceCalendar, now: datetime, count: int, chance: Random) -> list[datetime]:
    """`count` moments of the year before `now`, in order; most of them while we are open."""
    open_ones, closed_ones = _weighed(calendar, now)
    out_of_hours = round(count * _OUT_OF_HOURS)
    drawn = _drawn(open_ones, count - out_of_hours, chance)
    return sorted(drawn + _drawn(closed_ones, out_of_hours, chance))


Weighed = list[tuple[datetime, float]]


def _weighed(calendar: ServiceCalendar, now: datetime) -> tuple[Weighed, Weighed]:
    """Every quarter of an hour of the year with its weight: while open, and while closed."""
    zone = calendar.timezone
    today, was_open = now.astimezone(zone).date(), True
    open_ones, closed_ones = Weighed(), Weighed()
    for back in range(DAYS, -1, -1):
        day = today - back * _DAY
        is_open = calendar.is_open_on(day)
        weight = _WEEKDAYS[day.weekday()] * (1 + _GROWTH * (DAYS - back) / DAYS)
        if is_open and not was_open:
            weight *= _AFTER_A_BREAK
        if day.month % 3 == 0:
            weight *= _END_OF_QUARTER
        was_open = is_open
        midnight = datetime.combine(day, time(), zone)
        for quarter in range(96):
            at = midnight + quarter * _QUARTER
            if at + _QUARTER > now:
                break
            if is_open and calendar.is_open(at + _QUARTER / 2):
                open_ones.append((at, weight * _HOURS.get(at.hour, 0.8)))
            elif at.hour in _EVENING:
                closed_ones.append((at, weight * _EVENING[at.hour] * (1.0 if is_open else 0.3)))
    return open_ones, closed_ones


def _drawn(weighed: Weighed, count: int, chance: Random) -> list[datetime]:
    if not weighed:
        return []
    sums = list(accumulate(weight for _, weight in weighed))
    return [
        weighed[min(bisect(sums, chance.random() * sums[-1]), len(sums) - 1)][0]
        + timedelta(seconds=chance.randrange(900))
        for _ in range(count)
    ]


def earlier(calendar: ServiceCalendar, at: datetime, minutes: int) -> datetime:
    """The moment from which `minutes` open minutes have passed at `at`."""
    start = at
    while calendar.open_minutes(start, at) < minutes:
        start -= 7 * _DAY
    return calendar.due(start, calendar.open_minutes(start, at) - minutes).due_at
