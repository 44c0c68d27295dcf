"""The edge: refusals become answers a reader can act on, and every answer carries its guards."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from aiohttp import web

from desk.keys import HOTLINE, PAGES
from desk.pages import language_of
from desk.widget import SCRIPT, share
from hotline.errors import HotlineError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

_CODES = {401: "unauthorized", 403: "not_allowed", 404: "not_found", 413: "too_long"}

log = structlog.get_logger("desk")


async def guard(request: web.Request, response: web.StreamResponse) -> None:
    """Security headers on every answer, also a redirect and the opening of a WebSocket."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = _caching(request)
    response.headers["Server"] = "hotline"
    share(request, response)


def _caching(request: web.Request) -> str:
    if request.path == SCRIPT:
        return "no-cache"
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
        return _answer(request, refused.status, refused.code, refused.message, refused.fields)
    except web.HTTPException as standard:
        if standard.status < 400 or standard.content_type == "application/json":
            raise
        code = _CODES.get(standard.status, "bad_request")
        answer = _answer(request, standard.status, code, standard.reason, {})
        if "Allow" in standard.headers:
            answer.headers["Allow"] = standard.headers["Allow"]
        return answer
    except Exception as failure:
        reference = uuid.uuid4().hex[:8]
        # The kind and a reference, never values: they may be a person's words.
        log.error("request_failed", reference=reference, why=type(failure).__name__, exc_info=True)
        return _answer(request, 500, "unavailable", "it failed", {"reference": reference})


def _answer(
    request: web.Request, status: int, code: str, message: str, fields: Mapping[str, object]
) -> web.StreamResponse:
    """The refusal for who asked: a program hears what is wrong, a person reads their own words."""
    reason = fields.get("reason")  # such a refusal has words for the reader already
    is_json = request.headers.get("Accept") == "application/json"
    if request.path.startswith("/api/staff/"):
        answer: web.Response = _json(status, str(reason or code), message, fields)
    elif request.path.startswith("/api/") or is_json:
        words = message if reason else _reason(request, status, code, fields)
        detail = {} if reason or status >= 500 else {"detail": message}
        answer = _json(status, str(reason or code), words, {**fields, **detail})
    elif "roles" in fields:
        answer = _no_right(request, status, fields)
    else:
        words = message if reason else _reason(request, status, code, fields)
        answer = _page(request, status, words, fields.get("reference"))
    if "retry_after_s" in fields:
        answer.headers["Retry-After"] = str(fields["retry_after_s"])
    return answer


def _json(status: int, code: str, message: str, fields: Mapping[str, object]) -> web.Response:
    error = {**fields, "code": code, "message": message}
    return web.json_response({"error": error}, status=status)


def _reason(request: web.Request, status: int, code: str, fields: Mapping[str, object]) -> str:
    """What is wrong in the reader's language, by the code; of a failure its reference."""
    code = {405: "method", 500: "failed"}.get(status, code)
    reference = fields.get("reference", "")
    return request.app[PAGES].refusal(code, language_of(request), reference=reference)


def _no_right(request: web.Request, status: int, fields: Mapping[str, Any]) -> web.Response:
    """Whose it is, and which role the reader has now: it may have been another a minute ago."""
    pages, language = request.app[PAGES], language_of(request)
    roles = [pages.words(f"console.role.{role}", language) for role in fields["roles"]]
    own = pages.words(f"console.role.{fields['role']}", language)
    between = pages.words("errors.no_right.between", language)
    return pages.render(
        request,
        "error.html",
        status=status,
        title=pages.words("errors.no_right.title", language),
        message=pages.words(
            "errors.no_right.message", language, roles=between.join(roles), role=own
        ),
        way_on_url="/console",
        way_on_label=pages.words("errors.way_on", language),
    )


def _page(request: web.Request, status: int, words: str, reference: object) -> web.Response:
    hotline, pages, language = request.app[HOTLINE], request.app[PAGES], language_of(request)
    kind = "not_found" if status == 404 else "failed" if reference else "refused"
    return pages.render(
        request,
        "error.html",
        status=status,
        title=pages.words(f"errors.{kind}.title", language),
        message=pages.words(
            f"errors.{kind}.message",
            language,
            reason=reference or words,
            toll_free=hotline.settings.vendor.toll_free,
        ),
        way_on_url="/console" if request.path.startswith("/console") else "/",
        way_on_label=pages.words("errors.way_on", language),
    )
