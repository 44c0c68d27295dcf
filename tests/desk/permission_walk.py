"""The walk: everybody asks for everything that the desk has, and what comes of it is told.

Who is expected to be let in says the table (`desk/permissions.py`) by its audiences; who of the
people is meant by an audience says `AUDIENCES`, and not what the desk does with a token.
"""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from aiohttp import ClientTimeout, DummyCookieJar, FormData, WSMsgType, web
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.typedefs import Middleware

from desk import permissions
from desk.app import make_app
from desk.permissions import HEARD, JOINING, ROUTES, SAID
from hotline import access
from hotline.conversations.service import start
from hotline.core import Hotline, open_hotline
from hotline.partners import sessions
from hotline.partners.rows import ContactRow
from hotline.partners.service import Contact
from hotline.permissions import IMPORTERS, ROLES
from hotline.privacy.erasing import erase_contact
from hotline.settings import Settings
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff, add_staff
from hotline.tickets.opening import NewTicket, open_ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, contact_of
from tests.desk.engine_double import EngineDouble
from tests.desk.people import bearer, new_id
from tests.desk.permission_people import (
    CONTACTS,
    ERASED,
    GONE,
    IN_SESSION,
    NOTHING,
    NOWHERE,
    OWING,
    VISITORS,
    Everybody,
    Person,
    Place,
)

# Who handles tickets, by role; an administrator looks after the people only.
HANDLERS = ("specialist", "engineer", "channel_manager", "lead")
# What nobody but those who may should ever read.
SECRET = "Zebra-7431 開不了機"
_WITHIN = ClientTimeout(total=20)
_CHAT_API = "/api/conversations/{id}"

Admits = Callable[[Person, Place], bool]
AUDIENCES: dict[str, Admits] = {
    permissions.ANYBODY.name: lambda _who, _where: True,
    permissions.SPEAKER.name: lambda who, where: who.speaks == where.whose,
    permissions.SPEAKER_OR_CONTACT.name: lambda who, where: (
        who.speaks == where.whose
        or (where.whose == CONTACTS and who.vouched_for == CONTACT)
        or (where.whose in (CONTACTS, IN_SESSION) and who.signed_in == CONTACT and not who.token)
    ),
    permissions.SIGNED_IN.name: lambda who, _where: who.signed_in is not None,
    permissions.JOINING.name: lambda who, where: (
        who.signed_in is not None and who.names == where.whose
    ),
    permissions.STAFF_SELF.name: lambda who, _where: who.at_console is not None,
    permissions.STAFF.name: lambda who, _where: who.console is not None,
    permissions.HANDLER.name: lambda who, _where: who.console in HANDLERS,
    permissions.AUDITOR.name: lambda who, _where: who.console in ("lead", "administrator"),
    permissions.ADMINISTRATOR.name: lambda who, _where: who.console == "administrator",
    permissions.PLANNER.name: lambda who, _where: who.console == "lead",
    permissions.LABELLER.name: lambda who, _where: who.console in ("engineer", "lead"),
    permissions.STAFF_PROGRAM.name: lambda who, _where: who.program in HANDLERS,
    permissions.SOURCE.name: lambda _who, _where: False,  # none of them is another system
    permissions.staff_program(*IMPORTERS).name: lambda who, _where: (
        who.program in ("channel_manager", "lead")
    ),
}


@dataclass(frozen=True)
class Step:
    """One question: of whom, where, whether the tables let them in, and whether it was done.

    `answer` is what came back, `unknown` what comes to the same question about what does not exist.
    `column` is where the table has this person, `noted` whether the journal has what it must have.
    """

    line: str
    audience: str
    who: str
    column: str
    whose: str
    expected: bool
    admitted: bool
    answer: str
    unknown: str | None = None
    noted: bool = True

    @property
    def is_right(self) -> bool:
        alike = self.admitted or self.unknown in (None, self.answer) or self.is_told_of_erasing
        return self.admitted == self.expected and alike and self.noted and not self.tells

    @property
    def is_told_of_erasing(self) -> bool:
        """Whoever has the conversation's own token hears that all of it is erased."""
        return self.answer == "closed 4410" and "erased" in self.who

    @property
    def tells(self) -> bool:
        """Whether somebody who was refused reads what is not theirs."""
        return not self.admitted and ("Zebra" in self.answer or "yichun" in self.answer)


