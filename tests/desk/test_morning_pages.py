"""The morning's list: scanned line by line, called from there by keys alone, with an outcome for
each; what comes in meanwhile disturbs nobody."""

from datetime import datetime
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from hotline.calls.backs import note_outcome
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.tickets import handling
from hotline.tickets.ticket import Ticket
from tests.conftest import ENGINEER, LEAD, staff_of
from tests.core.desk_work import notes_on, opened, ticket_row
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.night_work import NIGHT as MATTERS
from tests.desk.night_work import night_of
from tests.desk.people import Client
from tests.desk.pictures import take

URL = "/console/morning"
NIGHT = datetime.fromisoformat("2026-11-30T22:40:00+08:00")
ROWS, OPEN = "[data-test=night]", "[data-test=night]:has(> details[open])"


@pytest.fixture
async def night(hotline: Hotline, contact: Contact, client: Client) -> tuple[str, str]:
    """A machine that is down and a message, both of the night before; their numbers."""
    day = hotline.now()
    hotline.clock.advance(NIGHT - day)
    message = await opened(hotline, contact, key="k1", intent="leave_message")
    down = await opened(hotline, contact, key="k2", severity=1)
    hotline.clock.advance(day - hotline.now())
    return down.number, message.number


@pytest.fixture
async def ten(hotline: Hotline, client: Client) -> list[Ticket]:
    """Ten matters by every door, two of them settled."""
    return await night_of(hotline)


def row(page: Page, number: str) -> Locator:
    return page.locator(f"{ROWS}[data-number='{number}']")


async def has_focus(within: Locator) -> bool:
    focused: bool = await within.evaluate("(part) => part.contains(document.activeElement)")
    return focused


async def on_the_list(browser: Browser, client: Client, **wishes: Any) -> Page:
    page = await signed_in(browser, client, ENGINEER, URL, **wishes)
    await page.wait_for_load_state("networkidle")  # the script is there
    return page


@pytest.mark.browser
async def test_each_gets_its_outcome_by_keys_alone(
    browser: Browser, client: Client, hotline: Hotline, night: tuple[str, str]
) -> None:
    down, message = night
    page = await signed_in(browser, client, ENGINEER, "/console")
    await expect(page.locator("#count-morning")).to_contain_text("2")
    await page.wait_for_load_state("networkidle")
    await page.keyboard.press("g")
    await page.keyboard.press("m")
    await page.wait_for_url(f"**{URL}")
    rows = page.locator(ROWS)
    await expect(rows).to_have_count(2)
    await expect(page.locator(OPEN)).to_have_attribute("data-number", down)
    await page.wait_for_load_state("networkidle")
    await page.keyboard.press("j")
    await page.keyboard.press("1")  # reached
    await page.keyboard.press("n")
    await expect(page.locator("[data-test=settled]")).to_have_attribute("data-number", down)
    await expect(page.locator("[data-test=outcome]")).to_contain_text("王志豪")
    assert (await ticket_row(hotline, down)).first_responded_at is not None
    # The next one is open, with the hand on it.
    await expect(page.locator(OPEN)).to_have_attribute("data-number", message)
    await expect(row(page, message).locator("[data-test=row]")).to_be_focused()
    await page.keyboard.press("2")  # no answer: it stays
    await page.keyboard.press("Tab")
    await page.keyboard.type("響了很久, n")  # in a field, a letter is a letter
    await page.keyboard.press("Control+Enter")
    await expect(rows.first.locator("[data-test=row]")).to_contain_text("打過 1 次")
    await expect(page.locator("[data-test=progress]")).to_contain_text("1 / 2 已有結果")
    assert await notes_on(hotline, await ticket_row(hotline, message)) == ["響了很久, n"]
    await expect(row(page, message).locator("[data-outcome] [name=text]")).to_have_value("")
    await page.keyboard.press("4")  # no call needed
    await page.keyboard.press("n")
    await expect(page.locator("[data-test=nothing]")).to_be_visible()
    await expect(page.locator("main")).to_be_focused()
    assert (await ticket_row(hotline, message)).callback == "settled"


@pytest.mark.browser
async def test_one_at_a_time_is_open_and_keys_move_through_them(
    browser: Browser, client: Client, ten: list[Ticket]
) -> None:
    page = await on_the_list(browser, client)
    first, second, third = [ticket.number for ticket in ten[:3]]
    await expect(page.locator(OPEN)).to_have_attribute("data-number", first)
    for key, number in (("j", first), ("j", second), ("j", third), ("k", second)):
        await page.keyboard.press(key)
        await expect(page.locator(OPEN)).to_have_count(1)
        await expect(page.locator(OPEN)).to_have_attribute("data-number", number)
        await expect(row(page, number).locator("[data-test=row]")).to_be_focused()
    await page.keyboard.press("3")  # to be called again: when?
    await expect(row(page, second).locator("[name=again_at]")).to_be_focused()
    await expect(row(page, second).locator("[data-test=phone]")).to_have_attribute(
        "href", "tel:0922000456"
    )


