"""What of the queue somebody chooses to see, and in which order; saved, it is a filter. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hotline.settings import QUEUES
from hotline.tickets.moves import OPEN_STATES

SORTS = ("due", "newest", "severity", "company")
DUES = ("overdue", "hour", "today")
SEVERITIES = ("1", "2", "3", "4")
ME, NOBODY = "me", "nobody"  # for an assignee, beside the id of a member of staff
_MOST_DIGITS = 9
_LONGEST_TIER = 20


@dataclass(frozen=True)
class Choice:
    """Empty is everything; `sort` is by what is due. What is closed is for the search."""

    queue: str = ""
    state: str = ""
    severity: str = ""
    assignee: str = ""
    tier: str = ""
    unread: str = ""
    due: str = ""
    sort: str = ""

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Choice":
        """What is known of what was said; anything else is left out."""
        values = {field: str(said.get(field) or "") for field in cls.__dataclass_fields__}
        return cls(**{field: it for field, it in values.items() if _is_known(field, it)})

    def told(self) -> dict[str, str]:
        """What was chosen, by field: for an address, and for keeping."""
        return {field: value for field, value in vars(self).items() if value}

    @property
    def narrows(self) -> bool:
        """Whether anything beyond a queue and an order was chosen."""
        return bool(self.told().keys() - {"queue", "sort"})


def _is_known(field: str, value: str) -> bool:
    if field == "assignee":
        is_id = value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS
        return is_id or value in (ME, NOBODY)
    if field == "tier":  # the settings name them, and one that is not there has no companies
        return len(value) <= _LONGEST_TIER and value.isidentifier()
    return value in _KNOWN[field]


_KNOWN: dict[str, tuple[str, ...]] = {
    "queue": tuple(QUEUES),
    "state": OPEN_STATES,
    "severity": SEVERITIES,
    "unread": ("1",),
    "due": DUES,
    "sort": SORTS[1:],
}
