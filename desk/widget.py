"""The widget: whose pages may carry the chat, and what a browser lets them read for it.

Nothing here lets a browser send a cookie along: a page of somebody else speaks with bearer tokens
alone.
"""

from aiohttp import web

from desk.keys import HOTLINE
from desk.pages import ROOT
from hotline.errors import NotAllowed

SCRIPT, PANEL = "/widget.js", "/widget/panel"
# By their patterns. The live socket is not among them: it has an Origin of its own to be checked.
CHAT_API = (
    "/api/conversations",
    "/api/conversations/{id}/messages",
    "/api/conversations/{id}/tickets",
    "/api/conversations/{id}/files/{file}",
    "/api/conversations/{id}/renew",
)
_SHARED = frozenset({*CHAT_API, PANEL, "/static"})
_PREFLIGHT_S = 600


def is_of_portal(request: web.Request) -> bool:
    """Whether a page that may carry the widget asks."""
    return request.headers.get("Origin") in request.app[HOTLINE].settings.widget.origins


def share(request: web.Request, response: web.StreamResponse) -> None:
    """Let a portal's page read what its widget needs; for anybody else an answer stays shut."""
    resource = request.match_info.route.resource
    if resource is None or resource.canonical not in _SHARED:
        return
    response.headers["Vary"] = "Origin"
    if is_of_portal(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]


async def preflight(request: web.Request) -> web.Response:
    """What a browser asks before a portal's page may send a token, JSON or a file."""
    if not is_of_portal(request):
        raise NotAllowed("this page may not carry the chat")
    return web.Response(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": str(_PREFLIGHT_S),
        },
    )


async def script(request: web.Request) -> web.FileResponse:
    """What a portal's one tag loads; the rest it loads itself, and only where it may."""
    return web.FileResponse(
        ROOT / "static/widget.js", headers={"Cross-Origin-Resource-Policy": "cross-origin"}
    )
