"""A ticket's page in a browser: duplicates merged and undone, texts put in by keys, two widths.

One journey for each look, over the desk alone.
"""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers
from hotline.tickets.amending import amend
from tests.conftest import ENGINEER, LEAD
from tests.core.desk_work import opened, ticket_row
from tests.desk.console_browser import check, signed_in
from tests.desk.people import Client

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "scheme", "locale"), [(360, "dark", "en"), (1440, "light", "zh-TW")]
)
async def test_a_duplicate_is_merged_seen_and_undone(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    contact: Contact,
    engineer: Staff,
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    kept, gone = await opened(hotline, contact), await opened(hotline, contact, key="two")
    assert gone.conversation_id is not None
    await answers.add(hotline, gone.conversation_id, gone.number, "面板也亮紅燈")
    for one in (kept, gone):
        await amend(hotline, engineer, one.number, "serial", "78A1234", seen="")
    url = f"/console/tickets/{kept.number}"
    page = await signed_in(
        browser, client, ENGINEER, url, width, color_scheme=scheme, locale=locale
    )

    async def beside() -> None:
        """On a telephone the brief has a view of its own."""
        if width < 768:
            await page.locator("label:has(#view-brief)").click()

    await beside()
    likely = page.locator("[data-test=likely-one]")
    await expect(likely).to_contain_text(gone.number)
    await page.click("[data-test=amend-open]")
    await likely.locator("summary").click()
    await check(page)
    await likely.locator("[data-test=merge]").click()
    await expect(page.locator("[data-test=timeline]")).to_contain_text("面板也亮紅燈")
    assert (await ticket_row(hotline, gone.number)).merged_into_id == kept.id
    await beside()
    await expect(page.locator("[data-test=merged-one]")).to_contain_text(gone.number)
    await check(page)
    await page.goto(f"/console/tickets/{gone.number}")
    await expect(page.locator("[data-test=merged-into]")).to_contain_text(kept.number)
    await check(page)
    await page.click("[data-test=merged-into] [data-test=unmerge]")
    await expect(page.locator("[data-test=merged-into]")).to_have_count(0)
    assert (await ticket_row(hotline, gone.number)).state == "new"
    await page.goto(url)
    await expect(page.locator("[data-test=timeline]")).not_to_contain_text("面板也亮紅燈")

    # A canned text by the keyboard, behind what was typed.
    field = page.locator("[data-test=reply-text]")
    await field.fill("您好 ")
    await field.press("End")
    await field.press(";")
    await expect(page.locator("[data-test=canned]")).to_be_focused()
    await page.locator("[data-test=canned]").select_option(index=1)
    await page.locator("[data-test=canned]").press("Enter")
    await expect(field).to_have_value(f"您好 \n{await first_text(page)}")
    await expect(field).to_be_focused()

    # Two tabs: the second sees both values.
    await beside()
    await page.click("[data-test=amend-open]")
    await amend(hotline, engineer, kept.number, "customer", "大立營造", seen="")
    await page.fill("#amend-customer", "大力營造")
    await page.click("[data-test=save-customer]")
    await expect(page.locator("[data-test=stale-present]")).to_contain_text("大立營造")
    await expect(page.locator("[data-test=stale-mine]")).to_contain_text("大力營造")
    await check(page)
    await page.click("[data-test=stale-take]")
    await expect(page.locator("[data-test=stale]")).to_have_count(0)
    assert (await ticket_row(hotline, kept.number)).fact("customer") == "大力營造"


async def first_text(page: Any) -> str:
    option = page.locator("[data-test=canned] option").nth(1)
    return str(await option.get_attribute("data-text"))


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
async def test_the_page_of_canned_texts(
    browser: Browser, client: Client, width: int, scheme: Any
) -> None:
    page = await signed_in(browser, client, LEAD, "/console/texts", width, color_scheme=scheme)
    await check(page)
    await page.locator("[data-test=text] a").first.click()
    await expect(page.locator("[data-test=preview]")).to_contain_text("T26-000042-7")
    await page.fill("#text_zh", "{nobody}")
    await page.click("[data-test=save-text]")
    await expect(page.locator("#text-error")).to_contain_text("nobody")
    await check(page)
