"""When a delivery that failed is tried again, and when no more. Pure."""

from datetime import datetime, timedelta

FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=1)
# Whoever has taken a delivery and is not heard of again leaves it to be taken anew.
TAKEN_FOR = timedelta(minutes=2)


def again_at(tries: int, now: datetime) -> datetime:
    """After the first failure (`tries` 1) half a minute, then twice as long, to an hour."""
    return now + min(LONGEST, FIRST * 2.0 ** min(max(tries - 1, 0), 20))


def is_over(first_tried_at: datetime, now: datetime, give_up_after: timedelta) -> bool:
    return now - first_tried_at >= give_up_after
