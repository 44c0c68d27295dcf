"""The telephone: the form of a new call, what came of one, the list of calls and calls back."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.console.views.rota import Choice
from desk.console.views.timeline import FileLink, TicketLink


@dataclass(frozen=True, slots=True)
class CallerHit:
    """Somebody who may be the caller; `url` picks them."""

    name: str
    company: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class CallerCard:
    """The caller who was picked; "" where the hotline has nothing."""

    name: str
    company: str
    company_line: str
    phone: str
    open_tickets: tuple[TicketLink, ...]
    open_count: int
    open_url: str
    rating_words: str
    complaint_words: str
    complaint_url: str


@dataclass(frozen=True, slots=True)
class CallKind:
    """A kind of request; `facts` are the names of its fields, with spaces between."""

    value: str
    label: str
    facts: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CallFact:
    """A fact's field; `tried` is what could not be read there at the last try."""

    name: str
    label: str
    value: str
    shown: bool
    tried: str


@dataclass(frozen=True, slots=True)
class CallProblem:
    """Why a field was refused; `field` is its id."""

    field: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class NewCallPage:
    """The search, the caller, and the form as it was typed.

    `kinds` are by service: (its name, the kinds). `problems` say what was refused; `focus` is the
    id of the field to begin with.
    """

    query: str
    hits: tuple[CallerHit, ...]
    is_searched: bool
    card: CallerCard | None
    kinds: tuple[tuple[str, tuple[CallKind, ...]], ...]
    facts: tuple[CallFact, ...]
    severities: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    typed: Mapping[str, str]
    began_words: str
    began_iso: str
    new_url: str
    focus: str
    problems: tuple[CallProblem, ...] = ()
    failed_words: str = ""

    def said(self, field: str) -> str:
        """What stood in the field of this name."""
        return self.typed.get(field, "")

    def problem(self, field: str) -> str:
        """What is wrong with the field of this id, if anything is."""
        return next((each.words for each in self.problems if each.field == field), "")


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call in the list; `ticket` is where it led."""

    id: int
    url: str
    who: str
    company: str
    phone: str
    when_words: str
    when_iso: str
    taken_words: str
    outcome: str
    outcome_words: str
    words: str
    is_out: bool
    ticket: TicketLink | None


@dataclass(frozen=True, slots=True)
class CallPage:
    """One call; `sentence` is what may be read out to the caller, in their language."""

    call: CallLine
    sentence: str
    sentence_lang: str
    new_url: str


@dataclass(frozen=True, slots=True)
class CallBack:
    """Somebody who waits for a call.

    `wrong` says why the form was refused; `text` and `again_at` stood in it.
    """

    ticket: TicketLink
    who: str
    company: str
    phone: str
    when_words: str
    when_iso: str
    tries_words: str
    is_due: bool
    action: str
    client_id: str
    wrong: str = ""
    text: str = ""
    again_at: str = ""
    recordings: tuple[FileLink, ...] = ()


@dataclass(frozen=True, slots=True)
class CallsPage:
    """Who is to be called by now, who later, and the last calls; `failed_words` say why an outcome
    was refused where nobody waits any more."""

    due: tuple[CallBack, ...]
    later: tuple[CallBack, ...]
    calls: tuple[CallLine, ...]
    new_url: str
    failed_words: str = ""
