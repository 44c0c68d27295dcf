"""The console's WebSocket: the journal's entries, as they are written."""

import asyncio
from typing import Any

from aiohttp import WSMsgType, web

from desk.console.door import owes
from desk.follower import frames_after
from desk.hub import CONSOLES, Frame
from desk.keys import HOTLINE, HUB, LINE
from desk.sessions import STAFF_COOKIE, live_staff_session, require_same_origin
from desk.sockets import COME_AGAIN, ending_in_order, first_frame, telling
from hotline.core import Hotline
from hotline.errors import BadInput, NotAllowed, Unauthorized
from hotline.permissions import HANDLERS
from hotline.staff.service import Staff


async def live(request: web.Request) -> web.WebSocketResponse:
    """First frame {"after": last entry id}: what was missed comes first, then what is new.

    Who listens is asked anew at each piece of news: whoever is signed out or has lost the right
    hears nothing more.
    """
    require_same_origin(request)
    socket = web.WebSocketResponse(heartbeat=25, max_msg_size=4096)
    await socket.prepare(request)
    async with ending_in_order(socket):
        staff = await _require_listener(request)
        line, hub = request.app[LINE], request.app[HUB]
        with line.console_of(staff.id), hub.listening(CONSOLES) as news:
            after = _entry_id(await first_frame(socket))
            async with telling(socket, _tell(request, socket, after, news)):
                async for frame in socket:
                    if frame.type is WSMsgType.ERROR:
                        break
    return socket


def _entry_id(first: dict[str, Any]) -> int:
    try:
        return int(first.get("after") or 0)
    except (ValueError, TypeError, OverflowError):
        raise BadInput("after must be the number of an entry", field="after") from None


async def _tell(
    request: web.Request,
    socket: web.WebSocketResponse,
    after: int,
    news: asyncio.Queue[Frame | None],
) -> None:
    while missed := await _missed(request.app[HOTLINE], after):
        for entry in missed:
            await socket.send_json(entry)
        after = missed[-1]["id"]
    while (frame := await news.get()) is not None:
        await _require_listener(request)
        if frame["id"] > after:
            await socket.send_json(frame)
    await socket.close(code=COME_AGAIN)


async def _require_listener(request: web.Request) -> Staff:
    hotline = request.app[HOTLINE]
    own = await live_staff_session(hotline, request.cookies.get(STAFF_COOKIE, ""))
    if own is None:
        raise Unauthorized("nobody is signed in")
    if own.staff.role not in HANDLERS or owes(hotline, own.staff):
        raise NotAllowed("this is for those who handle tickets")
    return own.staff


async def _missed(hotline: Hotline, after: int) -> list[Frame]:
    async with hotline.database.read() as session:
        return await frames_after(session, after)
