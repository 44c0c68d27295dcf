"""What the pages of the staff console show: one frozen shape per thing on the screen.

The handlers fill these from the core's snapshots and the words catalogue; the templates only
lay them out. Every field that ends in `words`, and every `label`, is a finished text in the
reader's language; `*_iso` is a time with its offset for `<time datetime>`; a page needs nothing
that is not here.

Each page gets `frame: Frame`, `page: <its page>` and, when a form was refused,
`error: FieldError`. A fragment gets exactly what its page gets.
"""

from desk.console.views.conversations import (
    ConversationPage,
    ConversationRow,
    ConversationsPage,
    Speaker,
)
from desk.console.views.frame import FieldError, Frame, Me, Section, Service
from desk.console.views.queue import (
    Due,
    DueKind,
    Group,
    Holder,
    QueuePage,
    Row,
    Tab,
    TicketState,
)
from desk.console.views.ticket import (
    Brief,
    ExplainedSpan,
    Explanation,
    Fact,
    FactStatus,
    Move,
    Pen,
    RatingLine,
    TicketPage,
)
from desk.console.views.timeline import FileLink, ItemKind, TicketLink, TimelineItem

__all__ = [
    "Brief",
    "ConversationPage",
    "ConversationRow",
    "ConversationsPage",
    "Due",
    "DueKind",
    "ExplainedSpan",
    "Explanation",
    "Fact",
    "FactStatus",
    "FieldError",
    "FileLink",
    "Frame",
    "Group",
    "Holder",
    "ItemKind",
    "Me",
    "Move",
    "Pen",
    "QueuePage",
    "RatingLine",
    "Row",
    "Section",
    "Service",
    "Speaker",
    "Tab",
    "TicketLink",
    "TicketPage",
    "TicketState",
    "TimelineItem",
]
