"""The forms of a live chat: take it, speak, note, hand it on, give it back, close it."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import back_of, chosen_of, client_id_of, done, text_of, too_long
from desk.console.handlers import CHATS, show_chat
from desk.console.scene import Scene
from desk.console.views import FieldError
from desk.inputs import form_of
from hotline.conversations import holding, notes
from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, TooLarge
from hotline.hand_off import offers
from hotline.settings import QUEUES
from hotline.staff.service import Staff, staff_by_id
from wording.text import strip_control

_HOLDERS = ("bot", "queue", "nobody")


async def take(request: web.Request) -> web.Response:
    return await _change_hands(request, "take", holding.take)


async def give_back(request: web.Request) -> web.Response:
    return await _change_hands(request, "give_back", holding.give_back)


async def close(request: web.Request) -> web.Response:
    return await _change_hands(request, "close", holding.close)


async def pass_on(request: web.Request) -> web.Response:
    """Leave an offer to a colleague; who was faster is told."""
    scene = await scene_of(request)
    try:
        await offers.pass_on(scene.hotline, scene.staff, request.match_info["id"])
    except Conflict as refused:
        return await _refused(request, scene, "pass", "", refused)
    return done(request, await back_of(request, CHATS))


async def hand_on(request: web.Request) -> web.Response:
    """To a colleague or a queue, with a note."""
    scene, form = await scene_of(request), await form_of(request)
    note, chosen = strip_control(form.get("text", "")), form.get("to", "")
    kind, _, value = chosen.partition(":")
    try:
        to = None
        if kind == "staff" and value.isdecimal() and len(value) < 10:
            async with scene.hotline.database.read() as session:
                to = await staff_by_id(session, int(value))
        await holding.hand_on(
            scene.hotline,
            scene.staff,
            request.match_info["id"],
            note,
            to=to,
            queue=value if kind == "queue" and value in QUEUES else None,
        )
    except BadInput as refused:
        reason = "whom" if refused.fields.get("reason") == "to" else "empty"
        error = FieldError(
            "to" if reason == "whom" else "text",
            scene.t(f"conversation.hand_on_{reason}"),
            "hand_on",
            note,
        )
        return await show_chat(request, scene, error, status=refused.status, chosen=chosen)
    except (Conflict, TooLarge) as refused:
        return await _refused(request, scene, "hand_on", note, refused)
    return done(request, CHATS)


async def say(request: web.Request) -> web.Response:
    scene, text = await scene_of(request), await text_of(request)
    conversation_id, client_id = request.match_info["id"], await client_id_of(request)
    try:
        await holding.staff_says(scene.hotline, scene.staff, conversation_id, text, client_id)
    except (BadInput, Conflict, TooLarge) as refused:
        return await _refused(request, scene, "reply", text, refused)
    return _done(request)


async def note(request: web.Request) -> web.Response:
    scene, text = await scene_of(request), await text_of(request)
    conversation_id, client_id = request.match_info["id"], await client_id_of(request)
    try:
        await notes.note(scene.hotline, scene.staff, conversation_id, text, client_id)
    except (BadInput, TooLarge) as refused:
        return await _refused(request, scene, "note", text, refused)
    return _done(request)


async def insert(request: web.Request) -> web.Response:
    """The page again, with the chosen text behind what was typed: for a browser without script."""
    scene, typed = await scene_of(request), await text_of(request)
    return await show_chat(request, scene, insert=(await chosen_of(request), typed))


async def _change_hands(
    request: web.Request, form: str, act: Callable[[Hotline, Staff, str], Awaitable[Conversation]]
) -> web.Response:
    scene = await scene_of(request)
    try:
        await act(scene.hotline, scene.staff, request.match_info["id"])
    except Conflict as refused:
        return await _refused(request, scene, form, "", refused)
    return _done(request)


async def _refused(
    request: web.Request,
    scene: Scene,
    form: str,
    text: str,
    refused: BadInput | Conflict | TooLarge,
) -> web.Response:
    """The page again, with the reason and what was typed."""
    if isinstance(refused, TooLarge):
        words = too_long(scene, refused)
    elif isinstance(refused, BadInput):
        words = scene.t("composer.empty")
    else:
        holder = str(refused.fields.get("holder", ""))
        by = holder in _HOLDERS
        words = scene.t("conversation.not_yours" if by else "conversation.refused", name=holder)
    error = FieldError("text", words, form, text)
    return await show_chat(request, scene, error, status=refused.status)


def _done(request: web.Request) -> web.Response:
    return done(request, f"{CHATS}/{request.match_info['id']}")
