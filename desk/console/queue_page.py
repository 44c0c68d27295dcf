"""The queue: its rows in the groups of their deadlines, with what surrounds them."""

from collections.abc import Sequence, Set

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.chats import chat_rows
from desk.console.deadlines import due_of, group_of
from desk.console.narrowing import narrowing_of
from desk.console.places import Place
from desk.console.raised import for_reader
from desk.console.scene import Scene
from desk.console.views import ConversationRow, Frame, Group, QueuePage, Row, Tab
from hotline.conversations import holding
from hotline.hardware_line.watching import checks_of
from hotline.settings import QUEUES
from hotline.staff.service import Staff, all_staff
from hotline.tickets import queries, saved_filters, worklist
from hotline.tickets.ticket import Ticket
from hotline.tickets.worklist import FILTERS, WORK_STATES, Wanted

_GROUPS = ("overdue", "hour", "today", "later", "paused", "resolved", "closed")
_OFFERS = 5


async def queue_page(scene: Scene, session: AsyncSession, place: Place, frame: Frame) -> QueuePage:
    """One page of the tickets wanted, in the order wanted; every count is of all there are.

    What `frame` has counted is not counted again, and what it counts none of is not looked for.
    """
    wanted = _wanted(scene, place)
    listed = await worklist.page_of(session, wanted, behind=place.behind, before=place.before)
    shown = listed.tickets
    # All there are need not be counted for it.
    is_whole = not (listed.has_before or listed.has_behind)
    colleagues = await all_staff(session)
    saved = await _saved(scene, session, place)
    return QueuePage(
        tabs=await _tabs(scene, session, place, frame),
        groups=await groups_of(scene, session, shown, place, is_whole=is_whole),
        is_empty=not shown and not await worklist.count(session, wanted),
        fragment_url=place.rows_url(),
        clear_url=place.list_url(filter=None),
        filters=(*await _filters(scene, session, place), *saved),
        narrowing=narrowing_of(scene, place, colleagues, saved),
        colleagues=tuple((str(one.id), scene.name(one)) for one in _me_first(scene, colleagues)),
        queues=tuple((queue, scene.t(f"service_queue.{queue}")) for queue in QUEUES),
        bulk_url=place.url("/console/bulk"),
        waiting=await _waiting(scene, session) if frame.conversation_count else (),
        waiting_count=frame.conversation_count,
        mine=await _own_chats(scene, session, frame) if frame.own_count else (),
        previous_url=_beside(place, shown[:1], "before") if listed.has_before else None,
        next_url=_beside(place, shown[-1:], "behind") if listed.has_behind else None,
        raised=await for_reader(scene, session) if frame.raised_count else (),
    )


async def groups_of(
    scene: Scene,
    session: AsyncSession,
    shown: Sequence[Ticket],
    place: Place,
    *,
    is_whole: bool,
    key: str = "",
) -> tuple[Group, ...]:
    """By what is due, where that is the order, else in one group."""
    unread = await queries.unread(session, {ticket.id for ticket in shown if ticket.assignee})
    lines = await line_words(scene, session, {ticket.id for ticket in shown})
    rows = {
        t.id: row_of(scene, t, place, unread=unread.get(t.id, 0), line=lines.get(t.id, ""))
        for t in shown
    }
    key = key or (f"by_{place.choice.sort}" if place.choice.sort else "")
    if key:
        every = tuple(rows[ticket.id] for ticket in shown)
        return (Group(key, scene.t(f"group.{key}"), every),) if every else ()
    by_group: dict[str, list[Row]] = {}
    for ticket in shown:
        by_group.setdefault(group_of(scene, ticket), []).append(rows[ticket.id])
    return tuple(
        Group(
            key,
            scene.t(f"group.{key}"),
            tuple(by_group[key]),
            len(by_group[key]) if is_whole else None,
        )
        for key in _GROUPS
        if key in by_group
    )


async def line_words(scene: Scene, session: AsyncSession, ids: Set[int]) -> dict[int, str]:
    """Whether the partners of these tickets got through to the 24-hour line, where they were
    given it."""
    told = {}
    for ticket_id, check in (await checks_of(session, ids)).items():
        key = check.outcome or ("asked" if check.asked_at else "waits")
        at = check.outcome_at or check.asked_at or check.named_at
        told[ticket_id] = scene.t(f"queue.line.{key}", at=scene.at(at))
    return told


def row_of(scene: Scene, ticket: Ticket, place: Place, *, unread: int = 0, line: str = "") -> Row:
    """One ticket as the queue and its own page's head show it."""
    contact, assignee = ticket.contact, ticket.assignee
    free = assignee is None and ticket.state in WORK_STATES
    worked_on = free and ticket.state == "open"
    is_done = ticket.state in ("resolved", "closed")
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
        line_words=line,
    )


def _wanted(scene: Scene, place: Place) -> Wanted:
    return place.wanted(scene.staff.id, scene.now, scene.hotline.calendar.timezone)


def _beside(place: Place, edge: Sequence[Ticket], way: str) -> str:
    """The page that ends before the first of this one, or begins behind its last."""
    return place.list_url(**{way: edge[0].id if edge else None})


def _me_first(scene: Scene, colleagues: Sequence[Staff]) -> list[Staff]:
    return sorted(colleagues, key=lambda one: one.id != scene.staff.id)


async def _tabs(scene: Scene, session: AsyncSession, place: Place, frame: Frame) -> tuple[Tab, ...]:
    counts = frame.work
    if place.filter or place.choice.narrows:
        counts = await worklist.count_by_queue(session, _wanted(scene, place))
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
    counts = await worklist.count_by_filter(session, _wanted(scene, place))
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


async def _saved(scene: Scene, session: AsyncSession, place: Place) -> tuple[Tab, ...]:
    """The reader's own filters; pressed again, one is left."""
    every = await saved_filters.filters_of(session, scene.staff.id)
    there = [Place(saved.choice) for saved in every]
    counts = await worklist.count_each(session, [_wanted(scene, each) for each in there])
    chosen = [place.filter is None and place.choice == saved.choice for saved in every]
    return tuple(
        Tab(
            f"saved-{saved.id}",
            saved.name,
            number,
            (Place() if is_chosen else each).list_url(),
            is_chosen,
        )
        for saved, each, number, is_chosen in zip(every, there, counts, chosen, strict=True)
    )


async def _waiting(scene: Scene, session: AsyncSession) -> tuple[ConversationRow, ...]:
    first = await holding.held(session, "queue", _OFFERS)
    return tuple(await chat_rows(scene, session, first, {}))


async def _own_chats(
    scene: Scene, session: AsyncSession, frame: Frame
) -> tuple[ConversationRow, ...]:
    own = await holding.held_by(session, scene.staff.id)
    return tuple(await chat_rows(scene, session, own, frame.unread))
