"""Taking a call: a request is opened, something is added to a ticket, or it is only noted.

Each is one transaction with the call's row in it, and the same form sent twice is one call.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.calls import request as requests
from hotline.calls.log import Call, snapshot
from hotline.calls.request import Told
from hotline.calls.rows import ADDED, ANSWERED, IN, NO_ANSWER, OPENED, WRONG_NUMBER, CallRow
from hotline.conversations.service import LANGUAGES, begin
from hotline.core import Hotline
from hotline.database import insert_or
from hotline.errors import BadInput, Conflict, NotFound
from hotline.journal import write_entry
from hotline.partners.rows import ContactRow
from hotline.partners.service import snapshot as contact_snapshot
from hotline.staff.service import Staff
from hotline.tickets import queries, questions
from hotline.tickets.answers import add_in
from hotline.tickets.kinds import KINDS
from hotline.tickets.opening import NewTicket, open_in
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import snapshot as ticket_snapshot
from wording.passwords import masked
from wording.phones import Phone, PhoneProblem, read_phone
from wording.text import strip_control

TELEPHONE = "telephone"
NOTED = (ANSWERED, WRONG_NUMBER, NO_ANSWER)  # the outcomes of a call without a ticket
_MOST_CHARS = 120
_LONGEST_CALL = timedelta(hours=12)


@dataclass(frozen=True)
class Incoming:
    """A call: `id` is the form's own. Of a known caller the contact says name and company."""

    id: str
    contact_id: int | None = None
    caller: str = ""
    company: str = ""
    phone: str = ""
    began_at: datetime | None = None


async def open_request(
    hotline: Hotline, staff: Staff, call: Incoming, told: Told, language: str
) -> Call:
    """Open a request in the caller's name, as the chat would.

    BadInput, with `fields["problems"]` by field, for what cannot be read or is missing.
    """
    call = _checked(hotline, call)
    told = replace(told, words=_words(hotline, told.words))
    if told.intent not in KINDS or language not in LANGUAGES:
        raise BadInput("no such kind of request", problems={"intent": "missing"})
    async with hotline.database.read() as session:
        known = await _contact(session, call)
    # Read before anything is locked: it takes the longest.
    read = requests.read(
        call.id,
        told,
        today=hotline.now().astimezone(hotline.calendar.timezone).date(),
        closed=not hotline.calendar.is_open(hotline.now()),
        visitor=known is None,
        caller=" ".join(filter(None, (call.caller, call.company))),
        phone=call.phone if known is None or call.phone != known.phone else "",
    )
    if problems := _missing_of(call, told.words) | dict(read.problems):
        raise BadInput("something cannot be read", problems=problems)
    draft = read.draft
    async with hotline.database.write() as session:
        contact, conversation = await _contact(session, call), None
        row = await _noted(session, hotline, staff, call, OPENED)
        if row is None:
            return await _known(session, call)
        if contact is not None:
            # What is answered in writing is read there, on the caller's own page.
            conversation = await begin(
                session,
                hotline,
                contact.id,
                language,
                needs_session=True,
                actor=f"staff:{staff.id}",
            )
        ticket = await open_in(
            session,
            hotline,
            NewTicket(
                key=f"call:{call.id}",
                intent=draft.intent,
                description=told.words,
                severity=draft.severity,
                severity_words=draft.severity_words,
                facts=questions.open_facts(draft),
                source=TELEPHONE,
            ),
            contact=contact,
            language=language,
            conversation=conversation,
        )
        return await _about(session, hotline, row, ticket)


async def add_to(hotline: Hotline, staff: Staff, call: Incoming, number: str, words: str) -> Call:
    """Add what the caller says to a ticket of theirs.

    NotFound for one that the caller may not see; an unknown caller sees those of no contact.
    Conflict for a closed one.
    """
    call, words = _checked(hotline, call), _words(hotline, words)
    async with hotline.database.write() as session:
        contact = await _contact(session, call)
        row = await _noted(session, hotline, staff, call, ADDED)
        if row is None:
            return await _known(session, call)
        if problems := _missing_of(call, words):
            raise BadInput("something is missing", problems=problems)
        ticket = await queries.locked(session, number)
        seen = ticket.contact_id is None
        if contact is not None:
            asker = contact_snapshot(contact)
            seen = queries.may_see_as(hotline, asker, ticket_snapshot(ticket))
        if not seen:
            raise NotFound("no such ticket")
        await add_in(session, hotline, ticket, words, call.contact_id)
        return await _about(session, hotline, row, ticket)


