"""What the pages of the staff console show: one frozen shape per thing on the screen.

The handlers fill these from the core's snapshots and the words catalogue; the templates only
lay them out. Every field that ends in `words`, and every `label`, is a finished text in the
reader's language; `*_iso` is a time with its offset for `<time datetime>`; a page needs nothing
that is not here.

Each page gets `frame: Frame`, `page: <its page>` and, when a form was refused,
`error: FieldError`. A fragment gets exactly what its page gets.
"""

from desk.console.views.alike import Alike, AlikeTicket
from desk.console.views.changing import EditField, StaleEdit
from desk.console.views.conversations import (
    ConversationPage,
    ConversationRow,
    ConversationsPage,
    Speaker,
)
from desk.console.views.frame import FieldError, Frame, Me, Section, Service
from desk.console.views.inserts import Insert, Inserts, Suggestion
from desk.console.views.knowledge import (
    AskedItem,
    DraftFaultLine,
    DraftItem,
    DraftPage,
    ExpiredItem,
    FaultItem,
    GapItem,
    KnowledgePage,
    KnowledgeTab,
    Option,
    Previewed,
    WrittenIn,
)
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
from desk.console.views.raised import Complaint, Raised, RaisedTicket
from desk.console.views.rota import Change, Choice, OnCall, RotaLine, RotaPage, Week
from desk.console.views.texts import TextLine, TextsPage, Variable
from desk.console.views.ticket import (
    Bar,
    Brief,
    ExplainedSpan,
    Explanation,
    Fact,
    FactStatus,
    Move,
    Pen,
    RatingLine,
    SpanKind,
    TicketPage,
)
from desk.console.views.timeline import FileLink, ItemKind, TicketLink, TimelineItem
from desk.console.views.understanding import (
    LookItem,
    Meaning,
    MeaningGroup,
    SaidBefore,
    UnderstandingPage,
    UnderstandingTab,
)

__all__ = [
    "Alike",
    "AlikeTicket",
    "AskedItem",
    "Bar",
    "Brief",
    "Change",
    "Choice",
    "Complaint",
    "ConversationPage",
    "ConversationRow",
    "ConversationsPage",
    "DraftFaultLine",
    "DraftItem",
    "DraftPage",
    "Due",
    "DueKind",
    "EditField",
    "ExpiredItem",
    "ExplainedSpan",
    "Explanation",
    "Fact",
    "FactStatus",
    "FaultItem",
    "FieldError",
    "FileLink",
    "Frame",
    "GapItem",
    "Group",
    "Holder",
    "Insert",
    "Inserts",
    "ItemKind",
    "KnowledgePage",
    "KnowledgeTab",
    "LookItem",
    "Me",
    "Meaning",
    "MeaningGroup",
    "Move",
    "OnCall",
    "Option",
    "Pen",
    "Previewed",
    "QueuePage",
    "Raised",
    "RaisedTicket",
    "RatingLine",
    "RotaLine",
    "RotaPage",
    "Row",
    "SaidBefore",
    "Section",
    "Service",
    "SpanKind",
    "Speaker",
    "StaleEdit",
    "Suggestion",
    "Tab",
    "TextLine",
    "TextsPage",
    "TicketLink",
    "TicketPage",
    "TicketState",
    "TimelineItem",
    "UnderstandingPage",
    "UnderstandingTab",
    "Variable",
    "Week",
    "WrittenIn",
]
