"""How long a code lives, how often it may be tried, and when there may be a new one. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

DIGITS = 6
LIFETIME = timedelta(minutes=10)
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)

# In any hour. Colleagues share a caller's address, so it has more. A sign-in counts as a
# conversation does.
WITHIN = timedelta(hours=1)
PER_ADDRESS, PER_CONVERSATION, PER_CALLER = 5, 5, 30
AGAIN_AFTER = timedelta(minutes=1)  # on the page, where a second press is no second thought

KEPT_FOR = timedelta(days=1)  # an old code serves nobody, and has an address beside it


@dataclass(frozen=True)
class Code:
    """A code that was made: how often it was tried, when last, and whether it has been used."""

    sent_at: datetime
    tries: int = 0
    tried_at: datetime | None = None
    used: bool = False


def standing(code: Code | None, now: datetime) -> Literal["live", "locked", "gone"]:
    """Whether the newest code of a conversation may be tried."""
    if code is None or code.used:
        return "gone"
    if locked_for(code, now):
        return "locked"
    alive = code.tries < TRIES and now < code.sent_at + LIFETIME
    return "live" if alive else "gone"


def locked_for(code: Code | None, now: datetime) -> timedelta:
    """How long after the last try there is no new code; nothing while there are tries left."""
    if code is None or code.used or code.tries < TRIES or code.tried_at is None:
        return timedelta(0)
    return max(timedelta(0), code.tried_at + LOCKED_FOR - now)


def wait_for_next(
    now: datetime, of_address: Sequence[datetime], of_conversation: Sequence[datetime],
    of_caller: Sequence[datetime],
) -> timedelta:  # fmt: skip
    """How long until one more may be sent, after those sent at these times."""
    return max(
        _wait(now, of_address, PER_ADDRESS),
        _wait(now, of_conversation, PER_CONVERSATION),
        _wait(now, of_caller, PER_CALLER),
    )


def minutes_of(wait: timedelta) -> int:
    """Whole minutes, never told too few."""
    return max(1, math.ceil(wait / timedelta(minutes=1)))


def _wait(now: datetime, sent: Sequence[datetime], most: int) -> timedelta:
    recent = sorted(at for at in sent if at > now - WITHIN)
    if len(recent) < most:
        return timedelta(0)
    return recent[-most] + WITHIN - now
