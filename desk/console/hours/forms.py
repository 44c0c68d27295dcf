"""The page of the hours and its forms: who, what, show first, then do.

Each form comes twice: first it is only shown what it would do, and with `step` = save it is done.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.hours import inputs, told
from desk.console.hours.inputs import Read, Wish
from desk.console.hours.page import Showing, hours_page, now_of, present_of
from desk.console.hours.places import HOURS, When
from desk.console.hours.preview import preview_of
from desk.console.scene import Scene
from desk.console.views import FieldError
from desk.inputs import form_of
from desk.keys import PAGES
from hotline import versions
from hotline.calendar.plan import Plan, PlanFault
from hotline.calendar.service import change
from hotline.errors import Conflict

FORMS: dict[str, Read] = {
    "week": inputs.week,
    "year": inputs.year,
    "closed": inputs.closed,
    "open": inputs.opened,
    "sudden": inputs.sudden,
    "undo": inputs.undo,
}
_SAVE, _EDIT = "save", "edit"
_NOBODYS_VERSION = -1


async def page(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    await _refresh(scene)
    if request.query.get("fragment") == "now":
        return await _now(request, scene)
    saved = request.query.get("saved", "")
    is_number = saved.isascii() and saved.isdecimal() and len(saved) < 9
    return await _show(request, scene, Showing(saved=int(saved) if is_number else None))


async def back_to_page(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again, as a link or after signing in, wants the page."""
    raise web.HTTPSeeOther(f"{HOURS}?{request.query_string}" if request.query_string else HOURS)


async def week(request: web.Request) -> web.Response:
    return await _form(request, "week")


async def year(request: web.Request) -> web.Response:
    return await _form(request, "year")


async def closed(request: web.Request) -> web.Response:
    return await _form(request, "closed")


async def opened(request: web.Request) -> web.Response:
    return await _form(request, "open")


async def sudden(request: web.Request) -> web.Response:
    return await _form(request, "sudden")


async def undo(request: web.Request) -> web.Response:
    return await _form(request, "undo")


async def _form(request: web.Request, form: str) -> web.Response:
    scene, said = await scene_of(request), await form_of(request)
    await _refresh(scene)
    step = said.get("step")
    if step == _EDIT:
        return await _show(request, scene, Showing(form=form, typed=said))
    present = present_of(scene)
    wish: Wish | None = None
    try:
        wish = FORMS[form](said, present)
        versions.require(scene.hotline.calendars.version, _version(said))
        plan = _changed(wish, present.plan)
        if step == _SAVE:
            return await _save(request, scene, wish, said)
        return await _preview(request, scene, wish, plan, said)
    except PlanFault as fault:
        return await _refused(request, scene, form, said, fault)
    except Conflict as met:
        await _refresh(scene)
        return await _met(request, scene, form, said, wish, met)


async def _save(
    request: web.Request, scene: Scene, wish: Wish, said: Mapping[str, str]
) -> web.Response:
    hotline = scene.hotline
    number = await change(
        hotline.database,
        hotline.calendars,
        scene.now,
        f"staff:{scene.staff.id}",
        wish.code,
        wish.change,
        after=_version(said),
    )
    url = _shown(scene, request, wish).url
    return done(request, f"{url}{'&' if urlsplit(url).query else '?'}saved={number}")


async def _preview(
    request: web.Request, scene: Scene, wish: Wish, plan: Plan, said: Mapping[str, str]
) -> web.Response:
    async with scene.hotline.database.read() as session:
        preview = await preview_of(scene, session, wish, plan, said, _when(scene, request))
    showing = Showing(coming=plan, preview=preview, form=wish.form, typed=said)
    return await _show(request, scene, showing, when=_shown(scene, request, wish))


async def _refused(
    request: web.Request, scene: Scene, form: str, said: Mapping[str, str], fault: PlanFault
) -> web.Response:
    """The page again, with the reason at the field and nothing to be typed twice."""
    words = scene.t(f"hours.fault.{fault.fields['reason']}")
    error = FieldError(str(fault.fields.get("field", "")), words, form)
    return await _show(request, scene, Showing(form=form, typed=said), error, fault.status)


async def _met(
    request: web.Request,
    scene: Scene,
    form: str,
    said: Mapping[str, str],
    wish: Wish | None,
    met: Conflict,
) -> web.Response:
    """The plan has been changed meanwhile: what was done, and what is not saved yet."""
    async with scene.hotline.database.read() as session:
        lines = await told.history(scene, session)
    looked_at = _version(said)
    theirs = [it for it in reversed(lines) if it.number > looked_at][-3:] if lines else []
    conflict = [
        scene.t("hours.conflict.theirs", who=it.who, at=it.at_words, what=it.words) for it in theirs
    ]
    if wish is not None:
        plan = scene.hotline.calendars.plan
        try:
            own = told.change(scene, wish.code, plan, wish.change(plan))
        except PlanFault:
            own = told.change(scene, wish.code, plan, plan)
        conflict.append(scene.t("hours.conflict.own", what=own))
    showing = Showing(form=form, typed=said, conflict=tuple(conflict))
    return await _show(request, scene, showing, status=met.status)


async def _show(
    request: web.Request,
    scene: Scene,
    showing: Showing,
    error: FieldError | None = None,
    status: int = 200,
    when: When | None = None,
) -> web.Response:
    when = when or _when(scene, request)
    async with scene.hotline.database.read() as session:
        shown = await hours_page(scene, session, when, showing)
        frame = await frame_of(scene, session, "hours", when.url)
    return request.app[PAGES].render(
        request, "console/hours.html", frame=frame, page=shown, error=error, status=status
    )


async def _now(request: web.Request, scene: Scene) -> web.Response:
    """What grows old on an open page: the bars, and whether it is open."""
    async with scene.hotline.database.read() as session:
        frame = await frame_of(scene, session, "hours", HOURS)
    return request.app[PAGES].render(
        request, "console/_hours_now.html", frame=frame, now=now_of(scene)
    )


async def _refresh(scene: Scene) -> None:
    async with scene.hotline.database.read() as session:
        await scene.hotline.calendars.refresh(session)


def _changed(wish: Wish, plan: Plan) -> Plan:
    """The plan as it would be; PlanFault if that is what it is already."""
    changed = wish.change(plan)
    if changed == plan:
        raise PlanFault("same", "that is what holds already")
    return changed


def _when(scene: Scene, request: web.Request) -> When:
    return When.of(request, scene.hotline.today())


def _shown(scene: Scene, request: web.Request, wish: Wish) -> When:
    """Where the change is seen: the day's month; of a year and of the week what is shown now."""
    if wish.about is not None:
        return When.around(wish.day, scene.hotline.today())
    asked = _when(scene, request)
    return When(asked.today, wish.day.year) if wish.form == "year" else asked


def _version(said: Mapping[str, str]) -> int:
    """The version that was looked at; one that was never written for what is none."""
    number = said.get("after", "")
    fits = number.isascii() and number.isdecimal() and len(number) < 9
    return int(number) if fits else _NOBODYS_VERSION
