"""The console's pages and forms: who, what, do, show."""

from aiohttp import web

from desk.chat.api import file_response
from desk.console.chats import conversation_page, conversations_page
from desk.console.door import scene_of
from desk.console.frame import frame_of, queue_page
from desk.console.scene import Scene
from desk.console.ticket_page import ticket_page
from desk.console.views import FieldError
from desk.keys import FOLLOWER, PAGES
from hotline.conversations import holding, messages
from hotline.conversations import service as conversations
from hotline.errors import BadInput, Conflict, NotFound
from hotline.staff.service import QUEUES
from hotline.tickets import handling, queries
from wording.text import strip_control

_TICKET_PARTS = {
    None: "console/ticket.html",
    "header": "console/_header.html",
    "timeline": "console/_timeline.html",
}
_CHAT_PARTS = {
    None: "console/conversation.html",
    "header": "console/_live_header.html",
    "timeline": "console/_timeline.html",
}


async def queue(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    chosen = request.query.get("queue")
    query = request.query.get("q", "").strip()[:80]
    async with scene.hotline.database.read() as session:
        page = await queue_page(
            scene,
            session,
            chosen if chosen in QUEUES else None,
            request.query.get("filter"),
            query,
        )
        frame = await frame_of(scene, session, "queue", query)
    template = "_rows.html" if request.query.get("fragment") == "rows" else "queue.html"
    return request.app[PAGES].render(request, f"console/{template}", frame=frame, page=page)


async def ticket(request: web.Request) -> web.Response:
    return await _show_ticket(request, await scene_of(request))


async def claim(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    number = request.match_info["number"]
    try:
        await handling.claim(scene.hotline, scene.staff, number)
    except Conflict as lost:
        holder = str(lost.fields.get("holder", ""))
        if request.headers.get("Accept") == "application/json":
            raise
        return await _show_ticket(request, scene, lost_to=holder, status=409)
    return _done(request, f"/console/tickets/{number}")


async def reply(request: web.Request) -> web.Response:
    scene, text = await scene_of(request), await _text(request)
    number = request.match_info["number"]
    try:
        await handling.reply(scene.hotline, scene.staff, number, text)
    except (BadInput, Conflict) as refused:
        return await _refused(request, scene, "reply", text, refused)
    return _done(request, f"/console/tickets/{number}")


async def note(request: web.Request) -> web.Response:
    scene, text = await scene_of(request), await _text(request)
    number = request.match_info["number"]
    try:
        await handling.note(scene.hotline, scene.staff, number, text)
    except BadInput as refused:
        return await _refused(request, scene, "note", text, refused)
    return _done(request, f"/console/tickets/{number}")


async def resolve(request: web.Request) -> web.Response:
    return await _move(request, "resolved")


async def set_state(request: web.Request) -> web.Response:
    return await _move(request, str((await request.post()).get("state", "")))


async def chats(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    async with scene.hotline.database.read() as session:
        page = await conversations_page(scene, session)
        frame = await frame_of(scene, session, "conversations")
    part = "_conversations.html" if request.query.get("fragment") else "conversations.html"
    return request.app[PAGES].render(request, f"console/{part}", frame=frame, page=page)


async def chat(request: web.Request) -> web.Response:
    return await _show_chat(request, await scene_of(request), None)


async def take(request: web.Request) -> web.Response:
    scene, conversation_id = await scene_of(request), request.match_info["id"]
    try:
        await holding.take(scene.hotline, scene.staff, conversation_id)
    except Conflict as lost:
        words = scene.t("conversation.held_by", name=lost.fields.get("holder", ""))
        return await _show_chat(request, scene, FieldError("take", words), status=409)
    return _done(request, f"/console/conversations/{conversation_id}")


async def give_back(request: web.Request) -> web.Response:
    scene, conversation_id = await scene_of(request), request.match_info["id"]
    await holding.give_back(scene.hotline, scene.staff, conversation_id)
    return _done(request, f"/console/conversations/{conversation_id}")


async def say(request: web.Request) -> web.Response:
    scene, text = await scene_of(request), await _text(request)
    conversation_id = request.match_info["id"]
    try:
        await holding.staff_says(scene.hotline, scene.staff, conversation_id, text)
    except BadInput:
        error = FieldError("text", scene.t("composer.empty"), "message", text)
        return await _show_chat(request, scene, error, status=400)
    return _done(request, f"/console/conversations/{conversation_id}")


async def file(request: web.Request) -> web.StreamResponse:
    scene = await scene_of(request)
    async with scene.hotline.database.read() as session:
        found = await messages.file_of(
            session, request.match_info["id"], request.match_info["file"]
        )
    if found is None:
        raise NotFound("no such file")
    return file_response(scene.hotline, found)


async def _move(request: web.Request, target: str) -> web.Response:
    scene, form = await scene_of(request), await request.post()
    text, number = await _text(request), request.match_info["number"]
    typed = str(form.get("version", ""))
    try:
        await handling.set_state(
            scene.hotline,
            scene.staff,
            number,
            target,
            text=text,
            version=int(typed) if typed.isdecimal() else None,
        )
    except (BadInput, Conflict) as refused:
        name = "resolve" if target == "resolved" else target
        return await _refused(request, scene, name, text, refused)
    return _done(request, f"/console/tickets/{number}")


async def _refused(
    request: web.Request, scene: Scene, form: str, text: str, refused: BadInput | Conflict
) -> web.Response:
    """The page again, with the reason at the field and nothing to be typed twice."""
    if isinstance(refused, BadInput):
        words = scene.t("composer.empty" if form in ("reply", "note") else "move.text_missing")
    elif "holder" in refused.fields:
        words = scene.t("ticket.claim_first")
    else:
        words = scene.t("ticket.stale")
    error = FieldError("text", words, form, text)
    return await _show_ticket(request, scene, error=error, status=refused.status)


async def _show_ticket(
    request: web.Request,
    scene: Scene,
    *,
    error: FieldError | None = None,
    lost_to: str | None = None,
    status: int = 200,
) -> web.Response:
    async with scene.hotline.database.read() as session:
        found = await queries.find(session, request.match_info["number"])
        page = await ticket_page(scene, session, found, lost_to)
        frame = await frame_of(scene, session, "queue")
    part = request.query.get("fragment") if request.method == "GET" else None
    template = _TICKET_PARTS.get(part, _TICKET_PARTS[None])
    return request.app[PAGES].render(
        request, template, frame=frame, page=page, error=error, status=status
    )


async def _show_chat(
    request: web.Request, scene: Scene, error: FieldError | None, status: int = 200
) -> web.Response:
    async with scene.hotline.database.read() as session:
        found = await conversations.find(session, request.match_info["id"])
        page = await conversation_page(scene, session, found)
        frame = await frame_of(scene, session, "conversations")
    part = request.query.get("fragment") if request.method == "GET" else None
    template = _CHAT_PARTS.get(part, _CHAT_PARTS[None])
    return request.app[PAGES].render(
        request, template, frame=frame, page=page, error=error, status=status
    )


async def _text(request: web.Request) -> str:
    return strip_control(str((await request.post()).get("text", "")))


def _done(request: web.Request, url: str) -> web.Response:
    """See the page again; a script that asked for JSON only hears that it is done."""
    request.app[FOLLOWER].poke()
    if request.headers.get("Accept") == "application/json":
        return web.json_response({"ok": True})
    raise web.HTTPSeeOther(url)
