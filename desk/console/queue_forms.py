"""The forms of the queue: a filter saved or removed, an act on the tickets that are selected."""

from dataclasses import replace

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.places import Place, id_in
from desk.console.queue_page import queue_page
from desk.console.scene import Scene
from desk.console.views import BulkLine, BulkPage
from desk.inputs import form_of
from desk.keys import FOLLOWER, PAGES
from hotline.errors import BadInput, Conflict
from hotline.settings import QUEUES
from hotline.tickets import bulk, handling, saved_filters
from hotline.tickets.amending import ASSIGNEE, QUEUE, amend
from hotline.tickets.bulk import Act, Outcome
from hotline.tickets.choices import Choice
from wording.text import strip_control

_LONGEST_NUMBER = 24


async def save_filter(request: web.Request) -> web.Response:
    """What the list shows becomes a pill of the reader's own."""
    scene, place, form = await scene_of(request), Place.of(request), await form_of(request)
    name = strip_control(form.get("name", ""))
    choice = Choice.read(form)
    try:
        await saved_filters.save(scene.hotline, scene.staff, name, choice)
    except (BadInput, Conflict) as refused:
        key = "full" if isinstance(refused, Conflict) else "name_missing"
        return await _refused(request, scene, place, key, name, refused.status)
    return done(request, Place(choice).list_url())


async def remove_filter(request: web.Request) -> web.Response:
    scene, said = await scene_of(request), (await form_of(request)).get("filter", "")
    await saved_filters.remove(scene.hotline, scene.staff, id_in(said) or 0)
    return done(request, Place.of(request).list_url())


async def act_on_selected(request: web.Request) -> web.Response:
    """Claim, assign or move each selected ticket, and tell of each what came of it."""
    scene, place, form = await scene_of(request), Place.of(request), await form_of(request)
    numbers = [
        strip_control(number)[:_LONGEST_NUMBER]
        for number in (await request.post()).getall("ticket", [])
        if isinstance(number, str)
    ]
    act, key = _act(scene, form)
    outcomes = await bulk.to_each(numbers, act)
    request.app[FOLLOWER].poke()
    page = BulkPage(
        title=_title(scene, outcomes),
        lines=tuple(_line(scene, place, outcome, key) for outcome in outcomes),
        back_url=place.list_url(),
    )
    async with scene.hotline.database.read() as session:
        frame = await frame_of(scene, session, "queue", place.list_url())
    return request.app[PAGES].render(request, "console/bulk.html", frame=frame, page=page)


async def back_to_queue(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again, as a link or after signing in, wants the list."""
    raise web.HTTPSeeOther(Place.of(request).list_url())


def _act(scene: Scene, form: dict[str, str]) -> tuple[Act, str]:
    """The act that the form names, by the function that does it to a single ticket."""
    hotline, staff = scene.hotline, scene.staff
    match form.get("act"):
        case "claim":
            return lambda number: handling.claim(hotline, staff, number), "claimed"
        case "assign":
            to = str(id_in(form.get("to", "")) or 0)
            return lambda number: amend(hotline, staff, number, ASSIGNEE, to), "assigned"
        case "queue" if (queue := form.get("queue", "")) in QUEUES:
            return lambda number: amend(hotline, staff, number, QUEUE, queue), "queued"
    raise BadInput("no such act", field="act")


def _title(scene: Scene, outcomes: list[Outcome]) -> str:
    if not outcomes:
        return scene.t("bulk.nothing")
    went = sum(outcome.ticket is not None for outcome in outcomes)
    return scene.t("bulk.title", done=went, n=len(outcomes))


def _line(scene: Scene, place: Place, outcome: Outcome, key: str) -> BulkLine:
    ticket = outcome.ticket
    if ticket is not None:
        words = scene.t(
            f"bulk.{key}",
            name=scene.name(ticket.assignee) if ticket.assignee else "",
            queue=scene.t(f"service_queue.{ticket.queue}"),
        )
    elif outcome.why == "state":
        words = scene.t("bulk.refused_state", state=scene.t(f"state.{outcome.about}"))
    elif outcome.why == "holder":
        words = scene.t("bulk.refused_holder", name=outcome.about)
    else:
        words = scene.t("bulk.refused_gone" if outcome.why == "gone" else "bulk.refused")
    url = place.ticket_url(outcome.number)
    return BulkLine(outcome.number, url, words, ticket is not None)


async def _refused(
    request: web.Request, scene: Scene, place: Place, key: str, name: str, status: int
) -> web.Response:
    """The list again, with the reason at the name."""
    async with scene.hotline.database.read() as session:
        frame = await frame_of(scene, session, "queue", place.list_url())
        page = await queue_page(scene, session, place, frame)
    words = scene.t(f"narrow.{key}", n=saved_filters.MOST)
    narrowing = replace(page.narrowing, refused=words, typed=name)
    page = replace(page, narrowing=narrowing)
    return request.app[PAGES].render(
        request, "console/queue.html", frame=frame, page=page, status=status
    )
