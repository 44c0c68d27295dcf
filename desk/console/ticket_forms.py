"""The forms of a ticket: who, what, do, show. A refusal is the page again, with the reason."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from desk.console.calls.list_page import Refused
from desk.console.door import scene_of
from desk.console.forms import (
    chosen_of,
    client_id_of,
    done,
    is_json_wanted,
    text_of,
    too_long,
)
from desk.console.handlers import show_ticket
from desk.console.morning import show_morning, url_at
from desk.console.places import Place
from desk.console.scene import Scene
from desk.console.views import FieldError
from desk.inputs import form_of
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound, TooLarge
from hotline.escalations import records
from hotline.escalations.service import take_notice
from hotline.staff.service import Staff
from hotline.tickets import handling, queries
from hotline.tickets.ticket import Ticket

# What these states need to be told: to the partner, or to colleagues.
_NEED_TEXT = ("waiting_partner", "waiting_other")


async def claim(request: web.Request) -> web.Response:
    scene, number = await scene_of(request), request.match_info["number"]
    is_morning = (await form_of(request)).get("from") == "morning"
    try:
        await handling.claim(scene.hotline, scene.staff, number)
    except Conflict as lost:
        if is_json_wanted(request):
            raise
        holder = str(lost.fields.get("holder", ""))
        if is_morning:
            words = scene.t("morning.claim_lost", name=holder)
            return await show_morning(request, scene, Refused(number, words), lost.status)
        return await show_ticket(request, scene, lost_to=holder, status=409)
    return done(request, url_at(number)) if is_morning else _done(request)


async def take_over(request: web.Request) -> web.Response:
    return await _change_hands(request, "take_over", handling.take_over)


async def release(request: web.Request) -> web.Response:
    return await _change_hands(request, "release", handling.release)


async def reply(request: web.Request) -> web.Response:
    scene, text = await scene_of(request), await text_of(request)
    number, client_id = request.match_info["number"], await client_id_of(request)
    claims = bool((await form_of(request)).get("claims"))
    try:
        await handling.reply(scene.hotline, scene.staff, number, text, client_id, claims=claims)
    except (BadInput, Conflict, TooLarge) as refused:
        return await _refused(request, scene, "reply", text, refused)
    return _done(request)


async def note(request: web.Request) -> web.Response:
    scene, text = await scene_of(request), await text_of(request)
    try:
        await handling.note(scene.hotline, scene.staff, request.match_info["number"], text)
    except (BadInput, TooLarge) as refused:
        return await _refused(request, scene, "note", text, refused)
    return _done(request)


async def insert(request: web.Request) -> web.Response:
    """The page again, with the chosen text behind what was typed: for a browser without script."""
    scene, typed = await scene_of(request), await text_of(request)
    return await show_ticket(request, scene, insert=(await chosen_of(request), typed))


async def resolve(request: web.Request) -> web.Response:
    return await _move(request, "resolved")


async def set_state(request: web.Request) -> web.Response:
    return await _move(request, (await form_of(request)).get("state", ""))


async def acknowledge(request: web.Request) -> web.Response:
    """Whoever reads takes notice of what was brought up; a Conflict says who did so before."""
    scene, number = await scene_of(request), request.match_info["number"]
    escalation_id = await _escalation_of(scene, number, request.match_info["id"])
    try:
        await take_notice(scene.hotline, scene.staff, escalation_id)
    except Conflict as taken:
        words = scene.t("raised.taken", name=taken.fields.get("holder", ""))
        error = FieldError("acknowledge", words, "acknowledge")
        return await show_ticket(request, scene, error=error, status=taken.status)
    return _done(request)


async def _escalation_of(scene: Scene, number: str, said: str) -> int:
    """The id of one of this very ticket; NotFound of any other."""
    async with scene.hotline.database.read() as session:
        ticket = await queries.find(session, number)
        fits = said.isascii() and said.isdecimal() and len(said) < 10
        found = await records.find(session, int(said)) if fits else None
    if found is None or found.ticket_id != ticket.id:
        raise NotFound("no such escalation of this ticket")
    return found.id


async def _change_hands(
    request: web.Request, form: str, act: Callable[[Hotline, Staff, str], Awaitable[Ticket]]
) -> web.Response:
    scene = await scene_of(request)
    try:
        await act(scene.hotline, scene.staff, request.match_info["number"])
    except Conflict as refused:
        return await _refused(request, scene, form, "", refused)
    return _done(request)


async def _move(request: web.Request, target: str) -> web.Response:
    scene, form = await scene_of(request), await form_of(request)
    text, number = await text_of(request), request.match_info["number"]
    version = form.get("version", "")
    try:
        if not text.strip() and target in _NEED_TEXT:
            raise BadInput("say what for", field="text")
        await handling.set_state(
            scene.hotline,
            scene.staff,
            number,
            target,
            text=text,
            version=int(version) if version.isdecimal() else None,
            client_id=await client_id_of(request),
        )
    except (BadInput, Conflict, TooLarge) as refused:
        name = "resolve" if target == "resolved" else target
        return await _refused(request, scene, name, text, refused)
    return _done(request)


async def _refused(
    request: web.Request,
    scene: Scene,
    form: str,
    text: str,
    refused: BadInput | Conflict | TooLarge,
) -> web.Response:
    """The page again, with the reason at the field and nothing to be typed twice."""
    if isinstance(refused, TooLarge):
        words = too_long(scene, refused)
    elif isinstance(refused, BadInput):
        words = scene.t("composer.empty" if form in ("reply", "note") else "move.text_missing")
    elif holder := refused.fields.get("holder"):
        words = scene.t("ticket.held_refusal", name=holder)
    else:
        words = scene.t("ticket.claim_first" if "holder" in refused.fields else "ticket.stale")
    error = FieldError("text", words, form, text)
    return await show_ticket(request, scene, error=error, status=refused.status)


def _done(request: web.Request) -> web.Response:
    return done(request, Place.of(request).ticket_url(request.match_info["number"]))
