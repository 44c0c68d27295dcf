"""Correcting a fact of a ticket that is open already; what it was before stays as a note."""

from dataclasses import dataclass
from datetime import date

from hotline.conversations.service import stop_asking
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.tickets import noting
from hotline.tickets.answers import spoken_to
from hotline.tickets.changes import add_note, changed, move
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot

SUBJECT_CHARS = 120
_FINDERS = ("serial", "order_number", "machine_type", "email")


@dataclass(frozen=True)
class Unfit:
    """Why what was said cannot be the value of the fact: a response that says so."""

    problem: str


def value_for(
    fact: str, said: str, known: str, *, today: date | None = None, is_tail: bool = False
) -> str | Unfit:
    """The new value of `fact`, as it is noted; `said` may be no more than its end."""
    if found := _read(fact, said, today):
        return found
    if fact in noting.NUMBERED:
        if found := noting.numbered(fact, said, known, is_tail=is_tail):
            return found
        if is_tail:
            return Unfit(f"invalid_{fact}")
    return Unfit(f"invalid_{noting.problem_with(fact, said)}")


async def correct(
    hotline: Hotline, conversation_id: str, number: str, fact: str, value: str
) -> Ticket:
    """`fact` is `value` from now on. A ticket that waited for the partner goes on.

    The same value again changes nothing. Conflict if the ticket is closed.
    """
    async with spoken_to(hotline, conversation_id, number, "correct") as (
        session,
        row,
        conversation,
    ):
        if row.state == "closed":
            raise Conflict("a closed ticket takes nothing more", state=row.state)
        before = snapshot(row).fact(fact) or ""
        stop_asking(conversation, row.number)
        conversation.last_ticket = row.number
        if before != value:
            write_fact(row, fact, before, value)
            note = was(hotline, row.language, fact, before, value)
            await add_note(
                session, hotline, row, "correction", note, contact_id=conversation.contact_id
            )
            if row.state == "waiting_partner":
                move(hotline, row, "resume")
            await changed(session, hotline, row, "ticket.corrected", "partner", fact=fact)
        return snapshot(row)


def was(hotline: Hotline, language: str, fact: str, before: str, value: str) -> str:
    """What a fact is now and what it was, for the ticket's notes."""
    words = hotline.words
    nothing = words.say("follow_up.nothing", language)
    return words.say(
        "follow_up.was",
        language,
        fact=words.fact(fact, language),
        before=words.fact_value(before, language, fact) or nothing,
        value=words.fact_value(value, language, fact) or nothing,
    )


def write_fact(row: TicketRow, fact: str, before: str, value: str) -> None:
    """Note the value; where the subject has the former one in it, the subject says the new one."""
    row.facts = {**row.facts, fact: {"value": value, "status": "known"}}
    if fact == "description":
        row.description = value
    if before and value:  # staff read the subject first: it must not go on saying what is wrong
        row.subject = row.subject.replace(before, value)[:SUBJECT_CHARS]


def _read(fact: str, said: str, today: date | None) -> str:
    if fact in _FINDERS:
        return noting.find_number(fact, said)
    return noting.value_for(fact, said, today)
