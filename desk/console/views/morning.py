"""The morning's list: what came in while closed, with its clock and the form of its outcome."""

from dataclasses import dataclass

from desk.console.views.calls import CallBack
from desk.console.views.due import Due
from desk.console.views.timeline import FileLink, TicketLink


@dataclass(frozen=True, slots=True)
class MorningItem:
    """One matter. `source_words` says by which door it came and when, `line_words` how it went with
    the 24-hour line; `back` is None once it has its `outcome_words`."""

    ticket: TicketLink
    severity: int
    severity_word: str
    who: str
    company: str
    words: str
    lang: str
    source_words: str
    at_iso: str
    line_words: str
    due: Due
    owes_words: str
    recordings: tuple[FileLink, ...]
    back: CallBack | None
    outcome_words: str


@dataclass(frozen=True, slots=True)
class MorningPage:
    """`waiting` by how grave and when they want to be called, `settled` behind them."""

    title_words: str
    waiting: tuple[MorningItem, ...]
    settled: tuple[MorningItem, ...]
    failed_words: str
