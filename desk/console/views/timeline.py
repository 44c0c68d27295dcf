"""What was said, noted and done, one item each, with the links beside it.

A ticket and a live conversation show the same items.
"""

from dataclasses import dataclass
from typing import Literal

from desk.console.views.due import TicketState

ItemKind = Literal["partner", "bot", "staff", "system", "note", "event", "withheld"]


@dataclass(frozen=True, slots=True)
class Recording:
    """A voice message: how long, and what is said in it as somebody has written it down.

    `wish_words` say when whoever left it wishes to be called, where that stands nowhere else.
    `seen` is the version of the words; `action` takes others, "" where nobody writes them.
    """

    id: str
    length_words: str
    wish_words: str
    words: str
    by_words: str
    seen: str
    action: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that came with a message; a picture is shown small, and whole at `open_url`."""

    name: str
    url: str
    size_words: str
    is_image: bool = False
    is_audio: bool = False
    kind_words: str = ""
    open_url: str = ""
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class TicketLink:
    """Another ticket, as a line that leads to it."""

    number: str
    subject: str
    state: TicketState
    state_word: str
    url: str


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
