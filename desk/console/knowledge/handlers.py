"""The page of gaps, drafts and tasks: what it shows, and a gap that somebody has seen to."""

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.knowledge.page import knowledge_page
from desk.console.knowledge.places import URL, Place, number
from desk.inputs import form_of
from desk.keys import PAGES
from hotline.knowledge import gaps


async def knowledge(request: web.Request) -> web.Response:
    scene, place = await scene_of(request), Place.of(request)
    async with scene.hotline.database.read() as session:
        page = await knowledge_page(scene, session, place, _notice(request))
        frame = await frame_of(scene, session, "knowledge", place.url())
    return request.app[PAGES].render(request, "console/knowledge.html", frame=frame, page=page)


async def back_to_page(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again wants its page."""
    raise web.HTTPSeeOther(URL)


async def mark_gap(request: web.Request) -> web.Response:
    scene, form = await scene_of(request), await form_of(request)
    ids = [number(said) for said in form.get("questions", "").split(",")[: gaps.MOST_QUESTIONS]]
    known = [it for it in ids if it is not None]
    marked = await gaps.mark_done(scene.hotline, scene.staff, known, form.get("reason", ""))
    return done(request, Place.of(request).url(done=marked))


def _notice(request: web.Request) -> tuple[str, str]:
    """What was done just now: a kind and what it is about."""
    for kind in ("done", "saved"):
        if kind in request.query:
            return kind, request.query[kind]
    return "", ""
