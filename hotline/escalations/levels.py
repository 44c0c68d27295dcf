"""Who is above whom, queue by queue. Pure."""

SPECIALIST, ENGINEER, CHANNEL_MANAGER, LEAD = "specialist", "engineer", "channel_manager", "lead"
ON_CALL = "on_call"
RANKS = {SPECIALIST: 0, ENGINEER: 1, CHANNEL_MANAGER: 1, ON_CALL: 1, LEAD: 2}


def levels(queue: str) -> tuple[str, ...]:
    """From whoever takes a call to whoever answers for it."""
    middle = ENGINEER if queue == "technical" else CHANNEL_MANAGER
    return SPECIALIST, middle, LEAD


def above(queue: str, level: str) -> str:
    """The next level; whoever is on call has the lead above, and so has the lead."""
    known = levels(queue)
    place = known.index(level) if level in known else len(known) - 2
    return known[min(place + 1, len(known) - 1)]
