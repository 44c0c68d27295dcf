"""The page of the rules and its one form: who, what, show first, then do.

Every step but `save` only shows the list again, as it would be; all that is typed comes with it.
"""

from collections.abc import Mapping

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.rules import inputs
from desk.console.rules.inputs import Draft
from desk.console.rules.page import URL, Showing, preview_of, rules_page
from desk.console.scene import Scene
from desk.inputs import form_of
from desk.keys import PAGES
from hotline import versions
from hotline.deadlines.rules import Rule, RuleFault, check
from hotline.deadlines.service import change
from hotline.errors import Conflict
from hotline.settings import QUEUES

_EDITS = ("add", "up", "down", "remove")
_NOBODYS_VERSION = -1


async def page(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    await _refresh(scene)
    return await _show(request, scene, Showing(saved=inputs.number(request.query.get("saved", ""))))


async def step(request: web.Request) -> web.Response:
    """What the button that was pressed stands for; without one what the change would do."""
    scene, said = await scene_of(request), await form_of(request)
    await _refresh(scene)
    drafts, (act, _, place) = inputs.read(said), said.get("step", "").partition(":")
    if act in _EDITS:
        edited = inputs.edited(drafts, act, inputs.number(place))
        focus = "name" if act in ("add", "remove") else act
        return await _show(request, scene, Showing(edited.drafts, edited.place, focus))
    if act == "edit":
        return await _show(request, scene, Showing(drafts))
    try:
        rules = _rules(scene, drafts)
        if act == "save":
            return await _save(request, scene, rules, said)
        versions.require(scene.hotline.deadlines.version, _version(said))
        return await _preview(request, scene, rules, drafts)
    except RuleFault as fault:
        return await _show(request, scene, Showing(drafts, fault=fault), fault.status)
    except Conflict as met:
        await _refresh(scene)
        return await _show(request, scene, Showing(drafts, is_late=True), met.status)


async def _save(
    request: web.Request, scene: Scene, rules: tuple[Rule, ...], said: Mapping[str, str]
) -> web.Response:
    hotline, actor = scene.hotline, f"staff:{scene.staff.id}"
    number = await change(
        hotline.database, hotline.deadlines, scene.now, actor, rules, after=_version(said)
    )
    return done(request, f"{URL}?saved={number}")


async def _preview(
    request: web.Request, scene: Scene, rules: tuple[Rule, ...], drafts: tuple[Draft, ...]
) -> web.Response:
    async with scene.hotline.database.read() as session:
        preview = await preview_of(scene, session, rules, drafts)
    return await _show(request, scene, Showing(drafts, preview=preview))


async def _show(
    request: web.Request, scene: Scene, showing: Showing, status: int = 200
) -> web.Response:
    async with scene.hotline.database.read() as session:
        shown = await rules_page(scene, session, showing)
        frame = await frame_of(scene, session, "deadlines", URL)
    return request.app[PAGES].render(
        request, "console/deadlines.html", frame=frame, page=shown, status=status
    )


async def _refresh(scene: Scene) -> None:
    async with scene.hotline.database.read() as session:
        await scene.hotline.refresh(session)


def _rules(scene: Scene, drafts: tuple[Draft, ...]) -> tuple[Rule, ...]:
    """The rules as they would be; RuleFault if they cannot be, or are so already."""
    deadlines, rules = scene.hotline.deadlines, inputs.rules_of(drafts)
    check(rules, QUEUES, deadlines.tiers)
    if rules == deadlines.rules:
        raise RuleFault("same", "that is what holds already")
    return rules


def _version(said: Mapping[str, str]) -> int:
    """The version that was looked at; one that was never written for what is none."""
    number = inputs.number(said.get("after", ""))
    return _NOBODYS_VERSION if number is None else number
