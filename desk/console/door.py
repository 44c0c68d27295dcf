"""The way into the console: sign-in, the second step, sign-out, and who may pass."""

import math
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from aiohttp import web

from desk.browsers import browser_of
from desk.console.scene import Scene
from desk.console.views import FieldError
from desk.inputs import form_of
from desk.keys import FOLLOWER, HOTLINE, PAGES, SIGN_INS
from desk.limits import address_of
from desk.pages import language_of
from desk.sessions import STAFF_COOKIE, require_same_origin, set_cookie, staff_session
from hotline import access
from hotline.core import Hotline
from hotline.errors import TooMany, Unauthorized
from hotline.staff import second_step, sessions, signing_in
from hotline.staff.service import Staff
from hotline.staff.sessions import StaffSession

ME = "/console/me"
CODE = "/console/sign-in/code"

_STEP_COOKIE = "hotline_staff_step"
# A path of ours: no other host, no backslash that a browser takes for a slash.
_OWN_PAGE = re.compile(r"/console(?:[/?][\w\-./?=&%+]*)?", re.ASCII)
_MOST_CODE_CHARS = 40

_Form = Callable[..., web.Response]


async def require_staff_session(request: web.Request) -> StaffSession:
    """The session of whoever is signed in at the console; anybody else is sent to the sign-in."""
    own = await staff_session(request)
    if own is None:
        raise web.HTTPSeeOther(_way_in(request))
    return own


async def require_settled(request: web.Request) -> Staff:
    """Who is signed in and owes nothing; whoever owes a password or a second step is sent there."""
    own = await require_staff_session(request)
    if owes(request.app[HOTLINE], own.staff):
        raise web.HTTPSeeOther(ME)
    return own.staff


def owes(hotline: Hotline, staff: Staff) -> bool:
    """Whether `staff` has to see to their sign-in before anything else."""
    is_missing = second_step.is_required(hotline, staff) and not staff.has_second_step
    return staff.owes_renewal or is_missing


async def scene_of(request: web.Request) -> Scene:
    """The page's scene, for whoever is signed in."""
    own = await require_staff_session(request)
    if request.method == "POST":
        require_same_origin(request)
    hotline = request.app[HOTLINE]
    return Scene(hotline, request.app[PAGES], own.staff, language_of(request), hotline.now())


async def sign_in_page(request: web.Request) -> web.Response:
    return _address_form(request, wanted=_wanted(request.query))


async def sign_in(request: web.Request) -> web.Response:
    require_same_origin(request)
    hotline, form = request.app[HOTLINE], await form_of(request)
    email, wanted = form.get("email", ""), _wanted(form)
    address = _address(request)
    if wait_s := request.app[SIGN_INS].wait_s(address):
        return _too_often(request, _address_form, wait_s, email=email, wanted=wanted)
    try:
        # Whether there is such a person makes no difference here, nor in the words below.
        staff, stamp = await signing_in.by_password(hotline, email, form.get("password", ""))
    except TooMany as locked:
        wait_s = locked.fields["retry_after_s"]
        return _too_often(request, _address_form, wait_s, email=email, wanted=wanted)
    except Unauthorized:
        return _refused(request, _address_form, email=email, wanted=wanted)
    request.app[SIGN_INS].succeeded(address)
    if not staff.has_second_step:
        raise await _signed_in(request, staff, wanted)
    response = web.HTTPSeeOther(f"{CODE}?{urlencode({'next': wanted})}")
    token, lifetime_s = (
        access.staff_step_token(hotline, staff, stamp),
        _lifetime_s(access.STAFF_STEP),
    )
    set_cookie(request, response, _STEP_COOKIE, token, lifetime_s, path=CODE)
    raise response


async def code_page(request: web.Request) -> web.Response:
    wanted = _wanted(request.query)
    _step_of(request, wanted)
    return _code_form(request, wanted=wanted)


async def check_code(request: web.Request) -> web.Response:
    require_same_origin(request)
    form = await form_of(request)
    wanted = _wanted(form)
    staff_id, stamp = _step_of(request, wanted)
    code = form.get("code", "")[:_MOST_CODE_CHARS]
    try:
        staff = await signing_in.by_code(request.app[HOTLINE], staff_id, stamp, code)
    except TooMany as locked:
        return _too_often(request, _code_form, locked.fields["retry_after_s"], wanted=wanted)
    except Unauthorized:
        return _refused(request, _code_form, wanted=wanted)
    response = await _signed_in(request, staff, wanted)
    response.del_cookie(_STEP_COOKIE, path=CODE)
    raise response


async def sign_out(request: web.Request) -> web.Response:
    """Ends this session, also for whoever has a copy of its cookie."""
    require_same_origin(request)
    own = await staff_session(request)
    if own is not None:
        await sessions.end(request.app[HOTLINE], own.staff, own.staff, own.id)
        request.app[FOLLOWER].poke()
    response = web.HTTPSeeOther("/console/sign-in")
    response.del_cookie(STAFF_COOKIE)
    raise response


async def _signed_in(request: web.Request, staff: Staff, wanted: str) -> web.HTTPSeeOther:
    """On to the page that was wanted, or to one's own if there is something to be told or done."""
    hotline = request.app[HOTLINE]
    own = await sessions.begin(
        hotline,
        staff,
        browser_of(request.headers.get("User-Agent", "")),
        instead_of=await staff_session(request),
    )
    request.app[FOLLOWER].poke()
    if await signing_in.is_to_be_told(hotline, staff):
        wanted = f"{ME}?told=locked"
    response = web.HTTPSeeOther(ME if owes(hotline, staff) else wanted)
    token = access.staff_session_token(hotline, own)
    set_cookie(request, response, STAFF_COOKIE, token, _lifetime_s(access.STAFF_SESSION))
    return response


def _lifetime_s(audience: str) -> float:
    return access.LIFETIMES[audience].total_seconds()


def _address(request: web.Request) -> str:
    return address_of(request, behind_proxy=request.app[HOTLINE].settings.desk.behind_proxy)


def _step_of(request: web.Request, wanted: str) -> tuple[int, str]:
    """Whose second step this browser owes; without one the sign-in begins anew."""
    try:
        return access.staff_step_of(request.app[HOTLINE], request.cookies.get(_STEP_COOKIE, ""))
    except Unauthorized:
        told = urlencode({"next": wanted})
        raise web.HTTPSeeOther(f"/console/sign-in?{told}") from None


def _address_form(
    request: web.Request,
    *,
    email: str = "",
    wanted: str,
    error: FieldError | None = None,
    status: int = 200,
) -> web.Response:
    return request.app[PAGES].render(
        request, "console/sign_in.html", email=email, error=error, wanted=wanted, status=status
    )


def _code_form(
    request: web.Request, *, wanted: str, error: FieldError | None = None, status: int = 200
) -> web.Response:
    return request.app[PAGES].render(
        request, "console/sign_in_code.html", error=error, wanted=wanted, status=status
    )


def _refused(request: web.Request, form: _Form, **said: str) -> web.Response:
    key, field = ("code_refused", "code") if form is _code_form else ("refused", "password")
    words = request.app[PAGES].words(f"console.sign_in.{key}", language_of(request))
    return form(request, error=FieldError(field, words), status=401, **said)


def _too_often(request: web.Request, form: _Form, wait_s: float, **said: str) -> web.Response:
    pages, minutes = request.app[PAGES], math.ceil(wait_s / 60)
    words = pages.words("console.sign_in.too_often", language_of(request), minutes=minutes)
    field = "code" if form is _code_form else "password"
    page = form(request, error=FieldError(field, words), status=429, **said)
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
