"""The whole line: action server, engine and desk as processes, and a Chromium in front of them."""

import os
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from deploy.line import Line, line_in
from deploy.ports import free_ports
from hotline.clock import LOOK_AGAIN_S, Clock
from tests.line.people import PartnerPage, StaffPage
from tests.line.portal import Portal, opened, origins_of
from tests.line.rows import Rows
from tests.line.staff_there import ALL_DAY, somebody_is_there_in
from tests.postgres import new_database

OPEN_HOURS = datetime.fromisoformat("2026-12-01T10:15:00+08:00")
# The matrices begin thousands of conversations as one contact, sooner or later by the machine.
NO_LIMIT_OF_A_CONTACT = {
    "HOTLINE_LIMITS__CONVERSATIONS_PER_10_MINUTES": "100000",
    "HOTLINE_LIMITS__MESSAGES_PER_10_MINUTES": "100000",
}
FRIDAY_NIGHT = datetime.fromisoformat("2026-12-04T22:40:00+08:00")


@pytest.fixture(scope="package")
def database_url() -> Iterator[str]:
    """A new PostgreSQL database, if TEST_LINE_DATABASE=postgres; else the line keeps a file."""
    database = os.environ.get("TEST_LINE_DATABASE") or "sqlite"
    assert database in ("sqlite", "postgres"), "TEST_LINE_DATABASE is sqlite or postgres"
    if database == "sqlite":
        yield ""
        return
    with new_database(os.environ["TEST_POSTGRES_URL"]) as url:
        yield url


@pytest.fixture(scope="package")
def a_portal() -> Iterator[Portal]:
    """A site of somebody else whose pages may carry the chat."""
    portal = Portal(*free_ports(1))
    with opened(portal):
        yield portal


# Both go with this folder: while Playwright runs, no test with an event loop of its own can.
@pytest.fixture(scope="package")
def line(
    tmp_path_factory: pytest.TempPathFactory, database_url: str, a_portal: Portal
) -> Iterator[Line]:
    folder = tmp_path_factory.mktemp("line")
    start, setting = OPEN_HOURS.isoformat(), origins_of(a_portal) | NO_LIMIT_OF_A_CONTACT | ALL_DAY
    with line_in(folder, clock=start, database_url=database_url, environment=setting) as running:
        a_portal.hotline = running.url
        somebody_is_there_in(running.settings)
        yield running


@pytest.fixture
def at(line: Line) -> Any:
    """Sets the clock of the running line; every test says when it takes place."""

    def set_clock(moment: datetime) -> None:
        Clock(line.settings.clock_file, line.settings.env).set(moment)
        somebody_is_there_in(line.settings)
        time.sleep(LOOK_AGAIN_S)  # by then every process has looked at the clock again

    return set_clock


@pytest.fixture(scope="package")
def browser(line: Line) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["TEST_CHROMIUM"],
            args=["--no-sandbox", "--disable-gpu"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser, line: Line) -> Iterator[Any]:
    """Makes browser contexts; any error that a page's script throws fails the test."""
    opened: list[BrowserContext] = []
    faults: list[str] = []

    def make(width: int, height: int, **wishes: Any) -> BrowserContext:
        wishes.setdefault("locale", "zh-TW")
        context = browser.new_context(
            base_url=line.url, viewport={"width": width, "height": height}, **wishes
        )
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert faults == []


@pytest.fixture
def partner(new_context: Any) -> PartnerPage:
    """The demonstration's contact on a phone."""
    return PartnerPage(new_context(390, 780).new_page())


@pytest.fixture
def staff(new_context: Any) -> StaffPage:
    return StaffPage(new_context(1440, 900).new_page())


@pytest.fixture
def rows(line: Line) -> Rows:
    """Asks the line's database directly: what is kept, whatever the pages show."""
    return Rows(line.settings.database_url)
