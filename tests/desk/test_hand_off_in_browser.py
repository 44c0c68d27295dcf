"""A person takes over and gives back, in real browsers: nobody speaks over anybody."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from hotline.core import Hotline
from hotline.hand_off.wanting import want_person
from hotline.staff import presence
from hotline.staff.service import Staff
from tests.conftest import ENGINEER, LEAD, staff_of
from tests.core.desk_work import conversation_row, journal
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.engine_double import EngineDouble, answers, waits_for
from tests.desk.people import Chat, Client

pytestmark = pytest.mark.browser

HUMAN = "desk:human"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes its time is late here, not silent."""
    monkeypatch.setattr("tests.desk.conftest.TURN_TIMEOUT_S", 60)


async def partner_page(browser: Browser, client: Client) -> Page:
    context = await browser.new_context(base_url=str(client.make_url("")), locale="zh-TW")
    page = await context.new_page()
    await page.goto("/")
    await expect(page.locator("[data-test=message]").first).to_be_visible()
    return page


async def says(page: Page, text: str) -> None:
    await page.fill("[data-test=composer]", text)
    await page.keyboard.press("Enter")


async def test_there_and_back_and_what_the_assistant_says_too_late_is_for_staff_only(
    browser: Browser, client: Client, engine: EngineDouble, hotline: Hotline
) -> None:
    staff = await signed_in(browser, client, ENGINEER, "/console/conversations")
    partner = await partner_page(browser, client)
    engine.will(answers("好，要轉專員嗎？", buttons=[{"title": "找專員", "payload": HUMAN}]))
    await says(partner, "標案規格要確認")
    await partner.get_by_role("button", name="找專員").last.click()
    speaker = partner.locator("[data-test=speaker-bar]")
    await expect(speaker).to_contain_text("您是第 1 位")
    await expect(partner.locator("[role=log]")).to_contain_text("正在轉給王志豪（技術支援）")

    offer = staff.locator("#chats-waiting [data-test=offer]")
    await expect(offer).to_contain_text("請您接手")
    await expect(offer).to_contain_text("標案規格要確認")
    # A turn is under way when the person takes over.
    late = asyncio.Event()
    await offer.locator("[data-title]").click()
    await partner.get_by_role("button", name="回到助理").last.click()
    await expect(speaker).to_contain_text("助理在線")
    engine.will(waits_for(late, answers("請先重新開機。")))
    await says(partner, "主機開不了機")
    await expect(staff.locator("#items")).to_contain_text("主機開不了機")
    await staff.click("[data-test=take]")
    await expect(speaker).to_contain_text("王志豪 專員")
    late.set()
    kept = staff.locator("[data-kind=withheld]")
    await expect(kept).to_contain_text("請先重新開機。")
    await expect(kept).to_contain_text("未送給夥伴")
    await staff.fill("#composer textarea[name=text]:visible", "您好，我是王志豪，第幾項要確認？")
    await staff.keyboard.press("Control+Enter")
    log = partner.locator("[role=log]")
    await expect(log).to_contain_text("第幾項要確認？")
    await expect(log).not_to_contain_text("請先重新開機")

    await staff.click("[data-test=give-back]")
    await expect(speaker).to_contain_text("助理在線")
    await expect(log).to_contain_text("王志豪已離開，我接著協助。")
    engine.will(answers("保固到明年六月。"))
    await says(partner, "保固到什麼時候")
    await expect(log).to_contain_text("保固到明年六月。")


