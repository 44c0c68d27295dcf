"""What the pages of the staff console show: one frozen shape per thing on the screen.

The handlers fill these from the core's snapshots and the words catalogue; the templates only
lay them out. So every field that ends in `words`, and every `label`, is a finished text in the
reader's language, `*_iso` is a time with its offset for `<time datetime>`, and a page needs
nothing that is not here. Each page gets `frame: Frame`, `page: <its page>` and, when a form was
refused, `error: FieldError`; a fragment gets exactly what its page gets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DueKind = Literal["overdue", "soon", "course", "paused", "kept"]
TicketState = Literal["new", "open", "waiting_partner", "waiting_other", "resolved", "closed"]
ItemKind = Literal["partner", "bot", "staff", "system", "note", "event"]
FactStatus = Literal["known", "skipped", "unverified", "unasked"]
Speaker = Literal["assistant", "queue", "person", "nobody"]
Section = Literal["queue", "conversations"]


# The frame around every page -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Me:
    """The member of staff who is signed in; `surname` is what stands in the disc."""

    name: str
    surname: str
    email: str
    role_words: str


@dataclass(frozen=True, slots=True)
class Service:
    """Whether the hotline is open, the next change in words, and the Taipei time of the page."""

    open: bool
    words: str
    now_words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The bars around the page. `last_entry` is the journal id that the page was read at."""

    me: Me
    service: Service
    section: Section
    queue_count: int
    conversation_count: int
    last_entry: int
    query: str = ""


@dataclass(frozen=True, slots=True)
class FieldError:
    """Why a form was refused, told at its field; `field` is the name of the input."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A page that cannot be shown: what happened, what is safe, and the way on."""

    title: str
    words: str
    way_on_url: str
    way_on_words: str
    reference: str = ""


# The queue -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of a view: a service of the tab row, or a saved filter."""

    key: str
    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: how it stands in `words`, when it is in `at_words`, `share` used in per cent."""

    kind: DueKind
    words: str
    at_words: str
    at_iso: str
    share: int


@dataclass(frozen=True, slots=True)
class Holder:
    """The member of staff who has a ticket; `since_words` only where there is room for it."""

    name: str
    surname: str
    since_words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket of the queue, and the head of its own page. `version` guards against stale acts.

    `may_claim` is False both when somebody holds it and when the reader may not;
    `claim_words` then says why in the second case.
    """

    number: str
    subject: str
    company: str
    contact: str
    severity: int
    severity_word: str
    state: TicketState
    state_word: str
    queue_word: str
    assignee: Holder | None
    mine: bool
    due: Due
    unread: bool
    url: str
    may_claim: bool
    version: int
    claim_words: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are due alike, most urgent first: overdue, hour, today, later, paused."""

    key: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The queue of one service; `fragment_url` gives the same rows anew."""

    tabs: tuple[Tab, ...]
    groups: tuple[Group, ...]
    total: int
    fragment_url: str
    filters: tuple[Tab, ...] = ()
    waiting: tuple[ConversationRow, ...] = ()
    previous_url: str | None = None
    next_url: str | None = None


# One ticket ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that came with a message."""

    name: str
    url: str
    size_words: str
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing said, noted or done. `id` is stable; `detail` stands small beside the name."""

    id: str
    kind: ItemKind
    name: str
    surname: str
    text: str
    at_words: str
    at_iso: str
    lang: str
    file: FileLink | None = None
    detail: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the request; what is not simply known says so in `status_words`."""

    key: str
    label: str
    value: str
    status: FactStatus
    status_words: str


@dataclass(frozen=True, slots=True)
class TicketLink:
    """Another ticket, as a line that leads to it."""

    number: str
    subject: str
    state_word: str
    url: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Who asks, what they want in their own words, and what is known; "" where nothing is."""

    company: str
    company_line: str
    contact: str
    phone: str
    email: str
    customer: str
    words: str
    intent_words: str
    confidence: float | None
    severity_words_decided: str
    facts: tuple[Fact, ...]
    open_tickets: tuple[TicketLink, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Something that may be done with the ticket now.

    `name` is stable for scripts and tests (claim, resolve, reopen, wait_partner, wait_other,
    resume, close); `action` is where the form goes and `state` its hidden field, if any;
    `key` is the letter that does it. A move that needs a text asks for it first.
    """

    name: str
    label: str
    action: str
    needs_text: bool
    style: Literal["primary", "secondary"]
    state: TicketState | None = None
    key: str = ""
    text_label: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedSpan:
    """One line of a deadline's arithmetic; `minutes` is "" where the clock stands still."""

    from_words: str
    to_words: str
    minutes: str
    words: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the deadline is when it is: the rule, the spans that add up, and the total."""

    title: str
    rule: str
    lines: tuple[ExplainedSpan, ...]
    total: str
    due_words: str


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Everything on a ticket's page; `claim_lost` tells a lost race, which is no error."""

    row: Row
    timeline: tuple[TimelineItem, ...]
    brief: Brief
    moves: tuple[Move, ...]
    why: Explanation | None
    drafts_key: str
    back_url: str
    conversation_url: str | None = None
    claim_lost: str | None = None


# Live conversations --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One live chat in a list; `place` is its place in the queue, 0 outside of it."""

    id: str
    speaker: Speaker
    contact: str
    company: str
    surname: str
    words: str
    last_words: str
    lang: str
    url: str
    may_take: bool
    mine: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class ConversationsPage:
    """The chats that wait for a person (longest first), the reader's own, and the others."""

    waiting: tuple[ConversationRow, ...]
    mine: tuple[ConversationRow, ...]
    others: tuple[ConversationRow, ...]


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """One live chat: who speaks (`holder_words`), what was said, and what the reader may do."""

    id: str
    speaker: Speaker
    contact: str
    company: str
    holder_words: str
    timeline: tuple[TimelineItem, ...]
    may_take: bool
    may_give_back: bool
    may_write: bool
    tickets: tuple[TicketLink, ...]
    drafts_key: str