@dataclass(frozen=True)
class Desk:
    """A desk that notes which questions have come through to a handler."""

    client: TestClient[Any, Any]
    hotline: Hotline
    reached: list[str]
    everybody: Everybody

    def places(self, pattern: str) -> list[Place]:
        """Where it makes a difference whose it is: in the chat; elsewhere one does for all."""
        places = self.everybody.places
        return list(places.values()) if pattern.startswith(_CHAT_API) else [places[CONTACTS]]


@asynccontextmanager
async def served(
    settings: Settings, middleware: Middleware | None = None
) -> AsyncIterator[tuple[TestClient[Any, Any], Hotline]]:
    """A desk over a seeded database, with the engine's double behind it; keeps no cookies."""
    engine = EngineDouble(settings.secrets.engine.get_secret_value())
    async with TestServer(engine.app()) as server, open_hotline(settings) as hotline:
        wired = settings.engine.model_copy(update={"url": str(server.make_url("")).rstrip("/")})
        app = make_app(settings.model_copy(update={"engine": wired}))
        if middleware:
            app.middlewares.append(middleware)
        async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
            yield client, hotline
        engine.closing.set()


@asynccontextmanager
async def opened_desk(settings: Settings) -> AsyncIterator[Desk]:
    """A desk with somebody else's things in it, and everybody before it."""
    reached: list[str] = []

    @web.middleware
    async def noting(request: web.Request, handler: permissions.Handler) -> web.StreamResponse:
        if request.match_info.route.resource is not None:
            reached.append(request.path)
        return await handler(request)

    async with served(settings, noting) as (client, hotline):
        await _add_gone(hotline)
        contacts = {
            email: await contact_of(hotline, email)
            for email in (CONTACT, COLLEAGUE, OTHER_COMPANY, GONE)
        }
        whose = {CONTACTS: CONTACT, IN_SESSION: CONTACT, VISITORS: None, ERASED: GONE}
        places = {
            place: await _place(hotline, client, place, contacts[email] if email else None)
            for place, email in whose.items()
        }
        await erase_contact(hotline, GONE, also_open=True)
        staff = {role: await _member(hotline, role) for role in ROLES}
        staff[OWING] = await _member(hotline, "lead", OWING)
        async with hotline.database.write() as session:
            row = await session.get_one(StaffRow, staff[OWING].id)
            row.temporary_until = hotline.now() + timedelta(days=1)
        yield Desk(client, hotline, reached, Everybody(hotline, places, staff, contacts))


async def walk(desk: Desk) -> list[Step]:
    """Everything that can be asked, by everybody."""
    everybody = [who async for who in desk.everybody.people()]
    steps = []
    for socket, kind in HEARD:
        steps += await _tell_all(desk, socket, kind, everybody)
    # What is posted may end their sessions; whoever joins a conversation makes it another one.
    for line in sorted(ROUTES, key=lambda line: (ROUTES[line] is JOINING, line.startswith("POST"))):
        steps += await _ask_all(desk, line, everybody)
    return steps


async def _ask_all(desk: Desk, line: str, everybody: list[Person]) -> list[Step]:
    method, pattern = line.split()
    audience = ROUTES[line]
    admits = _admits(audience.name)
    steps = []
    for place in desk.places(pattern):
        async for who in _asking(desk, method, place, everybody):
            desk.reached.clear()
            answer = await _answer(desk, method, place.path(pattern), who)
            admitted = bool(desk.reached)
            unknown = None
            # Whoever has a token for just this conversation may learn that its session is over.
            if not admitted and "{" in pattern and who.names != place.whose:
                unknown = await _answer(desk, method, NOWHERE.path(pattern), who)
                unknown = _alike(unknown, NOWHERE)
                answer = _alike(answer, place)
            steps.append(
                Step(line, audience.name, who.name, who.column, place.whose, admits(who, place),
                     admitted, answer, unknown)
            )  # fmt: skip
    return steps


async def _asking(
    desk: Desk, method: str, place: Place, everybody: list[Person]
) -> AsyncIterator[Person]:
    """Whoever posts has a session begun just now: one of those before may have ended it."""
    if method == "POST":
        everybody = []
        async for who in desk.everybody.people():
            if _is_at(who, place):
                yield who
    for who in everybody:
        if _is_at(who, place):
            yield who


