"""What a partner and a member of staff do with their pages, in their own terms."""

import re

from playwright.sync_api import Locator, Page, expect

CONTACT = "yichun.chen@heguang.example"
ENGINEER, COLLEAGUE = "zhihao.wang@hotline.example", "jiarong.li@hotline.example"
PASSWORD = "hotline-demo-2026"
_OUTAGE = {
    "zh-TW": ("Power 主機開不了機，序號 78A1234，產線停了", "略過", "確認開單"),
    "en": ("Our Power server is down, serial 78A1234, production stopped", "Skip", "Open ticket"),
}


class PartnerPage:
    """The chat of one partner."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.turns = 0

    def enter(self, email: str = CONTACT) -> None:
        """Come in from the portal's stand-in."""
        self.page.goto("/demo")
        self.page.click(f"[data-test=enter][data-email='{email}']")
        expect(self.said_by("bot")).to_have_count(1)

    def say(self, text: str) -> str:
        """Type and send; all that the assistant answers to it."""
        return self._turn(lambda: self.send(text))

    def press(self, title: str) -> str:
        """Press one of the buttons that can still be pressed."""
        button = self.page.locator("[data-test=button]:not([aria-disabled])", has_text=title)
        return self._turn(button.last.click)

    def report_outage(self) -> str:
        """Open a ticket for a machine that is down, in the page's language; its number."""
        words, skip, confirm = _OUTAGE[str(self.page.locator("html").get_attribute("lang"))]
        self.say(words)
        self.press(skip)
        self.press(confirm)
        return self.number

    def said_by(self, sender: str) -> Locator:
        return self.page.locator(f"[data-test=message][data-sender={sender}]")

    @property
    def number(self) -> str:
        return self.page.locator("[data-test=ticket-number]").last.inner_text()

    def send(self, text: str) -> None:
        """Type and send, without waiting for an answer."""
        self.page.fill("[data-test=composer]", text)
        self.page.click("[data-test=send]")

    def _turn(self, act) -> str:  # type: ignore[no-untyped-def]
        before = self.said_by("bot").count()
        act()
        self.turns += 1
        expect(self.said_by("bot").nth(before)).to_be_visible()
        # All bubbles of one answer arrive in one frame.
        return "\n".join(self.said_by("bot").all_inner_texts()[before:])


class StaffPage:
    """The console of one member of staff."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, email: str = ENGINEER) -> None:
        self.page.goto("/console")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("[type=submit]")
        expect(self.page).to_have_url(re.compile("/console$"))

    def row(self, number: str) -> Locator:
        return self.page.locator(f"[data-test=queue-row][data-number='{number}']")

    def open_ticket(self, number: str) -> None:
        self.page.goto(f"/console/tickets/{number}")

    def reply(self, text: str) -> None:
        self.page.fill("[data-test=reply-text]", text)
        self.page.click("[data-test=send-reply]")

    def resolve(self, text: str) -> None:
        self.page.click("[data-test=resolve]")
        self.page.fill("[data-test=resolve-text]", text)
        self.page.click("[data-test=resolve-send]")
