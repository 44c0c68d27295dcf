"""Bringing a ticket before the lead of its queue, and raising its severity.

No promise moves later by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.conversations.seen import mark_seen
from hotline.conversations.service import stop_asking
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.escalations.rows import WISH
from hotline.escalations.service import bring_up, severe
from hotline.staff.service import Staff, all_staff
from hotline.tickets import clocks
from hotline.tickets.answers import spoken_to
from hotline.tickets.changes import add_note, changed, move
from hotline.tickets.holders import LEAD
from hotline.tickets.kinds import KINDS
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from wording.severity import severity_of

SEVERE = 2  # so severe and worse is confirmed by the partner first


@dataclass(frozen=True)
class Escalated:
    """`again`: the lead had it already, and only what was said is new."""

    ticket: Ticket
    lead: Staff | None
    again: bool
    raised: bool


async def lead_for(session: AsyncSession, ticket: Ticket) -> Staff | None:
    """Whoever leads the ticket's queue: its assignee, if that is a lead of it; else the first."""
    leads = [
        staff
        for staff in await all_staff(session)
        if staff.role == LEAD and ticket.queue in staff.queues
    ]
    return next((lead for lead in leads if lead == ticket.assignee), next(iter(leads), None))


def is_with(ticket: Ticket, lead: Staff | None) -> bool:
    """Whether the ticket is before `lead` already, because the partner wanted that."""
    return ticket.escalated_at is not None and (lead is None or ticket.assignee == lead)


def severity_said(
    ticket: Ticket, reason: str, *, worse: bool = False
) -> tuple[int, tuple[str, ...]]:
    """The severity that `reason` tells and the words for it, if it is graver than the ticket's.

    Otherwise the ticket's own. `worse`: only that it has got worse was said.
    """
    kind = KINDS.get(ticket.intent)
    told = severity_of(reason, kind is not None and kind.technical)
    if told.words and told.level <= SEVERE and told.level < ticket.severity:
        return told.level, tuple(told.words)
    if worse and ticket.severity > 1:
        return (SEVERE if ticket.severity > SEVERE else 1), (reason,)
    return ticket.severity, ()


async def escalate(
    hotline: Hotline,
    conversation_id: str,
    number: str,
    reason: str,
    *,
    severity: int | None = None,
    severity_words: Sequence[str] = (),
) -> Escalated:
    """The lead takes the ticket over, with the partner's `reason` as a note.

    A graver `severity` is counted from now; of the old deadline and the new one the earlier holds.
    Conflict if the ticket is resolved or closed: that is opened again instead.
    """
    async with spoken_to(hotline, conversation_id, number, "escalate") as (
        session,
        row,
        conversation,
    ):
        before = snapshot(row)
        if row.state in ("resolved", "closed"):
            raise Conflict("nothing is being done that could be hurried", state=row.state)
        lead = await lead_for(session, before)
        again = is_with(before, lead)
        raised = severity is not None and severity < row.severity
        await add_note(
            session, hotline, row, "escalation", reason, contact_id=conversation.contact_id
        )
        if severity is not None and raised:
            _raise(hotline, row, severity, severity_words)
        if row.state == "waiting_partner":
            move(hotline, row, "resume")
        if not again:
            await _give(session, hotline, row, lead)
        clocks.partner_spoke(hotline, row, hotline.now())
        if again and not raised:
            await changed(session, hotline, row, "ticket.added_to", "partner")
        else:
            await changed(
                session,
                hotline,
                row,
                "ticket.escalated",
                "partner",
                lead=lead.id if lead else None,
                before=before.assignee.id if before.assignee else None,
                severity=row.severity,
                severity_before=before.severity,
            )
            await bring_up(session, hotline, row, WISH, LEAD)
            if raised:
                await severe(session, hotline, row)
        stop_asking(conversation, row.number)
        conversation.last_ticket = row.number
        return Escalated(snapshot(row), lead, again, raised)


def _raise(hotline: Hotline, row: TicketRow, severity: int, words: Sequence[str]) -> None:
    row.severity_words, row.escalated_at = list(words), hotline.now()
    clocks.raise_severity(hotline, row, severity, hotline.now())


async def _give(
    session: AsyncSession, hotline: Hotline, row: TicketRow, lead: Staff | None
) -> None:
    """To the lead, for whom what the partner has just said is news, and what came before is not."""
    row.escalated_at = hotline.now()
    if lead is None:
        return
    if row.state == "new":
        move(hotline, row, "claim")
    if row.conversation_id is not None:
        told = await session.get(ConversationRow, row.conversation_id)
        await mark_seen(session, lead.id, row.conversation_id, (told.last_seq if told else 1) - 1)
    row.assignee_id = lead.id
