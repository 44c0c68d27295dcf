"""The console's pages: who, what, show."""

from dataclasses import replace

from aiohttp import web

from desk.chat.api import file_response
from desk.console.calls.list_page import NOTHING_REFUSED, Refused
from desk.console.chats import conversation_page, conversations_page, with_inserts
from desk.console.door import scene_of
from desk.console.frame import frame_of
from desk.console.places import Place
from desk.console.queue_page import queue_page
from desk.console.scene import Scene
from desk.console.search import to_search
from desk.console.stretches import before_of, stretch_of
from desk.console.ticket_page import stretch_of_ticket, ticket_page, whole_page
from desk.console.views import FieldError
from desk.keys import PAGES
from hotline import audit
from hotline.conversations import messages
from hotline.conversations import service as conversations
from hotline.conversations.seen import see
from hotline.errors import NotFound
from hotline.permissions import HANDLERS
from hotline.tickets import queries
from hotline.tickets.amending import Stale

CHATS, PEOPLE = "/console/conversations", "/console/people"
_TICKET_PARTS = {
    None: "console/ticket.html",
    "header": "console/_header.html",
    "timeline": "console/_timeline.html",
}
_CHAT_PARTS = {
    None: "console/conversation.html",
    "header": "console/_live_header.html",
    "timeline": "console/_timeline.html",
    "brief": "console/_brief_of_chat.html",
}
_LIST_PARTS = {
    None: "console/conversations.html",
    "list": "console/_conversations.html",
    "vital": "console/_vital.html",
}


async def queue(request: web.Request) -> web.Response:
    """The queue; whoever handles no tickets is led to the people instead."""
    scene, place = await scene_of(request), Place.of(request)
    if scene.staff.role not in HANDLERS:
        raise web.HTTPSeeOther(PEOPLE)
    to_search(request)
    async with scene.hotline.database.read() as session:
        frame = await frame_of(scene, session, "queue", place.list_url())
        page = await queue_page(scene, session, place, frame)
    template = "_rows.html" if request.query.get("fragment") == "rows" else "queue.html"
    return request.app[PAGES].render(request, f"console/{template}", frame=frame, page=page)


async def ticket(request: web.Request) -> web.Response:
    return await show_ticket(request, await scene_of(request))


async def chats(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    async with scene.hotline.database.read() as session:
        frame = await frame_of(scene, session, "conversations", CHATS)
        page = await conversations_page(scene, session, frame.conversation_count)
    template = _LIST_PARTS.get(request.query.get("fragment"), _LIST_PARTS[None])
    return request.app[PAGES].render(request, template, frame=frame, page=page)


async def chat(request: web.Request) -> web.Response:
    return await show_chat(request, await scene_of(request))


async def file(request: web.Request) -> web.StreamResponse:
    scene = await scene_of(request)
    async with scene.hotline.database.read() as session:
        found = await messages.file_of(
            session, request.match_info["id"], request.match_info["file"]
        )
    if found is None:
        raise NotFound("no such file")
    await audit.viewed(
        scene.hotline,
        scene.staff,
        audit.FILE_VIEWED,
        conversation_id=request.match_info["id"],
        file=request.match_info["file"],
    )
    return file_response(scene.hotline, found, is_shown="show" in request.query)


async def back_to_ticket(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again, as a link or after signing in, wants its page."""
    raise web.HTTPSeeOther(Place.of(request).ticket_url(request.match_info["number"]))


async def back_to_chat(request: web.Request) -> web.Response:
    raise web.HTTPSeeOther(f"{CHATS}/{request.match_info['id']}")


async def show_ticket(
    request: web.Request,
    scene: Scene,
    *,
    error: FieldError | None = None,
    lost_to: str | None = None,
    stale: Stale | None = None,
    insert: tuple[str, str] | None = None,
    refused: Refused = NOTHING_REFUSED,
    status: int = 200,
) -> web.Response:
    """The ticket's page, or the part that was asked for; what it shows has then been seen.

    `stale` is an edit that met another one, `insert` what is to be put behind what was typed.
    """
    number, place, part = request.match_info["number"], Place.of(request), _part(request)
    async with scene.hotline.database.read() as session:
        try:
            found = await queries.find(session, number)
        except NotFound:
            return await _no_such_ticket(request, scene, place, number)
        said = await stretch_of_ticket(session, found, before_of(request))
    if found.conversation_id and said.is_newest and part != "header":
        await see(scene.hotline, scene.staff.id, found.conversation_id, said.last_seq)
    if part is None:
        await audit.viewed(scene.hotline, scene.staff, ticket_id=found.id)
    async with scene.hotline.database.read() as session:
        page = await ticket_page(scene, session, found, place, said, lost_to, refused)
        if part is None:
            page = await whole_page(scene, session, found, place, page, error, stale, insert)
        frame = await frame_of(scene, session, "queue", page.row.url)
    template = _TICKET_PARTS.get(part, _TICKET_PARTS[None])
    return request.app[PAGES].render(
        request, template, frame=frame, page=page, error=error, status=status
    )


async def show_chat(
    request: web.Request,
    scene: Scene,
    error: FieldError | None = None,
    status: int = 200,
    insert: tuple[str, str] | None = None,
    chosen: str = "",
) -> web.Response:
    """The chat's page, or the part of it that was asked for; `insert` as for a ticket, `chosen` to
    whom it was to be handed on."""
    part = _part(request)
    async with scene.hotline.database.read() as session:
        found = await conversations.find(session, request.match_info["id"])
        said = await stretch_of(session, found.id, before_of(request))
    if said.is_newest and part != "header":
        await see(scene.hotline, scene.staff.id, found.id, said.last_seq)
    if part is None:
        await audit.viewed(
            scene.hotline, scene.staff, audit.CONVERSATION_VIEWED, conversation_id=found.id
        )
    async with scene.hotline.database.read() as session:
        page = await conversation_page(scene, session, found, said)
        if part is None and page.may_write:
            page = await with_inserts(scene, session, found, page, insert)
        if chosen and page.hand_on is not None:
            page = replace(page, hand_on=replace(page.hand_on, chosen=chosen))
        frame = await frame_of(scene, session, "conversations", f"{CHATS}/{found.id}")
    template = _CHAT_PARTS.get(part, _CHAT_PARTS[None])
    return request.app[PAGES].render(
        request, template, frame=frame, page=page, error=error, status=status
    )


async def _no_such_ticket(
    request: web.Request, scene: Scene, place: Place, number: str
) -> web.Response:
    async with scene.hotline.database.read() as session:
        frame = await frame_of(scene, session, "queue", place.ticket_url(number))
    return request.app[PAGES].render(
        request,
        "console/no_ticket.html",
        frame=frame,
        number=number,
        back_url=place.list_url(),
        status=404,
    )


def _part(request: web.Request) -> str | None:
    return request.query.get("fragment") if request.method == "GET" else None
