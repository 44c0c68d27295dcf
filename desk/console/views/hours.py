"""When the hotline is open: a year or a month of days, the forms, a preview, who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from desk.console.views.moved import MovedTicket

Mark = Literal["cross", "plus", "triangle", "dot"]
BarKind = Literal["open", "extra", "closed"]
HoursForm = Literal["closed", "open", "sudden", "undo", "week", "year"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a day's bar, in minutes from the left end of the scale."""

    kind: BarKind
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Note:
    """What makes a day differ: its shape, what kind it is, why, and from when to when."""

    mark: Mark
    kind_words: str
    name: str
    hours_words: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day. `words` is all that is special about it; `ahead` if only the preview has it so."""

    iso: str
    number: int
    words: str
    day_words: str
    hours_words: str
    open: bool
    today: bool
    gone: bool
    ahead: bool
    notes: tuple[Note, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks that begin on Sunday; None is a day of the month beside it."""

    title: str
    url: str
    weeks: tuple[tuple[Day | None, ...], ...]
    current: bool = False


@dataclass(frozen=True, slots=True)
class Undo:
    """What is sent to take an exception back, or to end one that lasts; `how` is undo or reopen."""

    how: str
    label: str
    told: str
    kind: str
    day: str
    hours: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A day that differs, in the list of them."""

    day_words: str
    day_iso: str
    note: Note
    gone: bool
    ahead: bool
    undos: tuple[Undo, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedMonth:
    title: str
    url: str
    days: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class WeekField:
    """One weekday of the weekly form."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A holiday of the year's proposal; one that has gone stays as it is."""

    name: str
    label: str
    chosen: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class YearForm:
    """`confirmed` if somebody has; until then the proposal holds."""

    year: int
    confirmed: bool
    standing_words: str
    choices: tuple[Choice, ...]
    make_up: str


@dataclass(frozen=True, slots=True)
class Told:
    """The sentence that partners will read, in one language."""

    lang: str
    words: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What saving would do: nothing has been written yet; `fields` are sent again."""

    form: HoursForm
    title: str
    action: str
    fields: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    count_words: str
    moved: tuple[MovedTicket, ...]
    more_words: str
    told: tuple[Told, ...]
    submit_words: str
    danger: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One version: who, when, what."""

    number: int
    who: str
    at_words: str
    at_iso: str
    words: str


@dataclass(frozen=True, slots=True)
class Now:
    """Open or closed, and until when, in words."""

    open: bool
    words: str


@dataclass(frozen=True, slots=True)
class HoursPage:
    """The page of the hours. `months` is a year, `month` one month of it with everything shown.

    `typed` is what stood in `form`, which is shown open; `conflict` names the two changes that met.
    """

    now: Now
    title: str
    weekly_words: str
    standing_words: str
    previous_url: str | None
    next_url: str | None
    today_url: str
    year_url: str
    month_url: str
    query: str
    weekdays: tuple[str, ...]
    months: tuple[Month, ...]
    month: Month | None
    scale: int
    scale_words: str
    listed: tuple[ListedMonth, ...]
    may_change: bool
    version: int
    week: tuple[WeekField, ...]
    year: YearForm
    history: tuple[ChangeLine, ...]
    today_iso: str
    last_iso: str
    longest: int
    preview: Preview | None = None
    form: str = ""
    saved_words: str = ""
    conflict: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
