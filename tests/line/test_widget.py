"""The chat in a portal's page: an origin, a policy and a look of its own, and one script tag."""

import json
import re
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from deploy.line import Line
from tests.line.conftest import OPEN_HOURS
from tests.line.people import CONTACT, PartnerPage, StaffPage
from tests.line.portal import Portal
from tests.line.test_accessibility import RULES

pytestmark = [pytest.mark.line, pytest.mark.browser]

OUTAGE = "Power 主機開不了機，序號 78A1234，產線停了"
HOURS = "你們今天到幾點"
COLLEAGUE = "bohong.lin@heguang.example"
PARTNERS = {CONTACT: "P-1001", COLLEAGUE: "P-1001"}
ANOTHER_CONVERSATION = "SELECT count(*) FROM conversations"


class PortalPage(PartnerPage):
    """A page of the portal, and the widget in it; what its reader and its people would notice."""

    def __init__(self, page: Page, portal: Portal) -> None:
        super().__init__(page)
        self.portal = portal
        self.console: list[str] = []
        page.on("console", lambda said: self.console.append(f"{said.type}: {said.text}"))

    def visit(self, path: str = "/") -> None:
        self.page.goto(self.portal.origin + path)
        expect(self.launcher).to_be_visible()

    def open(self, path: str = "/") -> None:
        """Visit the portal and open the chat; the greeting is there."""
        self.visit(path)
        self.launcher.click()
        expect(self.said_by("bot").first).to_be_visible()

    @property
    def launcher(self) -> Locator:
        return self.page.locator("[data-test=launcher]")

    @property
    def panel(self) -> Locator:
        return self.page.locator("[data-test=panel]")

    @property
    def composer(self) -> Locator:
        return self.page.locator("[data-test=composer]")

    @property
    def banner(self) -> Locator:
        return self.page.locator("[data-test=banner]")

    @property
    def own_words(self) -> Locator:
        return self.page.locator("[data-sender=partner] .bubble")

    def focused(self) -> str:
        """What has the keyboard, in the widget or in the page: a button's title, or its name."""
        return str(
            self.page.evaluate(
                """() => {
                  const outer = document.activeElement;
                  const one = outer?.shadowRoot?.activeElement ?? outer;
                  return one?.dataset?.title ?? one?.dataset?.test ?? one?.id ?? "";
                }"""
            )
        )

    def kept(self) -> dict[str, str]:
        kept: dict[str, str] = self.page.evaluate("() => ({ ...localStorage, ...sessionStorage })")
        return kept

    def check_quiet(self) -> None:
        """Nothing in the console, nothing against the page's policy."""
        assert self.console == []
        assert self.page.evaluate("() => seen.violations") == []


@pytest.fixture(autouse=True)
def open_hours(at: Any) -> None:
    at(OPEN_HOURS)


@pytest.fixture
def portal(a_portal: Portal, line: Line) -> Iterator[Portal]:
    """The portal with the demonstration's contact signed in."""
    a_portal.asked = 0
    a_portal.token = lambda: token_of(line)
    yield a_portal
    a_portal.token = str


@pytest.fixture
def on_desktop(new_context: Any, portal: Portal) -> PortalPage:
    return PortalPage(new_context(1280, 800).new_page(), portal)


@pytest.fixture
def on_phone(new_context: Any, portal: Portal) -> PortalPage:
    return PortalPage(new_context(360, 740, has_touch=True, is_mobile=True).new_page(), portal)


def token_of(line: Line, email: str = CONTACT, good_for_s: float = 3600) -> str:
    """As the portal signs it, by the hotline's clock."""
    key = line.settings.secrets.partner_token.get_secret_value()
    claims = {
        "sub": email,
        "partner": PARTNERS[email],
        "exp": OPEN_HOURS + timedelta(seconds=good_for_s),
        "jti": secrets.token_hex(8),
    }
    return jwt.encode(claims, key, algorithm="HS256")


def refuse() -> str:
    raise LookupError


