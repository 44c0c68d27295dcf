"""Where a contact is signed in: the list, ending one, ending all others."""

from aiohttp import web

from desk.inputs import form_of
from desk.keys import FOLLOWER, HOTLINE, PAGES
from desk.own_pages import require_signed_in_partner
from desk.pages import language_of
from desk.partner_door import leave
from hotline.partners import sessions
from hotline.words import times

PAGE = "/my/sessions"


async def page(request: web.Request) -> web.Response:
    hotline, language = request.app[HOTLINE], language_of(request)
    own = await require_signed_in_partner(request)
    now = hotline.now()
    async with hotline.database.read() as session:
        found = await sessions.live_of(session, own.contact, now)
    return request.app[PAGES].render(
        request,
        "partner/sessions.html",
        section="sessions",
        name=own.contact.name,
        company=own.contact.company(language),
        sessions=[
            {
                "id": one.id,
                "is_this": one.id == own.id,
                "browser": one.browser,
                "how": one.how,
                **{
                    name: {
                        "at": at.astimezone(hotline.calendar.timezone).isoformat("T", "minutes"),
                        "words": times.say_in_table(at, now, language, hotline.calendar),
                    }
                    for name, at in (
                        ("began", one.began_at),
                        ("seen", one.seen_at),
                        ("ends", one.ends_at),
                    )
                },
            }
            for one in sorted(found, key=lambda one: one.id != own.id)
        ],
    )


async def end(request: web.Request) -> web.Response:
    """End one; its own is a sign-out. One that has ended meanwhile is as good as ended by this."""
    own = await require_signed_in_partner(request)
    session_id = (await form_of(request)).get("session", "")
    if session_id == own.id:
        return await leave(request)
    await sessions.end(request.app[HOTLINE], own.contact, session_id)
    request.app[FOLLOWER].poke()
    raise web.HTTPSeeOther(PAGE)


async def end_others(request: web.Request) -> web.Response:
    own = await require_signed_in_partner(request)
    await sessions.end_all(request.app[HOTLINE], own.contact, but=own.id)
    request.app[FOLLOWER].poke()
    raise web.HTTPSeeOther(PAGE)
