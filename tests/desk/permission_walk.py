"""The walk: everybody asks for everything that the desk has, and what comes of it is told.

Who is expected to be let in says the table (`desk/permissions.py`) by its audiences; who of the
people here is meant by an audience says `AUDIENCES`, and not what the desk does with a token.
"""

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
from aiohttp import ClientTimeout, DummyCookieJar, FormData, WSMsgType, web
from aiohttp.test_utils import TestClient, TestServer

from desk import permissions
from desk.app import make_app
from desk.permissions import HEARD, ROUTES, SAID
from desk.sessions import PARTNER_COOKIE, STAFF_COOKIE
from hotline import access
from hotline.conversations.service import start
from hotline.core import Hotline, open_hotline
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.staff.service import ROLES, Staff, add_staff
from hotline.tickets.opening import NewTicket, open_ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, contact_of
from tests.desk.engine_double import EngineDouble
from tests.desk.people import bearer, new_id
from wording import ticket_number

# What nobody but those who may should ever read.
SECRET = "Zebra-7431 開不了機"
NEVER_ISSUED, NO_ID = ticket_number.write(2026, 999_999), "0" * 32
CONTACTS, VISITORS = "of a contact", "of a visitor"
# What stands for the parts of a path, where it is not the conversation, ticket and file at stake.
PARTS = {"form": "reply", "kind": "partners"}
_PART = re.compile(r"\{(\w+)\}")
_WITHIN = ClientTimeout(total=20)


@dataclass(frozen=True)
class Place:
    """A conversation, a ticket that was opened in it, and a file."""

    whose: str
    id: str
    number: str
    file: str

    def path(self, pattern: str) -> str:
        own = {"id": self.id, "number": self.number, "file": self.file, **PARTS}
        missing = set(_PART.findall(pattern)) - set(own)
        assert not missing, f"say in PARTS what stands for {missing} in {pattern}"
        return _PART.sub(lambda part: own[part[1]], pattern)


NOWHERE = Place("nobody's", NO_ID, NEVER_ISSUED, NO_ID)


@dataclass(frozen=True)
class Person:
    """Somebody with what they have in hand, and what that is good for."""

    name: str
    token: str = ""
    partner_cookie: str = ""
    staff_cookie: str = ""
    speaks: str | None = None  # whose conversation the token is for
    vouched_for: str | None = None  # the contact for whom a portal's token speaks
    signed_in: str | None = None  # the contact of the partner's cookie
    console: str | None = None  # the role of the one who is signed in at the console
    program: str | None = None  # the role of the one whose API token it is

    @property
    def headers(self) -> dict[str, str]:
        cookies = {PARTNER_COOKIE: self.partner_cookie, STAFF_COOKIE: self.staff_cookie}
        sent = "; ".join(f"{name}={token}" for name, token in cookies.items() if token)
        return (bearer(self.token) if self.token else {}) | ({"Cookie": sent} if sent else {})


Admits = Callable[[Person, Place], bool]
AUDIENCES: dict[str, Admits] = {
    permissions.ANYBODY.name: lambda _who, _where: True,
    permissions.SPEAKER.name: lambda who, where: who.speaks == where.whose,
    permissions.SPEAKER_OR_CONTACT.name: lambda who, where: (
        who.speaks == where.whose or (where.whose == CONTACTS and who.vouched_for == CONTACT)
    ),
    "signed-in contact": lambda who, _where: who.signed_in is not None,
    permissions.STAFF.name: lambda who, _where: who.console is not None,
    permissions.STAFF_PROGRAM.name: lambda who, _where: who.program is not None,
    permissions.staff_program("channel_manager", "lead").name: lambda who, _where: (
        who.program in ("channel_manager", "lead")
    ),
}


