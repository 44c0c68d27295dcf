"""Pages for whoever is signed in: a visitor is sent to sign in, and then to what was wanted."""

import re
from urllib.parse import urlencode

from aiohttp import web

from desk.partner_door import SIGN_IN
from desk.sessions import once, partner_session, require_same_origin
from hotline.partners.sessions import PartnerSession

_PAGE = re.compile(r"/my(?:/tickets/[^/]+|/[^/]+)?")


@once
async def require_signed_in_partner(request: web.Request) -> PartnerSession:
    """Whose page it is."""
    partner = await partner_session(request)
    if partner is None:
        raise web.HTTPSeeOther(f"{SIGN_IN}?{urlencode({'next': _wanted(request)})}")
    if request.method == "POST":
        require_same_origin(request)
    return partner


def _wanted(request: web.Request) -> str:
    """The page that was wanted; of a form the page it is on."""
    if request.method == "GET":
        return str(request.rel_url)
    page = _PAGE.match(request.path)
    return page[0] if page else "/my"
