"""A desk over a real database, with the engine's double behind it."""

import os
from collections.abc import AsyncIterator, Awaitable
from datetime import datetime, timedelta
from typing import Protocol

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, async_playwright

from desk.app import LONGEST_ADDRESS, make_app
from desk.keys import MAIL_PORT
from hotline import access
from hotline.core import Hotline, open_hotline
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.staff.service import Staff
from hotline.tickets.ticket import Ticket
from tests.conftest import (
    COLLEAGUE,
    CONTACT,
    ENGINEER,
    LEAD,
    TUESDAY_MORNING,
    begin_clock,
    contact_of,
    set_clock,
    staff_of,
)
from tests.core.desk_work import opened
from tests.desk.console_work import Work, sign_in, work_of_all
from tests.desk.engine_double import EngineDouble
from tests.desk.mail_relay import Relay, wired
from tests.desk.people import Chat, Client, StaffApi, enter

TURN_TIMEOUT_S = 0.5


class OpenDesk(Protocol):
    def __call__(self, settings: Settings, at: datetime | None = ...) -> Awaitable[Client]: ...


@pytest.fixture
async def engine(settings: Settings) -> AsyncIterator[EngineDouble]:
    double = EngineDouble(settings.secrets.engine.get_secret_value())
    server = TestServer(double.app())
    await server.start_server()
    double.url = str(server.make_url("")).rstrip("/")
    yield double
    double.closing.set()
    await server.close()


@pytest.fixture
async def open_desk(engine: EngineDouble) -> AsyncIterator[OpenDesk]:
    """Starts desks over given settings, with the double as their engine; stops them at the end."""
    clients: list[Client] = []

    async def start(settings: Settings, at: datetime | None = None) -> Client:
        if at is None:
            begin_clock(settings)
        else:
            set_clock(settings, at)
        wired = settings.engine.model_copy(
            update={"url": engine.url, "turn_timeout_s": TURN_TIMEOUT_S}
        )
        app = make_app(settings.model_copy(update={"engine": wired}))
        # Cookies for an address without a name, as browsers keep them too.
        server = TestServer(app)
        await server.start_server(max_line_size=LONGEST_ADDRESS)
        client = TestClient(server, cookie_jar=CookieJar(unsafe=True))
        await client.start_server()
        clients.append(client)
        return client

    yield start
    for client in clients:
        await client.close()


@pytest.fixture
async def client(open_desk: OpenDesk, settings: Settings) -> Client:
    return await open_desk(settings)


@pytest.fixture
async def a_month_ago(settings: Settings) -> AsyncIterator[Hotline]:
    """The same hotline with the clock of then: what it signs has expired by now."""
    past = settings.model_copy(update={"var_dir": settings.var_dir / "past"})
    set_clock(past, TUESDAY_MORNING - timedelta(days=31))
    async with open_hotline(past) as opened:
        yield opened


@pytest.fixture
async def partner_token(hotline: Hotline) -> str:
    return access.partner_token(hotline, await contact_of(hotline, CONTACT))


@pytest.fixture
async def chat(client: Client, partner_token: str) -> Chat:
    """A conversation of the demonstration's contact."""
    return await Chat.begin(client, partner_token)


@pytest.fixture
async def visitor(client: Client) -> Chat:
    return await Chat.begin(client)


@pytest.fixture
async def own(client: Client, hotline: Hotline) -> Client:
    """The browser of the demonstration's contact, signed in."""
    await enter(client, hotline)
    return client


@pytest.fixture
async def colleague(client: Client, hotline: Hotline) -> Client:
    await enter(client, hotline, COLLEAGUE)
    return client


@pytest.fixture
async def ticket(hotline: Hotline, contact: Contact) -> Ticket:
    return await opened(hotline, contact)


@pytest.fixture
async def console(client: Client) -> Client:
    """The browser of the engineer, signed in."""
    answer = await sign_in(client)
    assert (answer.status, answer.headers["Location"]) == (303, "/console")
    return client


@pytest.fixture
async def work(hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff) -> Work:
    return await work_of_all(hotline, contact, engineer, lead)


@pytest.fixture
async def engineer_api(client: Client, hotline: Hotline) -> StaffApi:
    return StaffApi(client, await staff_token(hotline, ENGINEER))


@pytest.fixture
async def lead_api(client: Client, hotline: Hotline) -> StaffApi:
    return StaffApi(client, await staff_token(hotline, LEAD))


async def staff_token(hotline: Hotline, email: str) -> str:
    return access.issue(hotline, access.STAFF_API, str((await staff_of(hotline, email)).id))


@pytest.fixture
async def relay(open_desk: OpenDesk, settings: Settings, hotline: Hotline) -> Relay:
    client = await open_desk(wired(settings))
    return Relay(client, hotline, client.app[MAIL_PORT])


@pytest.fixture
async def browser(client: Client) -> AsyncIterator[Browser]:
    """Closed before the desk, which would wait for its open pages."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=os.environ["TEST_CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        await chromium.close()