@dataclass(frozen=True)
class Step:
    """One question: of whom, where, whether the table lets them in, and whether the desk did.

    `answer` is what came back, `unknown` what comes to the same question about what does not exist.
    """

    line: str
    audience: str
    who: str
    whose: str
    expected: bool
    admitted: bool
    answer: str
    unknown: str | None = None

    @property
    def is_right(self) -> bool:
        alike = self.admitted or self.unknown in (None, self.answer)
        return self.admitted == self.expected and alike and not self.tells

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
    places: tuple[Place, ...]
    staff: dict[str, Staff]
    contacts: dict[str, Contact]

    async def people(self) -> list[Person]:
        """Everybody, with fresh tokens: what one does ends nobody else's session."""
        async with self.hotline.database.read() as session:
            sessions = {
                role: await access.staff_session(self.hotline, session, staff)
                for role, staff in self.staff.items()
            }
        return list(self._people(sessions))

    def _people(self, sessions: dict[str, str]) -> Iterator[Person]:
        yield Person("nobody")
        contacts, visitors = self.places
        yield Person("visitor", self._conversation(visitors), speaks=VISITORS)
        yield Person("visitor of another", access.issue(self.hotline, "conversation", "x" * 32))
        yield Person("contact", self._conversation(contacts), speaks=CONTACTS)
        yield from self._by_portal()
        for role, staff in self.staff.items():
            yield Person(f"{role} at the console", staff_cookie=sessions[role], console=role)
            program = access.issue(self.hotline, access.STAFF_API, str(staff.id))
            yield Person(f"program of {role}", program, program=role)
        yield from self._foreign(contacts, sessions["lead"])

    def _by_portal(self) -> Iterator[Person]:
        for name, email in (
            ("contact", CONTACT),
            ("colleague", COLLEAGUE),
            ("other company", OTHER_COMPANY),
        ):
            contact = self.contacts[email]
            token = access.partner_token(self.hotline, contact)
            yield Person(f"{name} by a portal", token, vouched_for=email)
            cookie = access.issue(self.hotline, access.PARTNER_SESSION, str(contact.id))
            yield Person(f"{name} signed in", partner_cookie=cookie, signed_in=email)

    def _foreign(self, contacts: Place, session: str) -> Iterator[Person]:
        """Tokens that are good for something else, or for nothing: tried everywhere."""
        lead = self.staff["lead"]
        contact = self.contacts[CONTACT]
        now = self.hotline.now()
        own = self.hotline.settings.secrets.jwt_key.get_secret_value()
        portal = self.hotline.settings.secrets.partner_token.get_secret_value()
        soon, past = now + timedelta(hours=1), now - timedelta(minutes=1)
        for_conversation = {"aud": access.CONVERSATION, "sub": contacts.id}
        for_staff = {"aud": access.STAFF_API, "sub": str(lead.id)}
        for_console = {"aud": access.STAFF_SESSION, "sub": str(lead.id), "session": 1}
        vouches = {"sub": contact.email, "partner": contact.partner_id, "jti": "1"}
        others = {
            "conversation token, expired": (for_conversation | {"exp": past}, own, "HS256"),
            "conversation token, alg none": (for_conversation | {"exp": soon}, None, "none"),
            "conversation token, forged": (for_conversation | {"exp": soon}, "x" * 32, "HS256"),
            "conversation token, no end": (for_conversation, own, "HS256"),
            "conversation token, by a portal": (for_conversation | {"exp": soon}, portal, "HS256"),
            "staff token, expired": (for_staff | {"exp": past}, own, "HS256"),
            "staff token, alg none": (for_staff | {"exp": soon}, None, "none"),
            "staff token, of nobody": (for_staff | {"sub": "4711", "exp": soon}, own, "HS256"),
            "console session, expired": (for_console | {"exp": past}, own, "HS256"),
            "console session, alg none": (for_console | {"exp": soon}, None, "none"),
            "portal's token, expired": (vouches | {"exp": past}, portal, "HS256"),
            "portal's token, alg none": (vouches | {"exp": soon}, None, "none"),
            "portal's token, other company": (
                vouches | {"partner": "P-1002", "exp": soon}, portal, "HS256",
            ),
            "portal's token, signed by us": (vouches | {"exp": soon}, own, "HS256"),
            "wrong audience": ({"aud": "else", "sub": contacts.id, "exp": soon}, own, "HS256"),
        }  # fmt: skip
        made = {
            name: jwt.encode(claims, key, algorithm=algorithm)  # type: ignore[arg-type]  # none: no key
            for name, (claims, key, algorithm) in others.items()
        }
        made["conversation token, elsewhere"] = self._conversation(contacts)
        for name, token in made.items():
            if name == "conversation token, elsewhere":
                yield Person(name, partner_cookie=token, staff_cookie=token)
            else:
                yield Person(name, token, token, token)
        yield Person("console session as API token", session, partner_cookie=session)
        program = access.issue(self.hotline, access.STAFF_API, str(lead.id))
        yield Person("API token as console session", "", program, program)

    def _conversation(self, place: Place) -> str:
        return access.issue(self.hotline, access.CONVERSATION, place.id)


