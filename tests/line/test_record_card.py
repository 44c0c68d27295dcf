"""What is recorded, as a card on a telephone; a visitor reads it after proving the address."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deploy.line import Line
from tests.line.conftest import OPEN_HOURS
from tests.line.people import CONTACT, PartnerPage
from tests.line.test_visitor_code import arrives, code_mailed_to

pytestmark = [pytest.mark.line, pytest.mark.browser]

WIDTH = 360
QUESTIONS = {
    "BDF 今年還剩多少": ("NT$300,000", "資料到 11/30"),
    "我們的夥伴合約什麼時候到期": ("2027/3/31", "要辦續約嗎？"),
    "查認證": ("4 張", "林柏宏 AIX 系統管理，2027/1/31"),
    "我們今年業績達成率多少": ("83%", "還差 NT$2,040,000"),
    "查 P-1002 的信用額度": ("NT$1,600,000", "只查得到貴公司（禾光資訊）自己的資料。"),
}


@pytest.fixture(autouse=True)
def open_hours(at: Any) -> None:
    at(OPEN_HOURS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_record_is_a_card_in_the_place_of_its_text(new_context: Any, scheme: str) -> None:
    page: Page = new_context(WIDTH, 740, color_scheme=scheme, reduced_motion="reduce").new_page()
    partner = PartnerPage(page)
    partner.enter()
    for question, (value, words) in QUESTIONS.items():
        partner.say(question)
        message = partner.said_by("bot").last
        card = message.locator("[data-test=record-card]")
        expect(card.locator(".record__value")).to_have_text(value)
        expect(card).to_contain_text(words)
        expect(message.locator(".bubble")).to_have_count(0)
        assert _size(card.locator(".record__value")) > _size(card.locator(".record__as-of"))
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    pressable = page.locator("[data-test=button]:not([aria-disabled])")
    expect(pressable).to_have_text(["找財務", "看明細"])
    assert "信用審核：通過" in partner.press("看明細")
    expect(partner.said_by("bot").last.locator(".bubble")).to_have_count(1)


def test_a_visitor_proves_the_address_and_reads_the_balance(
    line: Line, rows: Any, new_context: Any
) -> None:
    visitor = arrives(new_context)
    assert "這要先確認身分" in visitor.say("BDF 餘額")
    visitor.press("收驗證碼")
    visitor.say(CONTACT)
    assert "確認完成。" in visitor.say(code_mailed_to(line, CONTACT))
    card = visitor.said_by("bot").last.locator("[data-test=record-card]")
    expect(card).to_contain_text("NT$300,000")
    [[conversation]] = rows(
        "SELECT conversation_id FROM journal WHERE kind = 'record.read' ORDER BY id DESC LIMIT 1"
    )
    assert conversation


def test_a_wish_that_waited_is_answered_after_the_proof(line: Line, new_context: Any) -> None:
    visitor = arrives(new_context)
    visitor.say("訂單 SO-2026-01777 什麼時候到，另外我們的 BDF 今年還剩多少")
    visitor.say("禾光資訊 陳怡君 0912-345-678")
    assert "現在查嗎" in visitor.press("確認開單")
    assert "這要先確認身分" in visitor.press("好")
    visitor.press("收驗證碼")
    visitor.say(CONTACT)
    visitor.say(code_mailed_to(line, CONTACT))
    expect(visitor.said_by("bot").last).to_contain_text("NT$300,000")


def _size(place: Any) -> float:
    """The size of its letters, in pixels."""
    size = place.evaluate("one => getComputedStyle(one).fontSize")
    [number] = re.findall(r"[0-9.]+", size)
    return float(number)
