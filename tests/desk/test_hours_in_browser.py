"""The page of the hours in a browser: every step at two widths, in both themes, without script too.

The desk alone is enough for it, so it runs beside the desk's other tests and not with the line.
"""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.versions import CALENDAR, newest_number
from tests.conftest import LEAD
from tests.core.desk_work import opened
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.people import Client
from tests.desk.pictures import take

pytestmark = pytest.mark.browser


async def at_hours(browser: Browser, client: Client, width: int, **wishes: Any) -> Page:
    """The page of the hours, open before the lead."""
    page = await signed_in(browser, client, LEAD, "/console/hours", width, **wishes)
    await expect(page.locator("[data-page=hours]")).to_be_visible()
    return page


@LOOKS
async def test_a_sudden_closure_from_the_year_to_the_history(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    contact: Contact,
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    for n in range(3):
        await opened(hotline, contact, key=f"k{n}")
    page = await at_hours(browser, client, width, color_scheme=scheme, locale=locale)
    await expect(page.locator("[data-test=year]")).to_be_visible(visible=width > 800)
    await check(page)
    await page.click("[data-test=one-month]")
    await expect(page.locator("[data-test=month]")).to_be_visible()
    await check(page)

    await page.click("[data-test=declare-sudden] summary")
    await page.click("[data-test=preview-sudden]")
    await expect(page.locator("#sudden-name_zh")).to_have_attribute("aria-invalid", "true")
    await expect(page.locator("#sudden-name_zh")).to_be_focused()
    await check(page)
    await page.fill("#sudden-name_zh", "颱風停班")
    await page.fill("#sudden-name_en", "Typhoon")
    await page.click("[data-test=preview-sudden]")
    await expect(page.locator("[data-test=moved] li")).to_have_count(3)
    await expect(page.locator(".note--ahead")).to_be_visible()
    if (width, locale) == (1440, "zh-TW"):
        await take(page, "hours", whole=True)
    await check(page)

    await page.click("[data-test=save]")
    await expect(page.locator("[data-test=saved]")).to_be_visible()
    await expect(page.locator(".hours__now--closed")).to_be_visible()
    await expect(page.locator("[data-test=history] li")).to_have_count(1)
    await check(page)


async def test_the_week_is_changed_without_script(
    browser: Browser, client: Client, hotline: Hotline
) -> None:
    page = await at_hours(browser, client, 360, java_script_enabled=False, locale="zh-TW")
    await page.fill("#week-d5", "9-12")
    await page.click("[data-test=preview-week]")
    await expect(page.locator("[data-test=told-zh-TW]")).to_contain_text("週六 09:00-12:00")
    await page.click("[data-test=edit]")
    await expect(page.locator("#week-d5")).to_have_value("9-12")
    await page.click("[data-test=preview-week]")
    await page.click("[data-test=save]")
    await expect(page.locator("[data-test=saved]")).to_be_visible()
    async with hotline.database.read() as session:
        assert await newest_number(session, CALENDAR) == 1


async def test_an_open_page_comes_to_know_that_somebody_else_closed_the_hotline(
    browser: Browser, client: Client
) -> None:
    watching = await at_hours(browser, client, 1440, locale="zh-TW")
    await expect(watching.locator(".hours__now")).to_contain_text("現在開放中")
    acting = await at_hours(browser, client, 1440, locale="zh-TW")
    await acting.click("[data-test=declare-sudden] summary")
    await acting.fill("#sudden-name_zh", "停電")
    await acting.fill("#sudden-name_en", "Power cut")
    await acting.click("[data-test=preview-sudden]")
    await acting.click("[data-test=save]")
    await expect(watching.locator(".hours__now")).to_contain_text("現在休息中（停電）")
