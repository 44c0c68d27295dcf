"""The console's WebSocket: the journal's entries, as they are written."""

import asyncio
from typing import Any

from aiohttp import WSMsgType, web

from desk.follower import frames_after
from desk.hub import CONSOLES, Frame
from desk.keys import HOTLINE, HUB
from desk.sessions import require_same_origin, signed_in_staff
from desk.sockets import COME_AGAIN, ending_in_order, first_frame, telling
from hotline.core import Hotline
from hotline.errors import BadInput, Unauthorized
from hotline.staff.service import Staff


async def live(request: web.Request) -> web.WebSocketResponse:
    """First frame {"after": last entry id}: what was missed comes first, then what is new."""
    require_same_origin(request)
    staff = await signed_in_staff(request)
    socket = web.WebSocketResponse(heartbeat=25, max_msg_size=4096)
    await socket.prepare(request)
    async with ending_in_order(socket):
        if staff is None:
            raise Unauthorized("nobody is signed in")
        with request.app[HUB].listening(CONSOLES) as news:
            after = _entry_id(await first_frame(socket))
            async with telling(socket, _tell(request, socket, staff, after, news)):
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
    staff: Staff,
    after: int,
    news: asyncio.Queue[Frame | None],
) -> None:
    while missed := await _missed(request.app[HOTLINE], after):
        for entry in missed:
            await socket.send_json(entry)
        after = missed[-1]["id"]
    while (frame := await news.get()) is not None:
        if frame["type"] == "signed-out":
            if frame["staff"] == staff.id:
                raise Unauthorized("signed out")
        elif frame["id"] > after:
            await socket.send_json(frame)
    await socket.close(code=COME_AGAIN)


async def _missed(hotline: Hotline, after: int) -> list[Frame]:
    async with hotline.database.read() as session:
        return await frames_after(session, after)
