"""The other chats beside one in a browser: news of them while one writes, and going to them."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from hotline.conversations import holding
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.hand_off.wanting import want_person
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from tests.conftest import ENGINEER, LEAD, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, says
from tests.desk.console_browser import check, signed_in
from tests.desk.people import Client, new_id

pytestmark = pytest.mark.browser

CHATS = "/console/conversations"
REPLY = "#text-reply"


async def talk(hotline: Hotline, contact: Contact | None, words: str) -> str:
    conversation, _greeting = await start(hotline, contact)
    await says(hotline, conversation.id, words, new_id())
    return conversation.id


@pytest.fixture
async def mine(hotline: Hotline, contact: Contact, engineer: Staff) -> list[str]:
    """Two chats of the engineer's own."""
    english = await contact_of(hotline, OTHER_COMPANY)
    found = [
        await talk(hotline, contact, "硬碟壞了"),
        await talk(hotline, english, "The quote has the wrong model in it"),
    ]
    for one in found:
        await holding.take(hotline, engineer, one)
    return found


async def opened(browser: Browser, client: Client, chat: str, *size: int, **wishes: Any) -> Page:
    page = await signed_in(browser, client, ENGINEER, f"{CHATS}/{chat}", *size, **wishes)
    await page.wait_for_load_state("networkidle")  # the script is there
    return page


async def test_a_word_in_another_chat_counts_beside_the_one_that_is_written_in(
    browser: Browser, client: Client, hotline: Hotline, mine: list[str]
) -> None:
    first, second = mine
    page = await opened(browser, client, first)
    tab = await page.context.new_page()
    await tab.goto(f"{CHATS}/{first}")
    await page.bring_to_front()
    field, new = page.locator(REPLY), page.locator(f"#chat-{second} [data-test=unread]")
    await field.focus()
    await page.keyboard.type("重建完成前先不要拔")
    await says(hotline, second, "Are you still there?", new_id())
    await expect(new).to_contain_text("1")
    await says(hotline, second, "It is the 24-bay model", new_id())
    await expect(new).to_contain_text("2")
    await expect(page.locator(f"#chat-{second}")).to_contain_text("It is the 24-bay model")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("重建完成前先不要拔")
    await page.keyboard.type("第 7 槽")
    await expect(tab.locator(f"#chat-{second} [data-test=unread]")).to_contain_text("2")

    # There by keys, from within the words; back again, and they are still there.
    await page.keyboard.press("Alt+ArrowDown")
    await page.wait_for_url(f"**{CHATS}/{second}")
    await expect(page.locator(f"#chat-{second} a[aria-current=page]")).to_be_visible()
    await expect(page.locator("[data-test=unread]")).to_have_count(0)
    await expect(page.locator(REPLY)).to_be_focused()
    await expect(page.locator(REPLY)).to_have_value("")
    await page.wait_for_load_state("networkidle")
    await page.keyboard.press("Alt+ArrowDown")  # after the last the first
    await page.wait_for_url(f"**{CHATS}/{first}")
    await expect(page.locator(REPLY)).to_have_value("重建完成前先不要拔第 7 槽")
    await expect(page.locator(REPLY)).to_be_focused()
    # Outside of a field one key is enough.
    await page.wait_for_load_state("networkidle")
    await page.keyboard.press("Escape")
    await page.keyboard.press("[")
    await page.wait_for_url(f"**{CHATS}/{second}")
    await page.click(f"#chat-{first} a")
    await expect(page.locator(REPLY)).to_have_value("重建完成前先不要拔第 7 槽")
    await page.keyboard.press("?")
    await expect(page.locator("#keys")).to_contain_text("我的上一場、下一場")
    await page.keyboard.press("Escape")
    # The other tab has not looked at it all this time, and now does.
    await tab.bring_to_front()
    await tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(tab.locator("[data-test=unread]")).to_have_count(0)


async def test_what_is_said_in_the_open_chat_is_not_new_beside_it(
    browser: Browser, client: Client, hotline: Hotline, mine: list[str]
) -> None:
    page = await opened(browser, client, mine[0])
    await says(hotline, mine[0], "重建又動了，現在 71%", new_id())
    await expect(page.locator("#items")).to_contain_text("71%")
    await expect(page.locator(f"#chat-{mine[0]}")).to_contain_text("71%")
    await expect(page.locator("[data-test=unread]")).to_have_count(0)
    # Whoever stands on a chat in the list still does when it changes.
    link = page.locator(f"#chat-{mine[1]} a")
    await link.focus()
    await says(hotline, mine[1], "Are you still there?", new_id())
    await expect(page.locator(f"#chat-{mine[1]} [data-test=unread]")).to_contain_text("1")
    await expect(link).to_be_focused()


async def test_a_chat_is_left_to_a_colleague_or_taken_from_beside_another(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, mine: list[str]
) -> None:
    page = await opened(browser, client, mine[0])
    third = await talk(hotline, contact, "標案規格要確認")
    await want_person(hotline, third, "zh-TW")
    offer = page.locator(f"#chats-waiting #chat-{third}")
    await expect(offer).to_contain_text("請您接手")
    await signed_in(browser, client, LEAD, "/console")
    await page.fill(REPLY, "請稍等")
    await check(page)
    await offer.locator("[data-test=pass]").click()
    await expect(offer).to_contain_text("已請張文彬接手")
    await expect(page).to_have_url(str(client.make_url(f"{CHATS}/{mine[0]}")))
    await expect(page.locator(REPLY)).to_have_value("請稍等")
    await offer.locator("[data-test=take]").click()
    await page.wait_for_url(f"**{CHATS}/{third}")
    await expect(page.locator("#chats-mine li")).to_have_count(3)
    await expect(page.locator("#count-mine")).to_contain_text("3 / 3")
    await expect(page.locator("#chats-waiting li")).to_have_count(0)
    assert (await conversation_row(hotline, third)).holder == "person"


@pytest.mark.parametrize(
    ("width", "scheme", "locale"),
    [
        (360, "dark", "zh-TW"),
        (1279, "light", "en"),
        (1280, "light", "en"),
        (1280, "dark", "zh-TW"),
        (1440, "light", "zh-TW"),
        (1440, "dark", "en"),
    ],
)
async def test_the_column_is_for_everybody_who_has_room_for_it(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    contact: Contact,
    mine: list[str],
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    waiting = await talk(hotline, None, "A person, please")
    async with hotline.database.write() as session:
        await holding.join_queue(session, hotline, waiting)
    await talk(hotline, contact, "請問 10 月份對帳單什麼時候會寄出來，上個月的也還沒有收到")
    await says(hotline, mine[1], "Are you still there?", new_id())
    page = await opened(browser, client, mine[0], width, color_scheme=scheme, locale=locale)
    column = page.locator("[data-test=beside]")
    if width < 1280:
        await expect(column).to_be_hidden()
    else:
        for id in ("waiting", "mine", "assistant"):
            await expect(column.locator(f"#chats-{id} li").first).to_be_visible()
    await check(page)
    await page.goto(CHATS)
    await expect(page.locator("#chats-assistant li")).to_have_count(1)
    await check(page)
