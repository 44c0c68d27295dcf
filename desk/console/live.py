"""The console's WebSocket: the journal's entries, as they are written."""

import asyncio
import contextlib
import json

from aiohttp import WSMsgType, web

from desk.follower import frame_of_entry
from desk.hub import CONSOLES, Frame
from desk.keys import HOTLINE, HUB
from desk.sessions import require_same_origin, signed_in_staff
from hotline import journal
from hotline.core import Hotline
from hotline.tickets.queries import numbers_of

SIGNED_OUT, TOO_SLOW = 4401, 1013
_FIRST_FRAME_S = 5.0


async def live(request: web.Request) -> web.WebSocketResponse:
    """First frame {"after": last entry id}: what was missed comes first, then what is new."""
    require_same_origin(request)
    staff = await signed_in_staff(request)
    socket = web.WebSocketResponse(heartbeat=25, max_msg_size=4096)
    await socket.prepare(request)
    if staff is None:
        await socket.close(code=SIGNED_OUT)
        return socket
    with request.app[HUB].listening(CONSOLES) as news:
        try:
            first = json.loads(await socket.receive_str(timeout=_FIRST_FRAME_S))
            after = int(first.get("after") or 0)
        except (ValueError, TypeError, AttributeError, OverflowError, TimeoutError):
            await socket.close(code=SIGNED_OUT)
            return socket
        teller = asyncio.create_task(_tell(request, socket, after, news))
        try:
            async for frame in socket:
                if frame.type is WSMsgType.ERROR:
                    break
        finally:
            teller.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await teller
    return socket


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
        if frame["id"] > after:
            await socket.send_json(frame)
    await socket.close(code=TOO_SLOW)


async def _missed(hotline: Hotline, after: int) -> list[Frame]:
    """The next entries behind `after`, as many as the journal gives at once."""
    async with hotline.database.read() as session:
        entries = await journal.entries_after(session, after)
        ids = {entry.ticket_id for entry in entries if entry.ticket_id is not None}
        numbers = await numbers_of(session, ids) if ids else {}
    return [frame_of_entry(entry, numbers.get(entry.ticket_id or 0)) for entry in entries]
