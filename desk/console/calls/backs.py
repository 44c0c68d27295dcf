"""The form of a call back: what came of it, from the list of calls, the morning's list
or the ticket's page."""

from aiohttp import web

from desk.console.calls.handlers import show_calls
from desk.console.calls.inputs import Form
from desk.console.calls.list_page import Refused
from desk.console.calls.places import URL
from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.handlers import show_ticket
from desk.console.morning import show_morning, url_at
from desk.console.places import Place
from desk.console.scene import Scene
from desk.console.views import FieldError
from desk.inputs import form_of
from hotline.calls import backs
from hotline.clock import parse_time
from hotline.errors import BadInput, Conflict

_REASONS = ("outcome", "time", "past", "far", "closed", "settled")


async def note_outcome(request: web.Request) -> web.Response:
    scene, form = await scene_of(request), Form.of(await form_of(request))
    number, place = request.match_info["number"], form.get("from")
    said = form.get("again_at")
    try:
        await backs.note_outcome(
            scene.hotline,
            scene.staff,
            number,
            form.get("outcome"),
            form.call_id,
            words=form.get("text"),
            again_at=parse_time(said, scene.hotline.calendar.timezone) if said else None,
        )
    except (BadInput, Conflict) as refused:
        told = Refused(number, _words(scene, refused), form.fields)
        if place == "calls":
            return await show_calls(request, scene, told, refused.status)
        if place == "morning":
            return await show_morning(request, scene, told, refused.status)
        error = FieldError("again_at", told.words, "call-back")
        return await show_ticket(request, scene, error=error, refused=told, status=refused.status)
    back = {"calls": URL, "morning": url_at(form.get("next"))}.get(place)
    return done(request, back or Place.of(request).ticket_url(number))


def _words(scene: Scene, refused: BadInput | Conflict) -> str:
    if holder := refused.fields.get("holder"):
        return scene.t("calls.refused.held", name=holder)
    reason = str(refused.fields.get("reason", "time"))
    if reason == "closed":
        hours = scene.hotline.words.weekly(scene.language)
        return scene.t("calls.refused.closed", hours=hours)
    return scene.t(f"calls.refused.{reason if reason in _REASONS else 'time'}")
