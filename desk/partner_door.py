"""The partner's way in and out: from a portal, by a code to the registered address, and out.

The sign-in is two pages that work without a script: the address, then the six digits. Words and
work are the same for every address; the mail goes out beside the answer.
"""

import math
import re
import secrets
from datetime import timedelta
from urllib.parse import urlencode

from aiohttp import web

from desk.inputs import form_of
from desk.keys import DRIVER, FOLLOWER, HOTLINE, LIMITS, PAGES
from desk.limits import address_of
from desk.pages import language_of
from desk.sessions import (
    PARTNER_COOKIE,
    partner_session,
    require_same_origin,
    set_cookie,
    sign_in,
)
from hotline import access
from hotline.access_codes import rules
from hotline.access_codes import sign_in as codes
from hotline.access_codes.codes import Wait
from hotline.partners import sessions
from wording.access_codes import address_in, code_in, digits_in

SIGN_IN, CODE = "/sign-in", "/sign-in/code"
COOKIE = "hotline_sign_in"
_COOKIE_FOR = timedelta(hours=1)  # as long as its codes are counted
_SECRET = re.compile(r"[\w-]{32}", re.ASCII)
# A path of ours: no other host, no backslash that a browser takes for a slash.
_OWN_PATH = re.compile(r"/(?!/)[\w\-./?=&%+]{0,300}", re.ASCII)
_LONGEST_ENTRY = 2000  # somebody may paste the whole mail


async def enter(request: web.Request) -> web.Response:
    """A portal sends its signed-in contact here: the token in a form field, never in the URL."""
    hotline = request.app[HOTLINE]
    form = await form_of(request)
    async with hotline.database.read() as session:
        token = form.get("token", "")
        contact = await access.contact_of_partner_token(hotline, session, token)
    response = web.HTTPSeeOther("/")
    await sign_in(request, response, contact, sessions.PORTAL)
    raise response


async def leave(request: web.Request) -> web.Response:
    """Sign out: the session ends, also that of a copied cookie."""
    require_same_origin(request)
    if partner := await partner_session(request):
        await sessions.end(request.app[HOTLINE], partner.contact, partner.id)
        request.app[FOLLOWER].poke()
    response = web.HTTPSeeOther("/")
    response.del_cookie(PARTNER_COOKIE)
    raise response


async def address_page(request: web.Request) -> web.Response:
    if await partner_session(request):
        raise web.HTTPSeeOther(_wanted(request))
    return _address_page(request)


async def ask_code(request: web.Request) -> web.Response:
    """A code to the address, and on to the page that asks for it."""
    caller = await _let_in(request)
    hotline = request.app[HOTLINE]
    if not hotline.settings.sends_codes:
        return _address_page(request, status=403)
    said = (await form_of(request)).get("email", "")[:_LONGEST_ENTRY]
    address = address_in(said)
    if address is None:
        return _address_page(request, "no_address", email=said, status=400)
    secret = _secret_of(request) or secrets.token_urlsafe(24)
    if wait := await _send(request, secret, caller, address):
        return _address_page(request, *_why(wait), email=said, status=429)
    response = web.HTTPSeeOther(_with_wanted(request, CODE))
    set_cookie(request, response, COOKIE, secret, _COOKIE_FOR.total_seconds(), path=SIGN_IN)
    raise response


async def code_page(request: web.Request) -> web.Response:
    if await partner_session(request):
        raise web.HTTPSeeOther(_wanted(request))
    return await _code_page(request)


