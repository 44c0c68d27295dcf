"""A voice message in the console: its player, and what staff write down of it."""

from datetime import datetime

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import done, text_of, too_long
from desk.console.handlers import show_ticket
from desk.console.places import Place
from desk.console.views import FieldError
from desk.inputs import form_of
from hotline.errors import Conflict, TooLarge
from hotline.voice.keeping import note_words


async def write_down(request: web.Request) -> web.Response:
    """Keep what is said in a recording beside it; whoever was overtaken sees what stands there."""
    scene, text = await scene_of(request), await text_of(request)
    number, file_id = request.match_info["number"], request.match_info["file"]
    seen = _time_of((await form_of(request)).get("seen", ""))
    try:
        await note_words(scene.hotline, scene.staff, number, file_id, text, seen=seen)
    except (Conflict, TooLarge) as refused:
        words = (
            too_long(scene, refused)
            if isinstance(refused, TooLarge)
            else scene.t("recording.overtaken", name=refused.fields.get("holder", ""))
        )
        error = FieldError("text", words, "recording", text)
        return await show_ticket(request, scene, error=error, status=refused.status)
    return done(request, Place.of(request).ticket_url(number))


def _time_of(said: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return at if at.tzinfo else None
