"""Taking a message from elsewhere: a ticket, its conversation with words and files, its contact.

All of it is one transaction, and the same message again is the ticket of the first time.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calls import request as requests
from hotline.calls.request import Told
from hotline.conversations import messages
from hotline.conversations.messages import File
from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import begin
from hotline.core import Hotline
from hotline.database import insert_or
from hotline.errors import BadInput, Conflict
from hotline.intake import matching
from hotline.intake.rows import MATCHED, UNMATCHED, IntakeMessageRow
from hotline.journal import write_entry
from hotline.partners.rows import ContactRow
from hotline.tickets import questions
from hotline.tickets.from_words import sense_of
from hotline.tickets.opening import NewTicket, open_in
from hotline.tickets.rows import TicketRow
from wording.language import language_of
from wording.passwords import masked
from wording.text import strip_control

MOST_CALLER, MOST_SUBJECT = 120, 200
_OLDEST, _SKEW = timedelta(days=7), timedelta(minutes=5)
_INTENT = "leave_message"


class WrongTime(BadInput):
    """A message from the future, or one that waited too long to be called a new one."""

    status = 422


@dataclass(frozen=True)
class Recording:
    """A voice message; `seconds` is None where the file does not say."""

    file: File
    seconds: float | None


@dataclass(frozen=True)
class Arrived:
    """A message from elsewhere, its files checked and placed.

    `repeat_key` and `source` name it; `digest` is of all that it says. `caller` is what the source
    says of who it is, `email` the sender's address of a mail, which `verified` says is theirs.
    """

    source: str
    repeat_key: str
    digest: str
    received_at: datetime
    caller: str = ""
    text: str = ""
    recording: Recording | None = None
    files: tuple[File, ...] = ()
    email: str = ""
    subject: str = ""
    message_id: str | None = None
    verified: bool | None = None
    follows: str | None = None  # the closed ticket that it answers

    @property
    def certain_email(self) -> str:
        """The sender's address, where it is certainly theirs: anybody can write one. Else ""."""
        return self.email if self.verified else ""


@dataclass(frozen=True)
class Taken:
    """The ticket's number; `fresh` is False if the message was taken before."""

    number: str
    fresh: bool


async def take(hotline: Hotline, arrived: Arrived) -> Taken:
    """Open the ticket that waits for a call, for the one contact whose number or address it is.

    Conflict if the same source has used the repeat key for something else, WrongTime for a moment
    that has not been or is a week ago.
    """
    _require_recent(hotline, arrived.received_at)
    arrived = cleaned(arrived)
    async with hotline.database.read() as session:
        known = await _contact_of(session, arrived)
    language = known.language if known else language_of(arrived.text, "zh-TW")
    words = _words_of(arrived)
    # Read before anything is locked: it takes the longest.
    request = _request_of(hotline, arrived, words, language, is_visitor=known is None)
    async with hotline.database.write() as session:
        row = await noted(session, hotline, arrived, UNMATCHED)
        if row is None:
            return await _again(session, arrived)
        contact = await session.get(ContactRow, known.id) if known else None
        # No token is good for it but its contact's own session; of a stranger's none at all.
        conversation = await begin(
            session, hotline, contact.id if contact else None, language, needs_session=True
        )
        await said_in(session, hotline, conversation, arrived, words)
        ticket = await open_in(
            session,
            hotline,
            replace(request, key=f"intake:{row.id}"),
            contact=contact,
            language=language,
            conversation=conversation,
        )
        ticket.follows = arrived.follows
        row.state = MATCHED if contact else UNMATCHED
        row.ticket_id, row.contact_id = ticket.id, contact.id if contact else None
        await journalled(session, hotline, row, ticket)
        return Taken(ticket.number, True)


async def noted(
    session: AsyncSession, hotline: Hotline, arrived: Arrived, state: str, reason: str = ""
) -> IntakeMessageRow | None:
    """The message's new row; None if it is there already, also by somebody at the same moment."""
    recording = arrived.recording
    new = insert_or(session, IntakeMessageRow).values(
        source=arrived.source,
        repeat_key=arrived.repeat_key,
        digest=arrived.digest,
        caller=arrived.caller,
        phone=matching.number_of(arrived.caller)[:40],
        email=arrived.email,
        subject=arrived.subject,
        message_id=arrived.message_id,
        verified=arrived.verified,
        received_at=arrived.received_at,
        created_at=hotline.now(),
        state=state,
        reason=reason,
        audio_id=recording.file.id if recording else None,
        audio_seconds=recording.seconds if recording else None,
    )
    made = new.on_conflict_do_nothing(index_elements=["source", "repeat_key"])
    row_id = await session.scalar(made.returning(IntakeMessageRow.id))
    return None if row_id is None else await session.get_one(IntakeMessageRow, row_id)


