"""A ticket's page: head, timeline, brief, and what may be done with it now."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.alike import alike_of
from desk.console.amends import edits_of, stale_of
from desk.console.brief import brief_of
from desk.console.calls.list_page import NOTHING_REFUSED, Refused, back_of, wish_words
from desk.console.chats import live_words
from desk.console.inserting import inserts_for_ticket
from desk.console.knowledge.places import DRAFT_URL
from desk.console.moves import moves_of, pen_of
from desk.console.opened import Opened
from desk.console.places import Place
from desk.console.queue_page import line_words, row_of
from desk.console.raised import complaint_of, raised_of
from desk.console.scene import Scene
from desk.console.stretches import Stretch, stretch_of
from desk.console.timeline import (
    addition_item,
    call_item,
    event_item,
    in_order,
    message_item,
    note_item,
    withheld_item,
)
from desk.console.views import FieldError, Inserts, TicketPage, TimelineItem
from desk.console.why import explain
from hotline import journal
from hotline.calls import backs, log
from hotline.calls.backs import Back
from hotline.conversations.notes import notes_of
from hotline.conversations.withheld import withheld_of
from hotline.journal import Entry
from hotline.knowledge.prefilling import SOLVED_STATES
from hotline.staff import service as staff_service
from hotline.tickets import queries, worklist
from hotline.tickets.amending import Stale
from hotline.tickets.rows import NoteRow
from hotline.tickets.ticket import Ticket


async def ticket_page(
    scene: Scene,
    session: AsyncSession,
    opened: Opened,
    place: Place,
    lost_to: str | None = None,
    refused: Refused = NOTHING_REFUSED,
) -> TicketPage:
    """Everything on the page; `lost_to` names the colleague who was first, `refused` is why the
    outcome of a call back was."""
    ticket, talk, said, has = opened.ticket, opened.talk, opened.said, opened.has
    live = await live_words(scene, session, talk) if talk else ""
    wanted = place.wanted(scene.staff.id, scene.now, scene.hotline.calendar.timezone)
    before, behind = await worklist.neighbours(session, wanted, ticket.id)
    free = await worklist.next_unclaimed(session, wanted) if lost_to else None
    lines = await line_words(scene, session, {ticket.id}) if has.line_checks else {}
    row, number = row_of(scene, ticket, place, line=lines.get(ticket.id, "")), ticket.number
    entries = await journal.entries_of_ticket(session, ticket.id)
    waits = await backs.back_of(session, scene.hotline, ticket)
    raised = await raised_of(scene, session, ticket, place) if has.escalations else ((), ())
    return TicketPage(
        row=row,
        timeline=await _timeline(scene, session, opened, entries, waits),
        brief=await brief_of(scene, session, opened),
        moves=moves_of(scene, ticket, place),
        why=explain(scene, ticket, entries),
        drafts_key=f"ticket:{number}:{scene.staff.id}",
        draft_id=str(uuid.uuid4()),
        back_url=place.list_url(),
        pen=pen_of(scene, ticket),
        reply_url=place.ticket_url(number, "reply"),
        note_url=place.ticket_url(number, "note"),
        take_over_url=place.ticket_url(number, "take-over"),
        fragments=" ".join(place.ticket_url(number, fragment=part) for part in said.live_parts),
        conversation=ticket.conversation_id or "",
        by_phone=talk is None or talk.nobody_reads,
        conversation_url=f"/console/conversations/{talk.id}" if talk and live else None,
        conversation_words=live,
        claim_lost=lost_to,
        previous_url=place.ticket_url(before) if before else None,
        next_url=place.ticket_url(behind) if behind else None,
        next_free_url=place.ticket_url(free) if free else None,
        newest_url=None if said.is_newest else row.url,
        earlier_url=place.ticket_url(number, before=said.before) if said.before else None,
        complaint=complaint_of(scene, ticket),
        raised=raised[0],
        raised_before=raised[1],
        call_back=back_of(scene, waits, refused) if waits else None,
        article_url=_article_url(ticket),
    )


def _article_url(ticket: Ticket) -> str | None:
    """Where an article is begun from what solved it; a merged one was solved elsewhere."""
    if ticket.state not in SOLVED_STATES or ticket.merged_into_id is not None:
        return None
    return f"{DRAFT_URL}?ticket={ticket.number}"


async def whole_page(
    scene: Scene,
    session: AsyncSession,
    opened: Opened,
    place: Place,
    page: TicketPage,
    error: FieldError | None,
    stale: Stale | None,
    insert: tuple[str, str] | None,
) -> TicketPage:
    """The page with what its live parts do not show: forms, duplicates, what may be inserted."""
    ticket, inserts = opened.ticket, Inserts()
    if page.pen != "none":
        url = place.ticket_url(ticket.number, "insert")
        language = opened.talk.language if opened.talk else ticket.language
        inserts = await inserts_for_ticket(scene, session, ticket, language, url, insert)
    return replace(
        page,
        edits=await edits_of(scene, session, ticket, error),
        amend_url=place.ticket_url(ticket.number, "amend"),
        stale=await stale_of(scene, session, ticket, place, stale) if stale else None,
        alike=await alike_of(scene, session, opened, place),
        inserts=inserts,
    )


async def _timeline(
    scene: Scene,
    session: AsyncSession,
    opened: Opened,
    entries: Sequence[Entry],
    waits: Back | None,
) -> tuple[TimelineItem, ...]:
    ticket, said, has = opened.ticket, opened.said, opened.has
    wish = wish_words(scene, waits) if waits else ""
    staff = {member.id: member for member in await staff_service.all_staff(session, also_left=True)}
    items = [
        message_item(
            scene,
            message,
            ticket.contact,
            ticket.conversation_id or "",
            number=ticket.number,
            wish=wish if message.file and message.file.ticket_id == ticket.id else "",
        )
        for message in said.messages
    ]
    for note in await queries.notes_of(session, ticket.id) if has.notes else ():
        if not said.has(note.created_at):
            continue
        if _is_for_colleagues(note):
            items.append(note_item(scene, note))
        elif note.staff_id is None and not _is_said_here(note, said):
            items.append(addition_item(scene, note))
    if ticket.conversation_id and has.remarks:
        for remark in await notes_of(session, ticket.conversation_id):
            if said.has(remark.created_at):
                items.append(note_item(scene, remark, "c"))
    if ticket.conversation_id and has.withheld:
        late = await withheld_of(session, ticket.conversation_id)
        items += [withheld_item(scene, one) for one in late if said.has(one.created_at)]
    items += await _merged_items(scene, session, opened)
    numbers = await _numbers_in(session, entries)
    for call in await log.calls_of(session, ticket.id) if has.calls else ():
        if said.has(call.ended_at):
            items.append(call_item(scene, call))
    for entry in entries:
        if said.has(entry.at) and (item := event_item(scene, entry, ticket, staff, numbers)):
            items.append(item)
    return in_order(items)


async def _merged_items(scene: Scene, session: AsyncSession, opened: Opened) -> list[TimelineItem]:
    """What was said and noted on the tickets that were merged into this one."""
    ticket, said = opened.ticket, opened.said
    items, told = list[TimelineItem](), {ticket.conversation_id}
    for merged in opened.merged:
        number = merged.number
        if merged.conversation_id and merged.conversation_id not in told:
            told.add(merged.conversation_id)
            items += [
                message_item(
                    scene,
                    message,
                    merged.contact,
                    merged.conversation_id,
                    of=number,
                    number=ticket.number,
                )
                for message in (await stretch_of(session, merged.conversation_id)).messages
                if said.has(message.at)
            ]
        for note in await queries.notes_of(session, merged.id):
            if said.has(note.created_at) and _is_for_colleagues(note):
                items.append(note_item(scene, note, of=number))
            elif said.has(note.created_at) and note.staff_id is None:
                items.append(addition_item(scene, note))
    return items


async def _numbers_in(session: AsyncSession, entries: Sequence[Entry]) -> dict[int, str]:
    ids = {int(entry.detail[key]) for entry in entries for key in ("other", "into")
           if key in entry.detail}  # fmt: skip
    return {key: number for key, (number, _) in (await queries.numbers_of(session, ids)).items()}


def _is_for_colleagues(note: NoteRow) -> bool:
    return note.kind == "note" or (
        note.kind in ("reopened", "correction") and note.staff_id is not None
    )


def _is_said_here(note: NoteRow, said: Stretch) -> bool:
    """Whether it stands in the ticket's own conversation already, as the partner said it."""
    return any(
        note.text in message.text or (message.file and message.file.name == note.text)
        for message in said.messages
        if message.sender == "partner"
    )
