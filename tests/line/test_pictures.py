"""The chat as partners see it, wide and narrow, by day and by night, in a portal too; pictures."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deploy.line import Line
from tests.desk.pictures import taken
from tests.line.conftest import FRIDAY_NIGHT, OPEN_HOURS
from tests.line.people import PartnerPage, StaffPage
from tests.line.portal import Portal
from tests.line.test_visitor_code import EMAIL, arrives, code_mailed_to
from tests.line.test_widget import PortalPage, token_of

pytestmark = [pytest.mark.line, pytest.mark.browser]

DOWN = "我們客戶的 Power 主機從昨天晚上就開不了機，序號 78A1234，產線停了，很急"


def a_page(new_context: Any, width: int, **wishes: Any) -> Page:
    height = 780 if width < 1000 else 900
    page: Page = new_context(width, height, reduced_motion="reduce", **wishes).new_page()
    return page


def test_wide_the_own_tickets_stand_beside_the_chat(at: Any, new_context: Any) -> None:
    at(OPEN_HOURS)
    partner = PartnerPage(a_page(new_context, 1440))
    partner.enter()
    number = partner.report_outage()
    expect(partner.page.locator("[data-test=ticket-number]").last).to_have_text(number)
    partner.page.locator(".promise__why summary").last.click()
    taken(partner.page, "chat-desktop")


def test_in_the_dark_the_last_thing_before_the_ticket_is_its_summary(
    at: Any, new_context: Any
) -> None:
    at(OPEN_HOURS)
    partner = PartnerPage(a_page(new_context, 390, color_scheme="dark"))
    partner.enter()
    partner.say(DOWN)
    assert "客戶：青田機械" in partner.say("客戶是青田機械 台中廠")
    taken(partner.page, "chat-dark")


def test_at_night_the_line_that_is_open_comes_first(at: Any, new_context: Any) -> None:
    at(FRIDAY_NIGHT)
    partner = PartnerPage(a_page(new_context, 390, color_scheme="dark"))
    partner.enter()
    assert "24 小時硬體專線 0800-000-024" in partner.say(DOWN)
    expect(partner.page.locator(".line__call")).to_be_visible()
    taken(partner.page, "chat-night")
    at(OPEN_HOURS)


def test_a_person_speaks(at: Any, new_context: Any, rows: Any, staff: StaffPage) -> None:
    at(OPEN_HOURS)
    partner = PartnerPage(a_page(new_context, 390))
    partner.enter()
    partner.say("我要找專員")
    [[waiting], *_] = rows("SELECT conversation_id FROM messages ORDER BY id DESC")
    staff.sign_in()
    staff.page.goto("/console/conversations")
    staff.page.locator(f"#chat-{waiting} [data-test=take]").click()
    expect(staff.page).to_have_url(re.compile(f"/console/conversations/{waiting}$"))
    staff.reply("您好，我是王志豪，請問是哪一台機器？")
    expect(partner.said_by("staff")).to_contain_text("哪一台機器")
    expect(partner.page.locator("[data-test=speaker-bar]")).to_contain_text("王志豪")
    taken(partner.page, "chat-person")
    staff.page.click("[data-test=give-back]")
    expect(staff.page.locator("[data-test=give-back]")).to_have_count(0)


def test_a_visitor_proves_an_address_in_the_chat(at: Any, line: Line, new_context: Any) -> None:
    at(OPEN_HOURS)
    first = arrives(new_context)
    first.say("我要問訂單 SO-2026-01777 的交期")
    first.say("王小明")
    first.say(EMAIL)
    first.press("確認開單")
    visitor = arrives(new_context)
    visitor.say(f"{first.number} 進度")
    visitor.press("收驗證碼")
    assert "驗證碼 1 分鐘內會到" in visitor.say(EMAIL)
    assert "確認完成。" in visitor.say(code_mailed_to(line, EMAIL))
    expect(visitor.said_by("bot").last).to_contain_text(first.number)
    visitor.page.reload()
    expect(visitor.said_by("partner").last).to_contain_text("●●●●●●")
    expect(visitor.said_by("bot").last).to_contain_text(first.number)
    taken(visitor.page, "visitor-code")


def test_in_a_portal_of_another_look(
    at: Any, line: Line, a_portal: Portal, new_context: Any
) -> None:
    at(OPEN_HOURS)
    a_portal.token = lambda: token_of(line)
    partner = PortalPage(a_page(new_context, 1440), a_portal)
    partner.open()
    partner.report_outage()
    expect(partner.page.locator("[data-test=panel]")).to_contain_text("已開好")
    taken(partner.page, "widget")
    a_portal.token = str
