"""Live conversations: the lists of them, and one with its composer."""

from dataclasses import dataclass, field
from typing import Literal

from desk.console.views.brief import Brief
from desk.console.views.inserts import Inserts
from desk.console.views.timeline import TicketLink, TimelineItem

Speaker = Literal["assistant", "queue", "person", "nobody"]


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One live chat in a list; `place` is its place in the queue, 0 outside of it.

    `last_words` is what the partner said last, of a waiting one what they said before they asked
    for a person; `about` is the service and the language it is about. `offered` to whom it is, in
    words; whom it is offered to may leave it to a colleague at `pass_url`. `at_words` is when the
    partner spoke last; `is_open` says that the list stands beside this very chat.
    """

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
    unread: int = 0
    about: str = ""
    offered: Literal["", "me", "other"] = ""
    offered_words: str = ""
    pass_url: str = ""
    at_iso: str = ""
    at_words: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class ConversationsPage:
    """The chats that wait for a person (longest first), the reader's own, a few that the assistant
    is speaking in (newest first), and what colleagues hold.

    `waiting_count` is how many wait, also where not all are listed; `most` how many of their own
    the reader should have at once.
    """

    waiting: tuple[ConversationRow, ...]
    mine: tuple[ConversationRow, ...]
    assistant: tuple[ConversationRow, ...]
    others: tuple[ConversationRow, ...]
    waiting_count: int
    most: int


@dataclass(frozen=True, slots=True)
class HandOn:
    """To whom a conversation may be handed: the value of the choice, and its words."""

    people: tuple[tuple[str, str], ...]
    queues: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """One live chat: who speaks (`holder_words`), what was said, and what the reader may do.

    `hand_on` is for its holder only; an offer to the reader may be left to a colleague at
    `pass_url`. `earlier_url` leads to what was said before the timeline begins, `newest_url` back
    to its end. `beside` has the other chats, where the whole page is shown; they are renewed from
    `beside_url`.
    """

    id: str
    brief: Brief
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
    draft_id: str
    fragments: str
    earlier_url: str | None = None
    newest_url: str | None = None
    inserts: Inserts = field(default_factory=Inserts)
    hand_on: HandOn | None = None
    beside: ConversationsPage | None = None
    beside_url: str = ""
    offered_words: str = ""
    pass_url: str = ""