@pytest.mark.browser
async def test_a_line_says_who_what_from_where_and_when_to_call(
    browser: Browser, client: Client, ten: list[Ticket]
) -> None:
    page = await on_the_list(browser, client)
    told = {
        0: ("Power 主機整台停機", "禾光資訊", "金級", "終端 光朗物流", "對談", "24h 已打通", "我"),
        1: ("北辰系統", "其他系統 0:41", "18:12", "24h 未打通", "張文彬"),
        2: ("語音 1:12", "20:54", "早上", "9:00–12:00", "剩 45 分", "今天 11:00"),
        3: ("電子郵件", "21:05"),
        5: ("來電", "大新資訊", "王小明", "不限"),
        6: ("語音信箱 0:18", "0933-000-789"),
        7: ("約好再撥", "今天 14:00", "打過 1 次"),
    }
    for at, words in told.items():
        for each in words:
            await expect(row(page, ten[at].number).locator("[data-test=row]")).to_contain_text(each)
    settled = page.locator("[data-test=settled]")
    await expect(settled).to_have_count(2)
    await expect(settled.first.locator("[data-test=outcome]")).to_contain_text("聯絡上了")
    await expect(settled.first.locator("[data-test=outcome]")).to_contain_text("10:15，張文彬")
    await expect(settled.last.locator("[data-test=outcome]")).to_contain_text("已回覆")
    await expect(settled.last.locator("[data-test=outcome]")).to_contain_text("10:15，張文彬")


@pytest.mark.browser
async def test_what_comes_in_leaves_the_open_one_the_focus_and_the_note_alone(
    browser: Browser, client: Client, hotline: Hotline, ten: list[Ticket]
) -> None:
    page = await on_the_list(browser, client)
    lead = await staff_of(hotline, LEAD)
    mine, other = ten[2].number, ten[3].number
    await row(page, mine).locator("[data-test=row]").click()
    note = row(page, mine).locator("[data-outcome] [name=text]")
    await note.fill("機械手臂重")
    await row(page, mine).locator("label:has([value=no_answer])").click()
    await note.focus()
    await handling.claim(hotline, lead, other)
    await handling.claim(hotline, lead, mine)
    await note_outcome(hotline, lead, ten[4].number, "reached", "c-live")
    # The lines around it, and its own, are brought up to date.
    await expect(page.locator("[data-test=progress]")).to_contain_text("3 / 10")
    await expect(row(page, other).locator("[data-test=row]")).to_contain_text("張文彬")
    await expect(row(page, mine).locator("[data-test=row]")).to_contain_text("張文彬")
    await expect(page.locator(OPEN)).to_have_attribute("data-number", mine)
    await expect(note).to_be_focused()
    await expect(note).to_have_value("機械手臂重")
    await expect(row(page, mine).locator("[value=no_answer]")).to_be_checked()
    # A note waits in the fold, too, while another one is open.
    await row(page, other).locator("[data-test=row]").click()
    await note_outcome(hotline, lead, ten[5].number, "reached", "c-live-2")
    await expect(page.locator("[data-test=progress]")).to_contain_text("4 / 10")
    await expect(note).to_have_value("機械手臂重")


@pytest.mark.browser
async def test_whoever_is_second_is_told_and_keeps_what_they_typed(
    browser: Browser, client: Client, hotline: Hotline, ten: list[Ticket]
) -> None:
    page = await on_the_list(browser, client)
    lead, number = await staff_of(hotline, LEAD), ten[5].number
    await row(page, number).locator("[data-test=row]").click()
    await row(page, number).locator("[data-outcome] [name=text]").fill("條件說了")
    await note_outcome(hotline, lead, number, "reached", "c-first")
    await expect(row(page, number).locator("[data-gone]")).to_be_visible()
    await expect(page.locator(OPEN)).to_have_attribute("data-number", number)
    await row(page, number).locator("label:has([value=reached])").click()
    await row(page, number).locator("[data-test=record]").click()
    await expect(row(page, number).locator("[data-error]")).to_contain_text("已經有結果")
    await expect(row(page, number).locator("[data-outcome] [name=text]")).to_have_value("條件說了")


@pytest.mark.browser
async def test_without_an_outcome_nothing_is_recorded(
    browser: Browser, client: Client, hotline: Hotline, night: tuple[str, str]
) -> None:
    page = await on_the_list(browser, client)
    await row(page, night[0]).locator("[data-test=record]").click()
    await expect(row(page, night[0]).locator("[value=reached]")).to_be_focused()  # it is required
    # Nor does the server take it from a browser that does not ask.
    form = row(page, night[0]).locator("form[data-outcome]")
    await form.evaluate("(form) => form.noValidate = true")
    await row(page, night[0]).locator("[data-test=record]").click()
    await expect(row(page, night[0]).locator("[data-error]")).to_contain_text("請選這通電話的結果")
    assert (await ticket_row(hotline, night[0])).callback is None