@pytest.mark.parametrize("size", ["on_desktop", "on_phone"])
def test_a_ticket_is_opened_in_the_portals_page_and_a_reload_keeps_it(
    size: str, request: pytest.FixtureRequest, rows: Any
) -> None:
    partner: PortalPage = request.getfixturevalue(size)
    partner.open()
    expect(partner.said_by("bot").first).to_contain_text("陳怡君")
    number = partner.report_outage()
    [[contact]] = rows(
        "SELECT c.email FROM tickets t JOIN contacts c ON c.id = t.contact_id WHERE t.number = ?",
        number,
    )
    assert contact == CONTACT
    before = partner.page.locator("[data-test=message]").all_inner_texts()
    conversations = rows(ANOTHER_CONVERSATION)
    partner.open()
    expect(partner.page.locator("[data-test=message]")).to_have_count(len(before))
    assert partner.number == number
    assert partner.say(HOURS)
    assert rows(ANOTHER_CONVERSATION) == conversations
    partner.check_quiet()


def test_no_cookie_is_set_and_no_token_of_a_signed_in_contact_kept(
    on_desktop: PortalPage,
) -> None:
    on_desktop.open()
    on_desktop.say(HOURS)
    assert on_desktop.page.context.cookies() == []
    kept = on_desktop.kept()
    assert kept
    assert all(key.startswith(f"{on_desktop.portal.hotline}/hotline-") for key in kept)
    assert not [value for value in kept.values() if "eyJ" in value]


def test_a_visitors_conversation_goes_on_too(on_desktop: PortalPage) -> None:
    on_desktop.open("/?callback=none")
    on_desktop.say(HOURS)
    on_desktop.open("/?callback=none")
    expect(on_desktop.own_words).to_have_text([HOURS])
    assert on_desktop.portal.asked == 0
    on_desktop.check_quiet()


def test_nothing_begins_before_the_chat_is_opened(on_desktop: PortalPage, rows: Any) -> None:
    before = rows(ANOTHER_CONVERSATION)
    on_desktop.visit()
    on_desktop.page.wait_for_load_state("networkidle")
    assert rows(ANOTHER_CONVERSATION) == before
    assert on_desktop.portal.asked == 0


def test_the_portal_is_asked_again_before_its_token_ends(
    on_desktop: PortalPage, line: Line
) -> None:
    page, portal = on_desktop.page, on_desktop.portal
    page.clock.set_system_time(OPEN_HOURS)  # the browser's clock, so that both tell one time
    portal.token = lambda: token_of(line, good_for_s=8 if portal.asked == 1 else 3600)
    renewals: list[int] = []
    page.on(
        "response",
        lambda answer: renewals.append(answer.status) if answer.url.endswith("/renew") else None,
    )
    on_desktop.open()
    assert portal.asked == 1
    with page.expect_response(re.compile("/renew$"), timeout=15_000):
        pass
    assert (portal.asked, renewals) == (2, [200])
    assert on_desktop.say(HOURS)
    on_desktop.check_quiet()


def test_a_callback_that_fails_leaves_a_visitor_a_word_and_a_way_on(
    on_desktop: PortalPage, line: Line
) -> None:
    on_desktop.portal.token = refuse
    on_desktop.open()
    expect(on_desktop.banner).to_contain_text("先以訪客身分服務")
    assert on_desktop.say(HOURS)
    on_desktop.composer.fill("寫到一半")
    warnings = [said for said in on_desktop.console if said.startswith("warning")]
    assert warnings == ["warning: Partner Hotline: the portal's token failed (Error)."]
    assert not [said for said in on_desktop.console if "Uncaught" in said]

    on_desktop.portal.token = lambda: token_of(line)
    on_desktop.banner.get_by_role("button").click()
    expect(on_desktop.banner).to_be_hidden()
    expect(on_desktop.said_by("bot").first).to_contain_text("陳怡君")
    expect(on_desktop.composer).to_have_value("寫到一半")


