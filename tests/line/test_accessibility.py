"""Every page in both themes at both widths: nothing that axe finds, nothing cut off sideways."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.line.conftest import OPEN_HOURS
from tests.line.people import PartnerPage, StaffPage

pytestmark = [pytest.mark.line, pytest.mark.browser]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(
    params=[
        (360, "light", "zh-TW"),
        (360, "dark", "en"),
        (1440, "dark", "zh-TW"),
        (1440, "light", "en"),
    ],
    ids=lambda param: "-".join(map(str, param)),
)
def look(request: pytest.FixtureRequest, new_context: Any, at: Any) -> Any:
    """Browser contexts of one width, theme and language; axe is no script of the page's own."""
    at(OPEN_HOURS)
    width, scheme, locale = request.param
    return lambda: new_context(
        width, 800, color_scheme=scheme, locale=locale, bypass_csp=True, reduced_motion="reduce"
    )


def test_the_chat_with_a_ticket(look: Any) -> None:
    partner = PartnerPage(look().new_page())
    partner.enter()
    _check(partner.page)
    partner.report_outage()
    partner.page.locator(".promise__why summary").click()
    _check(partner.page)
    opener = partner.page.locator("[data-tickets-open]")
    if opener.is_visible():
        opener.click()
        _check(partner.page)


def test_the_demonstrations_door_and_a_page_that_is_not_there(look: Any) -> None:
    page = look().new_page()
    for path in ("/demo", "/nowhere"):
        page.goto(path)
        _check(page)


def test_the_console(look: Any) -> None:
    context = look()
    partner = PartnerPage(context.new_page())
    partner.enter()
    number = partner.report_outage()
    page = context.new_page()
    page.goto("/console")
    _check(page)
    StaffPage(page).sign_in()
    _check(page)
    page.goto(f"/console/tickets/{number}")
    _check(page)
    page.click("[data-test=why]")
    _check(page)
    page.goto("/console/conversations")
    _check(page)
    page.locator("main a").first.click()
    _check(page)


def _check(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    width, window = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width <= window, f"{page.url} scrolls sideways: {width} px in {window}"
