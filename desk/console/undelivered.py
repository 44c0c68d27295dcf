"""What could not be delivered: the page, and its two acts."""

from aiohttp import web

from desk.console.door import scene_of
from desk.console.frame import frame_of
from desk.console.places import partner_url
from desk.console.scene import Scene
from desk.console.views import UndeliveredPage, UndeliveredRow
from desk.inputs import form_of
from desk.keys import FOLLOWER, PAGES
from hotline.errors import BadInput
from hotline.notices import undelivered
from hotline.notices.undelivered import Undelivered
from hotline.permissions import ADMINISTRATORS, HANDLERS

URL = "/console/undelivered"
FORMS = "again|give-up"
_DONE = ("again", "give-up")
_MOST = 100


async def page(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    done = request.query.get("done", "")
    async with scene.hotline.database.read() as session:
        found = await undelivered.all_undelivered(session, _MOST)
        frame = await frame_of(scene, session, "undelivered", URL)
    shown = UndeliveredPage(
        rows=tuple(_row(scene, one) for one in found),
        is_cut=len(found) == _MOST,
        done_words=scene.t(f"undelivered.done.{done}") if done in _DONE else "",
    )
    return request.app[PAGES].render(request, "console/undelivered.html", frame=frame, page=shown)


async def again(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    await undelivered.try_again(scene.hotline, scene.staff, await _id(request))
    return _done(request, "again")


async def give_up(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    await undelivered.give_up(scene.hotline, scene.staff, await _id(request))
    return _done(request, "give-up")


async def back_to_page(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again wants its page."""
    raise web.HTTPSeeOther(URL)


async def _id(request: web.Request) -> int:
    said = (await form_of(request)).get("delivery", "")
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise BadInput("say which delivery", field="delivery")
    return int(said)


def _done(request: web.Request, what: str) -> web.Response:
    request.app[FOLLOWER].poke()
    raise web.HTTPSeeOther(f"{URL}?done={what}")


def _row(scene: Scene, one: Undelivered) -> UndeliveredRow:
    is_english = scene.language == "en"
    name = one.name[is_english] or scene.t("undelivered.visitor")
    handles = scene.staff.role in HANDLERS
    to_url = ""
    if one.partner_id and handles:
        to_url = partner_url(one.partner_id)
    elif one.staff_id and scene.staff.role in ADMINISTRATORS:
        to_url = f"/console/people/{one.staff_id}"
    kind = one.kind.replace(".", "_")
    return UndeliveredRow(
        id=one.id,
        what=scene.t(f"undelivered.kind.{kind}"),
        number=one.number,
        url=f"/console/tickets/{one.number}" if one.number and handles else "",
        to=scene.t(f"undelivered.to.{one.to}", name=name),
        to_url=to_url,
        company=one.company[is_english],
        why=scene.t(f"undelivered.why.{one.failure}"),
        tried_words=scene.at(one.tried_at) if one.tried_at else "",
        tried_iso=scene.iso(one.tried_at) if one.tried_at else "",
        tries=one.tries,
    )
