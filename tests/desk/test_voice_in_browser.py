"""A voice message in the console, for everybody: on its ticket and in the list of calls."""

import pytest
from playwright.async_api import Browser, Page, expect

from hotline.core import Hotline
from hotline.settings import Settings
from hotline.tickets.opening import NewTicket, open_ticket
from tests.conftest import ENGINEER
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.people import Chat, Client
from tests.desk.test_voice import voice

pytestmark = pytest.mark.browser


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


async def shows_a_time_once_it_has_one(page: Page) -> None:
    """The browser's player begins at 0:00 of 0:00, which is the length of no message."""
    player = page.locator("[data-test=sound]").first
    await expect(player).not_to_have_attribute("data-timed", "")
    await player.evaluate("sound => { sound.muted = true; return sound.play() }")
    await expect(player).to_have_attribute("data-timed", "")


@LOOKS
async def test_its_player_and_what_is_written_down_of_it_are_for_everybody(
    browser: Browser,
    client: Client,
    chat: Chat,
    hotline: Hotline,
    width: int,
    scheme: str,
    locale: str,
) -> None:
    await voice(chat)
    wish = {"needed_by": {"value": "2026-12-02 afternoon", "status": "known"}}
    request = NewTicket("k1", "leave_message", "語音 0:02", 3, facts=wish)
    ticket = await open_ticket(hotline, chat.id, request)
    page = await signed_in(
        browser, client, ENGINEER, "/console/calls", width, color_scheme=scheme, locale=locale
    )
    await page.click("[data-test=write-down]")
    await check(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await shows_a_time_once_it_has_one(page)
    await page.goto(f"/console/tickets/{ticket.number}")
    await page.click("[data-test=write-down]")
    await check(page)
    await page.fill("[data-test=recording-form] textarea", "請回電談磁帶櫃")
    await page.click("[data-test=save-words]")
    await page.wait_for_selector("[data-test=recording-words]")
    await check(page)
