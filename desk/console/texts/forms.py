"""The page of canned texts and its forms: who, what, do, show. A refusal is the page again."""

from collections.abc import Mapping

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.scene import Scene
from desk.console.texts.page import FIELDS, URL, texts_page
from desk.console.views import FieldError
from desk.inputs import form_of
from desk.keys import PAGES
from hotline.canned import service
from hotline.canned.service import Draft
from hotline.errors import BadInput, Conflict, NotFound
from wording.text import strip_control

_DONE = ("saved", "removed")


async def page(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    did = request.query.get("done", "")
    words = scene.t(f"texts.{did}") if did in _DONE else ""
    return await _show(request, scene, _number(request.query.get("text")), done_words=words)


async def back_to_page(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again wants its page."""
    raise web.HTTPSeeOther(URL)


async def save(request: web.Request) -> web.Response:
    """A new text, or a change of one that stood in the form."""
    scene, form = await scene_of(request), await form_of(request)
    typed = {field: strip_control(form.get(field, "")) for field in FIELDS}
    draft, text_id = Draft(**typed), _number(form.get("id"))
    try:
        if text_id is None:
            await service.add(scene.hotline, scene.staff, draft)
        else:
            version = _number(form.get("version")) or 0
            await service.change(scene.hotline, scene.staff, text_id, draft, version)
    except BadInput as refused:
        error = FieldError(str(refused.fields["field"]), _refusal(scene, refused), "text")
        return await _show(request, scene, text_id, typed, error, refused.status)
    except Conflict as refused:
        error = FieldError("title_zh", _stale(scene, refused), "text")
        return await _show(request, scene, text_id, typed, error, refused.status)
    except NotFound as gone:
        error = FieldError("title_zh", scene.t("texts.gone"), "text")
        return await _show(request, scene, None, typed, error, gone.status)
    return done(request, f"{URL}?done=saved")


async def remove(request: web.Request) -> web.Response:
    scene, form = await scene_of(request), await form_of(request)
    text_id, version = _number(form.get("id")), _number(form.get("version"))
    try:
        await service.remove(scene.hotline, scene.staff, text_id or 0, version or 0)
    except Conflict as refused:
        error = FieldError("title_zh", _stale(scene, refused), "text")
        return await _show(request, scene, text_id, None, error, refused.status)
    return done(request, f"{URL}?done=removed")


async def _show(
    request: web.Request,
    scene: Scene,
    chosen: int | None,
    typed: Mapping[str, str] | None = None,
    error: FieldError | None = None,
    status: int = 200,
    done_words: str = "",
) -> web.Response:
    async with scene.hotline.database.read() as session:
        shown = await texts_page(scene, session, chosen, typed, done_words)
        frame = await frame_of(scene, session, "texts", URL)
    return request.app[PAGES].render(
        request, "console/texts.html", frame=frame, page=shown, error=error, status=status
    )


def _refusal(scene: Scene, refused: BadInput) -> str:
    told = refused.fields
    comma = scene.hotline.words.say("list_comma", scene.language)
    names = comma.join(scene.t("brief.quoted", word=name) for name in told.get("names", ()))
    return scene.t(f"texts.refused.{told['reason']}", limit=told.get("limit", 0), names=names)


def _stale(scene: Scene, refused: Conflict) -> str:
    return scene.t("texts.stale", name=refused.fields["by"] or scene.t("texts.somebody"))


def _number(said: str | None) -> int | None:
    fits = said is not None and said.isascii() and said.isdecimal() and len(said) < 10
    return int(said) if said and fits else None
