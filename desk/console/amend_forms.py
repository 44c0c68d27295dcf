"""The forms that change a ticket's fields, link it and merge it: who, what, do, show."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.handlers import show_ticket
from desk.console.places import Place
from desk.console.scene import Scene
from desk.console.views import FieldError
from desk.inputs import form_of
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.staff.service import Staff
from hotline.tickets import amending, merging
from wording import ticket_number
from wording.text import strip_control

_LONGEST_NUMBER = 40


async def amend(request: web.Request) -> web.Response:
    """One field; two values side by side if somebody else was at it."""
    scene, form = await scene_of(request), await form_of(request)
    number, field = request.match_info["number"], form.get("field", "")
    value = strip_control(form.get("value", ""))
    try:
        await amending.amend(
            scene.hotline, scene.staff, number, field, value, seen=form.get("seen", "")
        )
    except amending.Stale as stale:
        return await show_ticket(request, scene, stale=stale, status=stale.status)
    except (BadInput, Conflict) as refused:
        error = FieldError(field, _amend_refusal(scene, refused), "amend", value)
        return await show_ticket(request, scene, error=error, status=refused.status)
    return _done(request)


async def link(request: web.Request) -> web.Response:
    return await _with_other(request, "link", merging.link)


async def unlink(request: web.Request) -> web.Response:
    return await _with_other(request, "unlink", merging.unlink)


async def merge(request: web.Request) -> web.Response:
    return await _with_other(request, "merge", merging.merge)


async def unmerge(request: web.Request) -> web.Response:
    """Undone from either page; who undid it there sees that one again."""
    scene, number = await scene_of(request), request.match_info["number"]
    try:
        await merging.unmerge(scene.hotline, scene.staff, number)
    except Conflict as refused:
        error = FieldError("other", _alike_refusal(scene, refused), "unmerge")
        return await show_ticket(request, scene, error=error, status=refused.status)
    back = ticket_number.read(request.query.get("from", "")) or number
    return done(request, Place.of(request).ticket_url(back))


async def _with_other(
    request: web.Request,
    form: str,
    act: Callable[[Hotline, Staff, str, str], Awaitable[object]],
) -> web.Response:
    scene = await scene_of(request)
    number = request.match_info["number"]
    other = strip_control((await form_of(request)).get("other", ""))[:_LONGEST_NUMBER].strip()
    try:
        await act(scene.hotline, scene.staff, number, other)
    except NotFound:
        error = FieldError("other", scene.t("alike.refused.unknown", number=other), "alike", other)
        return await show_ticket(request, scene, error=error, status=404)
    except Conflict as refused:
        error = FieldError("other", _alike_refusal(scene, refused), "alike", other)
        return await show_ticket(request, scene, error=error, status=refused.status)
    return _done(request)


def _amend_refusal(scene: Scene, refused: BadInput | Conflict) -> str:
    if isinstance(refused, BadInput):
        reason, limit = refused.fields.get("reason", "unknown"), refused.fields.get("limit", 0)
        return scene.t(f"amend.refused.{reason}", limit=limit)
    if "holder" in refused.fields:
        return _not_held(scene, refused)
    return scene.t("amend.refused.state")


def _alike_refusal(scene: Scene, refused: Conflict) -> str:
    if "holder" in refused.fields:
        return _not_held(scene, refused)
    return scene.t(f"alike.refused.{refused.fields['reason']}")


def _not_held(scene: Scene, refused: Conflict) -> str:
    holder = refused.fields["holder"]
    return scene.t("amend.refused.held", name=holder) if holder else scene.t("ticket.claim_first")


def _done(request: web.Request) -> web.Response:
    return done(request, Place.of(request).ticket_url(request.match_info["number"]))
