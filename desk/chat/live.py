"""The partner page's WebSocket: the token in the first frame, then messages both ways."""

import asyncio
from typing import Any

from aiohttp import WSMsgType, web

from desk.chat.api import caller_of, incoming_of, news_for_partner, seq_of, state_of
from desk.hub import Frame
from desk.keys import DRIVER, HOTLINE, HUB, LIMITS, PAGES
from desk.pages import Pages
from desk.permissions import PARTNER_LIVE, hears
from desk.sessions import conversation_of_token, require_chat_origin
from desk.sockets import COME_AGAIN, ending_in_order, first_frame, json_of, telling
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
        conversation, after = await _admit(request, socket)
        with request.app[HUB].listening(conversation.id) as news:
            async with telling(socket, _tell(request, socket, conversation, after, news)):
                async for frame in socket:
                    if frame.type is WSMsgType.TEXT:
                        await _hear(request, socket, conversation, frame.data)
    return socket


async def _admit(request: web.Request, socket: web.WebSocketResponse) -> tuple[Conversation, int]:
    first = await first_frame(socket)
    token, hotline = str(first.get("token", "")), request.app[HOTLINE]
    conversation = await conversation_of_token(hotline, request.match_info["id"], token)
    return conversation, seq_of(first.get("after") or 0)


async def _tell(
    request: web.Request,
    socket: web.WebSocketResponse,
    conversation: Conversation,
    after: int,
    news: asyncio.Queue[Frame | None],
) -> None:
    """Send the state, what was missed, and then whatever is new, in order."""
    hotline = request.app[HOTLINE]
    state = await state_of(hotline, conversation)
    await socket.send_json({"type": "hello", "state": state})
    while True:
        told = await news_for_partner(hotline, conversation, after)
        if told:
            after = told[-1]["seq"]
            await socket.send_json({"type": "messages", "messages": told})
        if len(told) == MOST_AT_ONCE:  # after a long absence there may be more
            continue
        fresh = await state_of(hotline, conversation)
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
