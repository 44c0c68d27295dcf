"""The rota's page and its forms: who, what, do, show. A refusal is the page with the reason."""

import re
from datetime import datetime

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.rota_page import URL, moment, rota_page
from desk.console.scene import Scene
from desk.console.views import FieldError
from desk.inputs import form_of
from desk.keys import PAGES
from hotline.clock import parse_time
from hotline.errors import BadInput, Conflict, HotlineError, NotFound
from hotline.rota import service
from hotline.rota.reading import people
from hotline.rota.rules import RotaFault

# A turn and the version that was looked at; both fit a number of the database.
_TURN = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})", re.ASCII)
_LONGEST = 254
# At which field a refusal is told, by its code.
_ADD_FIELDS = {"order": "to", "too_long": "to", "place": "place", "staff": "staff"}
_SWAP_FIELDS = {"order": "to", "same": "other", "staff": "other", "gone": "turn", "stale": "turn"}


async def rota(request: web.Request) -> web.Response:
    return await _show(request, await scene_of(request))


async def back_to_rota(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again wants its page."""
    raise web.HTTPSeeOther(URL)


async def add(request: web.Request) -> web.Response:
    scene, form = await scene_of(request), await _fields(request)
    place = form.get("place", "")
    try:
        begins, ends = _time(scene, form, "from"), _time(scene, form, "to")
        if ends is None:
            raise RotaFault("time", "say until when", field="to")
        await service.add(
            scene.hotline,
            scene.staff,
            form.get("staff", ""),
            begins,
            ends,
            int(place) if place in ("1", "2") else 0,
        )
    except RotaFault as refused:
        field = _ADD_FIELDS.get(refused.fields["reason"], "from")
        return await _refused(request, scene, "add", form, field, refused)
    return done(request, URL)


async def swap(request: web.Request) -> web.Response:
    scene, form = await scene_of(request), await _fields(request)
    try:
        duty_id, version = _turn(form)
        await service.swap(
            scene.hotline,
            scene.staff,
            duty_id,
            form.get("other", ""),
            version,
            begins_at=_time(scene, form, "from"),
            ends_at=_time(scene, form, "to"),
        )
    except (RotaFault, Conflict, NotFound) as refused:
        field = _SWAP_FIELDS.get(_code(refused), "from")
        if _code(refused) == "past" and not form.get("from"):
            field = "turn"
        return await _refused(request, scene, "swap", form, field, refused)
    return done(request, URL)


async def remove(request: web.Request) -> web.Response:
    scene, form = await scene_of(request), await _fields(request)
    try:
        duty_id, version = _turn(form)
        await service.remove(scene.hotline, scene.staff, duty_id, version)
    except (RotaFault, Conflict, NotFound) as refused:
        return await _refused(request, scene, "remove", form, "turn", refused)
    return done(request, URL)


async def _show(
    request: web.Request,
    scene: Scene,
    error: FieldError | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    chosen = request.query.get("turn", "") if request.method == "GET" else ""
    url = f"{URL}?turn={chosen}" if _TURN.fullmatch(chosen) else URL
    async with scene.hotline.database.read() as session:
        page = await rota_page(scene, session, chosen, typed)
        frame = await frame_of(scene, session, "rota", url)
    return request.app[PAGES].render(
        request, "console/rota.html", frame=frame, page=page, error=error, status=status
    )


async def _refused(
    request: web.Request,
    scene: Scene,
    name: str,
    form: dict[str, str],
    field: str,
    refused: HotlineError,
) -> web.Response:
    """The page again, with the reason at the field and nothing to be typed twice."""
    code = _code(refused)
    told = await _whose(scene, refused) if code == "overlap" else {}
    words = scene.t(f"rota.fault.{code}", **told)
    error = FieldError(refused.fields.get("field", field), words, name)
    typed = {f"{name}.{key}": value for key, value in form.items()}
    return await _show(request, scene, error, typed, refused.status)


async def _whose(scene: Scene, overlap: HotlineError) -> dict[str, str]:
    """Whose turn is in the way, and when it is."""
    staff_id = overlap.fields["staff_id"]
    async with scene.hotline.database.read() as session:
        known = await people(session, [staff_id])
    times = {
        key: moment(scene, datetime.fromisoformat(overlap.fields[said]))
        for key, said in (("from", "begins_at"), ("to", "ends_at"))
    }
    return {"name": scene.name(known[staff_id]), **times}


def _code(refused: HotlineError) -> str:
    if isinstance(refused, NotFound):
        return "gone"
    return "stale" if isinstance(refused, Conflict) else str(refused.fields["reason"])


def _turn(form: dict[str, str]) -> tuple[int, int]:
    said = _TURN.fullmatch(form.get("turn", ""))
    if said is None:
        raise NotFound("no turn was chosen")
    return int(said[1]), int(said[2])


def _time(scene: Scene, form: dict[str, str], field: str) -> datetime | None:
    """What stands in a field of a day and a time, on the hotline's wall; None if it is empty."""
    said = form.get(field, "").strip()
    if not said:
        return None
    try:
        return parse_time(said, scene.hotline.calendar.timezone)
    except BadInput as unreadable:
        raise RotaFault("time", unreadable.message, field=field) from unreadable


async def _fields(request: web.Request) -> dict[str, str]:
    return {key: value[:_LONGEST] for key, value in (await form_of(request)).items()}
