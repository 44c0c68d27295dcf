"""The morning's list: called from there by keys alone, with an outcome for each."""

from datetime import datetime
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from hotline.core import Hotline
from hotline.partners.service import Contact
from tests.conftest import ENGINEER
from tests.core.desk_work import opened, ticket_row
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.people import Client
from tests.desk.pictures import take

URL = "/console/morning"
NIGHT = datetime.fromisoformat("2026-11-30T22:40:00+08:00")


@pytest.fixture
async def night(hotline: Hotline, contact: Contact, client: Client) -> tuple[str, str]:
    """A machine that is down and a message, both of the night before; their numbers."""
    day = hotline.now()
    hotline.clock.advance(NIGHT - day)
    message = await opened(hotline, contact, key="k1", intent="leave_message")
    down = await opened(hotline, contact, key="k2", severity=1)
    hotline.clock.advance(day - hotline.now())
    return down.number, message.number


@pytest.mark.browser
async def test_each_gets_its_outcome_by_keys_alone(
    browser: Browser, client: Client, hotline: Hotline, night: tuple[str, str]
) -> None:
    down, message = night
    page = await signed_in(browser, client, ENGINEER, "/console")
    await expect(page.locator("#count-morning")).to_contain_text("2")
    await page.wait_for_load_state("networkidle")  # the script is there
    await page.keyboard.press("g")
    await page.keyboard.press("m")
    await page.wait_for_url(f"**{URL}")
    rows = page.locator("[data-test=night]")
    await expect(rows).to_have_count(2)
    await expect(rows.first).to_have_attribute("data-number", down)
    await page.wait_for_load_state("networkidle")
    await page.keyboard.press("j")
    await page.keyboard.press("1")  # reached
    await expect(page.locator("[data-test=settled]")).to_have_attribute("data-number", down)
    assert (await ticket_row(hotline, down)).first_responded_at is not None
    await page.wait_for_load_state("networkidle")
    await page.keyboard.press("j")
    await page.keyboard.press("2")  # no answer: it stays
    await expect(rows.first).to_contain_text("打過 1 次")
    await expect(page.locator("[data-test=progress]")).to_contain_text("2 件，1 件有結果")
    await rows.first.locator("[data-test=not-needed]").click()
    await expect(page.locator("[data-test=nothing]")).to_be_visible()
    assert (await ticket_row(hotline, message)).callback == "settled"


@pytest.mark.browser
async def test_a_time_at_which_nobody_is_there_is_refused_where_it_was_typed(
    browser: Browser, client: Client, night: tuple[str, str]
) -> None:
    page = await signed_in(browser, client, ENGINEER, URL, java_script_enabled=False)
    row = page.locator(f"[data-test=night][data-number='{night[0]}']")
    await row.locator("[name=again_at]").fill("2026-12-01T03:00")
    await row.locator("[data-test=again]").click()
    await expect(row.locator("[data-error]")).to_be_visible()
    await expect(row.locator("[name=again_at]")).to_have_value("2026-12-01T03:00")


@pytest.mark.browser
@LOOKS
async def test_the_list_is_for_everybody(
    browser: Browser,
    client: Client,
    night: tuple[str, str],
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    page = await signed_in(
        browser, client, ENGINEER, URL, width, color_scheme=scheme, locale=locale
    )
    await expect(page.locator("[data-test=night]")).to_have_count(len(night))
    await check(page)
    if (width, locale) == (1440, "zh-TW"):
        await take(page, "morning", whole=True)
    await page.locator("[data-test=reached]").first.click()
    await expect(page.locator("[data-test=settled]")).to_be_visible()
    await check(page)
