"""The console in a browser, over the desk alone: signed in, and looked at for everybody."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.desk.people import PASSWORD, Client
from tests.line.test_accessibility import RULES, SIDEWAYS, STRIPS

LOOKS = pytest.mark.parametrize(
    ("width", "scheme", "locale"),
    [
        (360, "light", "zh-TW"),
        (360, "dark", "en"),
        (1440, "light", "zh-TW"),
        (1440, "dark", "en"),
    ],
)


async def signed_in(
    browser: Browser, client: Client, email: str, url: str, width: int = 1440, **wishes: Any
) -> Page:
    """A page of the console, open before that member of staff."""
    context = await browser.new_context(
        base_url=str(client.make_url("")),
        viewport={"width": width, "height": 900},
        bypass_csp=True,  # axe is no script of the page's own
        reduced_motion="reduce",
        **{"locale": "zh-TW", **wishes},
    )
    page = await context.new_page()
    await page.goto(f"/console/sign-in?next={url}")
    await page.fill("[name=email]", email)
    await page.fill("[name=password]", PASSWORD)
    await page.click("[type=submit]")
    await expect(page.locator("[data-page]")).to_be_visible()
    return page


async def check(page: Page) -> None:
    """Axe finds nothing, and nothing goes sideways."""
    # At the foot of a phone's page something is always half behind what stays there.
    await page.add_style_tag(content=".nav { position: static !important }")
    found = await Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    sideways = await page.evaluate(SIDEWAYS, STRIPS)
    assert sideways == [], (sideways, page.url)
