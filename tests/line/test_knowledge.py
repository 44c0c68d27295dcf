"""Questions in the page: an answer with its article, which one, and an honest no; at phone size."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.desk.pictures import taken
from tests.line.people import PartnerPage

pytestmark = [pytest.mark.line, pytest.mark.browser]


@pytest.fixture
def partner(new_context: Any) -> PartnerPage:
    page: Page = new_context(390, 760, color_scheme="light", reduced_motion="reduce").new_page()
    partner = PartnerPage(page)
    partner.enter()
    return partner


def test_an_answer_leads_to_its_article(partner: PartnerPage) -> None:
    partner.say("BDF 是什麼")
    link = partner.page.locator("[data-test=article-link]")
    expect(link).to_be_visible()
    expect(partner.said_by("bot").last).to_contain_text("出處：")
    taken(partner.page, "answer")
    partner.press("詳細")
    expect(partner.said_by("bot").last).to_contain_text("BDF 請款")
    with partner.page.expect_popup() as opened:
        link.first.click()
    article = opened.value
    expect(article).to_have_url(re.compile("/help/bdf"))
    expect(article.locator("h1")).to_contain_text("BDF")


def test_of_two_that_fit_one_is_chosen(partner: PartnerPage) -> None:
    partner.say("要當夥伴需要什麼條件")
    expect(partner.said_by("bot").last).to_contain_text("您問的是哪一個？")
    taken(partner.page, "which-one")
    partner.page.locator("[data-test=button]:not([aria-disabled])").first.click()
    expect(partner.said_by("bot").last).to_contain_text("出處：")


def test_what_nothing_answers_is_said_so(partner: PartnerPage) -> None:
    partner.say("原廠在台灣一共有幾家夥伴")
    expect(partner.said_by("bot").last).to_contain_text("這題我沒有資料，不亂猜")
    taken(partner.page, "dont-know")
    width = partner.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
