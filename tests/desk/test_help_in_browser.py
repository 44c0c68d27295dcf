"""The help centre in a browser: three widths, both themes, by keyboard alone, and on paper."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from hotline.settings import Settings
from tests.desk.console_browser import check
from tests.desk.help_articles import UNANSWERED, write, write_all
from tests.desk.people import Client

pytestmark = pytest.mark.browser

WIDE_TABLE = "\n".join(
    [
        "| Level | What it means | First answer | Solution | Counted |",
        "|---|---|---|---|---|",
        "| Production | Installations have stopped | Immediately | Immediately | Continuously |",
    ]
)
PAGES = (
    "/help", "/help?by=title", "/help?q=發票打錯了", f"/help?q={UNANSWERED}", "/help/invoice-wrong",
    "/help/levels", "/help/no-such-article",
)  # fmt: skip


@pytest.fixture
def settings(sqlite_settings: Settings, tmp_path: Path) -> Settings:
    folder = tmp_path / "knowledge"
    write_all(folder)
    write(folder, "hotline/levels", "等級" * 30, "Levels" * 12, answer=WIDE_TABLE)
    own = sqlite_settings.knowledge.model_copy(update={"folder": folder})
    return sqlite_settings.model_copy(update={"knowledge": own})


async def opened(browser: Browser, client: Client, width: int = 1440, **wishes: Any) -> Page:
    context = await browser.new_context(
        base_url=str(client.make_url("")),
        viewport={"width": width, "height": 900},
        bypass_csp=True,  # axe is no script of the page's own
        reduced_motion="reduce",
        **{"locale": "zh-TW", **wishes},
    )
    return await context.new_page()


@pytest.mark.parametrize(
    ("width", "scheme", "locale"),
    [
        (320, "light", "en"),
        (320, "dark", "zh-TW"),
        (360, "light", "zh-TW"),
        (360, "dark", "en"),
        (1440, "light", "en"),
        (1440, "dark", "zh-TW"),
    ],
)
async def test_every_page_is_for_everybody(
    browser: Browser, client: Client, width: int, scheme: Any, locale: str
) -> None:
    page = await opened(browser, client, width, color_scheme=scheme, locale=locale)
    for path in PAGES:
        await page.goto(path)
        await expect(page.locator("h1")).to_be_visible()
        await check(page)


async def test_from_the_chat_to_an_answer_by_keyboard_alone_without_script(
    browser: Browser, client: Client
) -> None:
    page = await opened(browser, client, java_script_enabled=False)
    await page.goto("/")
    await page.focus("[data-test=to-help]")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/help")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip-link")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.locator("#q")).to_be_focused()
    await page.keyboard.type("發票打錯")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-test=found]")).to_be_visible()
    await page.focus("#q")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.locator("[data-test=entry]").first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("發票打錯怎麼改")
    await page.click("[data-test=language]")
    await expect(page.locator("h1")).to_have_text("A wrong invoice")
    await page.click("[data-test=ask]")
    await expect(page).to_have_url(f"{client.make_url('/')}")


async def test_a_phone_leads_to_it_from_the_chat_at_every_width(
    browser: Browser, client: Client
) -> None:
    page = await opened(browser, client, 360)
    await page.goto("/")
    await page.click("[data-test=to-help]")
    await expect(page.locator("h1")).to_have_text("知識庫")
    await page.set_viewport_size({"width": 320, "height": 700})
    await page.goto("/")
    await page.click("[data-tickets-open]")
    await page.click(".tickets__help")
    await expect(page.locator("h1")).to_have_text("知識庫")


@pytest.mark.parametrize("chosen", ["light", "dark"])
async def test_on_paper_there_is_the_article_alone_in_black_on_white(
    browser: Browser, client: Client, chosen: str
) -> None:
    page = await opened(browser, client, color_scheme="dark")
    await page.goto("/help/invoice-wrong")
    await page.evaluate("theme => document.documentElement.dataset.theme = theme", chosen)
    await page.emulate_media(media="print")
    shown = await page.evaluate(
        """() => [...document.body.querySelectorAll('a, button, input, form, nav, header, section')]
          .filter(part => part.checkVisibility() && !part.closest('article'))
          .map(part => part.outerHTML)"""
    )
    assert shown == []
    await expect(page.locator("article")).to_be_visible()
    colours = await page.evaluate(
        """() => [...document.querySelectorAll('article, article *')].flatMap(part => {
          const look = getComputedStyle(part);
          return [look.color, look.backgroundColor];
        })"""
    )
    assert set(colours) <= {"rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    underlined = await page.locator("article a[href]").first.evaluate(
        "link => getComputedStyle(link).textDecorationLine"
    )
    assert underlined == "none"
