"""Messages from elsewhere at the console: as a browser without script uses the page, and seen."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from hotline.core import Hotline
from hotline.intake import keys
from tests.conftest import CONTACT, contact_of
from tests.core.desk_work import ticket_row
from tests.core.test_intake import row_of
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.console_pages import all_of, page, part, post, sign_in
from tests.desk.people import Client
from tests.desk.pictures import take
from tests.desk.test_intake_api import WEBM, Pbx

LI = "jiarong.li@hotline.example"
URL = "/console/incoming"
STRANGER = "02-2700-0000 王小明"


@pytest.fixture
async def console(client: Client) -> Client:
    await sign_in(client, LI)
    return client


@pytest.fixture
async def number(client: Client, hotline: Hotline) -> str:
    """A stranger's voicemail."""
    pbx = Pbx(client, await keys.add(hotline, "pbx"))
    answer = await pbx.post(("audio", "vm.webm", WEBM), caller=STRANGER, text="請回電談報價")
    return str((await answer.json())["number"])


async def test_a_stranger_is_listed_found_and_linked(
    console: Client, hotline: Hotline, number: str
) -> None:
    text = await page(console, f"{URL}?lang=zh-TW")
    card, row = part(text, "message"), await row_of(hotline, number)
    for words in (STRANGER, "來自系統 pbx", "請回電談報價", number, "0:02"):
        assert words in card
    assert all_of(text, "message", "data-number") == [number]
    [sound] = all_of(text, "sound", "src")
    heard = await console.get(sound)
    assert (heard.status, heard.content_type, await heard.read()) == (200, "audio/webm", WEBM)
    nobody = await page(console, f"{URL}?of={row.id}&q=Zebra")
    assert "找不到「Zebra」" in nobody
    found = await page(console, f"{URL}?of={row.id}&q=heguang")
    contact = await contact_of(hotline, CONTACT)
    assert str(contact.id) in all_of(found, "link", "value")
    after = await post(console, f"{URL}/{row.id}/link", {"contact": str(contact.id)})
    assert all_of(after, "message", "data-number") == []
    assert "同事已認出" in part(after, "settled")
    assert (await ticket_row(hotline, number)).contact == contact
    ticket = await page(console, f"/console/tickets/{number}")
    assert "認出了這位聯絡人" in ticket
    assert "陳怡君" in part(ticket, "came-in") or "陳怡君" in ticket


async def test_junk_has_an_undo(console: Client, hotline: Hotline, number: str) -> None:
    row = await row_of(hotline, number)
    after = await post(console, f"{URL}/{row.id}/junk")
    assert all_of(after, "undo", "aria-label") == [f"復原 {number}，不是垃圾訊息"]
    assert (await ticket_row(hotline, number)).state == "closed"
    back = await post(console, f"{URL}/{row.id}/undo")
    assert all_of(back, "message", "data-number") == [number]
    twice = await post(console, f"{URL}/{row.id}/undo", status=409)
    assert "沒有標成垃圾訊息" in twice


async def test_a_visitor_stays_one_and_the_list_is_empty(
    console: Client, hotline: Hotline, number: str
) -> None:
    row = await row_of(hotline, number)
    after = await post(console, f"{URL}/{row.id}/visitor")
    assert "沒有要認的來訊" in part(after, "unknown")
    assert "找不到這則" in await post(console, f"{URL}/999/visitor", status=404)


async def test_the_ticket_says_how_it_came_and_that_nobody_reads_a_reply(
    console: Client, hotline: Hotline, number: str
) -> None:
    text = await page(console, f"/console/tickets/{number}?lang=en")
    came = part(text, "came-in")
    for words in ("from pbx", STRANGER, "Not identified yet", "0:02"):
        assert words in came
    assert 'data-test="by-phone"' in text
    assert number in part(await page(console, "/console/calls"), "due")


@pytest.mark.browser
@LOOKS
async def test_the_page_is_for_everybody(
    client: Client,
    hotline: Hotline,
    number: str,
    browser: Browser,
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    row = await row_of(hotline, number)
    window = await signed_in(browser, client, LI, URL, width, color_scheme=scheme, locale=locale)
    await check(window)
    await window.goto(f"{URL}?of={row.id}&q=heguang")
    await expect(window.locator("[data-test=link]")).to_have_count(2)
    await check(window)
    if (width, locale) == (1440, "zh-TW"):
        await take(window, "incoming", whole=True)
    await window.goto(f"/console/tickets/{number}")
    await check(window)
    await window.goto(URL)
    await window.locator("[data-test=junk]").focus()
    await window.keyboard.press("Enter")
    await expect(window.locator("[data-test=undo]")).to_be_visible()
    await check(window)
