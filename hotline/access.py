"""Tokens: who may speak as whom, for how long. JWTs read by the hotline's own clock.

Conversations, sessions and staff API tokens are signed by us (HS256); the partner token is signed
by the partner portal, by the algorithm and key of the settings.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import Conversation, find, not_theirs
from hotline.core import Hotline
from hotline.errors import BadInput, HotlineError, NotAllowed, NotFound, Unauthorized
from hotline.partners import sessions
from hotline.partners.service import Contact, contact_by_email
from hotline.partners.sessions import PartnerSession
from hotline.staff import sessions as staff_sessions
from hotline.staff.service import Staff, staff_by_email, staff_by_id
from hotline.staff.sessions import StaffSession

CONVERSATION, PARTNER_SESSION = "conversation", "partner-session"
STAFF_SESSION, STAFF_STEP, STAFF_API = "staff-session", "staff-step", "staff-api"
LIFETIMES = {
    CONVERSATION: timedelta(days=30),
    PARTNER_SESSION: sessions.LIFETIME,
    STAFF_SESSION: staff_sessions.LIFETIME,
    STAFF_STEP: timedelta(minutes=10),
    STAFF_API: timedelta(days=1),
}
PARTNER_TOKEN_LIFETIME = timedelta(hours=1)
LONGEST_PARTNER_TOKEN = timedelta(hours=24)


class Erased(Unauthorized):
    """Whoever the token was for has been erased since. Over HTTP it is as good as any wrong one."""


def issue(hotline: Hotline, audience: str, subject: str, **more: int | str) -> str:
    """A token for `subject`, good for the audience's lifetime."""
    now = hotline.now()
    claims = {"aud": audience, "sub": subject, "iat": now, "exp": now + LIFETIMES[audience], **more}
    return jwt.encode(claims, _own_key(hotline), algorithm="HS256")


def subject_of(hotline: Hotline, audience: str, token: str) -> str:
    """Whom the token speaks for; Unauthorized if it is not ours, not for this, or too old."""
    return str(_claims(hotline, token, _own_key(hotline), "HS256", audience)["sub"])


def partner_token(hotline: Hotline, contact: Contact) -> str:
    """What a portal would sign for `contact`; for trying, with the development key."""
    settings, now = hotline.settings, hotline.now()
    if settings.env == "production":
        raise NotAllowed("in production only the portal signs for its contacts")
    if settings.partner_token.algorithm != "HS256":
        raise BadInput("the portal signs with its own private key; ask it for a token")
    claims = {
        "sub": contact.email,
        "partner": contact.partner_id,
        "exp": now + PARTNER_TOKEN_LIFETIME,
        "jti": secrets.token_hex(8),
    }
    return jwt.encode(claims, _portal_key(hotline), algorithm="HS256")


async def contact_of_partner_token(hotline: Hotline, session: AsyncSession, token: str) -> Contact:
    """The contact a portal vouches for; the same refusal whatever is wrong."""
    algorithm = hotline.settings.partner_token.algorithm
    claims = _claims(hotline, token, _portal_key(hotline), algorithm, None)
    longest = hotline.now() + LONGEST_PARTNER_TOKEN
    if float(claims["exp"]) > longest.timestamp():
        raise Unauthorized("this token is valid for too long: exp may be 24 hours ahead at most")
    contact = await contact_by_email(session, str(claims["sub"]))
    if contact is None or contact.partner_id != claims.get("partner") or not claims.get("jti"):
        raise Unauthorized("this token is not valid")
    return contact


def session_token(hotline: Hotline, partner: PartnerSession) -> str:
    """A token for the browser's cookie: whose session it is, and which."""
    return issue(hotline, PARTNER_SESSION, str(partner.contact.id), session=partner.id)


async def partner_session_of(hotline: Hotline, session: AsyncSession, token: str) -> PartnerSession:
    """The session of the cookie's token, if it is still live."""
    claims = _claims(hotline, token, _own_key(hotline), "HS256", PARTNER_SESSION)
    partner = await sessions.live(session, str(claims.get("session", "")), hotline.now())
    if partner is None or str(partner.contact.id) != str(claims["sub"]):
        raise Unauthorized("this session has ended")
    return partner


@dataclass(frozen=True)
class Admission:
    """A conversation that somebody may speak in, and the session by which, if it is by one."""

    conversation: Conversation
    partner: PartnerSession | None


