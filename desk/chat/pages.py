"""The partner's pages: the chat, the widget's panel, and the demonstration's contacts."""

import re
from itertools import groupby

from aiohttp import web

from desk.keys import HOTLINE, PAGES
from desk.pages import language_of
from desk.sayings import brought
from desk.sessions import signed_in_contact
from hotline import access
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.partners.service import Contact, all_contacts
from hotline.seed import written_by_hand

_MOST_CONTACTS = 1000
_ZERO_OF_AN_HOUR = re.compile(r"\b0(?=\d:)")


async def chat(request: web.Request) -> web.Response:
    hotline, language = request.app[HOTLINE], language_of(request)
    contact = await signed_in_contact(request)
    return request.app[PAGES].render(
        request,
        "partner/chat.html",
        # Whoever signs in after somebody else begins a conversation of their own.
        who=str(contact.id) if contact else "",
        name=contact.name if contact else None,
        company=contact.company(language) if contact else None,
        hours=_typeset(hotline.words.weekly(language)),
        # A link of ours may bring words along; whoever came by it sends them or not.
        say=brought(request.query),
        **_limits(hotline),
    )


async def panel(request: web.Request) -> web.Response:
    """The widget's markup and words; the language comes in the address."""
    answer = request.app[PAGES].render(
        request, "partner/widget.html", say="", **_limits(request.app[HOTLINE])
    )
    answer.cookies.clear()  # nothing of ours is kept in the browser of a portal's reader
    return answer


async def demo(request: web.Request) -> web.Response:
    """The demonstration's stand-in for a portal; there is no such page in production."""
    hotline, language = request.app[HOTLINE], language_of(request)
    if hotline.settings.demo == "none":
        raise NotFound("no such page")
    async with hotline.database.read() as session:
        contacts = await all_contacts(session, _MOST_CONTACTS)
    by_hand = written_by_hand()
    others = [contact for contact in contacts if contact.email not in by_hand]
    return request.app[PAGES].render(
        request,
        "partner/demo.html",
        contacts=[
            _way_in(hotline, contact, language) for contact in contacts if contact.email in by_hand
        ],
        companies=[
            {
                "name": company[0].company(language),
                "kind": [*company[0].types, company[0].tier, company[0].region],
                "status": company[0].status,
                "contacts": [_way_in(hotline, contact, language) for contact in company],
            }
            for company in (
                list(people)
                for _, people in groupby(sorted(others, key=_company_id), key=_company_id)
            )
        ],
        words=lambda part: hotline.words.say(f"partner.{part}", language),
    )


def _company_id(contact: Contact) -> str:
    return contact.partner_id


def _way_in(hotline: Hotline, contact: Contact, language: str) -> dict[str, object]:
    """A contact of the demonstration, with the token by which the portal would vouch for it."""
    return {
        "name": contact.name,
        "company": contact.company(language),
        "roles": contact.roles,
        "email": contact.email,
        "token": access.partner_token(hotline, contact),
    }


def _limits(hotline: Hotline) -> dict[str, object]:
    """What the chat's markup has to say of the limits."""
    limits = hotline.settings.limits
    return {
        "file_mb": limits.file_mb,
        "text_chars": limits.text_chars,
        "file_endings": ",".join(f".{ending}" for ending in limits.file_types),
    }


def _typeset(hours: str) -> str:
    """Opening hours as pages write them: 9:00–17:00, where a sentence has 09:00-17:00."""
    return _ZERO_OF_AN_HOUR.sub("", hours).replace("-", "–")
