"""The queue by its keys, and its new pages looked at: two widths, both themes."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from hotline.core import Hotline
from hotline.partners.service import Contact
from tests.conftest import ENGINEER
from tests.core.desk_work import opened
from tests.desk.console_browser import check, signed_in
from tests.desk.people import Client

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "scheme", "locale"), [(360, "dark", "en"), (1440, "light", "zh-TW")]
)
async def test_tickets_are_searched_selected_and_claimed_without_a_mouse(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    contact: Contact,
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    for n in range(4):
        ticket = await opened(hotline, contact, key=f"k{n}")
    page = await signed_in(
        browser, client, ENGINEER, "/console", width, color_scheme=scheme, locale=locale
    )
    await expect(page.locator("[data-selected]")).to_contain_text("0")  # the script is there
    await page.evaluate("document.activeElement.blur()")
    for key in ("j", "x", "j", "j", "Shift+X"):
        await page.keyboard.press(key)
    await expect(page.locator("[data-test=select]:checked")).to_have_count(3)
    await expect(page.locator("[data-selected]")).to_contain_text("3")
    await expect(page.locator("#filters")).to_be_hidden()
    await page.keyboard.press("x")
    await expect(page.locator("[data-test=select]:checked")).to_have_count(2)
    await check(page)
    await page.click("[data-test=bulk-claim]")
    await expect(page.locator("[data-test=outcome][data-done='1']")).to_have_count(2)
    await check(page)
    await page.click("[data-test=bulk-back]")
    await page.click("[data-test=narrow] summary")
    await page.select_option("#narrow-assignee", "me")
    await page.click("[data-test=narrow-show]")
    await expect(page.locator("[data-test=queue-row]")).to_have_count(2)
    await page.fill("#narrow-name", "mine")
    await page.click("[data-test=save-filter]")
    await expect(page.locator("#filters [aria-current=true]")).to_contain_text("mine")
    await check(page)
    await page.evaluate("document.activeElement.blur()")
    if width > 1000:
        await page.keyboard.press("/")
        await page.keyboard.type("Power")
        await page.keyboard.press("Enter")
    else:
        await page.goto("/console/search?q=Power")
    await expect(page.locator("[data-test=queue-row]")).to_have_count(4)
    await check(page)
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(f"/console/tickets/{ticket.number}$"))
