"""A voice message from the microphone to the console, and without a microphone."""

import os
import re
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from deploy.line import Line
from tests.desk.pictures import taken
from tests.line.conftest import FRIDAY_NIGHT
from tests.line.people import PartnerPage, StaffPage
from tests.line.portal import Portal
from tests.line.test_accessibility import RULES
from tests.line.test_widget import PortalPage

pytestmark = [pytest.mark.line, pytest.mark.browser]

MICROPHONE = "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"
OPEN_PAGE = Callable[..., Page]


@pytest.fixture(autouse=True)
def at_night(at: Any) -> None:
    at(FRIDAY_NIGHT)


@pytest.fixture
def with_microphone(browser: Browser, line: Line) -> Iterator[OPEN_PAGE]:
    """Pages of a browser whose microphone hears a beep, or the file of `sound`."""
    browsers: list[Browser] = []
    faults: list[str] = []

    def opened(sound: Path | None = None, width: int = 390, **wishes: Any) -> Page:
        heard = [f"--use-file-for-fake-audio-capture={sound}"] if sound else []
        one = browser.browser_type.launch(
            executable_path=os.environ["TEST_CHROMIUM"],
            args=["--no-sandbox", "--disable-gpu", *MICROPHONE, *heard],
        )
        browsers.append(one)
        wishes.setdefault("locale", "zh-TW")
        context = one.new_context(
            base_url=line.url, viewport={"width": width, "height": 780}, **wishes
        )
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: faults.append(f"{error.error} {error.error.stack}"))
        return context.new_page()

    yield opened
    for one in browsers:
        one.close()
    assert faults == []


def card(page: Page) -> Locator:
    return page.locator("[data-test=voice-card]").last


def do(page: Page, act: str) -> None:
    card(page).locator(f"[data-test=voice-{act}]").click()


def record(page: Page, seconds: int = 2) -> None:
    """Press the button under the closed hotline's answer, and speak so long."""
    do(page, "record")
    elapsed = card(page).locator(".voice__elapsed")
    expect(elapsed).to_have_text(re.compile(f"0:0[{seconds}-9]"))
    do(page, "stop")


