"""What every form of the console has in common: its text, its id, its answer."""

import re

from aiohttp import web

from desk.console.scene import Scene
from desk.inputs import form_of
from desk.keys import FOLLOWER
from hotline.errors import TooLarge
from wording.text import strip_control

_LONGEST_ID = 36
_OWN_PAGE = re.compile(r"/console(?:[/?][\w\-./?=&%+]*)?", re.ASCII)


async def text_of(request: web.Request) -> str:
    return strip_control((await form_of(request)).get("text", ""))


async def client_id_of(request: web.Request) -> str | None:
    """The draft's own id, by which a form that is sent twice is known; a UUID fits."""
    said = strip_control((await form_of(request)).get("client_id", ""))
    return said if 0 < len(said) <= _LONGEST_ID else None


async def chosen_of(request: web.Request) -> str:
    """What is to be inserted: the article of the button that was pressed, or the chosen text."""
    form = await form_of(request)
    pressed = form.get("insert", "")
    return form.get("canned", "") if pressed == "canned" else pressed


async def back_of(request: web.Request, otherwise: str) -> str:
    """The page of the console that the form stood on, for it to be shown again; no other host's."""
    back = (await form_of(request)).get("back", "")
    return back if _OWN_PAGE.fullmatch(back) else otherwise


def too_long(scene: Scene, refused: TooLarge) -> str:
    """How long it is and may be; what was typed stays in its field."""
    told = refused.fields
    return scene.t("composer.too_long", n=told["length"], limit=told["limit"])


def is_json_wanted(request: web.Request) -> bool:
    return request.headers.get("Accept") == "application/json"


def done(request: web.Request, url: str) -> web.Response:
    """See the page again; a script that asked for JSON only hears that it is done."""
    request.app[FOLLOWER].poke()
    if is_json_wanted(request):
        return web.json_response({"ok": True})
    raise web.HTTPSeeOther(url)
