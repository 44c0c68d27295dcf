"""`/my/notices`: which mails a contact gets."""

from aiohttp import web

from desk.inputs import form_of
from desk.keys import FOLLOWER, PAGES
from desk.my.reader import reader_of
from hotline.notices import choices, kinds

URL = "/my/notices"


async def show(request: web.Request) -> web.Response:
    reader = await reader_of(request)
    return request.app[PAGES].render(
        request,
        "my/notices.html",
        section="notices",
        name=reader.contact.name,
        company=reader.contact.company(reader.language),
        email=reader.contact.email,
        choices=kinds.CHOICES,
        chosen=await choices.choice_of(reader.hotline, reader.contact),
        is_done=request.query.get("done") == "1",
    )


async def choose(request: web.Request) -> web.Response:
    reader = await reader_of(request)
    await choices.choose(reader.hotline, reader.contact, (await form_of(request)).get("mails", ""))
    request.app[FOLLOWER].poke()
    raise web.HTTPSeeOther(f"{URL}?done=1")