def test_a_token_that_the_hotline_refuses_makes_a_visitor(on_desktop: PortalPage) -> None:
    on_desktop.portal.token = lambda: "no.real.token"
    on_desktop.open()
    expect(on_desktop.banner).to_contain_text("先以訪客身分服務")
    assert on_desktop.say(HOURS)
    warned = [said for said in on_desktop.console if said.startswith("warning")]
    assert warned == ["warning: Partner Hotline: the portal's token was refused."]


def test_whoever_signs_in_next_sees_nothing_of_who_was_there_before(
    on_desktop: PortalPage, line: Line
) -> None:
    on_desktop.open()
    on_desktop.say(HOURS)
    talk = f"{on_desktop.portal.hotline}/hotline-talk-portal"
    of_the_first = json.loads(on_desktop.kept()[talk])
    on_desktop.composer.fill("只有我看得到")
    on_desktop.portal.token = lambda: token_of(line, COLLEAGUE)
    on_desktop.page.evaluate(
        "() => PartnerHotline.init({ token: async () => (await fetch('/token')).text() })"
    )
    expect(on_desktop.said_by("bot").first).to_contain_text("林柏宏")
    expect(on_desktop.own_words).to_have_count(0)
    expect(on_desktop.composer).to_have_value("")
    on_desktop.check_quiet()

    # The number of the first one's conversation is no key to it.
    forged = json.dumps({**of_the_first, "who": COLLEAGUE})
    on_desktop.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [talk, forged])
    on_desktop.open()
    expect(on_desktop.said_by("bot").first).to_contain_text("林柏宏")
    expect(on_desktop.own_words).to_have_count(0)


def test_an_origin_that_is_not_on_the_list_is_refused(
    new_context: Any, portal: Portal, rows: Any
) -> None:
    partner = PortalPage(new_context(1280, 800).new_page(), portal)
    before = rows(ANOTHER_CONVERSATION)
    with partner.page.expect_console_message(lambda said: said.type == "warning") as warned:
        partner.page.goto(portal.unlisted)
    assert f"Is {portal.unlisted} among widget.origins" in warned.value.text
    expect(partner.launcher).to_have_count(0)
    assert partner.page.evaluate("() => PartnerHotline.open()") is None
    told = partner.page.evaluate(
        """async (hotline) => {
          const chats = `${hotline}/api/conversations`;
          const tried = await Promise.allSettled([
            fetch(chats, { method: "POST", body: "{}" }),
            fetch(`${chats}/x/messages`, { headers: { Authorization: "Bearer x" } }),
          ]);
          const socket = new WebSocket(`${chats.replace("http", "ws")}/x/live`);
          const ended = await new Promise((tell) => {
            socket.onopen = () => tell("open");
            socket.onclose = () => tell("refused");
          });
          return [...tried.map(({ status }) => status), ended];
        }""",
        portal.hotline,
    )
    assert told == ["rejected", "rejected", "refused"]
    assert rows(ANOTHER_CONVERSATION) == before


def test_a_ticket_by_keyboard_alone(on_desktop: PortalPage) -> None:
    on_desktop.visit()
    page, keyboard = on_desktop.page, on_desktop.page.keyboard
    tab_to(on_desktop, "launcher")
    expect(on_desktop.launcher).to_have_attribute("aria-expanded", "false")
    keyboard.press("Enter")
    expect(on_desktop.said_by("bot").first).to_be_visible()
    assert on_desktop.focused() == "composer"
    keyboard.type(OUTAGE)
    keyboard.press("Enter")
    for title in ("略過", "確認開單"):
        button = page.locator("[data-test=button]:not([aria-disabled])", has_text=title)
        expect(button).to_be_visible()
        tab_to(on_desktop, title, backwards=True)
        keyboard.press("Enter")
    expect(page.locator("[data-test=ticket-number]")).to_have_count(1)
    # The page heard how its own controls were passed, and no letter of what was typed.
    assert set(page.evaluate("() => seen.shortcuts")) <= {"Tab", "Shift", "Enter"}
    keyboard.press("Escape")
    expect(on_desktop.panel).to_be_hidden()
    assert on_desktop.focused() == "launcher"


