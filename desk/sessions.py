"""Who is at the other end of a request: a conversation's page, a signed-in partner, staff."""

from aiohttp import web

from desk.keys import HOTLINE
from desk.widget import is_of_portal
from hotline import access
from hotline.conversations.service import Conversation, find
from hotline.core import Hotline
from hotline.errors import NotAllowed, NotFound, Unauthorized
from hotline.partners.service import Contact
from hotline.staff.service import Staff

PARTNER_COOKIE, STAFF_COOKIE = "hotline_partner", "hotline_staff"


async def require_conversation(request: web.Request) -> Conversation:
    """The conversation of the path, if the bearer's token is for it; else 401."""
    hotline = request.app[HOTLINE]
    return await conversation_of_token(hotline, request.match_info["id"], bearer(request) or "")


async def conversation_of_token(hotline: Hotline, conversation_id: str, token: str) -> Conversation:
    if access.subject_of(hotline, access.CONVERSATION, token) != conversation_id:
        raise Unauthorized("this token is not valid")
    async with hotline.database.read() as session:
        conversation = await find(session, conversation_id)
    if conversation.is_erased:
        raise Unauthorized("this token is not valid")
    return conversation


async def conversation_to_renew(request: web.Request) -> Conversation:
    """The conversation of the path, for its own token or for a portal's token of its contact.

    A visitor's conversation is renewed by its own token only: no portal can vouch that it was
    this contact who began it.
    """
    hotline, token = request.app[HOTLINE], bearer(request) or ""
    conversation_id = request.match_info["id"]
    try:
        return await conversation_of_token(hotline, conversation_id, token)
    except Unauthorized:
        pass  # not ours; perhaps the portal's
    async with hotline.database.read() as session:
        contact = await access.contact_of_partner_token(hotline, session, token)
        conversation = await find(session, conversation_id)
    if conversation.contact is None or conversation.contact.id != contact.id:
        raise NotFound("no such conversation")
    return conversation


async def signed_in_contact(request: web.Request) -> Contact | None:
    """The contact of the portal's token or of the session's cookie; None for a visitor.

    A bearer token that is wrong is refused; a cookie that has expired makes a visitor, and what
    a browser sends along from somebody else's page counts for nothing.
    """
    hotline = request.app[HOTLINE]
    token = bearer(request)
    async with hotline.database.read() as session:
        if token is not None:
            return await access.contact_of_partner_token(hotline, session, token)
        cookie = request.cookies.get(PARTNER_COOKIE)
        if not cookie or is_of_portal(request):
            return None
        try:
            return await access.contact_of_session(hotline, session, cookie)
        except Unauthorized:
            return None


async def require_staff_token(request: web.Request) -> Staff:
    """The member of staff behind an API token."""
    hotline = request.app[HOTLINE]
    async with hotline.database.read() as session:
        return await access.staff_of(hotline, session, access.STAFF_API, bearer(request) or "")


async def signed_in_staff(request: web.Request) -> Staff | None:
    hotline = request.app[HOTLINE]
    cookie = request.cookies.get(STAFF_COOKIE)
    if not cookie:
        return None
    async with hotline.database.read() as session:
        try:
            return await access.staff_of_session(hotline, session, cookie)
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
    request: web.Request, response: web.StreamResponse, name: str, token: str, max_age_s: float
) -> None:
    response.set_cookie(
        name,
        token,
        max_age=int(max_age_s),
        httponly=True,
        samesite="Lax",
        secure=request.app[HOTLINE].settings.env == "production",
    )