def looks_good(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_a_message_is_recorded_heard_sent_and_played_in_the_console(
    with_microphone: OPEN_PAGE, staff: StaffPage, rows: Any
) -> None:
    partner = PartnerPage(with_microphone())
    partner.enter()
    partner.say("找真人")
    partner.press("語音留言")
    page = partner.page
    expect(card(page)).to_have_attribute("data-state", "idle")
    do(page, "record")
    expect(card(page)).to_have_attribute("data-state", "recording")
    expect(card(page).locator("[data-test=voice-stop]")).to_be_visible()
    looks_good(page)
    do(page, "cancel")
    expect(card(page)).to_have_attribute("data-state", "idle")
    record(page)
    expect(card(page)).to_have_attribute("data-state", "review")
    looks_good(page)
    taken(page, "voice")
    do(page, "play")
    expect(card(page).locator("[data-test=voice-time]")).to_have_text(re.compile(r"^0:0[12] / 0:0"))
    card(page).locator("[data-test=voice-place]").press("Home")
    do(page, "again")
    expect(card(page)).to_have_attribute("data-state", "recording")
    expect(card(page).locator(".voice__elapsed")).to_have_text(re.compile("0:0[2-9]"))
    do(page, "stop")
    before = partner.said_by("bot").count()
    do(page, "send")
    expect(card(page)).to_have_attribute("data-state", "sent")
    expect(partner.said_by("bot").nth(before + 1)).to_contain_text("什麼時候方便接電話")
    sent = page.locator("[data-sender=partner] [data-test=voice-player]")
    expect(sent).to_have_count(1)
    sent.locator("[data-test=voice-play]").click()
    expect(sent.locator("[data-test=voice-time]")).to_have_text(re.compile("/ 0:0"))
    looks_good(page)
    partner.say("下週一早上")
    partner.press("確認開單")

    [[seconds, ticket_id, media_type]] = rows(
        "SELECT seconds, ticket_id, media_type FROM files WHERE seconds IS NOT NULL"
        " ORDER BY created_at DESC LIMIT 1"
    )
    assert 1.5 < seconds < 10
    assert ticket_id is not None
    assert media_type == "audio/webm"
    staff.sign_in()
    staff.open_ticket(partner.number)
    console = staff.page
    sound = console.locator("[data-test=sound]")
    sound.focus()
    console.keyboard.press("Space")
    is_heard = "(sound) => sound.currentTime > 0 || sound.ended"
    console.wait_for_function(is_heard, arg=sound.element_handle())
    speed = console.locator("[data-test=recording] [data-speed]").nth(2)
    speed.focus()
    console.keyboard.press("Space")
    assert sound.evaluate("(sound) => sound.playbackRate") == 2
    console.click("[data-test=write-down]")
    console.fill("[data-test=recording-form] textarea", "請王志豪回電談磁帶櫃")
    console.click("[data-test=save-words]")
    expect(console.locator("[data-test=recording-words]")).to_contain_text("磁帶櫃")
    console.locator("[data-test=recording]").scroll_into_view_if_needed()
    taken(console, "recording")
    console.goto("/console/search?q=磁帶櫃")
    expect(
        console.locator(f"[data-test=queue-row][data-number='{partner.number}']")
    ).to_be_visible()


def test_without_a_microphone_words_are_taken_in_the_same_place(
    partner: PartnerPage, rows: Any
) -> None:
    partner.enter()
    partner.say("找真人")
    partner.press("語音留言")
    page = partner.page
    do(page, "record")
    expect(card(page)).to_have_attribute("data-state", "words")
    expect(card(page)).to_contain_text("瀏覽器沒開放麥克風")
    box = card(page).locator("[data-test=voice-words]")
    expect(box).to_be_focused()
    looks_good(page)
    box.fill("請王志豪回電談報價")
    do(page, "send-words")
    expect(partner.said_by("bot").last).to_contain_text("什麼時候方便接電話")
    partner.press("略過")
    partner.press("確認開單")
    [[intent, description]] = rows(
        "SELECT intent, description FROM tickets WHERE number = ?", partner.number
    )
    assert (intent, description) == ("leave_message", "請王志豪回電談報價")


def test_a_silent_recording_is_asked_about_before_it_is_sent(
    with_microphone: OPEN_PAGE, tmp_path: Path
) -> None:
    silence = tmp_path / "silence.wav"
    with wave.open(str(silence), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(bytes(2 * 48_000 * 10))
    partner = PartnerPage(with_microphone(silence, locale="en-GB"))
    partner.enter()
    partner.say("I want to speak to someone")
    partner.press("Voice message")
    record(partner.page)
    expect(card(partner.page)).to_contain_text("hardly any sound")
    looks_good(partner.page)
    do(partner.page, "send")
    expect(partner.page.locator("[data-sender=partner] [data-test=voice-player]")).to_have_count(1)


def test_the_last_seconds_are_told_in_words_and_then_it_stops_by_itself(
    with_microphone: OPEN_PAGE,
) -> None:
    page = with_microphone()
    page.goto("/")
    page.evaluate(
        """async () => {
          const { voiceCard } = await import("/static/js/partner/voice/card.js");
          document.querySelector("[data-log]").append(voiceCard({ seconds: 3 }, {}));
        }"""
    )
    do(page, "record")
    expect(card(page).locator("[data-test=voice-left]")).to_have_text(re.compile("剩 [123] 秒"))
    expect(card(page)).to_have_attribute("data-state", "review")


def test_in_a_portals_page_it_is_recorded_and_played_likewise(
    with_microphone: OPEN_PAGE, a_portal: Portal
) -> None:
    reader = PortalPage(with_microphone(width=1280), a_portal)
    reader.open()
    reader.say("找真人")
    reader.press("語音留言")
    record(reader.page)
    do(reader.page, "play")
    time = card(reader.page).locator("[data-test=voice-time]")
    expect(time).to_have_text(re.compile(r"^0:0[12] / 0:0"))
    do(reader.page, "send")
    sent = reader.page.locator("[data-sender=partner] [data-test=voice-player]")
    expect(sent).to_have_count(1)
    assert [line for line in reader.console if "Content Security Policy" in line] == []
