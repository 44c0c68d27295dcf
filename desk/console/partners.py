"""A page of a partner company for staff: who they are, what is recorded, what they have with us."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.deadlines import due_of
from desk.console.door import scene_of
from desk.console.frame import frame_of
from desk.console.places import PARTNERS, partner_url, search_url
from desk.console.scene import Scene
from desk.console.views import CompanyHit, CompanyTicket, PartnerPage, PersonLine, SaidOnce
from desk.keys import PAGES
from desk.records.cards import CARDS
from desk.records.shapes import Card, Refused
from hotline import audit
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.partners import companies
from hotline.partners.reading import NoRole, read_as_staff
from hotline.partners.records import Company, Recorded
from hotline.partners.service import Contact
from hotline.permissions import ROLES
from hotline.tickets import of_company
from hotline.tickets.queries import open_tickets_of_company
from hotline.tickets.ticket import Ticket
from hotline.tickets.worklist import WORK_STATES
from hotline.words.figures import say_date

_MOST_OPEN = 20
# Of the company's card; the page's head says them.
_IN_HEAD = ("id", "types", "tier", "region", "status")


async def partner(request: web.Request) -> web.Response:
    """The company's page; looking at it is journalled."""
    scene, wanted = await scene_of(request), request.match_info["partner"]
    async with scene.hotline.database.read() as session:
        try:
            found = await companies.find(session, wanted)
        except NotFound:
            return await _no_such_partner(request, scene, wanted)
    await audit.viewed(scene.hotline, scene.staff, audit.PARTNER_VIEWED, partner=found.id)
    async with scene.hotline.database.read() as session:
        page = await partner_page(scene, session, found)
        frame = await frame_of(scene, session, "search", partner_url(found.id))
    return request.app[PAGES].render(request, "console/partner.html", frame=frame, page=page)


async def partner_page(scene: Scene, session: AsyncSession, found: Company) -> PartnerPage:
    people = await companies.people_of(session, found.id)
    tickets, every = await open_tickets_of_company(session, found.id, _MOST_OPEN)
    cards = [await _card(scene, session, found.id, *kind) for kind in CARDS]
    return PartnerPage(
        id=found.id,
        name=company_name(scene, found),
        line=company_words(scene, found),
        status=scene.pages.words(f"my.company.status.{found.status}", scene.language),
        people=tuple(_person(scene, one) for one in people),
        cards=tuple(card for card in cards if card.refused is None),
        refused=tuple(card for card in cards if card.refused is not None),
        open_tickets=tuple(_ticket(scene, one) for one in tickets),
        open_count=every,
        closed_tickets=tuple(
            _ticket(scene, one) for one in await of_company.closed_tickets(session, found.id)
        ),
        all_url=search_url(company_name(scene, found)),
        ratings=tuple(
            _said(scene, one.number, scene.t("brief.score", n=one.score), one.at, one.words)
            for one in await of_company.ratings(session, found.id)
        ),
        complaints=tuple(
            _said(
                scene,
                one.number,
                scene.t(f"partners.complaint_{'open' if one.is_open else 'closed'}"),
                one.at,
                one.subject,
            )
            for one in await of_company.complaints(session, found.id)
        ),
    )


async def hits(scene: Scene, session: AsyncSession, words: str) -> tuple[CompanyHit, ...]:
    """The companies that the words of a search name."""
    return tuple(
        CompanyHit(one.id, company_name(scene, one), company_words(scene, one), partner_url(one.id))
        for one in await companies.search(session, words)
    )


def company_name(scene: Scene, found: Company) -> str:
    return found.name_en if scene.language == "en" else found.name_zh


def company_words(scene: Scene, found: Company) -> str:
    """What the company is: types, tier, region."""
    return scene.t("brief.between").join(
        scene.hotline.words.partner(part, scene.language)
        for part in (*found.types, found.tier, found.region)
    )


@dataclass(frozen=True)
class _CardReader:
    """Cards are worded as on the company's own page: nobody reads other figures than they do."""

    scene: Scene

    @property
    def hotline(self) -> Hotline:
        return self.scene.hotline

    @property
    def language(self) -> str:
        return self.scene.language

    def t(self, key: str, **values: object) -> str:
        return self.scene.pages.words(f"my.{key}", self.language, **values)

    def day(self, day: date) -> str:
        return say_date(day, self.hotline.today(), self.language)


async def _card(
    scene: Scene,
    session: AsyncSession,
    partner_id: str,
    key: str,
    kind: type[Recorded],
    fill: Callable[[Any, Any], Card],
) -> Card:
    """The record laid out, or which roles read it."""
    reader = _CardReader(scene)
    title = reader.t(f"company.{key}.title")
    try:
        found = await read_as_staff(session, scene.staff.role, partner_id, kind)
    except NoRole as refused:
        roles = [scene.t(f"role.{role}") for role in ROLES if role in refused.fields["roles"]]
        said = scene.hotline.words.say("list_comma", scene.language).join(roles)
        return Card(key, title, refused=Refused(said))
    if not found:
        return Card(key, title, none=scene.t("partners.no_record"))
    card = fill(reader, found)
    in_head = {reader.t(f"company.company.{row}") for row in _IN_HEAD if key == "company"}
    return replace(card, rows=tuple(row for row in card.rows if row[0] not in in_head))


def _person(scene: Scene, one: Contact) -> PersonLine:
    words = scene.hotline.words
    roles = [words.say(f"role.{role}", scene.language) for role in one.roles]
    return PersonLine(
        one.name, words.say("list_comma", scene.language).join(roles), one.phone or "", one.email
    )


def _ticket(scene: Scene, one: Ticket) -> CompanyTicket:
    is_free = one.assignee is None and one.state in WORK_STATES
    return CompanyTicket(
        number=one.number,
        subject=one.subject,
        url=f"/console/tickets/{one.number}",
        severity=one.severity,
        severity_word=scene.severity(one),
        look="new" if is_free else one.state,  # type: ignore[arg-type]  # the database checks it
        state_word=scene.t(
            "state.unclaimed" if is_free and one.state == "open" else f"state.{one.state}"
        ),
        owner=scene.name(one.assignee) if one.assignee else scene.t("partners.nobody"),
        due=due_of(scene, one),
    )


def _said(scene: Scene, number: str, words: str, at: datetime, quote: str) -> SaidOnce:
    url = f"/console/tickets/{number}"
    return SaidOnce(number, url, words, scene.at(at), scene.iso(at), quote)


async def _no_such_partner(request: web.Request, scene: Scene, wanted: str) -> web.Response:
    async with scene.hotline.database.read() as session:
        frame = await frame_of(scene, session, "search", f"{PARTNERS}/{wanted}")
    return request.app[PAGES].render(
        request, "console/no_partner.html", frame=frame, wanted=wanted, status=404
    )
