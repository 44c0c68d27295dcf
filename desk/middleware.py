"""The edge: refusals become answers a reader can act on, and every answer carries its guards."""

import uuid
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from desk.keys import HOTLINE, PAGES
from desk.pages import language_of
from hotline.errors import HotlineError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

log = structlog.get_logger("desk")


@web.middleware
async def guards(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Security headers on everything but a WebSocket that is already open."""
    response = await handler(request)
    if not response.prepared:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = _caching(request)
    return response


def _caching(request: web.Request) -> str:
    if not request.path.startswith("/static/"):
        return "no-store"
    # Modules import one another by plain names; without a version a browser must ask again.
    return "public, max-age=31536000, immutable" if request.query.get("v") else "no-cache"


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """One HotlineError kind, one status, one sentence; anything else is a 500 with a reference."""
    try:
        return await handler(request)
    except HotlineError as refused:
        code = str(refused.fields.get("reason", refused.code))
        return _answer(request, refused.status, code, str(refused), refused.fields)
    except web.HTTPException as standard:
        if standard.status < 400 or standard.content_type == "application/json":
            raise
        code = {404: "not_found", 405: "bad_request", 413: "too_long"}.get(
            standard.status, "bad_request"
        )
        return _answer(request, standard.status, code, standard.reason, {})
    except Exception as failure:
        reference = uuid.uuid4().hex[:8]
        # The kind and a reference, never values: they may be a person's words.
        log.error("request_failed", reference=reference, why=type(failure).__name__, exc_info=True)
        return _answer(request, 500, "unavailable", f"reference {reference}", {})


def _answer(
    request: web.Request, status: int, code: str, message: str, fields: dict[str, object]
) -> web.StreamResponse:
    if request.path.startswith("/api/") or request.headers.get("Accept") == "application/json":
        error = {**fields, "code": code, "message": message}
        return web.json_response({"error": error}, status=status)
    hotline, pages, language = request.app[HOTLINE], request.app[PAGES], language_of(request)
    kind = "not_found" if status == 404 else "failed" if status >= 500 else "refused"
    return pages.render(
        request,
        "error.html",
        status=status,
        title=pages.words(f"errors.{kind}.title", language),
        message=pages.words(
            f"errors.{kind}.message",
            language,
            reason=message,
            toll_free=hotline.settings.vendor.toll_free,
        ),
        way_on_url="/console" if request.path.startswith("/console") else "/",
        way_on_label=pages.words("errors.way_on", language),
    )
