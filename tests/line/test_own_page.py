"""The partner's own page in a browser: a request from its list to its rating, and its pictures."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from deploy.line import Line
from hotline.core import open_hotline
from hotline.partners.reading import of_company
from hotline.partners.records import Fund
from hotline.settings import Settings
from tests.core.company_records import record_company
from tests.line.conftest import OPEN_HOURS
from tests.line.people import PartnerPage, StaffPage
from tests.line.test_accessibility import RULES, SIDEWAYS, STRIPS

pytestmark = [pytest.mark.line, pytest.mark.browser]

COLLEAGUE = "bohong.lin@heguang.example"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture(autouse=True)
def open_hours(at: Any) -> None:
    at(OPEN_HOURS)


@pytest.fixture(scope="module", autouse=True)
def recorded(line: Line) -> None:
    """The company has records; those that the line was begun with stay."""

    async def record(settings: Settings) -> None:
        async with open_hotline(settings) as hotline:
            async with hotline.database.read() as session:
                has_some = await of_company(session, "P-1001", Fund)
            if not has_some:
                await record_company(hotline)

    # In a thread of its own, for Playwright keeps an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, record(line.settings)).result()


def row(page: Page, number: str) -> Any:
    return page.locator(f"[data-test=request][data-number='{number}']")


def test_a_request_is_answered_confirmed_and_rated_on_the_own_page(
    partner: PartnerPage, staff: StaffPage, rows: Any
) -> None:
    page = partner.page
    partner.enter()
    number = partner.report_outage()
    staff.sign_in()
    staff.open_ticket(number)
    staff.page.click("[data-test=claim]")
    staff.reply("請補面板上的錯誤碼")

    page.locator(".account summary").click()
    page.click("[data-test=to-my]")
    page.goto(f"/my?q={number}")  # the company has many of other tests
    expect(row(page, number)).to_contain_text("處理中")
    row(page, number).get_by_role("link").click()
    expect(page.locator("[data-test=history]")).to_contain_text("請補面板上的錯誤碼")
    page.click("[data-test=why] summary")
    expect(page.locator("[data-test=why]")).to_contain_text("服務時間")

    page.fill("[data-test=answer-text]", "錯誤碼 B181 3001")
    panel: FilePayload = {"name": "panel.png", "mimeType": "image/png", "buffer": PNG}
    page.set_input_files("[data-test=answer-file]", files=panel)
    page.click("[data-test=answer]")
    expect(page.locator("[data-test=history]")).to_contain_text("錯誤碼 B181 3001")
    expect(page.locator("[data-test=file]")).to_contain_text("panel.png")
    with page.expect_download() as downloaded:
        page.locator("[data-test=file]").click()
    assert Path(downloaded.value.path()).read_bytes() == PNG
    expect(staff.page.locator("[data-test=timeline]")).to_contain_text("B181")

    staff.resolve("更換電源模組")
    page.reload()
    page.click("[data-test=solved]")
    expect(page.locator("[data-test=rate]")).to_be_visible()
    page.locator("[data-test=score-4]").check()
    page.fill("[data-test=rate-text]", "很快")
    page.click("[data-test=rate]")
    expect(page.locator("[data-test=rated]")).to_contain_text("您評了 4 分")
    [found] = rows(
        "SELECT t.state, r.score, r.words FROM tickets t JOIN ratings r ON r.ticket_id = t.id "
        "WHERE number = ?",
        number,
    )
    assert found == ("closed", 4, "很快")


def test_the_chat_goes_on_about_the_ticket(partner: PartnerPage) -> None:
    page = partner.page
    partner.enter()
    number = partner.report_outage()
    partner.say("另外，訂單 SO-2026-03101 什麼時候到")
    partner.press("確認開單")
    assert partner.number != number
    before = partner.said_by("bot").count()

    page.goto(f"/my/tickets/{number}")
    page.click("[data-test=chat-about]")
    page.wait_for_url("**/")
    expect(partner.said_by("bot").nth(before)).to_contain_text(number)
    assert f"已補到 {number}" in partner.say("補充：備品請送台中廠")
    assert number in partner.say("進度")


def test_another_device_goes_on_with_what_was_said(partner: PartnerPage, new_context: Any) -> None:
    partner.enter()
    number = partner.report_outage()
    partner.say("補充：備品請送台中廠")

    other = PartnerPage(new_context(1440, 900).new_page())
    other.enter()
    other.page.goto(f"/my/tickets/{number}")
    expect(other.page.locator("[data-test=history]")).to_contain_text("備品請送台中廠")
    other.page.evaluate("localStorage.clear()")
    other.page.click("[data-test=chat-about]")
    other.page.wait_for_url("**/")
    expect(other.said_by("partner").last).to_contain_text("備品請送台中廠")


def test_without_script_everything_is_done_by_forms_and_keys(
    partner: PartnerPage, new_context: Any, rows: Any
) -> None:
    partner.enter()
    number = partner.report_outage()
    page = new_context(360, 780, java_script_enabled=False).new_page()
    page.goto("/demo")
    page.click(f"[data-test=enter][data-email='{COLLEAGUE}']")
    page.goto(f"/my?q={number}")
    row(page, number).get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.locator("[data-test=escalate-open]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("[data-test=escalate]").focus()
    page.keyboard.press("Enter")
    page.click("[data-test=close-open]")
    page.fill("[data-test=close-text]", "自己修好了")
    page.click("[data-test=close]")
    [[state]] = rows("SELECT state FROM tickets WHERE number = ?", number)
    assert state == "closed"
    expect(page.locator("[data-test=reopen]")).to_be_visible()
    page.locator(".account summary").click()
    page.get_by_role("button", name="登出").click()
    page.goto("/my")
    assert "/sign-in?next=/my" in page.url


@pytest.mark.parametrize(
    ("width", "scheme", "locale"),
    [
        (360, "light", "zh-TW"),
        (320, "dark", "en"),
        (1440, "light", "en"),
        (1440, "dark", "zh-TW"),
    ],
)
def test_its_pages_are_for_everybody_and_fit(
    new_context: Any, width: int, scheme: str, locale: str
) -> None:
    context = new_context(
        width, 900, color_scheme=scheme, locale=locale, bypass_csp=True, reduced_motion="reduce"
    )
    partner = PartnerPage(context.new_page())
    partner.enter()
    number = partner.report_outage()
    page = partner.page
    looks = {
        "requests": "/my",
        "request": f"/my/tickets/{number}",
        "company": "/my/company",
        "none": "/my?q=nothing-like-it",
        "unknown": "/my/tickets/T26-1",
    }
    for name, path in looks.items():
        page.goto(path)
        if name == "request":
            page.click("[data-test=why] summary")
            page.click("[data-test=escalate-open]")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate(SIDEWAYS, STRIPS) == [], path
        _picture(page, name, width, locale)


def _picture(page: Page, name: str, width: int, locale: str) -> None:
    """Kept where `FORM_PICTURES` names a folder."""
    if folder := os.environ.get("FORM_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/own-{name}-{width}-{locale}.png", full_page=True)
