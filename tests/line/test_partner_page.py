"""The partner's page by itself: networks that fail, tabs, drafts, keyboards, its modules."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, WebSocketRoute, expect

from tests.line.conftest import OPEN_HOURS
from tests.line.people import PartnerPage

pytestmark = [pytest.mark.line, pytest.mark.browser]

OUTAGE = "Power 主機開不了機，序號 78A1234，產線停了"
HOURS = "你們今天到幾點"
LIVE = re.compile(r"/live$")


@pytest.fixture(autouse=True)
def open_hours(at: Any) -> None:
    at(OPEN_HOURS)


def own_words(page: Page) -> Locator:
    """What the partner said, as the log has it."""
    return page.locator("[data-sender=partner] .bubble")


def test_words_whose_socket_was_replaced_at_once_are_sent_again(partner: PartnerPage) -> None:
    swallowed: list[str | bytes] = []
    sockets: list[WebSocketRoute] = []

    def swallow_messages(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        sockets.append(socket)

        def pass_on(frame: str | bytes) -> None:
            if len(sockets) == 1 and '"message"' in str(frame):
                swallowed.append(frame)
                # Closed well within the time after which the page would speak of a lost line.
                socket.close()
            else:
                server.send(frame)

        socket.on_message(pass_on)

    partner.page.route_web_socket(LIVE, swallow_messages)
    partner.enter()
    partner.say(HOURS)
    assert len(swallowed) == 1
    expect(own_words(partner.page)).to_have_text([HOURS])


def test_offline_shows_at_once_keeps_the_words_and_tells_when_it_is_back(
    partner: PartnerPage, rows: Any
) -> None:
    partner.enter()
    partner.page.context.set_offline(True)
    banner = partner.page.locator("[data-test=banner]")
    expect(banner).to_contain_text("連線中斷，正在重連", timeout=2_000)
    partner.send("離線時寫的：磁帶櫃備份失敗，序號 78B0077")
    expect(partner.page.locator("[data-status=waiting]")).to_contain_text("連上後送出")
    partner.page.context.set_offline(False)
    expect(banner).to_be_hidden()
    expect(partner.page.locator("[data-sender=system]")).to_contain_text("沒有漏掉訊息")
    expect(partner.page.locator("[data-status]")).to_have_count(0)
    kept = rows("SELECT count(*) FROM messages WHERE text LIKE '離線時寫的%'")
    assert kept == [(1,)]


def test_a_server_in_trouble_at_reload_costs_no_conversation(partner: PartnerPage) -> None:
    partner.enter()
    partner.say(HOURS)
    trouble = re.compile(r"/messages\?after=|/live$")
    partner.page.route(trouble, lambda route: route.fulfill(status=503, body="{}"))
    partner.page.route_web_socket(LIVE, lambda socket: socket.close())
    partner.page.reload()
    banner = partner.page.locator("[data-test=banner]")
    expect(banner).to_contain_text("現在連不上專線")
    partner.page.unroute_all()
    partner.page.locator("[data-test=banner] button").click()
    expect(banner).to_be_hidden()
    expect(own_words(partner.page)).to_have_text([HOURS])


def test_a_token_that_is_no_longer_good_begins_a_new_conversation(partner: PartnerPage) -> None:
    partner.page.goto("/")  # a visitor: of somebody signed in no token is kept
    expect(partner.said_by("bot")).to_have_count(1)
    partner.say(HOURS)
    partner.page.evaluate(
        """() => {
          const kept = JSON.parse(localStorage.getItem("hotline-talk"));
          localStorage.setItem("hotline-talk", JSON.stringify({ ...kept, token: "stale" }));
        }"""
    )
    partner.page.reload()
    expect(partner.said_by("bot")).to_have_count(1)
    expect(partner.said_by("partner")).to_have_count(0)


def test_a_double_click_makes_one_new_conversation(partner: PartnerPage, rows: Any) -> None:
    partner.enter()
    partner.say(HOURS)
    [[before]] = rows("SELECT count(*) FROM conversations")
    partner.page.click("[data-tickets-open]")
    # As fast as no hand is: the second before the first has been answered.
    partner.page.evaluate(
        """() => {
          const button = document.querySelector("[data-new]");
          button.click();
          button.click();
        }"""
    )
    expect(partner.said_by("partner")).to_have_count(0)
    expect(partner.said_by("bot")).to_have_count(1)
    expect(partner.page.locator("dialog")).to_be_hidden()
    assert rows("SELECT count(*) FROM conversations") == [(before + 1,)]


def test_a_new_conversation_that_cannot_begin_leaves_the_old_one_as_it_is(
    partner: PartnerPage,
) -> None:
    partner.enter()
    partner.say(HOURS)
    start = re.compile(r"/api/conversations$")
    partner.page.route(start, lambda route: route.abort())
    partner.page.click("[data-tickets-open]")
    partner.page.click("[data-test=new-conversation]")
    banner = partner.page.locator("[data-test=banner]")
    expect(banner).to_contain_text("現在連不上專線")
    expect(own_words(partner.page)).to_have_text([HOURS])
    partner.page.unroute(start)
    banner.get_by_role("button").click()
    expect(partner.said_by("partner")).to_have_count(0)
    expect(partner.said_by("bot")).to_have_count(1)


def test_a_reload_in_mid_form_keeps_everything(partner: PartnerPage) -> None:
    partner.enter()
    partner.say(OUTAGE)
    partner.page.fill("[data-test=composer]", "客戶是青田")
    before = partner.page.locator("[data-test=message]").all_inner_texts()
    partner.page.reload()
    expect(partner.page.locator("[data-test=message]")).to_have_count(len(before))
    assert partner.page.locator("[data-test=message]").all_inner_texts() == before
    expect(partner.page.locator("[data-test=composer]")).to_have_value("客戶是青田")
    partner.page.fill("[data-test=composer]", "")
    partner.press("略過")
    assert "確認開單" in partner.said_by("bot").last.inner_text()


def test_the_language_toggle_keeps_the_draft_and_tells_the_conversation(
    partner: PartnerPage,
) -> None:
    told: list[str] = []
    partner.page.on(
        "websocket", lambda socket: socket.on("framesent", lambda frame: told.append(str(frame)))
    )
    partner.enter()
    partner.page.fill("[data-test=composer]", "half a sentence")
    partner.page.click("[data-language]")
    expect(partner.page.locator("html")).to_have_attribute("lang", "en")
    expect(partner.page.locator("[data-test=composer]")).to_have_value("half a sentence")
    expect(partner.said_by("partner").last).to_contain_text("English")
    assert sum("desk:language:en" in frame for frame in told) == 1
    partner.page.reload()
    expect(partner.said_by("partner").last).to_contain_text("English")
    assert sum("desk:language:en" in frame for frame in told) == 1


def test_two_tabs_do_not_remove_one_anothers_words(partner: PartnerPage) -> None:
    partner.enter()
    second = PartnerPage(partner.page.context.new_page())
    second.page.goto("/")
    expect(second.said_by("bot")).to_have_count(1)
    hang_up(partner.page)
    partner.send("從第一頁寫的")
    expect(partner.page.locator("[data-status=waiting]")).to_be_visible()
    assert second.say(HOURS)
    partner.page.unroute_all()
    partner.page.close()
    second.page.reload()
    expect(own_words(second.page)).to_have_text([HOURS, "從第一頁寫的"])


def hang_up(page: Page) -> None:
    """From now on the page gets no line; the one it has breaks."""
    page.route_web_socket(LIVE, lambda socket: socket.close())
    page.evaluate("() => window.dispatchEvent(new Event('offline'))")
    expect(page.locator("[data-test=banner]")).to_be_visible()


def test_an_upload_shows_its_way_in_place_and_can_be_cancelled_by_keyboard(
    partner: PartnerPage, tmp_path: Path
) -> None:
    partner.enter()
    slow(partner.page, bytes_per_second=400_000)
    file = tmp_path / "記錄.txt"
    file.write_bytes(b"x" * 4_000_000)
    partner.page.set_input_files("[data-file]", file)
    size = partner.page.locator(".file__size")
    expect(size).to_contain_text("/ 3.8 MB")
    partner.page.locator(".file__cancel").focus()
    was = size.inner_text()
    expect(size).not_to_have_text(was)
    assert partner.page.evaluate("() => document.activeElement.className") == "file__cancel"
    partner.page.keyboard.press("Enter")
    expect(partner.page.locator(".file")).to_have_count(0)
    expect(partner.page.locator("[data-test=composer]")).to_be_focused()


def slow(page: Page, bytes_per_second: int) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": bytes_per_second,
        },
    )


def test_a_refused_file_stays_where_it_was_sent(partner: PartnerPage, tmp_path: Path) -> None:
    partner.enter()
    file = tmp_path / "tool.exe"
    file.write_bytes(b"MZ\x90\x00" * 100)
    partner.page.set_input_files("[data-file]", file)
    expect(partner.page.locator("[data-status=failed]")).to_contain_text("這種檔案不收")
    partner.say(HOURS)
    shown = partner.page.locator("[data-test=message]").all_inner_texts()
    assert [n for n, text in enumerate(shown) if "tool.exe" in text] == [1]


def test_an_open_why_stays_open_while_the_conversation_goes_on(partner: PartnerPage) -> None:
    partner.enter()
    partner.report_outage()
    why = partner.page.locator("details.promise__why").first
    why.locator("summary").click()
    partner.say(HOURS)
    expect(why).to_have_attribute("open", "")


def test_the_page_works_where_the_browser_keeps_nothing(new_context: Any) -> None:
    context: BrowserContext = new_context(360, 740)
    context.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"])
             Object.defineProperty(window, name, { get() { throw new Error("denied"); } });"""
    )
    partner = PartnerPage(context.new_page())
    partner.enter()
    partner.say(HOURS)
    partner.page.locator(".account summary").click()
    partner.page.locator(".account [data-theme-toggle]").click()
    expect(partner.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_own_tickets_are_a_dialog_on_a_phone(partner: PartnerPage) -> None:
    partner.enter()
    number = partner.report_outage()
    opener = partner.page.locator("[data-tickets-open]")
    opener.focus()
    partner.page.keyboard.press("Enter")
    dialog = partner.page.get_by_role("dialog", name=re.compile("我的工單"))
    row = dialog.locator(f"[data-number='{number}']")
    expect(row).to_contain_text("生產停機")
    partner.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_ticket_by_keyboard_alone(partner: PartnerPage) -> None:
    partner.enter()
    keyboard, page = partner.page.keyboard, partner.page
    tab_to(page, page.locator("[data-test=composer]"))
    keyboard.type(OUTAGE)
    keyboard.press("Enter")
    for title in ("略過", "確認開單"):
        button = page.locator("[data-test=button]:not([aria-disabled])", has_text=title)
        expect(button).to_be_visible()
        tab_to(page, button)
        keyboard.press("Enter")
    expect(page.locator("[data-test=ticket-number]")).to_have_count(1)


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(60):
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("no Tab leads there")


@pytest.mark.parametrize("width", [360, 1440])
def test_however_long_the_conversation_the_page_itself_never_scrolls(
    new_context: Any, width: int
) -> None:
    partner = PartnerPage(new_context(width, 740).new_page())
    partner.enter()
    partner.report_outage()
    for _ in range(4):
        partner.say(HOURS)
    page = partner.page
    assert page.evaluate(
        """() => {
          const { scrollHeight, scrollWidth } = document.documentElement;
          return [scrollHeight === innerHeight, scrollWidth === innerWidth];
        }"""
    ) == [True, True]
    page.evaluate("() => document.querySelector('[data-scroll]').scrollTo(0, 0)")
    page.click("[data-test=newest]")
    expect(page.locator("[data-test=newest]")).to_be_hidden()
    page.wait_for_function(
        """() => {
          const log = document.querySelector("[data-scroll]");
          return log.scrollHeight - log.clientHeight - log.scrollTop < 2;
        }"""
    )


@pytest.fixture
def module(partner: PartnerPage) -> Callable[[str, str], Any]:
    """Runs a function over one of the page's own modules, in a page that has nothing else."""
    partner.page.route("**/modules", lambda route: blank(route))
    partner.page.goto("/modules")

    def run(name: str, function: str) -> Any:
        return partner.page.evaluate(
            f"async () => ({function})(await import('/static/js/partner/{name}.js'))"
        )

    return run


def blank(route: Route) -> None:
    route.fulfill(body="<!doctype html><title>modules</title>", content_type="text/html")


def test_a_change_of_connection_lets_words_wait_again_but_not_uploads(module: Any) -> None:
    statuses = module(
        "state",
        """({ nothing, reduce }) => [
             { type: "said", message: { id: "a", text: "words" } },
             { type: "said", message: { id: "b", text: "", file: { name: "x", size: 1 } } },
             { type: "said", message: { id: "c", text: "more" } },
             { type: "sending", id: "a" },
             { type: "sending", id: "b" },
             { type: "stored", id: "c" },
             { type: "connection", state: "open" },
           ].reduce(reduce, nothing()).pending.map(({ status }) => status)""",
    )
    assert statuses == ["waiting", "sending", "stored"]


def test_a_message_that_arrives_is_no_longer_pending_and_never_there_twice(module: Any) -> None:
    seqs, pending = module(
        "state",
        """({ nothing, reduce }) => {
             const told = { type: "messages", messages: [
               { seq: 2, id: "a", sender: "partner", text: "words" },
               { seq: 1, id: null, sender: "bot", text: "hello" } ] };
             const state = [{ type: "said", message: { id: "a", text: "words" } }, told, told]
               .reduce(reduce, nothing());
             return [state.messages.map(({ seq }) => seq), state.pending.length];
           }""",
    )
    assert (seqs, pending) == ([1, 2], 0)


def test_only_what_nobody_has_yet_goes_along_to_a_new_conversation(module: Any) -> None:
    assert module(
        "state",
        """({ nothing, reduce, unsaid }) => unsaid([
             ...["a", "b", "c"].map((id) => ({ type: "said", message: { id, text: id } })),
             { type: "sending", id: "a" }, { type: "stored", id: "b" },
           ].reduce(reduce, nothing())).map(({ id }) => id)""",
    ) == ["c"]


def test_the_way_of_a_file_has_three_milestones(module: Any) -> None:
    assert module(
        "state",
        """({ milestone }) =>
             [0, 49, 50, 99, 100].map((sent) => milestone({ sent, file: { size: 100 } }))""",
    ) == [0, 0, 50, 50, 100]


def test_an_outbox_touches_only_what_its_own_tab_said(module: Any) -> None:
    assert module(
        "outbox",
        """({ openOutbox }) => {
             const shelf = new Map();
             const store = { read: (key) => shelf.get(key) ?? null,
               write: (key, value) => shelf.set(key, value), forget: (key) => shelf.delete(key) };
             const nowhere = { read: () => null, write() {}, forget() {} };
             const stores = { words: store, files: nowhere };
             const say = (id) => ({ id, text: id, status: "waiting" });
             const kept = () => openOutbox("talk", stores).unsent().map(({ id }) => id);
             const [one, other] = [openOutbox("talk", stores), openOutbox("talk", stores)];
             one.keep([say("a")]);
             other.keep([say("b")]);
             const both = kept();
             other.keep([]);
             const first = kept();
             one.keep([]);
             return [both, first, kept(), shelf.size];
           }""",
    ) == [["a", "b"], ["a"], [], 0]
