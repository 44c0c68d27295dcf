"""The partner page's WebSocket: the token in the first frame, then messages both ways."""

import asyncio
from typing import Any

from aiohttp import WSMsgType, web

from desk.chat.api import caller_of, incoming_of, news_for_partner, seq_of, state_as_read
from desk.hub import Frame, topic_of_session
from desk.keys import DRIVER, HOTLINE, HUB, LIMITS, PAGES
from desk.pages import Pages
from desk.permissions import PARTNER_LIVE, hears
from desk.sessions import admit, require_chat_origin
from desk.sockets import COME_AGAIN, ending_in_order, first_frame, json_of, telling
from hotline.access import Admission
from hotline.conversations.messages import MOST_AT_ONCE
from hotline.conversations.service import Conversation
from hotline.errors import HotlineError

# Far above the longest message: one that is too long gets words, not a cut line.
_LARGEST_FRAME = 1024 * 1024


async def live(request: web.Request) -> web.WebSocketResponse:
    """A page listens from its first frame on: {"token": ..., "after": last seq it has}."""
    require_chat_origin(request)
    socket = web.WebSocketResponse(heartbeat=25, max_msg_size=_LARGEST_FRAME)
    await socket.prepare(request)
    async with ending_in_order(socket):
        first = await first_frame(socket)
        token, after = str(first.get("token", "")), seq_of(first.get("after") or 0)
        admitted = await _admit(request, token)
        topics = [admitted.conversation.id]
        if admitted.partner:
            topics.append(topic_of_session(admitted.partner.id))
        with request.app[HUB].listening(*topics) as news:
            async with telling(socket, _tell(request, socket, token, after, news)):
                async for frame in socket:
                    if frame.type is WSMsgType.TEXT:
                        conversation = (await _admit(request, token)).conversation
                        await _hear(request, socket, conversation, frame.data)
    return socket


async def _admit(request: web.Request, token: str) -> Admission:
    return await admit(request.app[HOTLINE], request.match_info["id"], token)


async def _tell(
    request: web.Request,
    socket: web.WebSocketResponse,
    token: str,
    after: int,
    news: asyncio.Queue[Frame | None],
) -> None:
    """Send the state, what was missed, and then whatever is new, in order."""
    hotline = request.app[HOTLINE]
    state: dict[str, Any] | None = None
    while True:
        # Each time anew: a token is good only as long as its session lives.
        conversation = (await _admit(request, token)).conversation
        fresh = await state_as_read(hotline, conversation)
        if state is None:
            state = fresh
            await socket.send_json({"type": "hello", "state": state})
        told = await news_for_partner(hotline, conversation, after)
        if told:
            after = told[-1]["seq"]
            await socket.send_json({"type": "messages", "messages": told})
        if len(told) == MOST_AT_ONCE:  # after a long absence there may be more
            continue
        if fresh != state:
            state = fresh
            await socket.send_json({"type": "state", "state": state})
        frame = await news.get()
        while frame is not None and frame["type"] == "news" and not news.empty():
            frame = news.get_nowait()
        if frame is None:
            await socket.close(code=COME_AGAIN)
            return
        if frame["type"] != "news":
            await socket.send_json(frame)


async def _hear(
    request: web.Request, socket: web.WebSocketResponse, conversation: Conversation, data: str
) -> None:
    said: Any = None
    try:
        said = json_of(data)
        if not isinstance(said, dict) or not hears(PARTNER_LIVE, said.get("type")):
            return
        caller = caller_of(request)
        await request.app[LIMITS].count_message(request.app[HOTLINE], conversation, caller)
        received = await request.app[DRIVER].receive(conversation.id, incoming_of(said, caller))
        message = received.message
        await socket.send_json({"type": "stored", "id": message.client_id, "seq": message.seq})
    except HotlineError as refused:
        client_id = said.get("id") if isinstance(said, dict) else None
        error = _error(request.app[PAGES], refused, conversation.language)
        shown = client_id if isinstance(client_id, str) else None
        await socket.send_json({"type": "refused", "id": shown, "error": error})


def _error(pages: Pages, refused: HotlineError, language: str) -> dict[str, str]:
    """Code and words: its own, if it was refused in the partner's language, else by the code."""
    if reason := refused.fields.get("reason"):
        return {"code": str(reason), "message": refused.message}
    return {"code": refused.code, "message": pages.refusal(refused.code, language)}