def conversation_token(
    hotline: Hotline, conversation_id: str, partner: PartnerSession | None = None
) -> str:
    """A token for the conversation, for as long as the session lives if there is one."""
    more = {"session": partner.id} if partner else {}
    return issue(hotline, CONVERSATION, conversation_id, **more)


async def admit(
    hotline: Hotline, session: AsyncSession, conversation_id: str, token: str
) -> Admission:
    """Whoever has the conversation's token; Unauthorized if its session is over, or is missing.

    NotTheirs with the token of another conversation, Erased if nobody speaks in it again.
    """
    claims = _claims(hotline, token, _own_key(hotline), "HS256", CONVERSATION)
    own, partner = str(claims["sub"]), None
    if own != conversation_id:
        raise await _refusal(session, own, conversation_id)
    conversation = await find(session, conversation_id)
    if conversation.is_erased:
        raise Erased("this token is not valid")
    if session_id := claims.get("session"):
        partner = await sessions.live(session, str(session_id), hotline.now())
        if partner is None or not is_of(conversation, partner.contact):
            raise Unauthorized("this session has ended")
    elif conversation.needs_session:
        raise Unauthorized("this token is no longer valid")
    return Admission(conversation, partner)


async def _refusal(session: AsyncSession, own: str, conversation_id: str) -> HotlineError:
    """Of a token for conversation `own`, to another one: whether that exists shows to us alone."""
    try:
        await find(session, conversation_id)
        asker = await find(session, own)
    except NotFound:
        return Unauthorized("this token is not valid")
    return not_theirs("no such conversation", asker, of=conversation_id)


def is_of(conversation: Conversation, contact: Contact) -> bool:
    """Whether it is this contact who speaks in the conversation."""
    return conversation.contact is not None and conversation.contact.id == contact.id


async def staff_of(hotline: Hotline, session: AsyncSession, audience: str, token: str) -> Staff:
    staff = await staff_by_id(session, int(subject_of(hotline, audience, token)))
    if staff is None:
        raise Unauthorized("this session has ended")
    return staff


def staff_session_token(hotline: Hotline, own: StaffSession) -> str:
    """A token for the console's cookie: whose session it is, and which."""
    return issue(hotline, STAFF_SESSION, str(own.staff.id), session=own.id)


async def staff_session_of(hotline: Hotline, session: AsyncSession, token: str) -> StaffSession:
    """The session at the console of the cookie's token, if it is still live."""
    claims = _claims(hotline, token, _own_key(hotline), "HS256", STAFF_SESSION)
    own = await staff_sessions.live(session, str(claims.get("session", "")), hotline.now())
    if own is None or str(own.staff.id) != str(claims["sub"]):
        raise Unauthorized("this session has ended")
    return own


def staff_step_token(hotline: Hotline, staff: Staff, stamp: str) -> str:
    """A token for whoever was right about the password, and owes the second step."""
    return issue(hotline, STAFF_STEP, str(staff.id), stamp=stamp)


def staff_step_of(hotline: Hotline, token: str) -> tuple[int, str]:
    """Whose second step is owed, and the stamp of the password that was right."""
    claims = _claims(hotline, token, _own_key(hotline), "HS256", STAFF_STEP)
    return int(str(claims["sub"])), str(claims.get("stamp", ""))


async def staff_token(hotline: Hotline, session: AsyncSession, email: str) -> str:
    staff = await staff_by_email(session, email)
    if staff is None:
        raise NotFound(f"no member of staff has the e-mail {email}")
    return issue(hotline, STAFF_API, str(staff.id))


def _own_key(hotline: Hotline) -> str:
    return hotline.settings.secrets.jwt_key.get_secret_value()


def _portal_key(hotline: Hotline) -> str:
    return hotline.settings.secrets.partner_token.get_secret_value()


def _claims(
    hotline: Hotline, token: str, key: str, algorithm: str, audience: str | None
) -> Mapping[str, Any]:
    try:
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=audience,
            options={
                "require": ["sub", "exp"],
                # By the hotline's clock, below: a set clock must hold for tokens too.
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
                "verify_aud": audience is not None,
            },
        )
        expires = float(claims["exp"])
    except (jwt.InvalidTokenError, TypeError, ValueError, OverflowError) as invalid:
        raise Unauthorized("this token is not valid") from invalid
    if hotline.now().timestamp() >= expires:
        raise Unauthorized("this token has expired")
    return claims
