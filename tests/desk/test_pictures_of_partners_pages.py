"""The pages for partners beside the chat: the way in, the help centre, the own page; pictures."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.conftest import CONTACT
from tests.desk.people import Client
from tests.desk.pictures import take

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("settings", ["year"], indirect=True),
]
PHONE = 390


async def a_page(browser: Browser, client: Client, width: int = 1440, **wishes: Any) -> Page:
    context = await browser.new_context(
        base_url=str(client.make_url("")),
        viewport={"width": width, "height": 900 if width > PHONE else 780},
        reduced_motion="reduce",
        locale="zh-TW",
        **wishes,
    )
    return await context.new_page()


async def entered(browser: Browser, client: Client, width: int = 1440) -> Page:
    """Of the demonstration's contact, signed in by the portal's stand-in."""
    page = await a_page(browser, client, width)
    await page.goto("/demo")
    await page.click(f"[data-test=enter][data-email='{CONTACT}']")
    await expect(page.locator("[data-test=account]")).to_be_visible()
    return page


async def test_the_ways_in(browser: Browser, client: Client) -> None:
    page = await a_page(browser, client)
    await page.goto("/demo")
    await expect(page.locator("[data-test=enter]").first).to_contain_text("陳怡君")
    await take(page, "demo")
    phone = await a_page(browser, client, PHONE)
    await phone.goto("/sign-in")
    await phone.fill("[name=email]", CONTACT)
    await take(phone, "sign-in")
    await phone.press("[name=email]", "Enter")
    await phone.wait_for_url("**/sign-in/code")
    await expect(phone.locator("[name=code]")).to_be_focused()
    await take(phone, "sign-in-code")


async def test_the_help_centre(browser: Browser, client: Client) -> None:
    page = await a_page(browser, client)
    await page.goto("/help")
    await expect(page.locator("[data-test=topic]").nth(4)).to_be_visible()
    await take(page, "help")
    await page.fill("#q", "發票開錯了")
    await page.press("#q", "Enter")
    await expect(page.locator("[data-test=found]")).to_be_visible()
    await expect(page.locator("[data-test=entry]").first).to_contain_text("發票")
    await take(page, "help-search")
    await page.locator("[data-test=entry]").first.click()
    await expect(page.locator("[data-test=article]")).to_contain_text("發票")
    await take(page, "help-article", whole=True)


async def test_the_own_page(browser: Browser, client: Client) -> None:
    phone = await entered(browser, client, PHONE)
    await phone.goto("/my")
    await expect(phone.locator("[data-test=request]").first).to_be_visible()
    await take(phone, "own-requests")
    page = await entered(browser, client)
    await page.goto("/my?q=硬碟擴充櫃")
    await page.locator("[data-test=request]").first.get_by_role("link").click()
    await expect(page.locator("[data-test=history]")).to_contain_text("link down")
    await page.click("[data-test=why] summary")
    await take(page, "own-ticket", whole=True)
    await page.goto("/my/company")
    await expect(page.locator("[data-test=record]").nth(3)).to_be_visible()
    await take(page, "own-company", whole=True)
    await page.goto("/my/sessions")
    await expect(page.locator("[data-test=session]")).to_have_count(2)
    await take(page, "own-sessions")
    await page.goto("/my/data")
    await expect(page.locator("[data-test=periods]")).to_be_visible()
    await take(page, "own-data", whole=True)
