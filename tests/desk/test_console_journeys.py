"""Two browsers, two tabs, a session that ends, a line that breaks: nobody loses words or way.

What is asked of a single page is in the tests of that page; here are those that need two of them.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, WebSocketRoute, expect

from hotline.conversations import holding
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff import people
from hotline.staff.service import Staff
from hotline.tickets import handling
from tests.conftest import CONTACT, ENGINEER, LEAD, staff_of
from tests.core.desk_work import conversation_row, notes_on, opened, said, says
from tests.core.test_people import ADMINISTRATOR, said_of, version_of
from tests.desk.console_browser import check, signed_in
from tests.desk.people import PASSWORD, Client, new_id

pytestmark = pytest.mark.browser

CHATS = "/console/conversations"
A_MINUTE_MS = 60_000
DRAFT = "寫到一半：備品下午三點到，請"


@pytest.fixture
async def queued(hotline: Hotline, contact: Contact) -> str:
    """The id of a conversation that waits for a person."""
    conversation, _greeting = await start(hotline, contact)
    await says(hotline, conversation.id, "我要找專員", new_id())
    async with hotline.database.write() as session:
        await holding.join_queue(session, hotline, conversation.id)
    return conversation.id


class Line:
    """A page's socket, which can be cut for as long as one likes."""

    def __init__(self) -> None:
        self.is_cut = False
        self._open: list[WebSocketRoute] = []

    async def tie(self, page: Page, address: str) -> None:
        await page.route_web_socket(re.compile(address), self._connect)

    async def cut(self) -> None:
        self.is_cut = True
        while self._open:
            await self._open.pop().close(code=4000)

    async def _connect(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            await socket.close(code=4000)
            return
        socket.connect_to_server()
        self._open.append(socket)


async def at_hand(page: Page) -> Page:
    """The same once its script listens."""
    await page.wait_for_function("() => document.querySelector('[data-open-keys]:not([hidden])')")
    return page


def faults_of(page: Page) -> list[str]:
    """What its scripts throw from now on."""
    faults: list[str] = []
    note: Callable[[Any], None] = lambda fault: faults.append(str(fault))  # noqa: E731
    page.on("pageerror", note)
    return faults


async def test_of_two_who_take_one_conversation_at_once_the_second_reads_who_has_it(
    browser: Browser, client: Client, hotline: Hotline, queued: str
) -> None:
    pages = [
        await at_hand(await signed_in(browser, client, email, CHATS)) for email in (ENGINEER, LEAD)
    ]
    faults = [faults_of(page) for page in pages]
    takes = [page.locator(f"#chat-{queued} [data-test=take]") for page in pages]
    for take in takes:
        await expect(take).to_be_visible()
        await take.focus()
    await asyncio.gather(*(page.keyboard.press("Enter") for page in pages))
    for page in pages:
        await expect(page.locator("[data-page=conversation]")).to_be_visible()
        await at_hand(page)
    holder = (await conversation_row(hotline, queued)).staff
    assert holder is not None
    winner, loser = pages if holder.email == ENGINEER else reversed(pages)
    await expect(winner.locator("[data-test=reply-text]")).to_be_focused()
    lost = loser.locator("[data-lost]")
    await expect(lost).to_contain_text(holder.name)
    await expect(loser.locator("[data-test=speaker]")).to_contain_text(holder.name)
    await expect(loser.locator("[data-test=reply-text]")).to_have_count(0)
    await expect(loser).to_have_url(re.compile(f"{CHATS}/{queued}$"))
    assert [message.sender for message in await said(hotline, queued)].count("system") == 1
    await check(loser)

    # The winner speaks; the loser listens in, and nothing moves under the hand.
    await loser.locator("label:has([name=mode][value=note])").click()
    await loser.fill("[data-test=note-text]", DRAFT)
    await winner.fill("[data-test=reply-text]", "您好，這裡是專員")
    await winner.press("[data-test=reply-text]", "Control+Enter")
    await expect(loser.locator("[data-test=timeline]")).to_contain_text("您好，這裡是專員")
    await expect(loser.locator("[data-test=note-text]")).to_be_focused()
    await expect(loser.locator("[data-test=note-text]")).to_have_value(DRAFT)
    assert faults == [[], []]


async def test_what_one_tab_does_shows_in_the_other_and_its_draft_stays(
    browser: Browser, client: Client, hotline: Hotline, engineer: Staff, queued: str
) -> None:
    await holding.take(hotline, engineer, queued)
    first = await at_hand(await signed_in(browser, client, ENGINEER, f"{CHATS}/{queued}"))
    second = await first.context.new_page()
    await second.goto(f"{CHATS}/{queued}")
    await at_hand(second)
    await second.fill("[data-test=reply-text]", DRAFT)
    await first.fill("[data-test=reply-text]", "第一個分頁說的")
    await first.press("[data-test=reply-text]", "Control+Enter")
    await expect(first.locator("[data-test=reply-text]")).to_have_value("")
    await expect(second.locator("[data-test=timeline]")).to_contain_text("第一個分頁說的")
    await expect(second.locator("[data-test=reply-text]")).to_have_value(DRAFT)
    await second.locator("[data-test=reply-text]").press("End")
    await second.keyboard.type("備門禁")

    await first.click("[data-test=give-back]")
    await expect(first.locator("[data-test=take]")).to_be_visible()
    await expect(second.locator("[data-test=take]")).to_be_visible()
    await expect(second.locator("[data-test=reply-text]")).to_have_count(0)
    await second.click("[data-test=take]")
    await expect(second.locator("[data-test=reply-text]")).to_have_value(f"{DRAFT}備門禁")
    await expect(first.locator("[data-test=give-back]")).to_be_visible()
    staff_said = [it.text for it in await said(hotline, queued) if it.sender == "staff"]
    assert staff_said == ["第一個分頁說的"]


async def test_a_tab_that_was_signed_out_keeps_its_draft_and_signs_in_on_the_spot(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await handling.claim(hotline, engineer, ticket.number)
    url = f"/console/tickets/{ticket.number}"
    page = await at_hand(await signed_in(browser, client, ENGINEER, url))
    other = await page.context.new_page()
    await other.goto("/console")
    await page.fill("[data-test=reply-text]", DRAFT)
    await other.click("[data-test=account]")
    await other.click("[data-test=sign-out]")
    await expect(other.locator("[name=password]")).to_be_visible()
    banner = page.locator("[data-banner=signed-out]")
    await expect(banner).to_be_visible()
    await page.press("[data-test=reply-text]", "Control+Enter")  # sends nothing, loses nothing
    await expect(page.locator("#form-reply")).to_have_attribute("aria-busy", "false")
    await expect(page.locator("[data-test=reply-text]")).to_have_value(DRAFT)
    await check(page)
    await banner.get_by_role("link").click()
    await page.fill("[name=email]", ENGINEER)
    await page.fill("[name=password]", PASSWORD)
    await page.press("[name=password]", "Enter")
    await expect(page).to_have_url(re.compile(f"{url}$"))
    await at_hand(page)
    await expect(page.locator("[data-test=reply-text]")).to_have_value(DRAFT)
    await page.press("[data-test=reply-text]", "Control+Enter")
    await expect(page.locator("[data-test=timeline]")).to_contain_text(DRAFT)
    sent = [it.text for it in await said(hotline, ticket.conversation_id) if it.sender == "staff"]
    assert sent == [DRAFT]


async def test_a_right_lost_while_a_page_is_open_is_told_and_the_words_stay(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    page = await signed_in(browser, client, LEAD, f"/console/tickets/{ticket.number}")
    await at_hand(page)
    await page.locator("label:has([name=mode][value=note])").click()
    await page.fill("[data-test=note-text]", DRAFT)
    administrator = await staff_of(hotline, ADMINISTRATOR)
    demoted = said_of(lead, role="administrator")
    version = await version_of(hotline, lead)
    await people.change(hotline, administrator, lead.id, demoted, version)
    await opened(hotline, contact, key="news")  # nothing of it is told to this page
    banner = page.locator("[data-banner=rights]")
    await expect(banner).to_be_visible()
    await expect(page.locator("[data-test=note-text]")).to_be_focused()
    await page.press("[data-test=note-text]", "Control+Enter")
    await expect(page.locator("#error-note")).to_be_visible()
    await expect(page.locator("[data-test=note-text]")).to_have_value(DRAFT)
    assert await notes_on(hotline, ticket) == []
    await check(page)
    await banner.get_by_role("link").click()
    await expect(page).to_have_url(re.compile("/console/people$"))


async def test_a_note_too_long_is_refused_with_the_figure_and_nothing_of_it_is_lost(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    page = await signed_in(browser, client, ENGINEER, f"/console/tickets/{ticket.number}")
    await at_hand(page)
    await page.locator("label:has([name=mode][value=note])").click()
    field = page.locator("[data-test=note-text]")
    await field.fill("長" * 10_001)
    await field.press("Control+Enter")
    refusal = page.locator("#error-note")
    await expect(refusal).to_contain_text("最多 10000 個字，現在有 10001 個")
    await expect(field).to_have_value("長" * 10_001)
    await expect(field).to_have_attribute("aria-invalid", "true")
    assert await notes_on(hotline, ticket) == []
    await check(page)
    await page.reload()
    await at_hand(page)
    await page.locator("label:has([name=mode][value=note])").click()
    await expect(field).to_have_value("長" * 10_001)
    await field.press("End")
    await field.press("Backspace")
    await field.press("Control+Enter")
    await expect(field).to_have_value("")
    assert [len(note) for note in await notes_on(hotline, ticket)] == [10_000]


async def test_a_console_whose_line_was_gone_for_a_minute_misses_no_change_of_hands(
    browser: Browser, client: Client, hotline: Hotline, engineer: Staff, lead: Staff, queued: str
) -> None:
    await holding.take(hotline, engineer, queued)
    page = await signed_in(browser, client, ENGINEER, "/console")
    line = Line()
    await line.tie(page, "/console/live$")
    await page.clock.install()
    await page.goto(f"{CHATS}/{queued}")
    await at_hand(page)
    await page.fill("[data-test=reply-text]", DRAFT)
    await line.cut()
    await page.clock.run_for(A_MINUTE_MS // 4)
    await expect(page.locator("[data-banner=lost]")).to_be_visible()
    # Nor does the minute's own renewal come through.
    await page.route("**/console/conversations**", _fail)
    await changing_hands(hotline, queued, engineer, lead)
    await page.clock.run_for(A_MINUTE_MS)
    await expect(page.locator("[data-test=timeline]")).not_to_contain_text("換我處理")
    line.is_cut = False
    await page.unroute_all()
    await page.clock.fast_forward(A_MINUTE_MS // 2)  # it calls again once
    await expect(page.locator("[data-banner=lost]")).to_be_hidden()
    await expect(page.locator("[data-test=speaker]")).to_contain_text(lead.name)
    await expect(page.locator("[data-test=reply-text]")).to_have_count(0)
    await each_once_in_order(page, "[data-test=timeline]")


async def test_a_partners_page_whose_line_was_gone_for_a_minute_misses_no_change_of_hands(
    browser: Browser, client: Client, hotline: Hotline, engineer: Staff, lead: Staff
) -> None:
    context = await browser.new_context(base_url=str(client.make_url("")), locale="zh-TW")
    page = await context.new_page()
    line = Line()
    await page.clock.install()
    await page.goto("/demo")
    async with page.expect_websocket() as opening:
        await page.click(f"[data-test=enter][data-email='{CONTACT}']")
    talk = (await opening.value).url.split("/")[-2]
    await expect(page.locator("[data-sender=bot]").first).to_be_visible()
    await line.tie(page, "/live$")
    await page.reload()
    await expect(page.locator("[data-sender=bot]").first).to_be_visible()
    await holding.take(hotline, engineer, talk)
    await expect(page.locator("[data-test=speaker-bar]")).to_contain_text(engineer.name)
    await line.cut()
    await page.clock.run_for(A_MINUTE_MS // 4)
    await expect(page.locator("[data-test=banner]")).to_contain_text("連線中斷")
    await changing_hands(hotline, talk, engineer, lead)
    await page.clock.run_for(A_MINUTE_MS)
    line.is_cut = False
    await page.clock.fast_forward(A_MINUTE_MS // 2)  # it calls again once
    await expect(page.locator("[data-test=speaker-bar]")).to_contain_text(lead.name)
    await expect(page.locator("[data-test=banner]")).to_be_hidden()
    await each_once_in_order(page, "[role=log]")


SAID_MEANWHILE = ("我先查一下庫存", "還在嗎", "換我處理，備品在台中", "收到，謝謝您")


async def changing_hands(hotline: Hotline, talk: str, first: Staff, second: Staff) -> None:
    """`first` speaks, gives it back, and `second` takes it; the partner speaks to both."""
    before, between, after, last = SAID_MEANWHILE
    await holding.staff_says(hotline, first, talk, before)
    await says(hotline, talk, between, new_id())
    await holding.give_back(hotline, first, talk)
    await holding.take(hotline, second, talk)
    await holding.staff_says(hotline, second, talk, after)
    await says(hotline, talk, last, new_id())


async def each_once_in_order(page: Page, log: str) -> None:
    await expect(page.locator(log)).to_contain_text(SAID_MEANWHILE[-1])
    told = await page.locator(log).inner_text()
    assert [told.count(words) for words in SAID_MEANWHILE] == [1] * len(SAID_MEANWHILE)
    assert sorted(SAID_MEANWHILE, key=told.index) == list(SAID_MEANWHILE)


async def _fail(route: Route) -> None:
    await route.abort()
