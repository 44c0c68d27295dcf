"""Whether somebody on staff is there, and what for. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

AVAILABLE, BUSY, AWAY = STANDS = ("available", "busy", "away")  # busy: there, and not asked
ANY_QUEUE = "other"  # whoever is there may take what nothing is known of


def is_there(stands: str, beat_at: datetime | None, now: datetime, away_after: timedelta) -> bool:
    """Whether a console of theirs is open, and they have not said that they are away.

    `beat_at` is when one was last heard of, None if never; silent for `away_after`, none is open.
    """
    return stands != AWAY and beat_at is not None and now - beat_at <= away_after


def first_queue(queues: Sequence[str]) -> str:
    """What somebody who has these queues is named after to a partner."""
    return queues[0] if queues else ANY_QUEUE
