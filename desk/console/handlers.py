"""The console's pages: who, what, show."""

import re
from dataclasses import replace

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from desk.chat.api import file_response
from desk.console.calls.list_page import NOTHING_REFUSED, Refused
from desk.console.chats import (
    conversation_page,
    conversations_page,
    with_inserts,
    with_others,
)
from desk.console.door import scene_of
from desk.console.frame import frame_of
from desk.console.opened import opened
from desk.console.places import Place
from desk.console.queue_page import queue_page
from desk.console.scene import Scene
from desk.console.search import to_search
from desk.console.stretches import Stretch, before_of, stretch_of
from desk.console.ticket_page import ticket_page, whole_page
from desk.console.views import FieldError
from desk.keys import PAGES
from hotline import audit, looking
from hotline.conversations import messages
from hotline.conversations import service as conversations
from hotline.errors import NotFound
from hotline.journal import VIEWED
from hotline.looking import Look
from hotline.permissions import HANDLERS
from hotline.tickets.amending import Stale

CHATS, PEOPLE = "/console/conversations", "/console/people"
_CHAT_ID = re.compile(r"[0-9a-f]{32}")
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
    """The lists of live chats, or a part: `open` says beside which chat they stand."""
    scene, part = await scene_of(request), request.query.get("fragment")
    beside = request.query.get("open", "") if part == "list" else ""
    beside = beside if _CHAT_ID.fullmatch(beside) else ""
    async with scene.hotline.database.read() as session:
        frame = await frame_of(scene, session, "conversations", f"{CHATS}/{beside}".rstrip("/"))
        page = None
        if part != "vital":
            page = await conversations_page(scene, session, frame, beside)
    template = _LIST_PARTS.get(part, _LIST_PARTS[None])
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
            found = await opened(session, number, before_of(request))
        except NotFound:
            return await _no_such_ticket(request, scene, session, place)
        look = Look(
            scene.staff,
            found.ticket.conversation_id,
            found.ticket.id,
            seen_to=_seen_to(found.said, part),
            kind=VIEWED if part is None else None,
        )
        await looking.note(session, scene.hotline, look)
        page = await ticket_page(scene, session, found, place, lost_to, refused)
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
        look = Look(
            scene.staff,
            found.id,
            seen_to=_seen_to(said, part),
            kind=audit.CONVERSATION_VIEWED if part is None else None,
        )
        await looking.note(session, scene.hotline, look)
        page = await conversation_page(scene, session, found, said)
        if part is None and page.may_write:
            page = await with_inserts(scene, session, found, page, insert)
        if chosen and page.hand_on is not None:
            page = replace(page, hand_on=replace(page.hand_on, chosen=chosen))
        frame = await frame_of(scene, session, "conversations", f"{CHATS}/{found.id}")
        if part is None:
            page = await with_others(scene, session, page, frame)
    template = _CHAT_PARTS.get(part, _CHAT_PARTS[None])
    return request.app[PAGES].render(
        request, template, frame=frame, page=page, error=error, status=status
    )


async def _no_such_ticket(
    request: web.Request, scene: Scene, session: AsyncSession, place: Place
) -> web.Response:
    number = request.match_info["number"]
    frame = await frame_of(scene, session, "queue", place.ticket_url(number))
    return request.app[PAGES].render(
        request,
        "console/no_ticket.html",
        frame=frame,
        number=number,
        back_url=place.list_url(),
        status=404,
    )


def _seen_to(said: Stretch, part: str | None) -> int | None:
    """Up to which message has been seen; None where the newest is not shown."""
    return said.last_seq if said.is_newest and part != "header" else None


def _part(request: web.Request) -> str | None:
    return request.query.get("fragment") if request.method == "GET" else None
