"""The own page's addresses: who, what, show."""

from aiohttp import web

from desk.chat.api import file_response
from desk.console.stretches import before_of
from desk.my.company import company_page
from desk.my.history import may_download
from desk.my.reader import Reader, reader_of, ticket_url
from desk.my.requests import Wish, requests_page
from desk.my.ticket import Fault, Sure, ticket_page
from hotline.attempts import journalling
from hotline.errors import NotFound
from hotline.tickets import own, queries, told


async def requests(request: web.Request) -> web.Response:
    reader = await reader_of(request)
    async with reader.hotline.database.read() as session:
        page = await requests_page(reader, session, Wish.of(request.query))
    return show(request, reader, "requests", page=page)


async def ticket(request: web.Request) -> web.Response:
    return await show_ticket(request, await reader_of(request))


async def back_to_ticket(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again wants its page."""
    query = f"?{request.query_string}" if request.query_string else ""
    raise web.HTTPSeeOther(f"{ticket_url(request.match_info['number'])}{query}")


async def file(request: web.Request) -> web.StreamResponse:
    reader = await reader_of(request)
    hotline, number = reader.hotline, request.match_info["number"]
    async with journalling(hotline, "file", guessable=True), hotline.database.read() as session:
        found = await queries.find_as(session, hotline, reader.contact, number)
        kept = await may_download(reader, session, found, request.match_info["file"])
    if kept is None:
        raise NotFound("no such file")
    return file_response(reader.hotline, kept)


async def company(request: web.Request) -> web.Response:
    reader = await reader_of(request)
    return show(request, reader, "company", page=await company_page(reader))


async def show_ticket(
    request: web.Request,
    reader: Reader,
    *,
    fault: Fault | None = None,
    sure: Sure | None = None,
    status: int = 200,
) -> web.Response:
    """The ticket's page, journalled as read; the same page for one unknown and one forbidden."""
    try:
        found = await own.read(reader.hotline, reader.contact, request.match_info["number"])
    except NotFound:
        return no_such_ticket(request, reader)
    async with reader.hotline.database.read() as session:
        page = await ticket_page(reader, session, found, before_of(request))
    is_added = fault is None and "added" in request.query
    added = told.holder(reader.hotline, found, reader.language) if is_added else ""
    return show(
        request, reader, "ticket", status=status, page=page, fault=fault, sure=sure, added=added
    )


def no_such_ticket(request: web.Request, reader: Reader) -> web.Response:
    return show(request, reader, "no_ticket", status=404)


def show(request: web.Request, reader: Reader, name: str, **context: object) -> web.Response:
    settings = reader.hotline.settings
    return reader.pages.render(
        request,
        f"my/{name}.html",
        section="company" if name == "company" else "requests",
        who=str(reader.contact.id),
        name=reader.contact.name,
        company=reader.contact.company(reader.language),
        file_mb=settings.limits.file_mb,
        text_chars=settings.limits.text_chars,
        file_endings=",".join(f".{ending}" for ending in settings.limits.file_types),
        **context,
    )
