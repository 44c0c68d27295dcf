"""The console's pages that set up the work, with the demonstration's year on them, and pictures."""

from datetime import timedelta

import pyotp
import pytest
from playwright.async_api import Browser, expect

from desk.keys import HOTLINE
from hotline.core import Hotline
from hotline.partners.service import Contact
from tests.conftest import LEAD
from tests.core.looks import OFFER, begun, heard
from tests.core.questions import COMPLETE, asked
from tests.core.test_people import ADMINISTRATOR
from tests.desk.console_browser import signed_in
from tests.desk.people import PASSWORD, Client
from tests.desk.pictures import take
from tests.desk.test_knowledge_pages import fields

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("settings", ["year"], indirect=True),
]


async def test_the_way_in_and_the_second_step(browser: Browser, client: Client) -> None:
    page = await signed_in(browser, client, ADMINISTRATOR, "/console/me")
    await page.click("[data-test=second-step] button")
    secret = await page.locator("[data-test=secret]").inner_text()
    await page.fill("[name=code]", pyotp.TOTP(secret).at(client.app[HOTLINE].now()))
    await page.click("[data-test=second-step-code] button")
    await expect(page.locator("[data-test=spare] li")).to_have_count(10)
    await page.context.clear_cookies()
    await page.goto("/console/sign-in")
    await expect(page.locator("[name=email]")).to_be_visible()
    await take(page, "console-sign-in")
    await page.fill("[name=email]", ADMINISTRATOR)
    await page.fill("[name=password]", PASSWORD)
    await page.press("[name=password]", "Enter")
    await expect(page.locator("[name=code]")).to_be_focused()
    await take(page, "console-code")
    client.app[HOTLINE].clock.advance(timedelta(seconds=60))
    await page.keyboard.type(pyotp.TOTP(secret).at(client.app[HOTLINE].now()))
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-page]")).to_be_visible()
    await page.goto("/console/me")
    await expect(page.locator("[data-test=session]").first).to_be_visible()
    await expect(page.locator("[data-test=no-second-step]")).to_be_visible()
    await take(page, "me", whole=True)


async def test_people_and_one_of_them(browser: Browser, client: Client, hotline: Hotline) -> None:
    page = await signed_in(browser, client, ADMINISTRATOR, "/console/people")
    await expect(page.locator("[data-test=member]").nth(9)).to_be_visible()
    await take(page, "people")
    await page.get_by_role("link", name="王志豪").click()
    await expect(page.locator("[data-test=change]")).to_be_visible()
    await expect(page.locator("[data-test=work]")).to_be_visible()
    await take(page, "person", whole=True)


async def test_what_partners_asked_in_vain_and_an_article_for_it(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact
) -> None:
    for hours, text in enumerate(
        ("有停車位嗎", "去你們公司有停車位嗎", "Is there visitor parking?")
    ):
        await asked(hotline, text, contact if hours else None, hours_ago=hours + 1)
    await asked(hotline, "報價單可以用歐元嗎", hours_ago=5)
    page = await signed_in(browser, client, LEAD, "/console/knowledge")
    await expect(page.locator("[data-test=gap]").first).to_contain_text("停車位")
    await take(page, "gaps")
    await page.click("[data-test=write] >> nth=0")
    for name, value in fields(COMPLETE).items():
        field = page.locator(f"[name='{name}']")
        await (field.select_option(value) if name in ("owner", "audience") else field.fill(value))
    await page.click("[data-test=try]")
    await expect(page.locator("[data-test=bubble]")).to_have_count(2)
    await take(page, "draft", whole=True)


async def test_messages_to_label(browser: Browser, client: Client, hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的", "nlu_fallback", OFFER)
    await heard(hotline, chat, "", "technical_hardware", payload="/technical_hardware")
    await heard(hotline, chat, "我要的那個東西呢，上次說的", "nlu_fallback", OFFER)
    page = await signed_in(browser, client, LEAD, "/console/understanding")
    await expect(page.locator("[data-test=look]")).to_have_count(2)
    await take(page, "understanding", whole=True)


async def test_texts_rota_rules_and_who_looked_at_what(
    browser: Browser, client: Client, hotline: Hotline
) -> None:
    page = await signed_in(browser, client, LEAD, "/console/texts")
    await page.locator("[data-test=text] a").first.click()
    await expect(page.locator("[data-test=preview]")).to_contain_text("T26-000042-7")
    await take(page, "texts", whole=True)
    await page.goto("/console/rota")
    await expect(page.locator("[data-test=turn]").nth(3)).to_be_visible()
    await take(page, "rota", whole=True)
    await page.goto("/console/deadlines")
    await expect(page.locator("[data-test=rule]")).to_have_count(4)
    await page.locator("[data-test=open-rule]").first.click()
    await take(page, "deadlines", whole=True)
    await page.goto("/console")
    await page.locator("[data-test=queue-row] a").first.click()
    await expect(page.locator("[data-page=ticket]")).to_be_visible()
    await page.goto("/console/audit")
    await expect(page.locator("[data-test=entry]").first).to_contain_text("看了工單")
    await take(page, "audit")