def _is_at(who: Person, place: Place) -> bool:
    """What is forged names the contact's conversation; at others it is one more wrong token."""
    return who.column != NOTHING or place.whose == CONTACTS


async def _answer(desk: Desk, method: str, path: str, who: Person) -> str:
    """Status, where it leads, and the words."""
    wish: dict[str, Any] = {}
    if method == "POST":
        wish = {"json": {"id": new_id()}} if path.startswith("/api/") else {"data": {"text": "x"}}
    async with desk.client.request(
        method, path, headers=who.headers, allow_redirects=False, timeout=_WITHIN, **wish
    ) as answer:
        body = await answer.read()
        leads = answer.headers.get("Location", "")
        return f"{answer.status} {leads} {body.decode(errors='replace')}"


def _alike(answer: str, place: Place) -> str:
    """`answer` with nothing in it that was in the question."""
    for said in (place.id, place.number, place.file):
        answer = answer.replace(said, "…")
    return answer


async def _tell_all(desk: Desk, socket: str, kind: str, everybody: list[Person]) -> list[Step]:
    audience = HEARD[socket, kind]
    admits = _admits(audience.name)
    steps = []
    for place in desk.places(socket):
        for who in everybody:
            if not _is_at(who, place):
                continue
            told = await _told(desk, place.path(socket), who, kind, socket)
            unknown = await _told(desk, NOWHERE.path(socket), who, kind, socket)
            admitted = "closed" not in told
            steps.append(
                Step(f"{socket} hears {kind}", audience.name, who.name, who.column, place.whose,
                     admits(who, place), admitted, " ".join(told),
                     None if admitted else " ".join(unknown))
            )  # fmt: skip
    return steps


async def _told(desk: Desk, path: str, who: Person, kind: str, socket: str) -> list[str]:
    """The kinds of the frames that come to the first frame, and to one of `kind` after it."""
    told: list[str] = []
    async with desk.client.ws_connect(path, headers=who.headers) as live:
        await live.send_json({"token": who.token, "after": 0})
        if kind != "first":
            await live.send_json({"type": kind, "id": new_id(), "text": "x"})
        wanted = {"first": {"hello", "entry"}, "message": {"stored"}}[kind]
        while not wanted & set(told):
            frame = await live.receive(timeout=10)
            if frame.type is not WSMsgType.TEXT:
                return [*told, "closed", str(live.close_code)]
            said = json.loads(frame.data)["type"]
            assert (socket, said) in SAID, f"say who hears {said} in SAID of desk/permissions.py"
            told.append(said)
    return sorted(set(told))


def _admits(audience: str) -> Admits:
    assert audience in AUDIENCES, (
        f"say in AUDIENCES of tests/desk/permission_walk.py who is meant by {audience!r}"
    )
    return AUDIENCES[audience]


async def _place(
    hotline: Hotline, client: TestClient[Any, Any], whose: str, contact: Contact | None
) -> Place:
    conversation, _greeting = await start(hotline, contact, needs_session=whose == IN_SESSION)
    request = NewTicket(uuid4().hex, "technical_hardware", SECRET, 3)
    ticket = await open_ticket(hotline, conversation.id, request)
    partner = None
    if contact is not None and whose == IN_SESSION:
        partner = await sessions.begin(hotline, contact, sessions.CODE, "")
    token = access.conversation_token(hotline, conversation.id, partner)
    form = FormData({"id": new_id(), "text": SECRET})
    form.add_field("file", SECRET.encode(), filename="Zebra.txt", content_type="text/plain")
    async with client.post(
        f"/api/conversations/{conversation.id}/messages", data=form, headers=bearer(token)
    ) as answer:
        [said, *_] = (await answer.json())["messages"]
    return Place(whose, conversation.id, ticket.number, said["file"]["id"])


async def _add_gone(hotline: Hotline) -> None:
    async with hotline.database.write() as session:
        session.add(
            ContactRow(
                partner_id="P-1001",
                name="Zebra Gone",
                email=GONE,
                language="zh-TW",
                roles=["owner"],
            )
        )


async def _member(hotline: Hotline, role: str, name: str = "") -> Staff:
    return await add_staff(
        hotline.database,
        email=f"{name or role}@hotline.example",
        name=name or role,
        name_en=name or role,
        role=role,
        queues=("technical",),
        password="a-password-of-the-walk",
    )
