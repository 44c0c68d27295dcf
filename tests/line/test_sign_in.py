"""A visitor signs in on the page in the middle of a chat, and it goes on where it was."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from deploy.line import Line
from tests.line.chat import Chat, text_of
from tests.line.conftest import OPEN_HOURS
from tests.line.people import PartnerPage
from tests.line.test_accessibility import RULES, SIDEWAYS, STRIPS
from tests.line.test_visitor_code import arrives, code_mailed_to

pytestmark = [pytest.mark.line, pytest.mark.browser]

CONTACT, COLLEAGUE = "yichun.chen@heguang.example", "bohong.lin@heguang.example"
OTHER_COMPANY = "amy.wu@polaris.example"


@pytest.fixture(autouse=True)
def open_hours(at: Any) -> None:
    at(OPEN_HOURS)


@pytest.fixture(autouse=True)
def no_mail_of_another_test(line: Line) -> Iterator[None]:
    """Their names are times, and each test sets the clock back."""
    yield
    for file in (line.settings.var_dir / "mail").glob("*.eml"):
        file.unlink()


def signs_in(line: Line, page: Page, email: str) -> None:
    """From the sign-in page by the code of the mail back to the chat."""
    page.fill("[name=email]", email)
    page.press("[name=email]", "Enter")
    page.wait_for_url("**/sign-in/code**")
    expect(page.locator("[data-test=again]")).to_contain_text("後可以重寄")
    page.fill("[name=code]", code_mailed_to(line, email))
    page.press("[name=code]", "Enter")
    expect(page.locator(".account")).to_be_visible()


def kept(page: Page) -> dict[str, Any]:
    """What the browser keeps of the conversation it is in."""
    found: dict[str, Any] = page.evaluate("() => JSON.parse(localStorage.getItem('hotline-talk'))")
    return found


def test_in_the_middle_of_a_form_it_goes_on_with_its_question(
    line: Line, rows: Any, new_context: Any
) -> None:
    visitor = arrives(new_context)
    visitor.say("我要問訂單 SO-2026-02777 的交期")
    talk = kept(visitor.page)["id"]
    visitor.page.fill("[data-test=composer]", "還沒送出的話")

    visitor.page.click("[data-test=to-sign-in]")
    signs_in(line, visitor.page, COLLEAGUE)

    expect(visitor.said_by("bot").filter(has_text="林柏宏 您好，確認完成。")).to_be_visible()
    expect(visitor.page.locator("[data-test=composer]")).to_have_value("還沒送出的話")
    # Who it is was the question; it has been answered, and the request goes on to what is next.
    expect(visitor.said_by("bot").last).to_contain_text("SO-2026-02777")
    expect(visitor.said_by("bot").last).to_contain_text("林柏宏")
    told = visitor.press("確認開單")
    assert "e-mail" not in told
    [[partner, ticket_talk]] = rows(
        "SELECT partner_id, conversation_id FROM tickets ORDER BY id DESC LIMIT 1"
    )
    assert (partner, ticket_talk) == ("P-1001", talk)
    left = kept(visitor.page)
    assert (left["id"], "token" in left) == (talk, False)


def test_the_look_up_that_was_refused_is_answered_and_signing_out_ends_it(
    line: Line, new_context: Any
) -> None:
    theirs = Chat.begin(line, CONTACT)
    theirs.say("Power 主機開不了機，序號 78A1234，產線停了")
    theirs.say("略過")
    number = re.search(r"T26-\d{6}-\d", text_of(theirs.say("確認開單")))
    assert number

    visitor = arrives(new_context)
    assert "這要先確認身分" in visitor.say(f"{number[0]} 進度")
    visitor.page.locator("[data-test=button]", has_text="登入").click()
    expect(visitor.page).to_have_url(re.compile("/sign-in"))
    signs_in(line, visitor.page, CONTACT)
    expect(visitor.said_by("bot").last).to_contain_text(number[0])
    expect(visitor.said_by("partner")).to_have_count(1)

    other_tab = PartnerPage(visitor.page.context.new_page())
    other_tab.page.goto("/")
    expect(other_tab.said_by("bot").last).to_contain_text(number[0])
    visitor.page.click(".account summary")
    visitor.page.click("[data-test=leave]")
    expect(visitor.page.locator("[data-test=to-sign-in]")).to_be_visible()
    expect(visitor.said_by("bot")).to_have_count(1)
    assert "這要先確認身分" in visitor.say(f"{number[0]} 進度")


def test_a_session_ended_elsewhere_says_so_and_goes_on_after_signing_in_again(
    line: Line, new_context: Any
) -> None:
    here, there = (PartnerPage(new_context(1280, 800).new_page()) for _ in range(2))
    here.enter(OTHER_COMPANY)
    here.say("你們今天到幾點")
    there.enter(OTHER_COMPANY)
    there.page.click(".account summary")
    there.page.click("a[href='/my/sessions']")
    expect(there.page.locator("[data-test=session]")).to_have_count(2)
    there.page.click("[data-test=end-others]")
    expect(there.page.locator("[data-test=session]")).to_have_count(1)

    banner = here.page.locator("[data-test=banner]")
    expect(banner).to_contain_text("登入已經結束")
    banner.locator("button").click()
    expect(here.page).to_have_url(re.compile("/sign-in"))
    here.page.goto("/demo")
    here.page.click(f"[data-test=enter][data-email='{OTHER_COMPANY}']")
    expect(here.said_by("partner")).to_have_text([re.compile("你們今天到幾點")])


def test_somebody_else_who_signs_in_begins_a_conversation_of_their_own(
    new_context: Any,
) -> None:
    page = PartnerPage(new_context(390, 780).new_page())
    page.enter(CONTACT)
    page.say("你們今天到幾點")
    page.page.goto("/demo")
    page.page.click(f"[data-test=enter][data-email='{OTHER_COMPANY}']")
    expect(page.said_by("bot")).to_have_count(1)
    expect(page.said_by("partner")).to_have_count(0)


def test_it_works_without_a_script(line: Line, new_context: Any) -> None:
    page = new_context(360, 740, java_script_enabled=False).new_page()
    page.goto("/sign-in?next=/my/sessions")
    page.fill("[name=email]", OTHER_COMPANY)
    page.press("[name=email]", "Enter")
    page.fill("[name=code]", "12345")
    page.press("[name=code]", "Enter")
    expect(page.locator("[data-test=fault]")).to_contain_text("您輸入了 5 位")
    page.fill("[name=code]", code_mailed_to(line, OTHER_COMPANY))
    page.press("[name=code]", "Enter")
    expect(page).to_have_url(re.compile("/my/sessions$"))
    expect(page.locator("[data-test=session]", has_text="這個瀏覽器")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 360, 1440])
@pytest.mark.parametrize(("scheme", "locale"), [("light", "en"), ("dark", "zh-TW")])
def test_its_pages_are_accessible(new_context: Any, width: int, scheme: str, locale: str) -> None:
    page = new_context(
        width, 800, color_scheme=scheme, locale=locale, bypass_csp=True, reduced_motion="reduce"
    ).new_page()
    page.goto("/")
    expect(page.locator("[data-test=message]")).to_be_visible()
    _check(page)
    page.click("[data-test=to-sign-in]")
    _check(page)
    page.fill("[name=email]", "nobody@nowhere")
    page.press("[name=email]", "Enter")
    expect(page.locator("[data-test=fault]")).to_be_visible()
    expect(page.locator("[name=email]")).to_be_focused()
    _check(page)
    page.fill("[name=email]", f"{scheme}{width}@nowhere.example")
    page.press("[name=email]", "Enter")
    expect(page.locator("[name=code]")).to_be_focused()
    _check(page)
    page.fill("[name=code]", "123456")
    page.press("[name=code]", "Enter")
    expect(page.locator("[data-test=fault]")).to_be_visible()
    _check(page)
    page.goto("/demo")
    page.click(f"[data-test=enter][data-email='{OTHER_COMPANY}']")
    page.click(".account summary")
    _check(page)
    page.click("a[href='/my/sessions']")
    expect(page.locator("[data-test=session]").first).to_be_visible()
    _check(page)


def _check(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS, STRIPS) == [], page.url
    assert page.evaluate("() => document.querySelector('main').getBoundingClientRect().width") > 300
