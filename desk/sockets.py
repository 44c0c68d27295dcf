"""What both WebSockets have in common: the first frame, the task that tells, and how they end.

Once a WebSocket is open no HTTP answer is possible any more: whatever happens in it ends it with
a code that the page understands.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import structlog
from aiohttp import web

from hotline.access import Erased
from hotline.errors import BadInput, HotlineError, NotAllowed

WHO_ARE_YOU, NOT_YOURS, ERASED, COME_AGAIN, FAILED = 4401, 4403, 4410, 1013, 1011
FIRST_FRAME_S = 5.0

log = structlog.get_logger("desk.sockets")


async def first_frame(
    socket: web.WebSocketResponse, within_s: float = FIRST_FRAME_S
) -> dict[str, Any]:
    """The object of the first frame. BadInput if it is none, TimeoutError if it does not come."""
    try:
        said = json_of(await socket.receive_str(timeout=within_s))
    except TypeError:
        raise BadInput("the first frame is not a text") from None
    if not isinstance(said, dict):
        raise BadInput("the first frame must be a JSON object")
    return said


def json_of(frame: str) -> Any:
    """What a frame says; BadInput if it is not JSON."""
    try:
        return json.loads(frame)
    except (ValueError, RecursionError):  # no JSON, a number without end, too deep
        raise BadInput("the frame is not JSON") from None


@contextlib.asynccontextmanager
async def ending_in_order(socket: web.WebSocketResponse) -> AsyncIterator[None]:
    """A refusal sends the page away, a slow one may come again, a failure is logged.

    The page of somebody who was erased is told so, for it has their words on it.
    """
    try:
        yield
    except Erased:
        await _close(socket, ERASED)
    except NotAllowed:
        await _close(socket, NOT_YOURS)
    except HotlineError:
        await _close(socket, WHO_ARE_YOU)
    except TimeoutError:
        await _close(socket, COME_AGAIN)
    except ConnectionError:
        pass  # the page has gone
    except Exception as failure:  # the edge: nobody behind it could say anything any more
        log.error("socket_failed", why=type(failure).__name__, exc_info=True)
        await _close(socket, FAILED)


@contextlib.asynccontextmanager
async def telling(
    socket: web.WebSocketResponse, news: Coroutine[Any, Any, None]
) -> AsyncIterator[None]:
    """Let `news` run beside the block, and end with it. If it fails, so does the socket."""

    async def tell() -> None:
        async with ending_in_order(socket):
            await news

    teller = asyncio.create_task(tell())
    try:
        yield
    finally:
        teller.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await teller


async def _close(socket: web.WebSocketResponse, code: int) -> None:
    with contextlib.suppress(ConnectionError):
        await socket.close(code=code)
