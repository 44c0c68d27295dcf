"""Who asks in the walk: everybody, with what they have in hand and what that is good for."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta

import jwt
from sqlalchemy import update

from desk.sessions import PARTNER_COOKIE, STAFF_COOKIE
from hotline import access
from hotline.core import Hotline
from hotline.partners import sessions
from hotline.partners.rows import PartnerSessionRow
from hotline.partners.service import Contact
from hotline.partners.sessions import PartnerSession
from hotline.staff import sessions as staff_sessions
from hotline.staff.service import Staff
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY
from tests.desk.people import bearer
from wording import ticket_number

NEVER_ISSUED, NO_ID = ticket_number.write(2026, 999_999), "0" * 32
# A contact of the first company who is erased before the walk begins.
GONE = "gone@heguang.example"
# Whose conversation it is. One that was begun signed in needs a session of its contact.
CONTACTS, IN_SESSION, VISITORS, ERASED = "contact", "session", "visitor", "erased"
# What stands for the parts of a path, where it is not the conversation, ticket and file at stake.
PARTS = {"kind": "partners", "act": "add", "message": "1", "member": "1", "call": "1",
         "partner": "P-1001"}  # fmt: skip
# On the own page and on the page of the hours; elsewhere in the console each has a note.
_FORMS_ON = {
    "/my/": "answer",
    "/console/hours/": "week",
    "/console/incoming/": "junk",
    "/console/{form}": "bulk",
    "/console/me/": "password",
    "/console/people/": "change",
    "/console/undelivered/": "again",
}
# What somebody has who has nothing to show for it: one column of the table.
NO_MORE = "token or cookie whose session is over, missing or another's"
NOTHING = "token or cookie that is forged, expired or for something else"
# A lead with a temporary password: their own account is all that is open to them.
OWING = "owing"
WAS_ERASED = "contact who was erased, by whatever they had"
_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Place:
    """A conversation, a ticket that was opened in it, and a file."""

    whose: str
    id: str
    number: str
    file: str

    def path(self, pattern: str) -> str:
        form = next((form for page, form in _FORMS_ON.items() if pattern.startswith(page)), "note")
        own = {"id": self.id, "number": self.number, "file": self.file, "form": form, **PARTS}
        missing = set(_PART.findall(pattern)) - set(own)
        assert not missing, f"say in PARTS what stands for {missing} in {pattern}"
        return _PART.sub(lambda part: own[part[1]], pattern)


NOWHERE = Place("nobody's", NO_ID, NEVER_ISSUED, NO_ID)


@dataclass(frozen=True)
class Person:
    """Somebody with what they have in hand, and what that is good for."""

    name: str
    column: str  # of the table; whoever has the same there is let in alike
    token: str = ""
    partner_cookie: str = ""
    staff_cookie: str = ""
    speaks: str | None = None  # in whose conversation the token lets them speak
    names: str | None = None  # whose conversation the token is for, if its session is over too
    vouched_for: str | None = None  # the contact for whom a portal's token speaks
    signed_in: str | None = None  # the contact of the partner's cookie
    console: str | None = None  # the role of the one who is signed in at the console
    at_console: str | None = None  # the same, also of one who owes a password
    program: str | None = None  # the role of the one whose API token it is

    @property
    def headers(self) -> dict[str, str]:
        cookies = {PARTNER_COOKIE: self.partner_cookie, STAFF_COOKIE: self.staff_cookie}
        sent = "; ".join(f"{name}={token}" for name, token in cookies.items() if token)
        return (bearer(self.token) if self.token else {}) | ({"Cookie": sent} if sent else {})


@dataclass(frozen=True)
class Everybody:
    """All of them, over the places of a walk. `contacts` has the erased one as they were before."""

    hotline: Hotline
    places: dict[str, Place]
    staff: dict[str, Staff]
    contacts: dict[str, Contact]

    async def people(self) -> AsyncIterator[Person]:
        """Each with a session begun just now: what one does ends nobody else's."""
        yield Person("nobody", "nobody")
        async for person in self._by_token():
            yield person
        async for person in self._by_cookie():
            yield person
        async for person in self._by_both():
            yield person
        for email in (CONTACT, COLLEAGUE, OTHER_COMPANY):
            token = access.partner_token(self.hotline, self.contacts[email])
            column = "contact, by a portal" if email == CONTACT else "others, by a portal"
            yield Person(f"{email} by a portal", column, token, vouched_for=email)
        async for person in self._erased():
            yield person
        async for person in self._of_staff():
            yield person
        for person in self._forged():
            yield person
        lead = await self._console("lead")
        yield Person("console session as API token", NOTHING, lead, partner_cookie=lead)

    async def _by_token(self) -> AsyncIterator[Person]:
        yield self._speaker("visitor, by the chat's token", VISITORS)
        yield Person("visitor of another", NOTHING, self._token("x" * 32))
        yield self._speaker("contact, by the chat's token", CONTACTS)
        mine = await self._begun(CONTACT)
        yield self._speaker("contact, by the token of a chat begun signed in", IN_SESSION, mine)
        conversation = self.places[IN_SESSION].id
        for name, token in (
            ("token without its session", self._token(conversation)),
            ("token, session ended", self._token(conversation, await self._ended(CONTACT))),
            ("token, session run out", self._token(conversation, await self._run_out(CONTACT))),
            ("token, a colleague's session",
             self._token(conversation, await self._begun(COLLEAGUE))),
        ):  # fmt: skip
            yield Person(name, NO_MORE, token, names=IN_SESSION)
        theirs = self._token(self.places[CONTACTS].id, await self._begun(OTHER_COMPANY))
        yield Person("token, another company's session", NO_MORE, theirs, names=CONTACTS)

    async def _by_cookie(self) -> AsyncIterator[Person]:
        for email, column in (
            (CONTACT, "contact, signed in"),
            (COLLEAGUE, "others, signed in"),
            (OTHER_COMPANY, "others, signed in"),
        ):
            cookie = self._cookie(await self._begun(email))
            yield Person(f"{email} signed in", column, partner_cookie=cookie, signed_in=email)
        contact, other = self.contacts[CONTACT], self.contacts[OTHER_COMPANY]
        theirs = (await self._begun(OTHER_COMPANY)).id
        audience = access.PARTNER_SESSION
        for name, cookie in (
            ("cookie, session ended", self._cookie(await self._ended(CONTACT))),
            ("cookie, session run out", self._cookie(await self._run_out(CONTACT))),
            ("cookie without a session id", access.issue(self.hotline, audience, str(contact.id))),
            (
                "cookie, another's session id",
                access.issue(self.hotline, audience, str(contact.id), session=theirs),
            ),
            (
                "cookie, a session nobody began",
                access.issue(self.hotline, audience, str(other.id), session="f" * 32),
            ),
        ):
            yield Person(name, NO_MORE, partner_cookie=cookie)

    async def _by_both(self) -> AsyncIterator[Person]:
        """A conversation's token beside a session, as a page has them that has just signed in."""
        for name, column, email, whose in (
            ("visitor who signed in", "visitor who has signed in beside the chat", CONTACT,
             VISITORS),
            ("contact, token and session", "contact, signed in and with the chat's token", CONTACT,
             CONTACTS),
            ("another company signed in", "another company, signed in, with the contact's token",
             OTHER_COMPANY, CONTACTS),
        ):  # fmt: skip
            cookie = self._cookie(await self._begun(email))
            token = self._token(self.places[whose].id)
            yield Person(name, column, token, cookie, speaks=whose, names=whose, signed_in=email)
        again = self._cookie(await self._begun(CONTACT))
        yield Person(
            "signed in anew, the token's session over",
            "contact, signed in anew, with the token of before",
            self._token(self.places[IN_SESSION].id, await self._ended(CONTACT)), again,
            names=IN_SESSION, signed_in=CONTACT,
        )  # fmt: skip
        mine = self._cookie(await self._begun(CONTACT))
        yield Person("signed in, an erased one's token", "others, signed in",
                     self._token(self.places[ERASED].id), mine, signed_in=CONTACT)  # fmt: skip
        over = self._cookie(await self._ended(CONTACT))
        yield Person(
            "visitor, the cookie's session over", "visitor, by the chat's token, once signed in",
            self._token(self.places[VISITORS].id), over, speaks=VISITORS, names=VISITORS,
        )  # fmt: skip

    async def _erased(self) -> AsyncIterator[Person]:
        """Also with a session that was begun at the very moment of the erasing."""
        gone, column = self.contacts[GONE], WAS_ERASED
        late = await self._begun(GONE)
        conversation = self.places[ERASED].id
        yield Person("erased, by a portal", column, access.partner_token(self.hotline, gone))
        yield Person("erased, cookie", column, partner_cookie=self._cookie(late))
        yield Person("erased, token", column, self._token(conversation), names=ERASED)
        yield Person("erased, token of a session", column, self._token(conversation, late))
        yield Person("erased, token and cookie", column, self._token(conversation),
                     self._cookie(late), names=ERASED)  # fmt: skip

    async def _of_staff(self) -> AsyncIterator[Person]:
        for role, staff in self.staff.items():
            session = await self._console(role)
            if role == OWING:
                name = "lead with a temporary password, at the console"
                yield Person(name, name, staff_cookie=session, at_console="lead")
                continue
            column = f"{role if role in ('lead', 'administrator') else 'staff'} at the console"
            yield Person(f"{role} at the console", column, staff_cookie=session, console=role,
                         at_console=role)  # fmt: skip
            program = access.issue(self.hotline, access.STAFF_API, str(staff.id))
            yield Person(f"program of {role}", f"program of {role}", program, program=role)

    def _forged(self) -> Iterator[Person]:
        """Tokens that are good for something else, or for nothing: tried everywhere."""
        lead, contact = self.staff["lead"], self.contacts[CONTACT]
        conversation = self.places[CONTACTS].id
        now = self.hotline.now()
        own = self.hotline.settings.secrets.jwt_key.get_secret_value()
        portal = self.hotline.settings.secrets.partner_token.get_secret_value()
        soon, past = now + timedelta(hours=1), now - timedelta(minutes=1)
        for_conversation = {"aud": access.CONVERSATION, "sub": conversation}
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
            "wrong audience": ({"aud": "else", "sub": conversation, "exp": soon}, own, "HS256"),
        }  # fmt: skip
        for name, (claims, key, algorithm) in others.items():
            token = jwt.encode(claims, key, algorithm=algorithm)  # type: ignore[arg-type]  # none: no key
            yield Person(name, NOTHING, token, token, token)
        elsewhere = self._token(conversation)
        yield Person("conversation token as cookie", NOTHING, "", elsewhere, elsewhere)
        program = access.issue(self.hotline, access.STAFF_API, str(lead.id))
        yield Person("API token as console session", NOTHING, "", program, program)

    def _speaker(self, name: str, whose: str, partner: PartnerSession | None = None) -> Person:
        token = self._token(self.places[whose].id, partner)
        return Person(name, name, token, speaks=whose, names=whose)

    def _token(self, conversation_id: str, partner: PartnerSession | None = None) -> str:
        return access.conversation_token(self.hotline, conversation_id, partner)

    def _cookie(self, partner: PartnerSession) -> str:
        return access.session_token(self.hotline, partner)

    async def _begun(self, email: str) -> PartnerSession:
        return await sessions.begin(self.hotline, self.contacts[email], sessions.PORTAL, "")

    async def _ended(self, email: str) -> PartnerSession:
        partner = await self._begun(email)
        assert await sessions.end(self.hotline, partner.contact, partner.id)
        return partner

    async def _run_out(self, email: str) -> PartnerSession:
        """The row has run out; the token would be good for hours."""
        partner = await self._begun(email)
        async with self.hotline.database.write() as session:
            await session.execute(
                update(PartnerSessionRow)
                .where(PartnerSessionRow.id == partner.id)
                .values(ends_at=self.hotline.now())
            )
        return partner

    async def _console(self, role: str) -> str:
        own = await staff_sessions.begin(self.hotline, self.staff[role], "")
        return access.staff_session_token(self.hotline, own)
