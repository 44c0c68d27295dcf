"""The console's pages for partners' work, with the demonstration's year on them, and pictures."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Browser, expect

from desk.keys import HOTLINE
from hotline.conversations import holding
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.hand_off import offers
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers
from hotline.tickets.amending import amend
from hotline.tickets.handling import claim, reply
from tests.conftest import ENGINEER, LEAD, OTHER_COMPANY, contact_of
from tests.core.desk_work import opened, says
from tests.desk.console_browser import signed_in
from tests.desk.people import Client, new_id
from tests.desk.pictures import take
from tests.desk.test_raised_pages import twice_reopened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("settings", ["year"], indirect=True),
]
SPECIALIST = "jiarong.li@hotline.example"


async def waiting(hotline: Hotline, contact: Contact | None, *words: str) -> str:
    """The id of a conversation whose partner said `words` and waits for a person."""
    conversation, _greeting = await start(hotline, contact)
    for said in words:
        await says(hotline, conversation.id, said, new_id())
    async with hotline.database.write() as session:
        await holding.join_queue(session, hotline, conversation.id)
    return conversation.id


def later(client: Client, hotline: Hotline, minutes: int) -> None:
    """One clock for the desk and the test, which looks at it only now and then."""
    hotline.clock.advance(timedelta(minutes=minutes))
    client.app[HOTLINE].clock.set(hotline.now())


@pytest.fixture
async def chats(client: Client, hotline: Hotline, contact: Contact) -> list[str]:
    """Two that wait, the longer first."""
    english = await contact_of(hotline, OTHER_COMPANY)
    first = await waiting(hotline, contact, "我要找專員", "備品說今天到，還沒看到人")
    later(client, hotline, 6)
    words = ("A person, please", "The quote has the wrong model in it")
    second = await waiting(hotline, english, *words)
    later(client, hotline, 3)
    return [first, second]


async def test_the_queue_with_what_waits_beside_it(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, chats: list[str]
) -> None:
    page = await signed_in(browser, client, ENGINEER, "/console")
    await expect(page.locator("[data-test=queue-row]").nth(5)).to_be_visible()
    await expect(page.locator("[data-test=offer]")).to_have_count(2)
    await take(page, "queue")
    await page.emulate_media(color_scheme="dark")
    await take(page, "queue-dark")
    await page.emulate_media(color_scheme="light")
    await page.goto("/console/search?q=硬碟")
    await expect(page.locator("[data-test=found]")).to_be_visible()
    await expect(page.locator("[data-test=queue-row]").first).to_contain_text("硬碟")
    await take(page, "search")
    phone = await signed_in(browser, client, ENGINEER, "/console", 360)
    await expect(phone.locator("[data-test=queue-row]").first).to_be_visible()
    await take(phone, "queue-phone")


async def test_several_tickets_are_claimed_and_each_tells_what_came_of_it(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    numbers = [(await opened(hotline, contact, key=f"k{n}")).number for n in range(3)]
    page = await signed_in(browser, client, ENGINEER, "/console?filter=all")
    for number in numbers:
        await page.check(f"[data-number='{number}'] [data-test=select]")
    await claim(hotline, lead, numbers[1])
    await page.click("[data-test=bulk-claim]")
    await expect(page.locator("[data-test=outcome][data-done='1']")).to_have_count(2)
    await expect(page.locator("[data-test=outcome]").nth(1)).to_contain_text(lead.name)
    await take(page, "bulk")


async def test_what_is_brought_up_stands_first_and_its_ticket_says_why(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await twice_reopened(hotline, contact, engineer)
    page = await signed_in(browser, client, LEAD, "/console")
    await expect(page.locator("[data-test=raised-ticket]").first).to_be_visible()
    await take(page, "raised")
    await page.click("[data-test=raised-ticket] a")
    await expect(page.locator("[data-test=acknowledge]").first).to_be_visible()
    await take(page, "escalation")


async def test_a_ticket_with_its_duplicate_on_a_desk_and_on_a_phone(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    kept, gone = await opened(hotline, contact), await opened(hotline, contact, key="two")
    assert gone.conversation_id is not None
    await answers.add(hotline, gone.conversation_id, gone.number, "面板也亮紅燈")
    await claim(hotline, engineer, kept.number)
    for one in (kept, gone):
        await amend(hotline, engineer, one.number, "serial", "78A1234", seen="")
    await reply(hotline, engineer, kept.number, "您好，備品已經出發，一小時內到台中廠。")
    page = await signed_in(browser, client, ENGINEER, f"/console/tickets/{kept.number}")
    likely = page.locator("[data-test=likely-one]").first
    await expect(likely).to_contain_text(gone.number)
    await likely.locator("summary").click()
    await expect(likely.locator("[data-test=merge]")).to_be_visible()
    await likely.scroll_into_view_if_needed()
    await take(page, "duplicate")
    await page.reload()
    await page.click("[data-test=why]")
    await expect(page.locator("[data-test=why-facts] li")).to_have_count(3)
    await take(page, "deadline")
    phone = await signed_in(browser, client, ENGINEER, f"/console/tickets/{kept.number}", 360)
    await expect(phone.locator("[data-test=timeline]")).to_contain_text("備品已經出發")
    await take(phone, "ticket-phone")


async def test_conversations_that_wait_and_one_that_is_held(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    contact: Contact,
    engineer: Staff,
    chats: list[str],
) -> None:
    page = await signed_in(browser, client, ENGINEER, "/console/conversations")
    await expect(page.locator("[data-test=offer]")).to_have_count(2)
    await take(page, "conversations")
    await holding.take(hotline, engineer, chats[0])
    await holding.staff_says(hotline, engineer, chats[0], "您好，我是王志豪，正在查備品到哪裡了。")
    other, _greeting = await start(hotline, None)
    await holding.take(hotline, engineer, other.id)
    for said in ("左邊那顆燈完全沒亮", "要先關機嗎"):
        await says(hotline, other.id, said, new_id())
    with_assistant, _greeting = await start(hotline, contact)
    await says(hotline, with_assistant.id, "請問十一月的對帳單什麼時候會寄", new_id())
    await offers.offer(hotline, chats[1], engineer.id)  # unless the desk has done it already
    await says(hotline, chats[0], "好，機房有人等", new_id())
    await page.goto(f"/console/conversations/{chats[0]}")
    await expect(page.locator("[data-test=timeline]")).to_contain_text("機房有人等")
    await expect(page.locator("[data-test=give-back]")).to_be_visible()
    beside = page.locator("[data-test=beside]")
    await expect(beside.locator("#chats-waiting [data-test=pass]")).to_be_visible()
    await expect(beside.locator("#chats-mine li")).to_have_count(2)
    await expect(beside.locator("[data-test=unread]")).to_have_count(1)
    await expect(beside).to_contain_text("對帳單什麼時候會寄")
    await take(page, "conversation")
    await page.emulate_media(color_scheme="dark")
    await take(page, "conversation-dark")


async def test_calls_a_new_call_and_one_that_was_taken(
    browser: Browser, client: Client, hotline: Hotline
) -> None:
    page = await signed_in(browser, client, SPECIALIST, "/console/calls/new?q=0912345678")
    await expect(page.locator("[data-test=card]")).to_contain_text("陳怡君")
    await page.select_option("[data-test=intent]", "technical_hardware")
    await page.fill("[data-test=words]", "機房的 Power 主機開不了機，產線停了")
    await page.fill("[data-fact=serial] input", "78A1234")
    await take(page, "new-call", whole=True)
    await page.click("[data-test=open]")
    await expect(page.locator("[data-test=sentence]")).to_contain_text("前回覆您")
    await expect(page).to_have_url(re.compile("/console/calls/[0-9]+$"))
    await take(page, "call")
    await page.goto("/console/calls/new?q=0912345678")
    await page.select_option("[data-test=intent]", "leave_message")
    await page.fill("[data-test=words]", "請王志豪回電談擴充櫃的報價")
    await page.click("[data-test=open]")
    await expect(page.locator("[data-test=sentence]")).to_be_visible()
    await page.goto("/console/calls")
    await expect(page.locator("[data-test=recent]")).to_contain_text("陳怡君")
    await expect(page.locator("[data-test=due]")).to_contain_text("報價")
    await take(page, "calls")
