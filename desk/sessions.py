"""Who is at the other end of a request: a conversation's page, a signed-in partner, staff."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar, cast

from aiohttp import web

from desk.browsers import browser_of
from desk.keys import FOLLOWER, HOTLINE
from desk.widget import is_of_portal
from hotline import access
from hotline.access import Admission
from hotline.attempts import NotTheirs, journalling
from hotline.conversations.service import Conversation, find
from hotline.core import Hotline
from hotline.errors import NotAllowed, NotFound, Unauthorized
from hotline.partners import sessions
from hotline.partners.service import Contact
from hotline.partners.sessions import PartnerSession
from hotline.staff import presence
from hotline.staff import sessions as staff_sessions
from hotline.staff.service import Staff
from hotline.staff.sessions import StaffSession

PARTNER_COOKIE, STAFF_COOKIE = "hotline_partner", "hotline_staff"

Who = TypeVar("Who")
WhoAsks = Callable[[web.Request], Awaitable[Who]]


def once(who_asks: WhoAsks[Who]) -> WhoAsks[Who]:
    """Found out once a request: for the table of permissions, and again for the handler."""
    known = web.RequestKey(who_asks.__name__, object)

    @wraps(who_asks)
    async def remembered(request: web.Request) -> Who:
        if known not in request:
            request[known] = await who_asks(request)
        return cast(Who, request[known])

    return remembered


@once
async def require_conversation(request: web.Request) -> Conversation:
    """The conversation of the path, if the bearer's token is for it; else 401."""
    hotline = request.app[HOTLINE]
    token = bearer(request) or ""
    return (await admit(hotline, request.match_info["id"], token)).conversation


async def admit(hotline: Hotline, conversation_id: str, token: str) -> Admission:
    """Whoever may speak in the conversation by this token; else 401, whatever is wrong."""
    try:
        async with journalling(hotline, "conversation"), hotline.database.read() as session:
            admitted = await access.admit(hotline, session, conversation_id, token)
    except NotTheirs:
        raise Unauthorized("this token is not valid") from None
    if admitted.partner:
        await sessions.seen(hotline, admitted.partner)
    return admitted


@once
async def admission_to_renew(request: web.Request) -> Admission:
    """The conversation of the path, for its own token, or for its contact: signed in in this
    browser, or by a portal's token.

    A visitor's conversation is renewed by its own token only: no portal can vouch that it was
    this contact who began it.
    """
    hotline, conversation_id = request.app[HOTLINE], request.match_info["id"]
    token = bearer(request)
    if token is None:
        return await _own_conversation(request, conversation_id)
    try:
        return await admit(hotline, conversation_id, token)
    except Unauthorized:
        pass  # not ours; perhaps the portal's
    async with journalling(hotline, "renew"), hotline.database.read() as session:
        contact = await access.contact_of_partner_token(hotline, session, token)
        conversation = await find(session, conversation_id)
        _require_own(conversation, contact)
    if conversation.needs_session:
        raise NotFound("no such conversation")
    return Admission(conversation, None)


@once
async def require_partner_session(request: web.Request) -> PartnerSession:
    """The session of whoever is signed in in this browser, on a page of ours; else 401."""
    require_same_origin(request)
    partner = await partner_session(request)
    if partner is None:
        raise Unauthorized("nobody is signed in")
    return partner


@once
async def require_joining(request: web.Request) -> PartnerSession:
    """The session of whoever has signed in beside the conversation of the path and has its token.

    The token may be one that a sign-in has ended: what joined once may be repeated.
    """
    hotline, conversation_id = request.app[HOTLINE], request.match_info["id"]
    partner = await require_partner_session(request)
    if access.subject_of(hotline, access.CONVERSATION, bearer(request) or "") != conversation_id:
        raise Unauthorized("this token is not valid")
    async with hotline.database.read() as session:
        if (await find(session, conversation_id)).is_erased:
            raise Unauthorized("this token is not valid")
    return partner


