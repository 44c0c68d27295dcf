"""The telephone's pages: who, what, do, show. A refused form is the page again, all still in it."""

from aiohttp import web

from desk.console.calls.inputs import Form, id_of
from desk.console.calls.list_page import NOTHING_REFUSED, Refused, call_page, calls_page
from desk.console.calls.new_page import hit_of, new_call_page
from desk.console.calls.places import NEW_URL, URL, began_of, call_url, new_url, search_of
from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.scene import Scene
from desk.inputs import form_of
from desk.keys import PAGES
from hotline.calls import callers, log, taking
from hotline.calls.log import Call
from hotline.errors import BadInput, Conflict, NotFound

_NO_STORE = {"Cache-Control": "no-store"}


async def calls(request: web.Request) -> web.Response:
    return await show_calls(request, await scene_of(request))


async def call(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    async with scene.hotline.database.read() as session:
        found = await log.find(session, int(request.match_info["call"]))
        frame = await frame_of(scene, session, "calls", call_url(found.id))
        page = await call_page(scene, session, found)
    return request.app[PAGES].render(request, "console/call.html", frame=frame, page=page)


async def new_call(request: web.Request) -> web.Response:
    """The form; a search with one hit goes on with that caller."""
    scene, query = await scene_of(request), search_of(request.query.get("q", ""))
    began = began_of(scene.hotline, request.query.get("began", "")).isoformat()
    caller = id_of(request.query.get("caller", ""))
    if query and caller is None:
        async with scene.hotline.database.read() as session:
            found = await callers.search(session, query)
        if len(found) == 1:
            raise web.HTTPSeeOther(hit_of(scene, found[0], began, query).url)
    known = {"contact": request.query.get("caller", "")} if caller is not None else {}
    form = Form.of({**known, "phone": request.query.get("phone", ""), "began": began})
    if not form.get("phone"):
        form = Form({key: value for key, value in form.fields.items() if key != "phone"})
    return await _show_new(request, scene, form, query)


async def find_callers(request: web.Request) -> web.Response:
    """Who may be the caller, for the page that asks while somebody types."""
    scene, query = await scene_of(request), search_of(request.query.get("q", ""))
    began = began_of(scene.hotline, request.query.get("began", "")).isoformat()
    async with scene.hotline.database.read() as session:
        found = await callers.search(session, query) if query else []
    hits = [hit_of(scene, contact, began, query) for contact in found]
    shown = [
        {"name": hit.name, "company": hit.company, "detail": hit.detail, "url": hit.url}
        for hit in hits
    ]
    return web.json_response({"callers": shown}, headers=_NO_STORE)


async def take(request: web.Request) -> web.Response:
    """Open a request, add to a ticket, or only note the call, by the button that was pressed."""
    scene, form = await scene_of(request), Form.of(await form_of(request))
    if form.get("step") == "kind":
        return await _show_new(request, scene, form)
    try:
        taken = await _taken(scene, form)
    except BadInput as refused:
        problems = refused.fields.get("problems", {})
        return await _show_new(request, scene, form, problems=problems, status=refused.status)
    except NotFound:
        if form.contact_id and not await _is_known(scene, form.contact_id):
            raise
        return await _show_new(request, scene, form, problems={"number": "number"}, status=404)
    except Conflict as refused:
        words = scene.t("calls.closed")
        return await _show_new(request, scene, form, failed=words, status=refused.status)
    return done(request, call_url(taken.id))


async def show_calls(
    request: web.Request, scene: Scene, refused: Refused = NOTHING_REFUSED, status: int = 200
) -> web.Response:
    """The list; with why the outcome of a call back was refused."""
    async with scene.hotline.database.read() as session:
        page = await calls_page(scene, session, refused)
        frame = await frame_of(scene, session, "calls", URL)
    return request.app[PAGES].render(
        request, "console/calls.html", frame=frame, page=page, status=status
    )


async def _taken(scene: Scene, form: Form) -> Call:
    incoming, told = form.call(scene.hotline), form.told()
    if number := form.get("add"):
        # The button of one of the caller's tickets has its number, the other one the field's.
        number = form.get("number") if number == "number" else number
        return await taking.add_to(scene.hotline, scene.staff, incoming, number, told.words)
    if outcome := form.get("note"):
        return await taking.note_call(scene.hotline, scene.staff, incoming, outcome, told.words)
    language = form.get("language") or "zh-TW"
    return await taking.open_request(scene.hotline, scene.staff, incoming, told, language)


async def _is_known(scene: Scene, contact_id: int) -> bool:
    async with scene.hotline.database.read() as session:
        try:
            return await callers.find(session, contact_id) is not None
        except NotFound:
            return False


async def _show_new(
    request: web.Request,
    scene: Scene,
    form: Form,
    query: str = "",
    *,
    problems: dict[str, str] | None = None,
    failed: str = "",
    status: int = 200,
) -> web.Response:
    async with scene.hotline.database.read() as session:
        page = await new_call_page(scene, session, form, query, problems, failed)
        known = {"q": query, "caller": form.contact_id, "began": form.get("began")}
        url = new_url(**known) if form.contact_id or query else NEW_URL
        frame = await frame_of(scene, session, "calls", url)
    answer = request.app[PAGES].render(
        request, "console/new_call.html", frame=frame, page=page, status=status
    )
    answer.headers.update(_NO_STORE)
    return answer
