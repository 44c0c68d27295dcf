"""One ticket: its timeline, the brief, the moves it allows and why it is due when it is."""

from dataclasses import dataclass, field
from typing import Literal

from desk.console.views.alike import Alike
from desk.console.views.brief import Brief
from desk.console.views.calls import CallBack
from desk.console.views.changing import EditField, StaleEdit
from desk.console.views.due import TicketState
from desk.console.views.inserts import Inserts
from desk.console.views.queue import Row
from desk.console.views.raised import Complaint, Raised
from desk.console.views.timeline import TimelineItem


@dataclass(frozen=True, slots=True)
class Move:
    """Something that may be done with the ticket now.

    `name` is the core's name of the move (claim, take_over, release, wait_partner, wait_other,
    resume, resolve, reopen); `action` is where the form goes and `state` its hidden field, if any;
    `key` is the letter that does it. A move that needs a text asks for it first; its `client_id`
    is the same for as long as the ticket is, so a form that is sent twice acts once.
    """

    name: str
    label: str
    action: str
    needs_text: bool
    style: Literal["primary", "secondary"]
    state: TicketState | None = None
    key: str = ""
    text_label: str = ""
    client_id: str = ""


SpanKind = Literal["counted", "ahead", "paused", "closed"]


@dataclass(frozen=True, slots=True)
class ExplainedSpan:
    """One line of a deadline's arithmetic; `length` is "" where the clock stands."""

    span_words: str
    length: str
    words: str
    kind: SpanKind

    @property
    def counts(self) -> bool:
        return self.kind in ("counted", "ahead")


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the strip above the table, from `x` on; the whole strip is 1000 wide."""

    kind: SpanKind
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the deadline is when it is: the rule, the spans that add up, and the total.

    `facts` name the rule, its version and the hours'; `notes` say since when the clock stands, when
    it was counted last, and that newer hours or rules hold by now. `text` is all of it, to be
    copied.
    """

    title: str
    rule: str
    facts: tuple[str, ...]
    lines: tuple[ExplainedSpan, ...]
    bars: tuple[Bar, ...]
    total: str
    due_words: str
    paused_words: str
    notes: tuple[str, ...]
    text: str


Pen = Literal["holder", "lead", "claiming", "none"]


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Everything on a ticket's page; `claim_lost` names the colleague who claimed it first.

    `pen` says how the reader may speak to the partner: as whoever has the ticket, as the lead on a
    colleague's, by claiming it, or not at all. The urls beside are neighbours in the list it was
    opened from; `next_free_url` is the next ticket that nobody has. `raised` is what somebody is to
    take notice of, `raised_before` what was. `stale` is a field that two have changed, `call_back`
    the call that the partner waits for.
    """

    row: Row
    timeline: tuple[TimelineItem, ...]
    brief: Brief
    moves: tuple[Move, ...]
    why: Explanation | None
    drafts_key: str
    draft_id: str
    back_url: str
    pen: Pen
    reply_url: str
    note_url: str
    take_over_url: str
    fragments: str
    conversation: str = ""
    by_phone: bool = False
    conversation_url: str | None = None
    conversation_words: str = ""
    claim_lost: str | None = None
    previous_url: str | None = None
    next_url: str | None = None
    next_free_url: str | None = None
    earlier_url: str | None = None
    newest_url: str | None = None
    complaint: Complaint | None = None
    raised: tuple[Raised, ...] = ()
    raised_before: tuple[Raised, ...] = ()
    article_url: str | None = None
    edits: tuple[EditField, ...] = ()
    amend_url: str = ""
    stale: StaleEdit | None = None
    alike: Alike = field(default_factory=Alike)
    inserts: Inserts = field(default_factory=Inserts)
    call_back: CallBack | None = None
