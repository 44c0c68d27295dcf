"""The search of the console: a number leads to its ticket, words to a list, the newest first."""

from aiohttp import web

from desk.console.door import scene_of
from desk.console.frame import frame_of
from desk.console.partners import hits
from desk.console.places import Place, id_in, search_url, words_of
from desk.console.queue_page import groups_of
from desk.console.views import SearchPage
from desk.keys import PAGES
from hotline.search import finding
from hotline.search.finding import COUNTED


async def search(request: web.Request) -> web.Response:
    scene, words = await scene_of(request), words_of(request)
    older_than = id_in(request.query.get("older_than", ""))
    async with scene.hotline.database.read() as session:
        if number := await finding.exact(session, words):
            raise web.HTTPSeeOther(Place().ticket_url(number))
        found = await finding.search(session, words, older_than)
        key = "total" if found.is_counted else "at_least"
        page = SearchPage(
            words=words,
            found_words=scene.t(f"search.{key}", query=words, n=min(found.total, COUNTED))
            if words
            else "",
            groups=await groups_of(
                scene, session, found.tickets, Place(), is_whole=False, key="newest"
            ),
            older_url=search_url(words, found.older_than) if found.older_than else None,
            newest_url=search_url(words) if older_than else None,
            companies=() if older_than else await hits(scene, session, words),
        )
        frame = await frame_of(scene, session, "search", search_url(words, older_than), words)
    return request.app[PAGES].render(request, "console/search.html", frame=frame, page=page)


def to_search(request: web.Request) -> None:
    """A search at the queue's address, as bookmarks have it, is one all the same."""
    if words := words_of(request):
        raise web.HTTPSeeOther(search_url(words))