def tab_to(partner: PortalPage, wanted: str, *, backwards: bool = False) -> None:
    for _ in range(60):
        if partner.focused() == wanted:
            return
        partner.page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError("no Tab leads there")


def test_on_a_phone_the_keyboard_stays_in_the_panel_and_comes_back(on_phone: PortalPage) -> None:
    on_phone.open()
    on_phone.panel.evaluate("(one) => Promise.all(one.getAnimations().map((it) => it.finished))")
    assert on_phone.panel.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    reached = set()
    for _ in range(30):
        on_phone.page.keyboard.press("Tab")
        reached.add(on_phone.focused())
    assert {"composer", "send", "close"} <= reached
    assert reached.isdisjoint({"own", "launcher"})
    on_phone.page.locator("[data-tickets-open]").click()
    on_phone.page.keyboard.press("Escape")  # the sheet alone
    expect(on_phone.page.locator("[data-tickets-sheet]")).to_be_hidden()
    expect(on_phone.panel).to_be_visible()
    on_phone.page.keyboard.press("Escape")
    expect(on_phone.panel).to_be_hidden()
    assert on_phone.focused() == "launcher"


def test_the_page_stays_usable_beside_the_panel_and_opens_it_by_itself(
    on_desktop: PortalPage,
) -> None:
    on_desktop.visit()
    page = on_desktop.page
    page.locator("#own").focus()
    page.evaluate("() => PartnerHotline.open()")
    expect(on_desktop.said_by("bot").first).to_be_visible()
    page.locator("#own").click()
    assert on_desktop.focused() == "own"
    page.evaluate("() => PartnerHotline.close()")
    expect(on_desktop.panel).to_be_hidden()
    assert on_desktop.focused() == "own"


def test_what_comes_while_the_panel_is_closed_is_counted(
    on_desktop: PortalPage, staff: StaffPage
) -> None:
    on_desktop.open()
    number = on_desktop.report_outage()
    on_desktop.page.evaluate("() => PartnerHotline.on('unread', (n) => seen.unread.push(n))")
    on_desktop.page.keyboard.press("Escape")
    staff.sign_in()
    staff.open_ticket(number)
    staff.page.click("[data-test=claim]")
    staff.reply("工程師出發了")
    expect(on_desktop.launcher).to_contain_text("1 則新訊息")
    on_desktop.visit()  # another page of the portal
    expect(on_desktop.launcher).to_contain_text("1 則新訊息")
    on_desktop.launcher.click()
    expect(on_desktop.said_by("staff")).to_contain_text("工程師出發了")
    expect(on_desktop.launcher).not_to_contain_text("則新訊息")
    on_desktop.check_quiet()


def test_the_language_switch_keeps_the_draft_and_tells_the_conversation(
    on_desktop: PortalPage,
) -> None:
    on_desktop.open()
    on_desktop.composer.fill("half a sentence")
    on_desktop.page.click("[data-test=language]")
    expect(on_desktop.composer).to_have_attribute("placeholder", "Type a message")
    expect(on_desktop.composer).to_have_value("half a sentence")
    expect(on_desktop.own_words.last).to_have_text("English")
    assert on_desktop.focused() == "language"
    on_desktop.open()
    expect(on_desktop.composer).to_have_attribute("placeholder", "Type a message")
    expect(on_desktop.page.locator("html")).to_have_attribute("lang", "zh-TW")
    on_desktop.check_quiet()


def test_the_tag_may_say_the_language_and_the_theme(on_desktop: PortalPage) -> None:
    on_desktop.open("/en")
    expect(on_desktop.said_by("bot").first).to_contain_text("Hello")
    on_desktop.visit("/dark")
    expect(on_desktop.launcher).to_have_css("background-color", "rgb(124, 203, 214)")


def test_a_picture_is_sent_and_shown(on_desktop: PortalPage, tmp_path: Path) -> None:
    on_desktop.open()
    file = tmp_path / "panel.png"
    file.write_bytes(on_desktop.page.screenshot())
    on_desktop.page.set_input_files("[data-file]", file)
    image = on_desktop.page.locator(".file__image")
    expect(image).to_be_visible()
    assert image.evaluate("(one) => one.naturalWidth") == 1280
    on_desktop.check_quiet()