@asynccontextmanager
async def opened_desk(settings: Settings) -> AsyncIterator[Desk]:
    """A desk over a seeded database, with somebody else's things in it."""
    engine = EngineDouble(settings.secrets.engine.get_secret_value())
    async with TestServer(engine.app()) as server, open_hotline(settings) as hotline:
        wired = settings.engine.model_copy(update={"url": str(server.make_url("")).rstrip("/")})
        app = make_app(settings.model_copy(update={"engine": wired}))
        reached: list[str] = []

        @web.middleware
        async def noting(request: web.Request, handler: permissions.Handler) -> web.StreamResponse:
            reached.append(request.path)
            return await handler(request)

        app.middlewares.append(noting)
        async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
            contacts = {
                email: await contact_of(hotline, email)
                for email in (CONTACT, COLLEAGUE, OTHER_COMPANY)
            }
            places = (
                await _place(hotline, client, CONTACTS, contacts[CONTACT]),
                await _place(hotline, client, VISITORS, None),
            )
            staff = {role: await _member(hotline, role) for role in ROLES}
            yield Desk(client, hotline, reached, places, staff, contacts)
        engine.closing.set()


async def walk(desk: Desk) -> list[Step]:
    """Everything that can be asked, by everybody."""
    steps = [step for line in ROUTES for step in await _ask_all(desk, line)]
    for socket, kind in HEARD:
        steps += await _tell_all(desk, socket, kind)
    return steps


async def _ask_all(desk: Desk, line: str) -> list[Step]:
    method, pattern = line.split()
    audience = ROUTES[line]
    admits = _admits(audience.name)
    places = desk.places if "{" in pattern else desk.places[:1]
    steps = []
    for place in places:
        for who in await desk.people():
            desk.reached.clear()
            answer = await _answer(desk, method, place.path(pattern), who)
            admitted = bool(desk.reached)
            unknown = None
            if not admitted and "{" in pattern:
                unknown = await _answer(desk, method, NOWHERE.path(pattern), who)
                unknown = _alike(unknown, NOWHERE)
                answer = _alike(answer, place)
            steps.append(
                Step(line, audience.name, who.name, place.whose, admits(who, place), admitted,
                     answer, unknown)
            )  # fmt: skip
    return steps


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


async def _tell_all(desk: Desk, socket: str, kind: str) -> list[Step]:
    audience = HEARD[socket, kind]
    admits = _admits(audience.name)
    steps = []
    for place in desk.places if "{" in socket else desk.places[:1]:
        for who in await desk.people():
            told = await _told(desk, place.path(socket), who, kind, socket)
            unknown = await _told(desk, NOWHERE.path(socket), who, kind, socket)
            admitted = "closed" not in told
            steps.append(
                Step(f"{socket} hears {kind}", audience.name, who.name, place.whose,
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
    conversation, _greeting = await start(hotline, contact)
    request = NewTicket(f"walk {whose}", "technical_hardware", SECRET, 3)
    ticket = await open_ticket(hotline, conversation.id, request)
    token = access.issue(hotline, access.CONVERSATION, conversation.id)
    form = FormData({"id": new_id(), "text": SECRET})
    form.add_field("file", SECRET.encode(), filename="Zebra.txt", content_type="text/plain")
    async with client.post(
        f"/api/conversations/{conversation.id}/messages", data=form, headers=bearer(token)
    ) as answer:
        [said, *_] = (await answer.json())["messages"]
    return Place(whose, conversation.id, ticket.number, said["file"]["id"])


async def _member(hotline: Hotline, role: str) -> Staff:
    return await add_staff(
        hotline.database,
        email=f"{role}@hotline.example",
        name=role,
        name_en=role,
        role=role,
        queues=("technical",),
        password="a-password-of-the-walk",
    )
