"""The queue: its rows in the groups of their deadlines, with what surrounds them."""

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.chats import chat_row
from desk.console.deadlines import due_of, group_of
from desk.console.places import Place
from desk.console.raised import for_reader
from desk.console.scene import Scene
from desk.console.views import ConversationRow, Group, QueuePage, Row, Tab
from hotline.conversations import holding
from hotline.conversations.seen import unread_chats
from hotline.settings import QUEUES
from hotline.tickets import queries, worklist
from hotline.tickets.ticket import Ticket
from hotline.tickets.worklist import AT_ONCE, FILTERS, WORK_STATES

_GROUPS = ("overdue", "hour", "today", "later", "paused", "resolved", "closed")
_OFFERS = 5


async def queue_page(scene: Scene, session: AsyncSession, place: Place) -> QueuePage:
    """One page of the tickets wanted, most urgent first; every count is of all there are."""
    wanted = place.wanted(scene.staff.id)
    shown = await worklist.page_of(session, wanted, place.start)
    total = await worklist.count(session, wanted)
    unread = await queries.unread(session, {ticket.id for ticket in shown})
    rows = {t.id: row_of(scene, t, place, unread=unread.get(t.id, 0)) for t in shown}
    is_whole = total <= AT_ONCE
    by_group: dict[str, list[Row]] = {}
    for ticket in shown:
        by_group.setdefault(group_of(scene, ticket), []).append(rows[ticket.id])
    return QueuePage(
        tabs=await _tabs(scene, session, place),
        groups=tuple(
            Group(
                key,
                scene.t(f"group.{key}"),
                tuple(by_group[key]),
                len(by_group[key]) if is_whole else None,
            )
            for key in _GROUPS
            if key in by_group
        ),
        total=total,
        fragment_url=place.rows_url(),
        clear_url=place.list_url(words="", filter=None),
        filters=await _filters(scene, session, place),
        waiting=tuple(
            [
                await chat_row(scene, session, conversation, position)
                for position, conversation in enumerate(
                    await holding.held(session, "queue", _OFFERS), 1
                )
            ]
        ),
        waiting_count=await holding.count_waiting(session),
        mine=await _own_chats(scene, session),
        previous_url=place.list_url(page=place.page - 1) if place.page > 1 else None,
        next_url=place.list_url(page=place.page + 1) if place.start + len(shown) < total else None,
        raised=await for_reader(scene, session),
    )


def row_of(scene: Scene, ticket: Ticket, place: Place, *, unread: int = 0) -> Row:
    """One ticket as the queue and its own page's head show it."""
    contact, assignee = ticket.contact, ticket.assignee
    free = assignee is None and ticket.state in WORK_STATES
    worked_on = free and ticket.state == "open"
    is_done = ticket.state in ("resolved", "closed")
    owes_reply = ticket.state in WORK_STATES and ticket.owes == "next_response"
    return Row(
        number=ticket.number,
        subject=ticket.subject,
        company=contact.company(scene.language) if contact else scene.t("brief.visitor"),
        contact=contact.name if contact else ticket.fact("contact") or scene.t("item.partner"),
        severity=ticket.severity,
        severity_word=scene.severity(ticket),
        state=ticket.state,  # type: ignore[arg-type]  # the database checks it
        state_word=scene.t("state.unclaimed" if worked_on else f"state.{ticket.state}"),
        queue_word=scene.t(f"service_queue.{ticket.queue}"),
        assignee=scene.holder(assignee) if assignee else None,
        mine=assignee is not None and assignee.id == scene.staff.id,
        due=due_of(scene, ticket),
        unread=unread,
        url=place.ticket_url(ticket.number),
        claim_url=place.ticket_url(ticket.number, "claim"),
        release_url=place.ticket_url(ticket.number, "release"),
        may_claim=free,
        version=ticket.version,
        look="new" if free else ticket.state,  # type: ignore[arg-type]  # the same
        escalated=ticket.escalated_at is not None and not is_done,
        complaint=ticket.complained_at is not None and not is_done,
        owes_words=scene.t("due.owes_reply") if owes_reply else "",
    )


async def _tabs(scene: Scene, session: AsyncSession, place: Place) -> tuple[Tab, ...]:
    counts = await worklist.count_by_queue(session, place.wanted(scene.staff.id))
    return tuple(
        Tab(
            key or "all",
            scene.t(f"service_queue.{key or 'all'}"),
            counts.get(key, 0) if key else sum(counts.values()),
            place.list_url(queue=key),
            key == place.queue,
        )
        for key in (None, *QUEUES)
    )


async def _filters(scene: Scene, session: AsyncSession, place: Place) -> tuple[Tab, ...]:
    counts = await worklist.count_by_filter(session, place.wanted(scene.staff.id))
    return tuple(
        Tab(
            key,
            scene.t(f"filter.{key}"),
            counts[key],
            place.list_url(filter=None if key == place.filter else key),
            key == place.filter,
        )
        for key in FILTERS
    )


async def _own_chats(scene: Scene, session: AsyncSession) -> tuple[ConversationRow, ...]:
    unread = await unread_chats(session, scene.staff.id)
    return tuple(
        [
            await chat_row(scene, session, conversation, unread=unread.get(conversation.id, 0))
            for conversation in await holding.held_by(session, scene.staff.id)
        ]
    )
