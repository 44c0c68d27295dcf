"""The morning's list: who, what, since when, its clock; called from here, with an outcome."""

from collections.abc import Mapping, Sequence

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.calls.list_page import NOTHING_REFUSED, Refused, back_of
from desk.console.deadlines import due_of
from desk.console.door import scene_of
from desk.console.frame import frame_of
from desk.console.players import players_of
from desk.console.queue_page import line_words
from desk.console.scene import Scene
from desk.console.views import MorningItem, MorningPage
from desk.keys import PAGES
from hotline.calls.backs import Back
from hotline.conversations.messages import File
from hotline.mornings.worklist import Item, morning
from hotline.tickets.ticket import Ticket
from hotline.voice import keeping

URL = "/console/morning"
# The doors, as a ticket's source has them.
_DOORS = {
    "chat": "chat",
    "telephone": "call",
    "mail": "mail",
    "voicemail": "voicemail",
    "intake": "system",
}


async def page(request: web.Request) -> web.Response:
    return await show_morning(request, await scene_of(request))


async def show_morning(
    request: web.Request, scene: Scene, refused: Refused = NOTHING_REFUSED, status: int = 200
) -> web.Response:
    async with scene.hotline.database.read() as session:
        shown = await morning_page(scene, session, refused)
        frame = await frame_of(scene, session, "morning", URL)
    template = "_morning.html" if request.query.get("fragment") == "list" else "morning.html"
    return request.app[PAGES].render(
        request, f"console/{template}", frame=frame, page=shown, status=status
    )


async def morning_page(scene: Scene, session: AsyncSession, refused: Refused) -> MorningPage:
    found = await morning(session, scene.hotline)
    ids = {item.ticket.id for item in found.items}
    spoken = await keeping.of_tickets(session, ids)
    lines = await line_words(scene, session, ids)
    items = [_item(scene, item, spoken, lines, refused) for item in found.items]
    is_told = any(item.back and item.back.wrong for item in items)
    return MorningPage(
        title_words=scene.t(
            "morning.night", since=scene.at(found.since), until=scene.at(found.until)
        ),
        waiting=tuple(item for item in items if item.back is not None),
        settled=tuple(item for item in items if item.back is None),
        failed_words="" if is_told else refused.words,
    )


def _item(
    scene: Scene,
    item: Item,
    spoken: Mapping[int, Sequence[tuple[str, File]]],
    lines: Mapping[int, str],
    refused: Refused,
) -> MorningItem:
    ticket, contact = item.ticket, item.ticket.contact
    back = Back(ticket, item.begins_at, item.ends_at, item.tries)
    return MorningItem(
        ticket=scene.link(ticket),
        severity=ticket.severity,
        severity_word=scene.severity(ticket),
        who=contact.name if contact else ticket.fact("contact") or scene.t("brief.visitor"),
        company=contact.company(scene.language) if contact else "",
        words=ticket.description,
        lang=ticket.language,
        source_words=scene.t(f"morning.source.{_door(ticket)}", at=scene.at(ticket.opened_at)),
        at_iso=scene.iso(ticket.opened_at),
        line_words=lines.get(ticket.id, ""),
        due=due_of(scene, ticket),
        owes_words=scene.t(f"promise.{ticket.owes}"),
        recordings=players_of(scene, ticket, spoken),
        back=None if item.outcome else back_of(scene, back, refused),
        outcome_words=scene.t(f"morning.outcome.{item.outcome}") if item.outcome else "",
    )


def _door(ticket: Ticket) -> str:
    return _DOORS.get(ticket.source.partition(":")[0], "chat")