async def check_code(request: web.Request) -> web.Response:
    """Sign in by the six digits, or send them once more."""
    caller = await _let_in(request)
    hotline, secret = request.app[HOTLINE], _secret_of(request)
    form = await form_of(request)
    if secret is None or not hotline.settings.sends_codes:
        raise web.HTTPSeeOther(_with_wanted(request, SIGN_IN))
    if "again" in form:
        if wait := await _send(request, secret, caller, None):
            return await _code_page(request, *_why(wait), status=429)
        raise web.HTTPSeeOther(_with_wanted(request, CODE))
    said = form.get("code", "")[:_LONGEST_ENTRY]
    digits = digits_in(said)
    code = digits if len(digits) == rules.DIGITS else code_in(said) or ""
    if len(code) != rules.DIGITS:
        return await _code_page(request, "digits", len(digits), said=said, status=400)
    checked = await codes.check(hotline, secret, code)
    if checked.contact is None:
        value = checked.tries_left if checked.verdict == "wrong" else checked.minutes
        return await _code_page(request, checked.verdict, value, said=said, status=401)
    response = web.HTTPSeeOther(_wanted(request))
    await sign_in(request, response, checked.contact, sessions.CODE)
    response.del_cookie(COOKIE, path=SIGN_IN)
    raise response


async def _let_in(request: web.Request) -> str:
    """Who calls: from a page of ours, and not too often."""
    require_same_origin(request)
    hotline = request.app[HOTLINE]
    caller = address_of(request, behind_proxy=hotline.settings.desk.behind_proxy)
    request.app[LIMITS].count_sign_in(hotline, language_of(request), caller)
    return caller


async def _send(request: web.Request, secret: str, caller: str, address: str | None) -> Wait | None:
    """A code on its way; or how long to wait for one."""
    hotline = request.app[HOTLINE]
    new = await codes.new_code(hotline, secret, caller, address)
    if isinstance(new, Wait):
        return new
    if new is not None:
        request.app[DRIVER].beside(codes.send(hotline, new, language_of(request)))
    return None


def _why(wait: Wait) -> tuple[str, int]:
    reason = "locked" if wait.locked else "just_sent" if wait.just_sent else "too_often"
    return reason, wait.minutes


def _address_page(
    request: web.Request, fault: str = "", value: int = 0, *, email: str = "", status: int = 200
) -> web.Response:
    return _render(
        request,
        "partner/sign_in.html",
        status,
        error=_words(request, fault, value),
        email=email,
        offers_code=request.app[HOTLINE].settings.sends_codes,
    )


async def _code_page(
    request: web.Request, fault: str = "", value: int = 0, *, said: str = "", status: int = 200
) -> web.Response:
    """The page for the digits; without a code that was asked for here, the one for the address."""
    secret = _secret_of(request)
    standing = await codes.standing(request.app[HOTLINE], secret) if secret else None
    if standing is None:
        raise web.HTTPSeeOther(_with_wanted(request, SIGN_IN))
    if not fault and standing.verdict != "live":
        fault, value = standing.verdict, standing.minutes
    return _render(
        request,
        "partner/sign_in_code.html",
        status,
        error=_words(request, fault, value),
        standing=standing,
        said=said,
        again_s=math.ceil(standing.again_in.total_seconds()),
    )


def _render(request: web.Request, template: str, status: int, **context: object) -> web.Response:
    return request.app[PAGES].render(
        request,
        template,
        status=status,
        wanted=_wanted(request),
        address_url=_with_wanted(request, SIGN_IN),
        code_url=_with_wanted(request, CODE),
        **context,
    )


def _words(request: web.Request, fault: str, value: int) -> str:
    if not fault:
        return ""
    return request.app[PAGES].words(
        f"partner.sign_in.fault.{fault}",
        language_of(request),
        n=value,
        toll_free=request.app[HOTLINE].settings.vendor.toll_free,
    )


def _secret_of(request: web.Request) -> str | None:
    said = request.cookies.get(COOKIE, "")
    return said if _SECRET.fullmatch(said) else None


def _with_wanted(request: web.Request, path: str) -> str:
    wanted = _wanted(request)
    return path if wanted == "/" else f"{path}?{urlencode({'next': wanted})}"


def _wanted(request: web.Request) -> str:
    """The page to go on with: a path of ours, else the chat."""
    wanted = request.query.get("next", "")
    return wanted if _OWN_PATH.fullmatch(wanted) else "/"
