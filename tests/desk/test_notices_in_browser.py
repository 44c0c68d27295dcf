"""Notifications and the sound: switched on by the reader, told by one tab, of what is not seen."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from hotline.conversations import holding
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from tests.conftest import ENGINEER
from tests.core.desk_work import opened, says
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.people import Client, new_id

pytestmark = pytest.mark.browser

ME, CHATS = "/console/me", "/console/conversations"
# The browser's own, remembered; and each note of the tone.
REMEMBERED = """
  window.notices = []; window.notes = 0;
  const Own = window.Notification;
  window.Notification = class extends Own {
    constructor(title, wishes) { super(title, wishes); window.notices.push(this); }
  };
  const begin = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    window.notes += 1;
    return begin.call(this, at);
  };
"""
TOLD = "() => window.notices.map(({title, body}) => [title, body])"


async def waits(hotline: Hotline, contact: Contact) -> str:
    chat = (await start(hotline, contact))[0].id
    await says(hotline, chat, "標案規格要確認", new_id())
    async with hotline.database.write() as session:
        await holding.join_queue(session, hotline, chat)
    return chat


async def switched_on(browser: Browser, client: Client, *names: str, **wishes: Any) -> Page:
    """The own page with these switches on, in a browser that lets the console notify."""
    wishes = {"permissions": ["notifications"], **wishes}
    page = await signed_in(browser, client, ENGINEER, ME, **wishes)
    await page.context.add_init_script(REMEMBERED)
    await page.reload()
    for name in names:
        await page.locator(f"[data-test={name}]").check()
        await expect(page.locator("[data-test=notices-told]")).not_to_be_empty()
    await page.reload()  # what is switched on counts from the next page on
    for name in names:
        await expect(page.locator(f"[data-test={name}]")).to_be_checked()
    return page


async def told(page: Page, number: int) -> list[list[str]]:
    await page.wait_for_function("(n) => window.notices.length >= n", arg=number)
    found: list[list[str]] = await page.evaluate(TOLD)
    return found


async def test_a_chat_that_waits_is_told_and_a_click_opens_it(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact
) -> None:
    page = await switched_on(browser, client, "notify", "sound")
    await page.mouse.click(5, 5)
    chat = await waits(hotline, contact)
    assert await told(page, 1) == [["有對談在等專員", "點這裡去接手"]]
    await page.wait_for_function("() => window.notes === 2")
    await page.evaluate("() => { window.notices[0].dispatchEvent(new Event('click')) }")
    await page.wait_for_url(f"**{CHATS}/{chat}")


async def test_a_ticket_of_my_queues_is_told_by_number_and_no_other(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact
) -> None:
    page = await switched_on(browser, client, "notify")
    await opened(hotline, contact, key="k1", intent="admin_order")
    ticket = await opened(hotline, contact, key="k2")
    [[title, body]] = await told(page, 1)
    assert (title, body) == ("技術有新工單", ticket.number)
    assert await page.evaluate("() => window.notes") == 0


async def test_what_is_on_screen_is_not_told(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    page = await switched_on(browser, client, "notify")
    seen, other = await waits(hotline, contact), await waits(hotline, contact)
    for chat in (seen, other):
        await holding.take(hotline, engineer, chat)
    await page.goto(f"{CHATS}/{seen}")
    await says(hotline, seen, "在嗎", new_id())
    await expect(page.locator("[data-test=timeline]")).to_contain_text("在嗎")
    await says(hotline, other, "請問進度", new_id())
    assert await told(page, 1) == [["您的對談有新訊息", "點這裡去回覆"]]
    await page.evaluate("() => { window.notices[0].dispatchEvent(new Event('click')) }")
    await page.wait_for_url(f"**{CHATS}/{other}")


async def test_of_two_tabs_one_speaks_and_the_other_goes_on_when_it_is_gone(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact
) -> None:
    first = await switched_on(browser, client, "notify")
    second = await first.context.new_page()
    await second.goto("/console/hours")
    await waits(hotline, contact)
    await told(first, 1)
    await first.goto("about:blank")
    await waits(hotline, contact)
    assert len(await told(second, 1)) == 1


async def test_a_browser_that_refuses_says_what_to_do(browser: Browser, client: Client) -> None:
    page = await signed_in(browser, client, ENGINEER, ME)
    await page.evaluate("() => { Notification.requestPermission = async () => 'denied' }")
    await page.locator("[data-test=notify]").click()
    await expect(page.locator("[data-test=notices-told]")).to_contain_text("網站設定")
    await expect(page.locator("[data-test=notify]")).not_to_be_checked()
    assert await page.evaluate("() => localStorage.getItem('console.notify')") is None


@LOOKS
async def test_the_switches_for_everybody(
    browser: Browser, client: Client, width: int, scheme: Any, locale: str
) -> None:
    page = await signed_in(browser, client, ENGINEER, ME, width, color_scheme=scheme, locale=locale)
    await expect(page.locator("[data-test=notices]")).to_be_visible()
    await check(page)
