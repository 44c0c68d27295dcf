"""The way into the console: sign-in, sign-out, and who may pass."""

import math
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import web

from desk.console.scene import Scene
from desk.console.views import FieldError
from desk.hub import CONSOLES
from desk.inputs import form_of
from desk.keys import HOTLINE, HUB, PAGES, SIGN_INS
from desk.limits import address_of
from desk.pages import language_of
from desk.sessions import STAFF_COOKIE, require_same_origin, set_cookie, signed_in_staff
from hotline import access
from hotline.errors import Unauthorized
from hotline.staff.service import Staff, check_password, end_sessions

# A path of ours: no other host, no backslash that a browser takes for a slash.
_OWN_PAGE = re.compile(r"/console(?:[/?][\w\-./?=&%+]*)?", re.ASCII)


async def require_signed_in(request: web.Request) -> Staff:
    """Who is signed in at the console; anybody else is sent to the sign-in."""
    staff = await signed_in_staff(request)
    if staff is None:
        raise web.HTTPSeeOther(_way_in(request))
    return staff


async def scene_of(request: web.Request) -> Scene:
    """The page's scene, for whoever is signed in."""
    staff = await require_signed_in(request)
    if request.method == "POST":
        require_same_origin(request)
    hotline = request.app[HOTLINE]
    return Scene(hotline, request.app[PAGES], staff, language_of(request), hotline.now())


async def sign_in_page(request: web.Request) -> web.Response:
    return request.app[PAGES].render(
        request, "console/sign_in.html", email="", error=None, wanted=_wanted(request.query)
    )


async def sign_in(request: web.Request) -> web.Response:
    require_same_origin(request)
    hotline, pages = request.app[HOTLINE], request.app[PAGES]
    form = await form_of(request)
    email = form.get("email", "")
    sign_ins = request.app[SIGN_INS]
    # Whether there is such a person makes no difference here, nor in the words below.
    person = email.strip().lower()
    address = address_of(request, behind_proxy=hotline.settings.desk.behind_proxy)
    if wait_s := sign_ins.wait_s(person, address):
        return _too_often(request, email, wait_s, _wanted(form))
    try:
        staff = await check_password(hotline.database, email, form.get("password", ""))
    except Unauthorized:
        words = pages.words("console.sign_in.refused", language_of(request))
        error = FieldError("password", words)
        return pages.render(
            request,
            "console/sign_in.html",
            email=email,
            error=error,
            wanted=_wanted(form),
            status=401,
        )
    sign_ins.succeeded(person, address)
    response = web.HTTPSeeOther(_wanted(form))
    async with hotline.database.read() as session:
        token = await access.staff_session(hotline, session, staff)
    lifetime = access.LIFETIMES[access.STAFF_SESSION].total_seconds()
    set_cookie(request, response, STAFF_COOKIE, token, lifetime)
    raise response


async def sign_out(request: web.Request) -> web.Response:
    """Ends every session of this person, also that of a copied cookie or another device."""
    require_same_origin(request)
    staff = await signed_in_staff(request)
    if staff is not None:
        await end_sessions(request.app[HOTLINE].database, staff)
        request.app[HUB].send(CONSOLES, {"type": "signed-out", "staff": staff.id})
    response = web.HTTPSeeOther("/console/sign-in")
    response.del_cookie(STAFF_COOKIE)
    raise response


def _too_often(request: web.Request, email: str, wait_s: float, wanted: str) -> web.Response:
    pages, minutes = request.app[PAGES], math.ceil(wait_s / 60)
    words = pages.words("console.sign_in.too_often", language_of(request), minutes=minutes)
    error = FieldError("password", words)
    page = pages.render(
        request, "console/sign_in.html", email=email, error=error, wanted=wanted, status=429
    )
    page.headers["Retry-After"] = str(math.ceil(wait_s))
    return page


def _way_in(request: web.Request) -> str:
    """The sign-in, with the page that was wanted; a form's own address leads to its page."""
    wanted = str(request.rel_url) if request.method == "GET" else request.rel_url.raw_path
    told = urlencode({"next": wanted})
    return "/console/sign-in" if wanted == "/console" else f"/console/sign-in?{told}"


def _wanted(said: Mapping[str, object]) -> str:
    """The page that was wanted, if it is one of the console's own; else the queue."""
    wanted = str(said.get("next", ""))
    return wanted if _OWN_PAGE.fullmatch(wanted) else "/console"
