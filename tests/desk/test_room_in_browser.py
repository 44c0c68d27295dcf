"""What stands close together has room: counts beside their icon, a title beside many acts; and
what a call is about is chosen by digits."""

import pytest
from playwright.async_api import Browser, expect

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets.opening import NewTicket, open_ticket
from tests.conftest import ENGINEER
from tests.core.desk_work import brought_to
from tests.desk.console_browser import signed_in
from tests.desk.people import Client

pytestmark = pytest.mark.browser

# Each of these stands for a count that others bring about; how much of the icon they cover, in px².
COVERED = """() => {
  for (const id of ["count-queue", "count-raised"]) {
    document.getElementById(id).innerHTML = "<span>28</span>";
  }
  const link = document.querySelector("[data-test=nav-queue]");
  const icon = link.querySelector(".icon").getBoundingClientRect();
  return [...link.querySelectorAll(".count")].map((count) => {
    const box = count.getBoundingClientRect();
    const wide = Math.min(box.right, icon.right) - Math.max(box.left, icon.left);
    const high = Math.min(box.bottom, icon.bottom) - Math.max(box.top, icon.top);
    return Math.max(0, wide) * Math.max(0, high);
  });
}"""


async def test_two_counts_leave_the_icon_of_the_queue_to_be_seen(
    browser: Browser, client: Client
) -> None:
    page = await signed_in(browser, client, ENGINEER, "/console", 360)
    covered = await page.evaluate(COVERED)
    assert len(covered) == 2
    assert max(covered) <= 20  # of 400


@pytest.mark.parametrize("width", [1200, 1440])
async def test_a_title_is_whole_beside_five_acts(
    browser: Browser, client: Client, hotline: Hotline, contact: Contact, engineer: Staff,
    width: int,
) -> None:  # fmt: skip
    ticket = await brought_to(hotline, contact, engineer, "open")
    assert ticket.conversation_id is not None
    words = "硬碟擴充櫃的線換過了還是一直斷線，紀錄有降速訊息，請幫看是線還是櫃子"
    other = await open_ticket(
        hotline, ticket.conversation_id, NewTicket("k2", "technical_hardware", words, 2)
    )
    page = await signed_in(browser, client, ENGINEER, f"/console/tickets/{other.number}", width)
    await page.click("[data-test=move-claim], [data-test=claim]")
    await expect(page.locator(".head__acts button:visible")).to_have_count(5)
    title = page.locator("h1")
    await expect(title).to_contain_text("櫃子")
    assert await title.evaluate("(one) => one.scrollHeight <= one.clientHeight + 1")


async def test_what_a_call_is_about_is_chosen_by_two_digits(
    browser: Browser, client: Client
) -> None:
    page = await signed_in(browser, client, ENGINEER, "/console/calls/new")
    kinds = page.locator("[data-test=intent]")
    await kinds.focus()
    await page.keyboard.type("21")
    await expect(kinds).to_have_value("technical_hardware")
    await expect(page.locator("[data-fact=serial]")).to_be_visible()