def test_no_style_goes_in_or_out(on_desktop: PortalPage) -> None:
    on_desktop.visit("/?callback=none")
    look = """(one) => { const { fontSize, fontFamily, textTransform, letterSpacing, borderRadius,
      backgroundColor, visibility } = getComputedStyle(one); return { fontSize, fontFamily,
      textTransform, letterSpacing, borderRadius, backgroundColor, visibility }; }"""
    own = on_desktop.page.locator("#own")
    before = own.evaluate(look)
    on_desktop.launcher.click()
    words = on_desktop.page.locator(".bubble").first
    expect(words).to_be_visible()
    inside = words.evaluate(look)
    assert inside["fontSize"] == "16px"
    assert (inside["textTransform"], inside["letterSpacing"]) == ("none", "normal")
    assert "Serif" not in inside["fontFamily"]
    launcher = on_desktop.launcher.evaluate(look)
    assert launcher["backgroundColor"] == "rgb(11, 89, 102)"
    assert on_desktop.composer.evaluate(look)["visibility"] == "visible"
    assert own.evaluate(look) == before
    assert on_desktop.page.evaluate(
        "() => [document.styleSheets.length, document.adoptedStyleSheets.length]"
    ) == [1, 0]


def test_it_works_where_the_browser_keeps_nothing(new_context: Any, portal: Portal) -> None:
    context: BrowserContext = new_context(360, 740)
    context.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"])
             Object.defineProperty(window, name, { get() { throw new Error("denied"); } });"""
    )
    partner = PortalPage(context.new_page(), portal)
    partner.open()
    assert partner.say(HOURS)
    partner.page.click("[data-test=close]")
    partner.launcher.click()
    expect(partner.own_words).to_have_text([HOURS])
    partner.check_quiet()


def test_a_lost_line_is_told_and_nothing_is_lost(on_desktop: PortalPage) -> None:
    on_desktop.open()
    on_desktop.page.context.set_offline(True)
    expect(on_desktop.banner).to_contain_text("連線中斷，正在重連", timeout=2_000)
    on_desktop.send("離線時寫的")
    on_desktop.page.context.set_offline(False)
    expect(on_desktop.banner).to_be_hidden()
    expect(on_desktop.page.locator("[data-status]")).to_have_count(0)
    expect(on_desktop.own_words).to_have_text(["離線時寫的"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1440])
def test_axe_finds_nothing_and_nothing_goes_sideways(
    new_context: Any, portal: Portal, width: int, scheme: str
) -> None:
    context = new_context(width, 800, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    partner = PortalPage(context.new_page(), portal)
    partner.visit()
    check(partner)
    partner.launcher.click()
    partner.report_outage()
    partner.page.locator(".promise__why summary").click()
    check(partner)
    partner.page.locator("[data-tickets-open]").click()
    check(partner)


def check(partner: PortalPage) -> None:
    found = Axe().run(partner.page, context="partner-hotline", options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert (
        partner.page.evaluate(
            """() => [...document.querySelector("partner-hotline").shadowRoot.querySelectorAll("*")]
          .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth)
          .filter((part) => {
            const { overflowX, textOverflow, clipPath } = getComputedStyle(part);
            return ["auto", "scroll"].includes(overflowX)
              || ["hidden", "clip"].includes(overflowX)
                && textOverflow !== "ellipsis" && clipPath === "none";
          })
          .map((part) => `${part.tagName} ${part.className}`)"""
        )
        == []
    )


def test_signing_in_is_the_portals_affair_and_not_offered(on_desktop: PortalPage) -> None:
    on_desktop.portal.token = str
    on_desktop.open()
    assert "這要先確認身分" in on_desktop.say("T26-000207-8 進度")
    expect(on_desktop.page.locator("[data-test=button]")).to_have_text(["收驗證碼", "留言"])
    expect(on_desktop.page.locator("[href*='sign-in']")).to_have_count(0)