async def note_call(
    hotline: Hotline, staff: Staff, call: Incoming, outcome: str, words: str
) -> Call:
    """Note a call that needs no ticket; what was answered on the spot is said in `words`."""
    call, words = _checked(hotline, call), _words(hotline, words)
    if outcome not in NOTED:
        raise BadInput("there is no such outcome", problems={"outcome": "missing"})
    if outcome == ANSWERED and not words:
        raise BadInput("say what it was about", problems={"words": "missing"})
    async with hotline.database.write() as session:
        await _contact(session, call)
        row = await _noted(session, hotline, staff, call, outcome, words)
        if row is None:
            return await _known(session, call)
        await _journalled(session, hotline, row)
        return await _read(session, row)


async def _noted(
    session: AsyncSession,
    hotline: Hotline,
    staff: Staff,
    call: Incoming,
    outcome: str,
    words: str = "",
) -> CallRow | None:
    """The call's new row; None if it is there already, also by somebody at the same moment."""
    now = hotline.now()
    new = insert_or(session, CallRow).values(
        client_id=call.id,
        direction=IN,
        contact_id=call.contact_id,
        caller="" if call.contact_id else call.caller,
        company="" if call.contact_id else call.company,
        phone=call.phone,
        staff_id=staff.id,
        outcome=outcome,
        words=words,
        began_at=call.began_at or now,
        ended_at=now,
    )
    made = new.on_conflict_do_nothing(index_elements=["client_id"]).returning(CallRow.id)
    call_id = await session.scalar(made)
    return None if call_id is None else await session.get_one(CallRow, call_id)


async def _known(session: AsyncSession, call: Incoming) -> Call:
    row = await session.scalar(select(CallRow).where(CallRow.client_id == call.id))
    if row is None:
        raise Conflict("this call is being noted")
    return snapshot(row)


async def _contact(session: AsyncSession, call: Incoming) -> ContactRow | None:
    if call.contact_id is None:
        return None
    row = await session.get(ContactRow, call.contact_id)
    if row is None or row.erased_at is not None:
        raise NotFound("no such contact")
    return row


async def _about(session: AsyncSession, hotline: Hotline, row: CallRow, ticket: TicketRow) -> Call:
    row.ticket_id = ticket.id
    await _journalled(session, hotline, row, ticket)
    return await _read(session, row)


async def _journalled(
    session: AsyncSession, hotline: Hotline, row: CallRow, ticket: TicketRow | None = None
) -> None:
    await session.flush()
    await write_entry(
        session,
        hotline.now(),
        "call.noted",
        f"staff:{row.staff_id}",
        conversation_id=ticket.conversation_id if ticket else None,
        ticket_id=ticket.id if ticket else None,
        call=row.id,
        outcome=row.outcome,
    )


async def _read(session: AsyncSession, row: CallRow) -> Call:
    await session.refresh(row)
    return snapshot(row)


def _checked(hotline: Hotline, call: Incoming) -> Incoming:
    """The call with its number as it is dialled, and a beginning that can be true."""
    now, phone = hotline.now(), _line(call.phone, 40)
    read = read_phone(phone)
    began = call.began_at or now
    return replace(
        call,
        caller=_line(call.caller, _MOST_CHARS),
        company=_line(call.company, _MOST_CHARS),
        phone=str(read)[:40] if isinstance(read, Phone) else phone,
        began_at=began if now - _LONGEST_CALL <= began <= now else now,
    )


def _missing_of(call: Incoming, words: str) -> dict[str, str]:
    """What a ticket needs to have a caller and a matter."""
    missing = {} if words else {"words": "missing"}
    if call.contact_id is None and not call.caller:
        missing["caller"] = "missing"
    if call.phone and isinstance(read := read_phone(call.phone), PhoneProblem):
        missing["phone"] = f"phone_{read.code}"
    elif call.contact_id is None and not call.phone:
        missing["phone"] = "missing"
    return missing


def _words(hotline: Hotline, said: str) -> str:
    """What is kept of the words: no password; BadInput if there are too many."""
    words = strip_control(said).strip()
    if len(words) > hotline.settings.limits.text_chars:
        raise BadInput("too long", problems={"words": "too_long"})
    return masked(words)


def _line(said: str, most: int) -> str:
    return " ".join(strip_control(said).split())[:most]
