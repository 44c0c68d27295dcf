"""The bars around every page, and the rows of the queue."""

from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.chats import chat_row
from desk.console.deadlines import due_of, group_of
from desk.console.scene import Scene, initial
from desk.console.views import Frame, Group, Me, QueuePage, Row, Section, Service, Tab
from hotline import journal
from hotline.conversations import holding
from hotline.staff.service import QUEUES
from hotline.tickets import queries
from hotline.tickets.ticket import Ticket

_GROUPS = ("overdue", "hour", "today", "later", "paused")
_FILTERS = ("mine", "unclaimed", "down")


async def frame_of(scene: Scene, session: AsyncSession, section: Section, query: str = "") -> Frame:
    """The bars: who reads, open or closed, and how much work there is."""
    is_open = scene.hotline.calendar.is_open(scene.now)
    change = (
        scene.hotline.calendar.closes_at(scene.now)
        if is_open
        else scene.hotline.calendar.next_open(scene.now)
    )
    name = scene.name(scene.staff)
    tickets = await queries.queue_of(session)
    waiting = await holding.held(session, "queue")
    words = ""
    if change is not None:
        time = scene.clock(change) if is_open else scene.at(change)
        words = scene.t("service.until" if is_open else "service.from", time=time)
    return Frame(
        me=Me(name, initial(name), scene.staff.email, scene.t(f"role.{scene.staff.role}")),
        service=Service(is_open, words, scene.at(scene.now)),
        section=section,
        queue_count=sum(_is_work(ticket) for ticket in tickets),
        conversation_count=len(waiting),
        last_entry=await journal.last_entry_id(session),
        query=query,
    )


async def queue_page(
    scene: Scene, session: AsyncSession, queue: str | None, chosen: str | None, query: str
) -> QueuePage:
    """The open tickets of a queue, in the groups of their deadlines, most urgent first."""
    every = await queries.queue_of(session)
    unread = await queries.unread(session, {ticket.id for ticket in every})
    here = [ticket for ticket in every if queue is None or ticket.queue == queue]
    shown = [t for t in here if _passes(scene, t, chosen) and _matches(t, query)]
    rows = {ticket.id: row_of(scene, ticket, unread=ticket.id in unread) for ticket in shown}
    groups = tuple(
        Group(
            key,
            scene.t(f"group.{key}"),
            tuple(rows[t.id] for t in shown if group_of(scene, t) == key),
        )
        for key in _GROUPS
    )
    waiting = await holding.held(session, "queue")
    return QueuePage(
        tabs=tuple(
            Tab(
                key or "all",
                scene.t(f"service_queue.{key or 'all'}"),
                sum(key in (None, t.queue) and _is_work(t) for t in every),
                _url(key, None),
                key == queue,
            )
            for key in (None, *QUEUES)
        ),
        groups=groups,
        total=len(shown),
        fragment_url=_url(queue, chosen, query, fragment="rows"),
        filters=tuple(
            Tab(
                key,
                scene.t(f"filter.{key}"),
                sum(_passes(scene, ticket, key) for ticket in here),
                _url(queue, None if key == chosen else key),
                key == chosen,
            )
            for key in _FILTERS
        ),
        waiting=tuple(
            [
                await chat_row(scene, session, conversation, place)
                for place, conversation in enumerate(waiting[:5], 1)
            ]
        ),
    )


def row_of(scene: Scene, ticket: Ticket, *, unread: bool = False) -> Row:
    """One ticket as the queue and its own page's head show it."""
    contact = ticket.contact
    assignee = ticket.assignee
    free = assignee is None and ticket.state in ("new", "open")
    return Row(
        number=ticket.number,
        subject=ticket.subject,
        company=contact.company(scene.language) if contact else scene.t("brief.visitor"),
        contact=contact.name if contact else ticket.fact("contact") or scene.t("item.partner"),
        severity=ticket.severity,
        severity_word=scene.t(f"severity.{ticket.severity}"),
        state=ticket.state,  # type: ignore[arg-type]  # the database checks it
        state_word=scene.t(f"state.{ticket.state}"),
        queue_word=scene.t(f"service_queue.{ticket.queue}"),
        assignee=scene.holder(assignee) if assignee else None,
        mine=assignee is not None and assignee.id == scene.staff.id,
        due=due_of(scene, ticket),
        unread=unread,
        url=f"/console/tickets/{ticket.number}",
        may_claim=free,
        version=ticket.version,
    )


def _is_work(ticket: Ticket) -> bool:
    return ticket.state in ("new", "open")


def _passes(scene: Scene, ticket: Ticket, chosen: str | None) -> bool:
    match chosen:
        case "mine":
            return ticket.assignee is not None and ticket.assignee.id == scene.staff.id
        case "unclaimed":
            return ticket.assignee is None
        case "down":
            return ticket.severity == 1
    return True


def _matches(ticket: Ticket, query: str) -> bool:
    if not query:
        return True
    contact = ticket.contact
    names = (contact.name, contact.company_zh, contact.company_en) if contact else ()
    return query.casefold() in " ".join((ticket.number, ticket.subject, *names)).casefold()


def _url(queue: str | None, chosen: str | None, query: str = "", fragment: str = "") -> str:
    wishes = {"queue": queue, "filter": chosen, "q": query, "fragment": fragment}
    told = urlencode({key: value for key, value in wishes.items() if value})
    return f"/console?{told}" if told else "/console"
