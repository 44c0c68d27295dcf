"""The on-call rota: who is on call now, the coming weeks, who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is alerted at a place now, and until when."""

    place_words: str
    name: str
    surname: str
    instead_words: str
    until_words: str
    until_iso: str


@dataclass(frozen=True, slots=True)
class RotaLine:
    """One turn, or a stretch that is nobody's turn (`is_hole`).

    `remark` says that the turn runs now, began before the week, or is of somebody who has left;
    `change_url` leads to the forms with this turn chosen.
    """

    from_words: str
    from_iso: str
    to_words: str
    to_iso: str
    is_hole: bool = False
    is_now: bool = False
    name: str = ""
    surname: str = ""
    place: int = 0
    place_words: str = ""
    instead_words: str = ""
    remark: str = ""
    change_url: str = ""
    change_label: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    label: str
    lines: tuple[RotaLine, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a list."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One line of who changed what, and when."""

    words: str
    at_words: str
    at_iso: str


@dataclass(frozen=True, slots=True)
class RotaPage:
    """`holes` are those of the coming seven days, in words.

    `filled` is what stands in the fields: `form.field`, as it was typed or as it is proposed.
    """

    now: tuple[OnCall, ...]
    is_covered: bool
    holes: tuple[str, ...]
    weeks: tuple[Week, ...]
    changes: tuple[Change, ...]
    may_edit: bool
    turns: tuple[Choice, ...] = ()
    staff: tuple[Choice, ...] = ()
    filled: Mapping[str, str] = field(default_factory=dict)