async def said_in(
    session: AsyncSession,
    hotline: Hotline,
    conversation: ConversationRow,
    arrived: Arrived,
    words: str,
) -> None:
    """The words, the recording and the files as the partner's messages there, all dealt with: no
    assistant answers what came from elsewhere."""
    now = hotline.now()
    recordings: tuple[File, ...] = ()
    if (heard := arrived.recording) is not None:
        recordings = (replace(heard.file, seconds=heard.seconds),)
    said: list[tuple[str, File | None]] = [(words, None)] if words else []
    for text, file in [*said, *(("", file) for file in (*recordings, *arrived.files))]:
        if file is not None:
            session.add(messages.file_row(conversation.id, file, now))
            await session.flush()
        message = await messages.append(
            session,
            conversation,
            now,
            "partner",
            text,
            file_id=file.id if file else None,
            answered_at=now,
        )
        await write_entry(
            session,
            now,
            "message.stored",
            "partner",
            conversation_id=conversation.id,
            seq=message.seq,
            sender="partner",
        )


async def journalled(
    session: AsyncSession, hotline: Hotline, row: IntakeMessageRow, ticket: TicketRow
) -> None:
    await session.flush()
    await write_entry(
        session,
        hotline.now(),
        "intake.taken",
        "partner",
        conversation_id=ticket.conversation_id,
        ticket_id=ticket.id,
        message=row.id,
        state=row.state,
    )


async def by_repeat_key(
    session: AsyncSession, source: str, repeat_key: str
) -> IntakeMessageRow | None:
    found: IntakeMessageRow | None = await session.scalar(
        select(IntakeMessageRow).where(
            IntakeMessageRow.source == source, IntakeMessageRow.repeat_key == repeat_key
        )
    )
    return found


def length_words(seconds: float) -> str:
    """How long a recording is: 1:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


async def _again(session: AsyncSession, arrived: Arrived) -> Taken:
    row = await by_repeat_key(session, arrived.source, arrived.repeat_key)
    if row is None or row.digest != arrived.digest:
        raise Conflict("this key was used for another message", field="Idempotency-Key")
    ticket = await session.get(TicketRow, row.ticket_id) if row.ticket_id else None
    return Taken(ticket.number if ticket else "", False)


async def _contact_of(session: AsyncSession, arrived: Arrived) -> ContactRow | None:
    """Whose it is; nobody's whose address nobody vouches for."""
    if arrived.certain_email:
        return await matching.contact_by_address(session, arrived.certain_email)
    if arrived.email:
        return None
    return await matching.contact_by_number(session, arrived.caller)


def _require_recent(hotline: Hotline, received_at: datetime) -> None:
    now = hotline.now()
    if received_at > now + _SKEW:
        raise WrongTime("received_at is in the future", field="received_at")
    if received_at < now - _OLDEST:
        raise WrongTime("received_at is more than 7 days ago", field="received_at")


def cleaned(arrived: Arrived) -> Arrived:
    """Without what a screen cannot show, and without a password."""
    return replace(
        arrived,
        caller=_line(arrived.caller, MOST_CALLER),
        subject=_line(masked(arrived.subject), MOST_SUBJECT),
        text=masked(strip_control(arrived.text).strip()),
        email=arrived.email.strip().lower(),
    )


def _line(said: str, most: int) -> str:
    return " ".join(strip_control(said).split())[:most]


def _words_of(arrived: Arrived) -> str:
    """What was said in words, the subject of a mail first; "" of a recording or files alone."""
    return "\n\n".join(filter(None, (arrived.subject, arrived.text)))


def _request_of(
    hotline: Hotline, arrived: Arrived, words: str, language: str, *, is_visitor: bool
) -> NewTicket:
    """As somebody would have it taken down on the telephone; an outage goes where outages go."""
    sense = sense_of(words)
    phone = matching.number_of(arrived.caller)
    read = requests.read(
        "",
        Told(_INTENT, words, severity=sense.severity),
        today=hotline.today(),
        closed=not hotline.calendar.is_open(hotline.now()),
        visitor=is_visitor,
        caller=arrived.caller or arrived.email,
        phone=phone,
    )
    facts = questions.open_facts(read.draft)
    if arrived.email:
        facts["email"] = {"value": arrived.email, "status": "known"}
    return NewTicket(
        key="",
        intent=_INTENT,
        description=words or _without_words(hotline, arrived, language),
        severity=sense.severity,
        severity_words=sense.severity_words,
        facts=facts,
        source=arrived.source,
        served_as=sense.kind,
    )


def _without_words(hotline: Hotline, arrived: Arrived, language: str) -> str:
    """What stands for a message that has no words of its own."""
    say, recording = hotline.words.say, arrived.recording
    if recording is None:
        return say("intake.files", language)
    if recording.seconds is None:
        return say("intake.voice", language)
    return say("intake.voice_of", language, length=length_words(recording.seconds))
