"""The queue: service tabs, filters, groups by time, one row per ticket; and the search."""

from dataclasses import dataclass

from desk.console.views.conversations import ConversationRow
from desk.console.views.due import Due, TicketState
from desk.console.views.partners import CompanyHit
from desk.console.views.raised import RaisedTicket


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of a view: a service of the tab row, or a saved filter."""

    key: str
    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """The member of staff who has a ticket; `since_words` only where there is room for it."""

    name: str
    surname: str
    since_words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket of the queue, and the head of its own page. `version` guards against stale acts.

    `look` is how the state is shown: work that nobody has looks new, whatever was done before.
    `escalated`: the partner wanted the lead; `complaint`: it is one. `unread` counts what the
    partner has said since the holder looked. `line_words`: whether the partner got through to the
    24-hour line.
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
    unread: int
    url: str
    claim_url: str
    release_url: str
    may_claim: bool
    version: int
    look: TicketState = "new"
    escalated: bool = False
    complaint: bool = False
    line_words: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are due alike, most urgent first: overdue, hour, today, later, paused, resolved.

    `count` is None where the group may go on on another page.
    """

    key: str
    label: str
    rows: tuple[Row, ...]
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """A choice of one of `options` (value, label); "" is all of them, or the usual order."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A saved filter, to be removed."""

    id: str
    name: str
    remove_label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The form above the queue. `kept` goes along unseen, `chosen` is what would be saved.

    `narrows`: something is chosen beyond a queue. `refused` is why a name was not taken, `typed`
    that name.
    """

    selects: tuple[Select, ...]
    sort: Select
    kept: tuple[tuple[str, str], ...]
    chosen: tuple[tuple[str, str], ...]
    narrows: bool
    clear_url: str
    save_url: str
    saved: tuple[SavedLine, ...] = ()
    refused: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class BulkLine:
    """What came of one ticket: `words` say it, `done` whether it went through."""

    number: str
    url: str
    words: str
    done: bool


@dataclass(frozen=True, slots=True)
class BulkPage:
    """What came of an act on many tickets, in the order they were selected."""

    title: str
    lines: tuple[BulkLine, ...]
    back_url: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found, the newest first; `found_words` say how much, "" before a search.

    `companies` are those that the words name.
    """

    words: str
    found_words: str
    groups: tuple[Group, ...]
    older_url: str | None = None
    newest_url: str | None = None
    companies: tuple[CompanyHit, ...] = ()


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The queue of one service; `fragment_url` gives the same rows anew.

    It `is_empty` where nothing at all is wanted; `waiting_count` is all there are, not what the
    page shows of them. `clear_url` leads to the same view without the filter; `raised` is what was
    brought before the reader.
    `colleagues` and `queues` are whom and where selected tickets may be given to (value, label).
    """

    tabs: tuple[Tab, ...]
    groups: tuple[Group, ...]
    is_empty: bool
    fragment_url: str
    narrowing: Narrowing
    bulk_url: str
    colleagues: tuple[tuple[str, str], ...]
    queues: tuple[tuple[str, str], ...]
    clear_url: str = "/console"
    filters: tuple[Tab, ...] = ()
    waiting: tuple[ConversationRow, ...] = ()
    waiting_count: int = 0
    mine: tuple[ConversationRow, ...] = ()
    previous_url: str | None = None
    next_url: str | None = None
    raised: tuple[RaisedTicket, ...] = ()
