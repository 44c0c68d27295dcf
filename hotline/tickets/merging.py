"""Tickets that are one matter: merged into one of them, which can be undone; or only linked.

A merged ticket is closed, so nothing of it is due; what its partner says to it is said to the one
that was kept (`answers.spoken_to`), and what was said there is read beside that one's.
"""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import locked as locked_conversation
from hotline.conversations.service import say, stop_asking
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.replies import Reply
from hotline.staff.service import Staff
from hotline.tickets import clocks, queries, told
from hotline.tickets.changes import added, changed
from hotline.tickets.duplicates import is_of_same_asker
from hotline.tickets.holders import require_may_act
from hotline.tickets.moves import DONE_STATES
from hotline.tickets.rows import LinkRow, TicketRow
from hotline.tickets.ticket import Ticket, snapshot


async def merge(hotline: Hotline, staff: Staff, number: str, other: str) -> Ticket:
    """`other` is closed as merged into `number`, and its partner is told where to look.

    By whoever may act on both. A repeat is harmless. Conflict with a reason: `itself`, `merged` (it
    is in another one), `kept_merged`, `kept_done`, `others` (the asker of `other` may not see the
    ticket that is kept).
    """
    async with hotline.database.write() as session:
        kept, gone = await _locked_both(session, number, other)
        for row in (kept, gone):
            require_may_act(row, staff, free_too=True)
        if gone.merged_into_id == kept.id:
            return snapshot(kept)
        _refuse(hotline, kept, gone)
        now, actor = hotline.now(), f"staff:{staff.id}"
        gone.merged_into_id, gone.merged_at, gone.merged_from = kept.id, now, gone.state
        if gone.state != "closed":
            gone.state, gone.closed_at = "closed", now
        after = snapshot(kept)
        said = await _tell(session, hotline, gone, kept, "ticket_merged", last=kept.number)
        await changed(session, hotline, gone, "ticket.merged", actor, into=kept.id, **said)
        await added(session, hotline, kept, "ticket.took_in", actor, other=gone.id)
        return after


async def unmerge(hotline: Hotline, staff: Staff, number: str) -> Ticket:
    """The ticket is a matter of its own again, in the state it had; the time between counts not.

    Conflict with the reason `not_merged` if it is in none.
    """
    async with hotline.database.write() as session:
        ticket = await queries.find(session, number)
        if ticket.merged_into_id is None:
            raise Conflict("this ticket is not merged", reason="not_merged")
        [into] = (await queries.by_ids(session, {ticket.merged_into_id})).values()
        kept, gone = await _locked_both(session, into.number, number)
        require_may_act(gone, staff, free_too=True)
        since, before = gone.merged_at, gone.merged_from
        if gone.merged_into_id != kept.id or since is None or before is None:
            raise Conflict("this ticket is not merged", reason="not_merged")
        gone.merged_into_id = gone.merged_at = gone.merged_from = None
        gone.state = before
        if before != "closed":
            gone.closed_at = None
        if before in ("new", "open"):
            clocks.left_out(hotline, gone, since, hotline.now())
        actor = f"staff:{staff.id}"
        said = await _tell(session, hotline, gone, kept, "ticket_unmerged", last=gone.number)
        await changed(session, hotline, gone, "ticket.unmerged", actor, into=kept.id, **said)
        await added(session, hotline, kept, "ticket.let_go", actor, other=gone.id)
        return snapshot(gone)


async def link(hotline: Hotline, staff: Staff, number: str, other: str) -> None:
    """The two stand on each other's page; Conflict with the reason `itself`. Twice is harmless."""
    async with hotline.database.write() as session:
        one, two = await _locked_both(session, number, other)
        if await _link_between(session, one, two) is None:
            first, second = sorted((one.id, two.id))
            session.add(
                LinkRow(
                    ticket_id=first, other_id=second, staff_id=staff.id, created_at=hotline.now()
                )
            )
            await _journal_both(session, hotline, staff, one, two, "ticket.linked")


async def unlink(hotline: Hotline, staff: Staff, number: str, other: str) -> None:
    """They do not belong together after all; twice is harmless."""
    async with hotline.database.write() as session:
        one, two = await _locked_both(session, number, other)
        known = await _link_between(session, one, two)
        if known is not None:
            await session.delete(known)
            await _journal_both(session, hotline, staff, one, two, "ticket.unlinked")


async def linked_to(session: AsyncSession, ticket_id: int, limit: int = 50) -> list[Ticket]:
    """The tickets that stand beside this one, the newest link first."""
    rows = await session.scalars(
        select(LinkRow)
        .where(or_(LinkRow.ticket_id == ticket_id, LinkRow.other_id == ticket_id))
        .order_by(LinkRow.id.desc())
        .limit(limit)
    )
    ids = [row.other_id if row.ticket_id == ticket_id else row.ticket_id for row in rows]
    found = await queries.by_ids(session, set(ids))
    return [found[key] for key in ids]


async def _locked_both(
    session: AsyncSession, number: str, other: str
) -> tuple[TicketRow, TicketRow]:
    """Both rows, locked in the order of their ids, whichever is asked for first."""
    one, two = await queries.find(session, number), await queries.find(session, other)
    if one.id == two.id:
        raise Conflict("it is the same ticket", reason="itself")
    rows = {
        ticket.id: await queries.locked(session, ticket.number)
        for ticket in sorted((one, two), key=lambda ticket: ticket.id)
    }
    return rows[one.id], rows[two.id]


async def _link_between(session: AsyncSession, one: TicketRow, two: TicketRow) -> LinkRow | None:
    """Both rows are locked, so no other link of theirs comes in between."""
    first, second = sorted((one.id, two.id))
    found: LinkRow | None = await session.scalar(
        select(LinkRow).where(LinkRow.ticket_id == first, LinkRow.other_id == second)
    )
    return found


def _refuse(hotline: Hotline, kept: TicketRow, gone: TicketRow) -> None:
    reason = ""
    if gone.merged_into_id is not None:
        reason = "merged"
    elif kept.merged_into_id is not None:
        reason = "kept_merged"
    elif kept.state in DONE_STATES:
        reason = "kept_done"
    elif not is_of_same_asker(hotline, snapshot(kept), snapshot(gone)):
        reason = "others"
    if reason:
        raise Conflict("these cannot be merged", reason=reason)


async def _tell(
    session: AsyncSession, hotline: Hotline, gone: TicketRow, kept: TicketRow, name: str, last: str
) -> dict[str, int]:
    """Tell the partner of `gone`; 「那張」 is `last` there from now on."""
    if gone.conversation_id is None:
        return {}
    talk = await locked_conversation(session, gone.conversation_id)
    shown = snapshot(kept if last == kept.number else gone)
    reply: Reply = told.merged(hotline, name, gone.number, kept.number, shown, talk.language)
    stop_asking(talk, gone.number)
    talk.last_ticket = last
    return {"said": await say(session, hotline, talk, "bot", reply, actor="system")}


async def _journal_both(
    session: AsyncSession,
    hotline: Hotline,
    staff: Staff,
    one: TicketRow,
    two: TicketRow,
    kind: str,
) -> None:
    actor = f"staff:{staff.id}"
    await added(session, hotline, one, kind, actor, other=two.id)
    await added(session, hotline, two, kind, actor, other=one.id)
