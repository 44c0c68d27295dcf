"""The morning's list: what came in while closed, a line for each, and the form of its outcome."""

from dataclasses import dataclass

from desk.console.views.brief import Fact
from desk.console.views.calls import CallBack
from desk.console.views.due import Due
from desk.console.views.queue import Holder
from desk.console.views.timeline import FileLink, TicketLink


@dataclass(frozen=True, slots=True)
class CameBy:
    """The door: its sign, its name with the length of what was recorded, and when."""

    icon: str
    words: str
    at_words: str
    at_iso: str


@dataclass(frozen=True, slots=True)
class LineCheck:
    """How it went with the 24-hour line: `kind` is through, failed or open; `long_words` has it
    as a sentence."""

    kind: str
    words: str
    at_words: str
    long_words: str


@dataclass(frozen=True, slots=True)
class CallWindow:
    """When they want to be called; `detail` from when to when of the part of a day."""

    words: str
    detail: str


@dataclass(frozen=True, slots=True)
class MorningItem:
    """One matter. `line` is None where nobody was given the 24-hour line; `back` is None once it
    has its `outcome_words`, with `outcome_detail` when it got it and from whom."""

    ticket: TicketLink
    severity: int
    severity_word: str
    who: str
    company: str
    tier: str
    customer: str
    words: str
    lang: str
    came: CameBy
    window: CallWindow
    line: LineCheck | None
    due: Due
    owes_words: str
    holder: Holder | None
    is_mine: bool
    may_claim: bool
    facts: tuple[Fact, ...]
    recordings: tuple[FileLink, ...]
    back: CallBack | None
    chosen: str = ""
    outcome_words: str = ""
    outcome_detail: str = ""


@dataclass(frozen=True, slots=True)
class MorningPage:
    """`waiting` by how grave and when they want to be called, `settled` behind them; the one whose
    number is `open_number` is shown in full."""

    title_words: str
    waiting: tuple[MorningItem, ...]
    settled: tuple[MorningItem, ...]
    open_number: str
    failed_words: str