@pytest.mark.browser
async def test_claimed_from_its_line_it_is_mine_and_opens_nothing(
    browser: Browser, client: Client, hotline: Hotline, ten: list[Ticket]
) -> None:
    page = await on_the_list(browser, client)
    number = ten[3].number
    await row(page, number).locator("[data-test=claim]").click()
    await expect(row(page, number).locator("[data-test=row]")).to_contain_text("我")
    await expect(row(page, number).locator("[data-test=claim]")).to_have_count(0)
    await expect(row(page, number).locator("[data-test=row]")).to_be_focused()
    await expect(page.locator(OPEN)).to_have_attribute("data-number", ten[0].number)
    assignee = (await ticket_row(hotline, number)).assignee
    assert assignee is not None
    assert assignee.email == ENGINEER


@pytest.mark.browser
async def test_without_script_it_is_recorded_and_the_next_one_is_open(
    browser: Browser, client: Client, hotline: Hotline, ten: list[Ticket]
) -> None:
    page = await signed_in(browser, client, ENGINEER, URL, java_script_enabled=False)
    first, second, third = [ticket.number for ticket in ten[:3]]
    await row(page, first).locator("label:has([value=no_answer])").click()
    await row(page, first).locator("[data-test=record]").click()
    await expect(page.locator(OPEN)).to_have_attribute("data-number", second)
    await row(page, third).locator("[data-test=row]").click()  # the others close by themselves
    await expect(page.locator(OPEN)).to_have_attribute("data-number", third)
    await row(page, third).locator("[data-test=claim]").click()
    await expect(page.locator(OPEN)).to_have_attribute("data-number", third)
    await expect(row(page, third).locator("[data-test=row]")).to_contain_text("我")
    # Lost to somebody else: it says to whom.
    await handling.claim(hotline, await staff_of(hotline, LEAD), ten[3].number)
    await row(page, ten[3].number).locator("[data-test=claim]").click()
    await expect(row(page, ten[3].number).locator("[data-error]")).to_contain_text("張文彬 先認領")


@pytest.mark.browser
async def test_a_time_at_which_nobody_is_there_is_refused_where_it_was_typed(
    browser: Browser, client: Client, night: tuple[str, str]
) -> None:
    for has_script in (False, True):
        page = await signed_in(browser, client, ENGINEER, URL, java_script_enabled=has_script)
        await page.wait_for_load_state("networkidle")
        found = row(page, night[0])
        await found.locator("label:has([value=again])").click()
        await found.locator("[name=again_at]").fill("2026-12-01T03:00")
        await found.locator("[data-outcome] [name=text]").fill("他說凌晨")
        await found.locator("[data-test=record]").click()
        await expect(found.locator("[data-error]")).to_be_visible()
        await expect(found.locator("[value=again]")).to_be_checked()
        await expect(found.locator("[name=again_at]")).to_have_value("2026-12-01T03:00")
        await expect(found.locator("[data-outcome] [name=text]")).to_have_value("他說凌晨")


@pytest.mark.browser
async def test_on_paper_every_matter_has_its_number_to_call(
    browser: Browser, client: Client, ten: list[Ticket]
) -> None:
    page = await on_the_list(browser, client)
    await page.evaluate("window.print = () => document.body.setAttribute('data-printed', '')")
    await page.locator("[data-print]").click()
    await expect(page.locator("body[data-printed]")).to_have_count(1)
    await page.emulate_media(media="print")
    phones = page.locator("[data-test=phone]")
    for at in range(await phones.count()):
        await expect(phones.nth(at)).to_be_visible()
    await expect(page.locator(".nav")).to_be_hidden()
    await expect(page.locator("[data-test=record]").first).to_be_hidden()


@pytest.mark.browser
@LOOKS
async def test_the_list_is_for_everybody(
    browser: Browser,
    client: Client,
    ten: list[Ticket],
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    page = await on_the_list(browser, client, width=width, color_scheme=scheme, locale=locale)
    await expect(page.locator(ROWS)).to_have_count(len(MATTERS) - 2)
    await expect(page.locator(OPEN)).to_have_count(1)
    await expect(page.locator("[data-test=settled]")).to_have_count(2)
    await check(page)
    third = row(page, ten[2].number)
    await third.locator("[data-test=row]").click()
    await third.locator("label:has([value=reached])").click()
    await third.locator("[data-outcome] [name=text]").fill(
        "已遠端重啟機械手臂，今晚 20:00 驗證備份"
    )
    await third.locator("[data-test=row]").focus()
    if (width, locale) == (1440, "zh-TW"):
        await take(page, "morning", whole=True)
    await third.locator("label:has([value=again])").click()
    await check(page)
    if width == 360:  # what is not open is a row of two lines
        box = await row(page, ten[3].number).bounding_box()
        assert box is not None
        assert box["height"] <= 5 * 16
    await third.locator("label:has([value=reached])").click()
    await third.locator("[data-test=record]").click()
    await expect(page.locator("[data-test=settled]")).to_have_count(3)
    await check(page)
