"""A ticket from a partner's words as they stand, when nothing could be understood or asked."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import messages
from hotline.conversations.messages import Message
from hotline.core import Hotline
from hotline.tickets import queries
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from hotline.voice import keeping, telling
from wording.severity import hardware_is_down, severity_of

_OUTAGE, _ANYTHING = "technical_hardware", "other_request"


@dataclass(frozen=True)
class Sense:
    """What the words alone say of a matter."""

    kind: str
    severity: int
    severity_words: tuple[str, ...]

    @property
    def is_outage(self) -> bool:
        return self.kind == _OUTAGE


def sense_of(text: str) -> Sense:
    """An outage of hardware is heard, and how grave it is; anything else is only something."""
    severity = severity_of(text, technical=True)
    return Sense(
        _OUTAGE if hardware_is_down(text) else _ANYTHING,
        severity.level if severity.words else 3,
        tuple(severity.words),
    )


async def open_from_words(
    hotline: Hotline, conversation_id: str, up_to_seq: int
) -> tuple[Ticket, bool]:
    """The ticket of everything typed since the last one, and whether it tells of an outage.

    A ticket that was opened after those words, by a turn that took too long to say so, is that
    ticket: nobody gets two for one wish.
    """
    async with hotline.database.read() as session:
        said = since_last_ticket(await messages.recent(session, conversation_id), up_to_seq)
        opened = await _opened_meanwhile(session, conversation_id, said)
        spoken = await keeping.without_ticket(session, conversation_id)
    language = said[-1].language if said else "zh-TW"
    typed = [message.text for message in said if message.text and message.payload is None]
    pressed = [message.text for message in said if message.text]
    spoken_of = telling.described(hotline, spoken, language)
    text = "\n".join(typed) or spoken_of or "\n".join(pressed)
    sense = sense_of(text)
    if opened is not None:
        return opened, sense.is_outage
    ticket = await open_ticket(
        hotline,
        conversation_id,
        NewTicket(
            key=f"desk:{conversation_id}:{up_to_seq}",
            intent=sense.kind,
            description=text,
            severity=sense.severity,
            severity_words=sense.severity_words,
            line_named=sense.is_outage and not hotline.calendar.is_open(hotline.now()),
        ),
    )
    return ticket, sense.is_outage


def since_last_ticket(said: list[Message], up_to_seq: int) -> list[Message]:
    """What the partner typed since the last ticket's card was shown; at least the last message."""
    typed: list[Message] = []
    for message in reversed(said):
        if message.card and message.card.get("kind") == "ticket":
            break
        is_words = message.sender == "partner" and message.payload is None and message.text
        if is_words and message.seq <= up_to_seq:
            typed.insert(0, message)
    if typed:
        return typed
    return [
        message for message in said if message.sender == "partner" and message.seq <= up_to_seq
    ][-1:]


async def _opened_meanwhile(
    session: AsyncSession, conversation_id: str, said: list[Message]
) -> Ticket | None:
    newest = await queries.tickets_of_conversation(session, conversation_id, limit=1)
    if not newest or not said or newest[0].opened_at < said[0].at:
        return None
    return newest[0]
