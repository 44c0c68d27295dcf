"""How a ticket stands, for its partner: the promise, whether it is at risk, why it stands still."""

from dataclasses import dataclass
from typing import Literal

from desk.my.reader import Reader
from hotline.tickets import told
from hotline.tickets.cards import done_at, ticket_card
from hotline.tickets.moves import DONE_STATES
from hotline.tickets.risk import is_at_risk
from hotline.tickets.ticket import Ticket

Tone = Literal["ontime", "atrisk", "paused", "missed", "resolved"]


@dataclass(frozen=True, slots=True)
class Promise:
    """The large time with its label; `note` is what else there is to know, "" if nothing.

    `why` is the arithmetic, line by line; of what is done there is none.
    """

    tone: Tone
    label: str
    words: str
    at: str
    note: str
    why: tuple[str, ...] = ()


def promise_of(reader: Reader, ticket: Ticket) -> Promise:
    card = ticket_card(reader.hotline, ticket, reader.language)["promise"]
    if ticket.state in DONE_STATES:
        return Promise("resolved", card["label"], reader.at(done_at(ticket)), card["at"], "")
    tone: Tone = "atrisk" if is_at_risk(reader.hotline, ticket) else card["tone"]
    note = _note(reader, ticket, tone)
    return Promise(tone, card["label"], card["words"], card["at"], note, tuple(card["why"]))


def state_of(reader: Reader, ticket: Ticket) -> str:
    """The state in a word; open again, and with nobody yet, it is not being worked on."""
    if ticket.state == "open" and ticket.assignee is None:
        return reader.t("promise.nobody_yet")
    return reader.hotline.words.state(ticket.state, reader.language)


async def sentence_of(reader: Reader, ticket: Ticket) -> str:
    """How it stands in the words of the chat."""
    return (await told.status_now(reader.hotline, ticket, reader.language)).text


def _note(reader: Reader, ticket: Ticket, tone: str) -> str:
    if tone == "paused":
        since = reader.at(ticket.waiting_since or ticket.updated_at)
        return reader.t(f"stands.{ticket.state}", since=since)
    if tone == "missed":
        words = reader.hotline.words
        return reader.t(
            "stands.missed", late=words.left(ticket.due_at, reader.now, reader.language)
        )
    closed = not reader.hotline.calendar.is_open(reader.now)
    stands = ""
    if closed and (opens := reader.hotline.calendar.next_open(reader.now)):
        stands = reader.t("stands.closed", at=reader.at(opens))
    risk = reader.t("stands.atrisk") if tone == "atrisk" else ""
    return reader.t("stands.between").join(part for part in (risk, stands) if part)
