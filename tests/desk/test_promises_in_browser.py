"""What is owed, brought up and ruled, in a browser: two widths, both themes, without script too.

The desk alone is enough for it, so it runs beside the desk's other tests and not with the line.
"""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from hotline.core import Hotline
from hotline.escalations.service import take_notice
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.versions import DEADLINES, newest_number
from tests.conftest import ENGINEER, LEAD
from tests.core.desk_work import brought_to, opened
from tests.core.test_escalations import escalations
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.people import Client
from tests.desk.test_raised_pages import twice_reopened

pytestmark = pytest.mark.browser


@LOOKS
async def test_why_a_deadline_is_when_it_is(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    contact: Contact,
    engineer: Staff,
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    page = await signed_in(
        browser,
        client,
        ENGINEER,
        f"/console/tickets/{ticket.number}",
        width,
        color_scheme=scheme,
        locale=locale,
        permissions=["clipboard-read", "clipboard-write"],
    )
    await page.click("[data-test=why]")
    await expect(page.locator("[data-test=why-facts] li")).to_have_count(3)
    await check(page)
    await page.click("[data-test=why-copy]")
    await expect(page.locator("#why-copied")).not_to_be_empty()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert ticket.number in copied
    assert "4:00" in copied


@LOOKS
async def test_what_was_brought_up_from_the_queue_to_the_ticket(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    contact: Contact,
    engineer: Staff,
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    ticket = await twice_reopened(hotline, contact, engineer)
    await opened(hotline, contact, key="outage", severity=1)
    page = await signed_in(
        browser, client, LEAD, "/console", width, color_scheme=scheme, locale=locale
    )
    await expect(page.locator("[data-test=raised-ticket]")).to_have_count(1)
    await expect(page.locator("[data-test=count-raised]")).to_contain_text("1")
    await check(page)
    await page.click("[data-test=raised-ticket] a")
    await expect(page.locator("[data-test=complaint]")).to_be_visible()
    await check(page)
    await page.click("[data-test=acknowledge]")
    await expect(page.locator("[data-test=acknowledge]")).to_have_count(0)
    await page.click("[data-test=raised-before] summary")
    await check(page)
    assert ticket.number in page.url


async def test_the_count_and_the_strip_come_and_go_on_an_open_page(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    page = await signed_in(browser, client, ENGINEER, "/console")
    await expect(page.locator("[data-test=count-raised]")).to_be_empty()
    await expect(page.locator("[data-test=raised-mine]")).to_be_hidden()
    outage = await opened(hotline, contact, severity=1)
    await expect(page.locator("[data-test=count-raised]")).to_contain_text("1")
    await expect(page.locator("[data-test=raised-ticket]")).to_contain_text(outage.number)
    [standing] = await escalations(hotline, outage)
    await take_notice(hotline, engineer, standing.id)
    await expect(page.locator("[data-test=count-raised]")).to_be_empty()
    await expect(page.locator("[data-test=raised-mine]")).to_be_hidden()


@LOOKS
async def test_a_rule_from_the_list_to_the_history(
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
    page = await signed_in(
        browser, client, LEAD, "/console/deadlines", width, color_scheme=scheme, locale=locale
    )
    await expect(page.locator("[data-test=rule]")).to_have_count(4)
    await check(page)
    await page.click("[data-test=add]")
    await expect(page.locator("#r4-name")).to_be_focused()
    await page.fill("#r4-name", "金級一般 / gold")
    await page.check("[name='r4.s3']")
    await page.check("[name='r4.t.gold']")
    for kind, hours in (("first", "1"), ("next", "1"), ("fix", "soon")):
        await page.fill(f"#r4-{kind}", hours)
    await page.click("[data-test=try]")
    await expect(page.locator("#r4-fix")).to_have_attribute("aria-invalid", "true")
    await expect(page.locator("#r4-fix")).to_be_focused()
    await check(page)
    await page.fill("#r4-fix", "8")
    await page.press("#r4-fix", "Enter")  # tries it out, as the button does
    await expect(page.locator(".rule--wrong")).to_have_count(1)  # the last one never wins
    await check(page)
    for place in (4, 3, 2, 1):
        up = page.locator(f"[data-test=up][value='up:{place}']")
        await (up.click() if await up.is_visible() else open_and_press(page, place))
        await expect(page.locator(f"[name='r{place - 1}.name']")).to_have_value("金級一般 / gold")
    await page.click("[data-test=try]")
    await expect(page.locator("[data-test=moved] li")).to_have_count(3)
    await check(page)
    await page.click("[data-test=save]")
    await expect(page.locator("[data-test=saved]")).to_be_visible()
    await expect(page.locator("[data-test=history] li")).to_have_count(1)
    await check(page)


async def open_and_press(page: Page, place: int) -> None:
    await page.locator("[data-test=open-rule]").nth(place).click()
    await page.click(f"[data-test=up][value='up:{place}']")


async def test_the_rules_are_changed_without_script(
    browser: Browser, client: Client, hotline: Hotline
) -> None:
    page = await signed_in(
        browser, client, LEAD, "/console/deadlines", 360, java_script_enabled=False
    )
    await page.locator("[data-test=open-rule]").first.click()
    await page.fill("#r0-first", "0:15")
    await page.click("[data-test=try]")
    await page.click("[data-test=edit]")
    await page.locator("[data-test=open-rule]").first.click()
    await expect(page.locator("#r0-first")).to_have_value("0:15")
    await page.click("[data-test=try]")
    await page.click("[data-test=save]")
    await expect(page.locator("[data-test=saved]")).to_be_visible()
    await expect(page).to_have_url(re.compile("saved=1$"))
    async with hotline.database.read() as session:
        assert await newest_number(session, DEADLINES) == 1


async def test_an_open_page_of_the_rules_comes_to_know_of_a_new_version(
    browser: Browser, client: Client
) -> None:
    watching = await signed_in(browser, client, ENGINEER, "/console/deadlines")
    acting = await signed_in(browser, client, LEAD, "/console/deadlines")
    await acting.locator("[data-test=open-rule]").first.click()
    await acting.fill("#r0-first", "0:15")
    await acting.click("[data-test=try]")
    await acting.click("[data-test=save]")
    await expect(watching.locator("[data-test=history] li")).to_have_count(1)
    await expect(watching.locator("[data-test=rule]").first).to_contain_text("15 分")
