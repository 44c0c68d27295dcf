"""Messages from elsewhere: who they may be from, and what staff have said of them."""

from dataclasses import dataclass

from desk.console.views.timeline import TicketLink


@dataclass(frozen=True, slots=True)
class CameIn:
    """How a message came: from where, from whom, when. `sound_url` plays the recording."""

    id: int
    from_words: str
    who: str
    at_words: str
    at_iso: str
    sound_url: str
    length_words: str
    not_verified: bool
    state: str
    state_words: str


@dataclass(frozen=True, slots=True)
class MaybeContact:
    """Somebody it may be; `contact` is what the button sends."""

    contact: int
    name: str
    company: str
    detail: str


@dataclass(frozen=True, slots=True)
class IncomingCard:
    """A message that nobody has said of who it is; `hits` are those it may be."""

    came: CameIn
    words: str
    words_lang: str
    ticket: TicketLink
    query: str
    is_searched: bool
    hits: tuple[MaybeContact, ...]
    action: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class SettledLine:
    """One of which staff have said who it is; `undo_url` of junk takes that back."""

    came: CameIn
    ticket: TicketLink
    by_words: str
    undo_url: str


@dataclass(frozen=True, slots=True)
class IncomingPage:
    """`every` counts all that wait, also those that are not among the `waiting`.

    `aside_words` count the mails that opened nothing, by why; `failed_words` say why the last act
    was refused where its message stands here no more.
    """

    waiting: tuple[IncomingCard, ...]
    every: int
    settled: tuple[SettledLine, ...]
    aside: tuple[CameIn, ...]
    aside_words: tuple[str, ...]
    failed_words: str = ""
