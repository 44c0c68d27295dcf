"""A draft's form: begun from a gap, a ticket or a draft; shown as it would look; kept as a file."""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.knowledge import inputs
from desk.console.knowledge.draft_page import Showing, draft_page
from desk.console.knowledge.places import DRAFT_URL, DRAFTS, Place, number
from desk.console.scene import Scene
from desk.inputs import form_of
from desk.keys import PAGES
from hotline.errors import Conflict, NotFound
from hotline.knowledge import drafts, gaps, prefilling
from hotline.tickets import queries

_SAVE, _PREVIEW, _OVERWRITE = "save", "preview", "overwrite"


async def form(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    async with scene.hotline.database.read() as session:
        showing = await _begun(request, scene, session)
    return await _show(request, scene, showing)


async def step(request: web.Request) -> web.Response:
    """Save or preview, by the button that was pressed; whatever was typed is shown again."""
    scene, said = await scene_of(request), await form_of(request)
    draft = inputs.read(said, scene.hotline.today().isoformat())
    act, _, replaced = said.get("step", "").partition(":")
    showing = Showing(draft, said.get("seen", ""), said.get("origin", ""))
    if act not in (_SAVE, _OVERWRITE):
        faults = drafts.faults_of(scene.hotline, draft) if act == _PREVIEW else []
        return await _show(
            request, scene, showing.with_(faults=faults, is_previewed=act == _PREVIEW)
        )
    seen = replaced if act == _OVERWRITE else showing.seen
    try:
        await drafts.save(scene.hotline, scene.staff, draft, seen)
    except drafts.DraftFault as fault:
        refused = showing.with_(faults=fault.fields["faults"], is_refused=True)
        return await _show(request, scene, refused, fault.status)
    except Conflict as met:
        return await _show(request, scene, showing.with_(other=met.fields["stamp"]), met.status)
    except drafts.NotWritable as failure:
        return await _show(request, scene, showing.with_(has_failed=True), failure.status)
    return done(request, Place(DRAFTS).url(saved=draft.id))


async def _begun(request: web.Request, scene: Scene, session: AsyncSession) -> Showing:
    """What the address says the form begins with; else with nothing."""
    hotline, asked = scene.hotline, request.query
    if "id" in asked:
        kept = drafts.opened(hotline, asked["id"])
        draft = drafts.fields_of(kept)
        if draft is None:
            raise web.HTTPSeeOther(Place(DRAFTS).url())  # which tells its faults
        return Showing(draft, kept.stamp, "draft")
    if "gap" in asked:
        gap = await gaps.gap_with(hotline, session, number(asked["gap"]) or 0)
        if gap is None:
            raise NotFound("no such gap")
        return Showing(await prefilling.from_gap(hotline, session, gap), origin="gap")
    if "ticket" in asked:
        ticket = await queries.find(session, asked["ticket"])
        return Showing(await prefilling.from_ticket(hotline, session, ticket), origin="ticket")
    return Showing(prefilling.empty(hotline))


async def _show(
    request: web.Request, scene: Scene, showing: Showing, status: int = 200
) -> web.Response:
    page = draft_page(scene, showing)
    url = f"{DRAFT_URL}?{request.query_string}" if request.query_string else DRAFT_URL
    async with scene.hotline.database.read() as session:
        frame = await frame_of(scene, session, "knowledge", url)
    return request.app[PAGES].render(
        request, "console/knowledge_draft.html", frame=frame, page=page, status=status
    )