async def test_handed_on_with_a_note_and_closed_by_keyboard(
    browser: Browser, client: Client, chat: Chat, hotline: Hotline
) -> None:
    first = await signed_in(browser, client, ENGINEER, f"/console/conversations/{chat.id}")
    second = await signed_in(browser, client, LEAD, "/console/conversations")
    await first.keyboard.press("t")
    await expect(first.locator("[data-test=speaker]")).to_contain_text("您正在發言")
    await expect(first.locator("#composer textarea:visible").first).to_be_focused()
    await first.evaluate("document.activeElement.blur()")
    await first.keyboard.press("h")
    await expect(first.locator("#hand-on-to")).to_be_focused()
    await check(first)
    await first.select_option("#hand-on-to", label="張文彬，可接案，對談 0／3")
    await first.keyboard.press("Tab")
    await first.keyboard.type("客戶要折扣，請您核准")
    await first.keyboard.press("Tab")
    await first.keyboard.press("Tab")
    await first.keyboard.press("Enter")
    await first.wait_for_url("**/console/conversations")
    offer = second.locator("#chats-waiting [data-test=offer]")
    await expect(offer).to_contain_text("請您接手")
    await offer.locator("[data-title]").focus()
    await second.keyboard.press("Enter")
    await expect(second.locator("[data-kind=note]")).to_contain_text("請您核准")
    await second.wait_for_load_state("networkidle")  # the script is there
    await second.keyboard.press("t")
    await expect(second.locator("[data-test=speaker]")).to_contain_text("您正在發言")
    await second.click("[data-test=close-chat]")
    await expect(second.locator("[data-test=speaker]")).to_contain_text("已結束")
    assert (await conversation_row(hotline, chat.id)).holder == "nobody"


async def test_two_who_press_at_once_are_one_who_speaks_and_one_who_is_told(
    browser: Browser, client: Client, chat: Chat, hotline: Hotline
) -> None:
    url = f"/console/conversations/{chat.id}"
    pages = [await signed_in(browser, client, email, url) for email in (ENGINEER, LEAD)]
    await asyncio.gather(*(page.click("[data-test=take]") for page in pages))
    holder = None
    for _ in range(100):
        holder = (await conversation_row(hotline, chat.id)).staff
        if holder:
            break
        await asyncio.sleep(0.05)
    assert holder is not None
    won, lost = pages if holder.email == ENGINEER else reversed(pages)
    await expect(won.locator("[data-test=speaker]")).to_contain_text("您正在發言")
    await expect(lost.locator("#head")).to_contain_text(f"{holder.name} 正在這場對談發言")
    await expect(lost.locator("[data-test=take]")).to_have_count(0)
    assert len(await journal(hotline, "conversation.taken")) == 1


async def test_an_offer_is_left_to_a_colleague_who_is_asked_next(
    browser: Browser, client: Client, chat: Chat, hotline: Hotline
) -> None:
    first = await signed_in(browser, client, ENGINEER, "/console/conversations")
    await want_person(hotline, chat.id, "zh-TW")
    offer = first.locator("#chats-waiting [data-test=offer]")
    await expect(offer).to_contain_text("請您接手")
    second = await signed_in(browser, client, LEAD, "/console")
    await offer.locator("[data-test=pass]").click()
    await expect(offer).to_contain_text("已請張文彬接手")
    await expect(second.locator("#waiting-list")).to_contain_text("請您接手")


async def test_how_one_stands_is_said_in_two_steps_and_seen_by_others(
    browser: Browser, client: Client, hotline: Hotline, engineer: Staff
) -> None:
    page = await signed_in(browser, client, ENGINEER, "/console/conversations")
    await expect(page.locator("[data-test=presence]")).to_contain_text("可接案")
    await page.click("[data-test=account]")
    await page.click("[data-test=stand-away]")
    await expect(page.locator("[data-test=presence]")).to_contain_text("離開")
    await expect(page).to_have_url(f"{client.make_url('/console/conversations')}")
    async with hotline.database.read() as session:
        assert (await presence.presence_of(session, engineer)).stands == "away"


@LOOKS
async def test_offers_and_what_one_can_do_are_for_everybody(
    browser: Browser,
    client: Client,
    chat: Chat,
    width: int,
    scheme: Any,
    locale: str,
    hotline: Hotline,
) -> None:
    page = await signed_in(
        browser,
        client,
        ENGINEER,
        "/console/conversations",
        width,
        color_scheme=scheme,
        locale=locale,
    )
    await want_person(hotline, chat.id, "zh-TW")
    await expect(page.locator("[data-test=offered]").first).to_be_visible()
    await check(page)
    await page.goto(f"/console/conversations/{chat.id}")
    await check(page)
    await page.click("[data-test=take]")
    await expect(page.locator("[data-test=hand-on]")).to_be_visible()
    await page.click("[data-test=account]")
    await expect(page.locator("[data-test=stand-busy]")).to_be_visible()
    await check(page)
    assert (await conversation_row(hotline, chat.id)).staff == await staff_of(hotline, ENGINEER)
