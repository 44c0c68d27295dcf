"""The forms of a live chat: take it, speak, note, give it back."""

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import client_id_of, done, text_of
from desk.console.handlers import CHATS, show_chat
from desk.console.scene import Scene
from desk.console.views import FieldError
from hotline.conversations import holding, notes
from hotline.errors import BadInput, Conflict

_HOLDERS = ("bot", "queue", "nobody")


async def take(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    try:
        await holding.take(scene.hotline, scene.staff, request.match_info["id"])
    except Conflict as lost:
        return await _refused(request, scene, "take", "", lost)
    return _done(request)


async def give_back(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    try:
        await holding.give_back(scene.hotline, scene.staff, request.match_info["id"])
    except Conflict as refused:
        return await _refused(request, scene, "give_back", "", refused)
    return _done(request)


async def say(request: web.Request) -> web.Response:
    scene, text = await scene_of(request), await text_of(request)
    conversation_id, client_id = request.match_info["id"], await client_id_of(request)
    try:
        await holding.staff_says(scene.hotline, scene.staff, conversation_id, text, client_id)
    except (BadInput, Conflict) as refused:
        return await _refused(request, scene, "reply", text, refused)
    return _done(request)


async def note(request: web.Request) -> web.Response:
    scene, text = await scene_of(request), await text_of(request)
    conversation_id, client_id = request.match_info["id"], await client_id_of(request)
    try:
        await notes.note(scene.hotline, scene.staff, conversation_id, text, client_id)
    except BadInput as refused:
        return await _refused(request, scene, "note", text, refused)
    return _done(request)


async def _refused(
    request: web.Request, scene: Scene, form: str, text: str, refused: BadInput | Conflict
) -> web.Response:
    """The page again, with the reason and what was typed."""
    if isinstance(refused, BadInput):
        words = scene.t("composer.empty")
    else:
        holder = str(refused.fields.get("holder", ""))
        by = holder in _HOLDERS
        words = scene.t("conversation.not_yours" if by else "conversation.refused", name=holder)
    error = FieldError("text", words, form, text)
    return await show_chat(request, scene, error, status=refused.status)


def _done(request: web.Request) -> web.Response:
    return done(request, f"{CHATS}/{request.match_info['id']}")
