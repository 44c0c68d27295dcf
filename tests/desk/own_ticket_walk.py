"""The walk over the own page's tickets: everybody who is signed in asks for everybody's.

The gate lets them all in; whose ticket it is, is decided behind it. Whether somebody is refused
shows by comparison with a number that was never issued, and in the journal.
"""

import re
from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

from aiohttp import ClientTimeout, FormData
from aiohttp.test_utils import TestClient

from desk.permissions import ROUTES
from desk.sessions import PARTNER_COOKIE
from hotline import access
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.journal import Entry, entries_after, last_entry_id
from hotline.partners import sessions
from hotline.settings import Settings
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, contact_of
from tests.core.desk_work import ticket_row
from tests.desk.people import bearer
from tests.desk.permission_people import NEVER_ISSUED, NO_ID
from tests.desk.permission_walk import SECRET, Step, served

TICKETS = "/my/tickets/{number}"
LINES = tuple(line for line in ROUTES if TICKETS in line)
# Leads from a form's own address to the ticket's page, whosever it is; there it is decided.
LEADS_ON = f"GET {TICKETS}/{{form}}"
FILE = f"GET {TICKETS}/files/{{file}}"
_WITHIN = ClientTimeout(total=20)
_FILE = re.compile(r"/files/([0-9a-f]{32})")


@dataclass(frozen=True)
class Asker:
    """Whoever asks for a ticket that `opener` opened (None: a visitor), under a setting."""

    name: str
    email: str
    opener: str | None
    sees: bool
    rule: Literal["own", "company"] = "company"
    address: str = ""  # in a visitor's ticket

    def is_let_in(self, line: str) -> bool:
        """Of a visitor's ticket the chat, with its files, is the visitor's alone."""
        return self.sees and line != LEADS_ON and not (line == FILE and self.opener is None)


ASKERS = (
    Asker("other company", OTHER_COMPANY, CONTACT, sees=False),
    Asker("other company, a visitor's", OTHER_COMPANY, None, sees=False, address=CONTACT),
    Asker("colleague under own", COLLEAGUE, CONTACT, sees=False, rule="own"),
    Asker("other company under own", OTHER_COMPANY, CONTACT, sees=False, rule="own"),
    Asker("who opened it", CONTACT, CONTACT, sees=True),
    Asker("colleague", COLLEAGUE, CONTACT, sees=True),
    Asker("visitor's, own address", COLLEAGUE, None, sees=True, address=COLLEAGUE),
    Asker("who opened it under own", COLLEAGUE, COLLEAGUE, sees=True, rule="own"),
    Asker("owner under own", CONTACT, COLLEAGUE, sees=True, rule="own"),
)


async def walk(settings: Settings) -> list[Step]:
    """Every line about a ticket, asked by everybody under both settings."""
    steps = []
    for rule in ("company", "own"):
        partners = settings.partners.model_copy(update={"colleagues_tickets": rule})
        async with served(settings.model_copy(update={"partners": partners})) as (client, hotline):
            steps += [
                await _ask(client, hotline, line, asker)
                for line in LINES
                for asker in ASKERS
                if asker.rule == rule
            ]
    return steps


async def _ask(client: TestClient[Any, Any], hotline: Hotline, line: str, asker: Asker) -> Step:
    ticket = await _opened(hotline, asker)
    file = await _attached(client, hotline, asker.opener, ticket) if line == FILE else NO_ID
    before = await ticket_row(hotline, ticket.number)
    cookie = await _cookie(hotline, asker.email)
    async with hotline.database.read() as session:
        known = await last_entry_id(session)
    told = await _told(client, line, ticket.number, file, cookie)
    tried = await _refusals(hotline, known)
    never = await _told(client, line, NEVER_ISSUED, NO_ID, cookie)
    after = await _refusals(hotline, known)
    admitted = told != never or await ticket_row(hotline, ticket.number) != before
    contact = await contact_of(hotline, asker.email)
    is_refusal = not (asker.sees or line == LEADS_ON)
    expected = [(ticket.id, contact.id)] if is_refusal else []
    return Step(
        line=line,
        audience="who sees the ticket",
        who=asker.name,
        column=asker.name,
        whose=asker.opener or "visitor",
        expected=asker.is_let_in(line),
        admitted=admitted,
        answer=told,
        unknown=never,
        noted=[(one.ticket_id, one.detail["contact"]) for one in tried] == expected
        and tried == after
        and all(set(one.detail) == {"tried", "contact"} for one in tried),
    )


async def _told(
    client: TestClient[Any, Any], line: str, number: str, file: str, cookie: dict[str, str]
) -> str:
    """Status, where it leads and the page, with nothing in it that was in the question."""
    method, pattern = line.split()
    path = pattern.format(number=number, file=file, form="close")
    form = {"id": str(uuid4()), "text": "x", "score": "5"} if method == "POST" else None
    async with client.request(
        method, path, headers=cookie, allow_redirects=False, timeout=_WITHIN, data=form
    ) as answer:
        page = (await answer.read()).decode(errors="replace")
        told = f"{answer.status} {answer.headers.get('Location', '')} {page}"
    return told.replace(number, "…").replace(file, "…")


async def _refusals(hotline: Hotline, known: int) -> list[Entry]:
    async with hotline.database.read() as session:
        entries = await entries_after(session, known)
    return [entry for entry in entries if entry.kind == "access.refused"]


async def _opened(hotline: Hotline, asker: Asker) -> Ticket:
    contact = await contact_of(hotline, asker.opener) if asker.opener else None
    conversation, _greeting = await start(hotline, contact)
    facts = {} if contact else {"email": {"value": asker.address, "status": "known"}}
    request = NewTicket(uuid4().hex, "technical_hardware", SECRET, 3, facts=facts)
    return await open_ticket(hotline, conversation.id, request)


async def _attached(
    client: TestClient[Any, Any], hotline: Hotline, opener: str | None, ticket: Ticket
) -> str:
    """The id of a file that was sent by whoever opened the ticket: a visitor in the chat, a
    contact on the ticket's page."""
    form = FormData({"id": str(uuid4()), "text": SECRET})
    form.add_field("file", SECRET.encode(), filename="Zebra.txt", content_type="text/plain")
    if opener is None:
        assert ticket.conversation_id is not None
        headers = bearer(access.conversation_token(hotline, ticket.conversation_id))
        said = f"/api/conversations/{ticket.conversation_id}/messages?wait=reply"
        async with client.post(said, data=form, headers=headers) as sent:
            return str((await sent.json())["messages"][0]["file"]["id"])
    headers, page = await _cookie(hotline, opener), f"/my/tickets/{ticket.number}"
    async with client.post(
        f"{page}/answer", data=form, headers=headers, allow_redirects=False
    ) as sent:
        assert sent.status == 303, await sent.text()
    async with client.get(page, headers=headers) as shown:
        [file] = set(_FILE.findall(await shown.text()))
    return str(file)


async def _cookie(hotline: Hotline, email: str) -> dict[str, str]:
    contact = await contact_of(hotline, email)
    partner = await sessions.begin(hotline, contact, sessions.CODE, "")
    return {"Cookie": f"{PARTNER_COOKIE}={access.session_token(hotline, partner)}"}
