"""Which ticket a mail answers. Only its contact speaks in it, and only where the sender is certain.

Anybody can write a number into a subject, and a Message-ID into a head: both only say which ticket
is meant, never who writes. A colleague's answer to a notice is a matter of `colleagues`.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import begin, stop_asking
from hotline.conversations.service import locked as locked_conversation
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.intake.messages import Arrived, Taken, cleaned, noted, said_in
from hotline.intake.rows import MATCHED, IntakeMessageRow
from hotline.tickets import clocks, queries
from hotline.tickets.changes import changed, move
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from wording import steering
from wording.facts import find_facts

_MOST_CANDIDATES = 5


@dataclass(frozen=True)
class Answers:
    """What a mail says that it answers: tickets by their numbers, mails by their hashed ids."""

    numbers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


async def meant_by(session: AsyncSession, arrived: Arrived, answers: Answers) -> Ticket | None:
    """The ticket that the mail answers, if its certain sender is the ticket's contact."""
    if not arrived.certain_email:
        return None
    for ticket in await candidates(session, answers):
        kept = await queries.kept_of(session, ticket)
        if kept.contact is not None and kept.contact.email == arrived.certain_email:
            return kept
    return None


async def answer(hotline: Hotline, ticket: Ticket, arrived: Arrived) -> Taken:
    """What the contact wrote stands in the ticket's conversation, and an answer is owed again.

    A ticket that waited for the partner goes on, and one that was resolved is open again: somebody
    has to read it before it closes by itself. Of thanks alone it is not.
    """
    arrived = cleaned(arrived)
    only_thanks = ticket.state == "resolved" and _only_thanks(ticket, arrived)
    async with hotline.database.write() as session:
        row = await noted(session, hotline, arrived, MATCHED)
        if row is None:
            return Taken(ticket.number, False)
        ticket_row = await queries.locked(session, ticket.number)
        conversation = await _conversation(session, hotline, ticket_row)
        await said_in(session, hotline, conversation, arrived, arrived.text)
        row.ticket_id, row.contact_id = ticket_row.id, ticket_row.contact_id
        if ticket_row.state == "waiting_partner":
            move(hotline, ticket_row, "resume")
        if ticket_row.state == "resolved" and not only_thanks:
            before = ticket_row.assignee_id
            move(hotline, ticket_row, "reopen")
            stop_asking(conversation, ticket_row.number)
            await changed(
                session, hotline, ticket_row, "ticket.moved", "partner", move="reopen",
                before=before,
            )  # fmt: skip
        if not only_thanks:
            clocks.partner_spoke(hotline, ticket_row, hotline.now())
        await changed(session, hotline, ticket_row, "ticket.added_to", "partner", message=row.id)
        conversation.last_ticket = ticket_row.number
        return Taken(snapshot(ticket_row).number, True)


def _only_thanks(ticket: Ticket, arrived: Arrived) -> bool:
    """Whether the words thank or agree, beside a signature, and nothing hangs on them."""
    if arrived.recording is not None or arrived.files or ticket.contact is None:
        return False
    contact = ticket.contact
    signed = [name for name in (contact.name, contact.company_zh, contact.company_en) if name]
    lines = [line.strip() for line in arrived.text.split("\n-- \n")[0].splitlines()]
    words = " ".join(
        line
        for line in lines
        if line and not find_facts(line) and not any(name in line for name in signed)
    )
    return steering.is_thanks(words) or steering.is_yes(words)


async def candidates(session: AsyncSession, answers: Answers) -> list[Ticket]:
    """The tickets that are meant, whoever writes."""
    found: list[Ticket] = []
    for number in answers.numbers:
        try:
            found.append(await queries.find(session, number))
        except NotFound:
            continue
    ids = await session.scalars(
        select(IntakeMessageRow.ticket_id)
        .where(
            IntakeMessageRow.message_id.in_(answers.references),
            IntakeMessageRow.ticket_id.is_not(None),
        )
        .order_by(IntakeMessageRow.id.desc())
        .limit(_MOST_CANDIDATES)
    )
    known = await queries.by_ids(session, {key for key in ids if key is not None})
    return [*found, *known.values()]


async def _conversation(session: AsyncSession, hotline: Hotline, row: TicketRow) -> ConversationRow:
    """The ticket's conversation, locked; a new one if it was opened without."""
    if row.conversation_id is not None:
        return await locked_conversation(session, row.conversation_id)
    conversation = await begin(session, hotline, row.contact_id, row.language, needs_session=True)
    row.conversation_id = conversation.id
    return conversation