@once
async def partner_session(request: web.Request) -> PartnerSession | None:
    """The session of the cookie; None for a visitor.

    A cookie that has expired makes a visitor, and what a browser sends along from somebody else's
    page counts for nothing.
    """
    hotline, cookie = request.app[HOTLINE], request.cookies.get(PARTNER_COOKIE)
    if not cookie or is_of_portal(request):
        return None
    try:
        async with hotline.database.read() as session:
            partner = await access.partner_session_of(hotline, session, cookie)
    except Unauthorized:
        return None
    await sessions.seen(hotline, partner)
    return partner


async def signed_in_contact(request: web.Request) -> Contact | None:
    """The contact of the portal's token or of the session's cookie; None for a visitor.

    A bearer token that is wrong is refused.
    """
    hotline, token = request.app[HOTLINE], bearer(request)
    if token is not None:
        async with hotline.database.read() as session:
            return await access.contact_of_partner_token(hotline, session, token)
    partner = await partner_session(request)
    return partner.contact if partner else None


async def sign_in(
    request: web.Request, response: web.StreamResponse, contact: Contact, how: str
) -> None:
    """Let the browser be `contact`'s from now on; whoever it was before is signed out."""
    hotline, before = request.app[HOTLINE], await partner_session(request)
    partner = await sessions.begin(
        hotline,
        contact,
        how,
        browser_of(request.headers.get("User-Agent", "")),
        instead_of=before.id if before else None,
    )
    request.app[FOLLOWER].poke()
    token = access.session_token(hotline, partner)
    set_cookie(request, response, PARTNER_COOKIE, token, sessions.LIFETIME.total_seconds())


async def _own_conversation(request: web.Request, conversation_id: str) -> Admission:
    """The conversation of whoever is signed in in this browser."""
    hotline, partner = request.app[HOTLINE], await require_partner_session(request)
    async with journalling(hotline, "renew"), hotline.database.read() as session:
        conversation = await find(session, conversation_id)
        _require_own(conversation, partner.contact)
    return Admission(conversation, partner)


def _require_own(conversation: Conversation, contact: Contact) -> None:
    """NotTheirs, which looks like NotFound, if the conversation is not the contact's."""
    if not access.is_of(conversation, contact):
        raise NotTheirs(
            "no such conversation",
            conversation_id=None,
            contact_id=contact.id,
            of=conversation.id,
        )


@once
async def require_staff_token(request: web.Request) -> Staff:
    """The member of staff behind an API token."""
    hotline = request.app[HOTLINE]
    async with hotline.database.read() as session:
        return await access.staff_of(hotline, session, access.STAFF_API, bearer(request) or "")


@once
async def staff_session(request: web.Request) -> StaffSession | None:
    """The session at the console of the cookie; None for anybody else."""
    hotline = request.app[HOTLINE]
    own = await live_staff_session(hotline, request.cookies.get(STAFF_COOKIE, ""))
    if own is not None:
        await staff_sessions.seen(hotline, own)
        await presence.heard_of(hotline, {own.staff.id: own.beat_at})
    return own


async def live_staff_session(hotline: Hotline, cookie: str) -> StaffSession | None:
    """The same for whoever asks again while a page is open."""
    if not cookie:
        return None
    async with hotline.database.read() as session:
        try:
            return await access.staff_session_of(hotline, session, cookie)
        except Unauthorized:
            return None


def bearer(request: web.Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def require_same_origin(request: web.Request) -> None:
    """Refuse a page of somebody else that acts in a signed-in browser.

    Browsers send Origin with every POST and every WebSocket; a program without one has no cookie
    to abuse.
    """
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        raise NotAllowed("this request comes from another site")


def require_chat_origin(request: web.Request) -> None:
    """As `require_same_origin`, but a page that may carry the widget is as good as our own."""
    if not is_of_portal(request):
        require_same_origin(request)


def set_cookie(
    request: web.Request,
    response: web.StreamResponse,
    name: str,
    token: str,
    max_age_s: float,
    path: str = "/",
) -> None:
    response.set_cookie(
        name,
        token,
        path=path,
        max_age=int(max_age_s),
        httponly=True,
        samesite="Lax",
        secure=request.app[HOTLINE].settings.env == "production",
    )
