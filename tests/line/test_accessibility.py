"""Every page in both themes, languages and all widths: axe finds nothing, nothing goes sideways."""

import re
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.line.conftest import OPEN_HOURS
from tests.line.people import PartnerPage, StaffPage

pytestmark = [pytest.mark.line, pytest.mark.browser]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Strips and tables' frames, which are meant to be moved sideways with a finger.
STRIPS = ".tabs, .views, .filters, .records__frame, .article__table, .people__scroll"
# What can be moved sideways, and what is cut off there without an ellipsis to say so.
SIDEWAYS = """strips => [document.documentElement, ...document.body.querySelectorAll('*')]
  .filter(part => part.checkVisibility() && !part.matches(strips))
  .filter(part => part.scrollWidth > part.clientWidth)
  .filter(part => {
    const look = getComputedStyle(part);
    return part === document.documentElement
      || ['auto', 'scroll'].includes(look.overflowX)
      || ['hidden', 'clip'].includes(look.overflowX)
        && look.textOverflow !== 'ellipsis' && look.clipPath === 'none';
  })
  .map(part => `${part.tagName} ${part.className} ${part.scrollWidth} > ${part.clientWidth}`)"""
OWN_PAGES = (
    "/my", "/my/tickets/{number}", "/my/tickets/T26-000000-0", "/my/company", "/my/sessions",
    "/my/data",
)  # fmt: skip
WANTS_A_PERSON = {"zh-TW": "我要找專員", "en": "I want to talk to a person"}


@pytest.fixture(
    params=[
        (320, "light", "zh-TW"),
        (320, "dark", "en"),
        (360, "dark", "zh-TW"),
        (360, "light", "en"),
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


def test_the_way_in(look: Any) -> None:
    page = look().new_page()
    page.goto("/sign-in")
    _check(page)
    page.fill("[name=email]", "nobody")
    page.press("[name=email]", "Enter")
    expect(page.locator("[data-test=fault]")).to_be_visible()
    _check(page)
    page.fill("[name=email]", f"nobody-{uuid4().hex}@stranger.example")
    page.press("[name=email]", "Enter")
    page.wait_for_url("**/sign-in/code**")
    _check(page)


def test_the_partners_own_pages(look: Any) -> None:
    partner = PartnerPage(look().new_page())
    partner.enter()
    number = partner.report_outage()
    page = partner.page
    for path in OWN_PAGES:
        page.goto(path.format(number=number))
        _check(page)
    page.locator("[data-test=account]").click()
    expect(page.locator("[data-test=leave]")).to_be_visible()
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


def test_a_conversation_that_waits_and_that_a_person_takes(look: Any, rows: Any) -> None:
    context = look()
    partner = PartnerPage(context.new_page())
    partner.enter()
    speaker = partner.page.locator("[data-test=speaker-bar]")
    by_the_assistant = speaker.inner_text()
    partner.say(WANTS_A_PERSON[str(partner.page.locator("html").get_attribute("lang"))])
    expect(speaker).not_to_have_text(by_the_assistant)
    # By what was said last, as others may wait here since a later hour of another test's clock.
    [[waiting], *_] = rows("SELECT conversation_id FROM messages ORDER BY id DESC")
    _check(partner.page)

    page = context.new_page()
    StaffPage(page).sign_in()
    page.goto("/console/conversations")
    offer = page.locator(f"#chat-{waiting}")
    expect(offer).to_be_visible()
    _check(page)

    offer.locator("[data-test=take]").click()
    expect(page).to_have_url(re.compile(f"/console/conversations/{waiting}$"))
    expect(page.locator("[data-test=give-back]")).to_be_visible()
    _check(page)
    page.fill("[data-test=reply-text]", "您好 https://example.com/" + "a" * 120)
    page.click("[data-test=send-reply]")
    expect(partner.said_by("staff")).to_be_visible()
    _check(partner.page)
    _check(page)

    page.click("[data-test=give-back]")
    expect(page.locator("[data-test=give-back]")).to_have_count(0)
    _check(partner.page)


def _check(page: Page) -> None:
    # At the foot of a phone's page something is always half behind what stays there.
    page.add_style_tag(content=".nav, .waiting { position: static !important }")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS, STRIPS) == [], page.url
