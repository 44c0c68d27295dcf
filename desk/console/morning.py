"""The morning's list: a line for each matter; the one that is worked on is open, with the form of
its outcome."""

import re

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.calls.list_page import NOTHING_REFUSED, Refused
from desk.console.door import scene_of
from desk.console.frame import frame_of
from desk.console.morning_items import items_of
from desk.console.scene import Scene
from desk.console.views import MorningPage
from desk.keys import PAGES
from hotline.mornings.worklist import Item, morning

URL = "/console/morning"
_NUMBER = re.compile(r"[A-Z0-9-]{1,20}")


def url_at(number: str) -> str:
    """The list with that matter open; as it begins, for what is no number."""
    return f"{URL}?open={number}#night-{number}" if _NUMBER.fullmatch(number) else URL


async def page(request: web.Request) -> web.Response:
    return await show_morning(request, await scene_of(request))


async def show_morning(
    request: web.Request, scene: Scene, refused: Refused = NOTHING_REFUSED, status: int = 200
) -> web.Response:
    wanted = refused.number or request.query.get("open", "")
    async with scene.hotline.database.read() as session:
        shown = await morning_page(scene, session, refused, wanted)
        frame = await frame_of(scene, session, "morning", URL)
    template = "_morning.html" if request.query.get("fragment") == "list" else "morning.html"
    return request.app[PAGES].render(
        request, f"console/{template}", frame=frame, page=shown, status=status
    )


async def morning_page(
    scene: Scene, session: AsyncSession, refused: Refused, wanted: str = ""
) -> MorningPage:
    """`wanted` is the number of the matter to have open, if it still waits."""
    found = await morning(session, scene.hotline)
    items = await items_of(scene, session, found.items, refused)
    is_told = any(item.back and item.back.wrong for item in items)
    return MorningPage(
        title_words=scene.t(
            "morning.night", since=scene.at(found.since), until=scene.at(found.until)
        ),
        waiting=tuple(item for item in items if item.back is not None),
        settled=tuple(item for item in items if item.back is None),
        open_number=_open(scene, found.waiting, wanted),
        failed_words="" if is_told else refused.words,
    )


def _open(scene: Scene, waiting: tuple[Item, ...], wanted: str) -> str:
    """The one that is asked for; else the first, but for those with whom a later time is agreed."""
    numbers = [item.ticket.number for item in waiting]
    if wanted in numbers:
        return wanted
    now = [
        item.ticket.number
        for item in waiting
        if item.ticket.callback_at is None or item.ticket.callback_at <= scene.now
    ]
    return next(iter(now or numbers), "")
