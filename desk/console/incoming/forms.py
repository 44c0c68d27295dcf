"""What staff say of a message: who it is, that it is nobody's contact, or that it is junk."""

from collections.abc import Awaitable

from aiohttp import web

from desk.console.calls.inputs import id_of
from desk.console.calls.places import search_of
from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.incoming.page import Asked, incoming_page
from desk.console.incoming.told import URL
from desk.console.scene import Scene
from desk.inputs import form_of
from desk.keys import PAGES
from hotline.errors import Conflict, NotFound
from hotline.intake import settling
from hotline.tickets.ticket import Ticket

FORMS = "link|visitor|junk|undo"
_REASONS = ("junk", "settled", "not_junk")


async def page(request: web.Request) -> web.Response:
    """The list; `of` and `q` search for the contact of one message."""
    scene, query = await scene_of(request), search_of(request.query.get("q", ""))
    return await _show(request, scene, Asked(id_of(request.query.get("of", "")) or 0, query))


async def link(request: web.Request) -> web.Response:
    """It is this contact's."""
    scene, form = await scene_of(request), await form_of(request)
    contact_id = id_of(form.get("contact", "")) or 0
    return await _done(
        request, scene, settling.link(scene.hotline, scene.staff, _message(request), contact_id)
    )


async def visitor(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    acting = settling.leave_as_visitor(scene.hotline, scene.staff, _message(request))
    return await _done(request, scene, acting)


async def junk(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    acting = settling.throw_away(scene.hotline, scene.staff, _message(request))
    return await _done(request, scene, acting)


async def undo(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    acting = settling.undo(scene.hotline, scene.staff, _message(request))
    return await _done(request, scene, acting)


async def back_to_page(request: web.Request) -> web.Response:
    raise web.HTTPSeeOther(URL)


async def _done(request: web.Request, scene: Scene, acting: Awaitable[Ticket]) -> web.Response:
    try:
        await acting
    except Conflict as refused:
        asked = Asked(_message(request), wrong=_words(scene, refused))
        return await _show(request, scene, asked, refused.status)
    except NotFound as refused:
        asked = Asked(_message(request), wrong=scene.t("incoming.refused.gone"))
        return await _show(request, scene, asked, refused.status)
    return done(request, URL)


async def _show(
    request: web.Request, scene: Scene, asked: Asked, status: int = 200
) -> web.Response:
    async with scene.hotline.database.read() as session:
        page = await incoming_page(scene, session, asked)
        frame = await frame_of(scene, session, "calls", URL)
    return request.app[PAGES].render(
        request, "console/incoming.html", frame=frame, page=page, status=status
    )


def _message(request: web.Request) -> int:
    return int(request.match_info["message"])


def _words(scene: Scene, refused: Conflict) -> str:
    if holder := refused.fields.get("holder"):
        return scene.t("calls.refused.held", name=holder)
    reason = str(refused.fields.get("reason", ""))
    return scene.t(f"incoming.refused.{reason if reason in _REASONS else 'gone'}")
