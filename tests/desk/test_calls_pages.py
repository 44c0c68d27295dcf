"""The telephone at the console: pages and forms as a browser without script uses them, and once
with the keyboard alone."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from hotline.calls import log
from hotline.core import Hotline
from hotline.tickets import queries
from hotline.tickets.ticket import Ticket
from tests.conftest import CONTACT, ENGINEER, contact_of
from tests.core.desk_work import journal, notes_on, opened
from tests.desk.console_browser import check, signed_in
from tests.desk.console_pages import all_of, page, part, pass_time, post, sign_in
from tests.desk.people import Client, new_id

LI = "jiarong.li@hotline.example"
URL, NEW = "/console/calls", "/console/calls/new"
WORDS = "機房的 Power 主機開不了機，序號 78A1234"


@pytest.fixture
async def console(client: Client) -> Client:
    """The browser of the specialist, signed in."""
    await sign_in(client, LI)
    return client


async def newest(hotline: Hotline) -> Ticket:
    async with hotline.database.read() as session:
        entry = (await journal(hotline, "ticket.opened"))[-1]
        assert entry.ticket_id is not None
        return (await queries.by_ids(session, {entry.ticket_id}))[entry.ticket_id]


def of_known(contact_id: int, **more: str) -> dict[str, str]:
    return {"client_id": new_id(), "contact": str(contact_id), "step": "open", **more}


def stranger(**more: str) -> dict[str, str]:
    return {"client_id": new_id(), "caller": "王小明", "company": "大新資訊",
            "phone": "02-2345-6780", "step": "open", **more}  # fmt: skip


async def test_a_number_with_one_hit_goes_on_with_that_caller(console: Client) -> None:
    text = await page(console, f"{NEW}?q=0912345678&lang=zh-TW")
    card = part(text, "card")
    assert "陳怡君" in card
    assert "禾光資訊" in card
    assert "目前沒有未結的工單" in card
    assert 'data-test="caller-search"' not in text


async def test_a_name_with_several_hits_lists_them_and_a_program_gets_the_same(
    console: Client, hotline: Hotline
) -> None:
    text = await page(console, f"{NEW}?q=heguang")
    urls = all_of(text, "caller", "href")
    assert len(urls) == 2
    answer = await console.get(f"{URL}/callers?q=heguang")
    assert answer.headers["Cache-Control"] == "no-store"
    callers = (await answer.json())["callers"]
    assert {each["name"] for each in callers} == {"陳怡君", "林柏宏"}
    for each in callers:
        assert each["name"] in part(await page(console, each["url"]), "card")
    assert (await (await console.get(f"{URL}/callers")).json()) == {"callers": []}


async def test_a_number_that_nobody_has_is_the_new_callers(console: Client) -> None:
    text = await page(console, f"{NEW}?q=0988-111-222&lang=zh-TW")
    assert "找不到「0988-111-222」" in text
    assert re.search(r'name="phone"[^>]*value="0988-111-222"', text)


async def test_the_fields_of_a_kind_are_shown_without_script(
    console: Client, hotline: Hotline
) -> None:
    contact = await contact_of(hotline, CONTACT)
    form = of_known(contact.id, intent="technical_hardware", words=WORDS, step="kind")
    text = await post(console, NEW, form, 200)
    shown = re.findall(r'data-fact="(\w+)">', text)
    assert shown == ["customer", "product", "serial"]
    assert WORDS in text
    assert await journal(hotline, "ticket.opened") == []


async def test_a_request_is_opened_and_its_promise_read_out(
    console: Client, hotline: Hotline
) -> None:
    contact = await contact_of(hotline, CONTACT)
    form = of_known(contact.id, intent="technical_hardware", words=WORDS, language="zh-TW")
    text = await post(console, NEW, form)
    ticket = await newest(hotline)
    assert (ticket.source, ticket.severity, ticket.contact) == ("telephone", 1, contact)
    sentence = part(text, "sentence")
    assert f"工單 {ticket.number} 已開好" in sentence
    assert "前回覆您" in sentence
    shown = await page(console, f"/console/tickets/{ticket.number}?lang=zh-TW")
    assert re.search(r"陳怡君 來電，李佳蓉 接聽，今天 10:15[^<]*，開立工單", shown)
    # Sent again it is the same call.
    await post(console, NEW, form)
    assert len(await journal(hotline, "ticket.opened")) == 1
    listed = await page(console, f"{URL}?lang=zh-TW")
    assert "陳怡君" in part(listed, "recent")
    assert ticket.number in part(listed, "recent")


async def test_an_unknown_callers_ticket_has_nobody_to_write_to(
    console: Client, hotline: Hotline
) -> None:
    await post(console, NEW, stranger(intent="other_request", words="想問怎麼成為夥伴"))
    ticket = await newest(hotline)
    assert not ticket.identity_verified
    shown = await page(console, f"/console/tickets/{ticket.number}?lang=zh-TW")
    assert "只能打電話回覆" in part(shown, "by-phone")
    assert "王小明 大新資訊" in shown
    # What would be said to the partner is kept for colleagues.
    url = f"/console/tickets/{ticket.number}"
    await post(console, f"{url}/claim")
    await post(console, f"{url}/state", {"state": "waiting_partner", "text": "等他的統編"})
    assert await notes_on(hotline, ticket) == ["等他的統編"]


async def test_what_is_wrong_is_told_at_its_field_and_kept_when_said_again(
    console: Client, hotline: Hotline
) -> None:
    form = stranger(intent="apply_partnership", words="要申請", **{"fact.tax_id": "123"})
    text = await post(console, NEW, form | {"caller": ""}, 400)
    assert {*re.findall(r'href="#((?:call|fact)-\w+)"', text)} == {"call-caller", "fact-tax_id"}
    assert 'name="tried.tax_id" value="123"' in text
    async with hotline.database.read() as session:
        assert await log.recent(session) == []
    await post(console, NEW, form | {"tried.tax_id": "123"})
    assert (await newest(hotline)).facts["tax_id"]["status"] == "unverified"
    for wrong in (
        {"intent": ""},
        {"intent": "nonsense"},
        {"language": "fr"},
        {"words": "x" * 9000},
    ):
        await post(console, NEW, stranger(intent="other_request", words="問事情") | wrong, 400)


async def test_words_are_added_to_a_ticket_of_the_callers(
    console: Client, hotline: Hotline
) -> None:
    contact = await contact_of(hotline, CONTACT)
    ticket = await opened(hotline, contact)
    form = of_known(contact.id, words="又壞了一台", add=ticket.number)
    text = await post(console, NEW, form)
    assert "又壞了一台" in await notes_on(hotline, ticket)
    assert ticket.number in part(text, "sentence")
    other = stranger(words="也是我的", add="number", number=ticket.number)
    assert "沒有這張工單" in await post(console, f"{NEW}?lang=zh-TW", other, 404)


async def test_a_call_is_only_noted(console: Client, hotline: Hotline) -> None:
    await post(console, NEW, stranger(words="問營業時間", note="answered"))
    await post(console, NEW, {"client_id": new_id(), "note": "wrong_number"})
    text = part(await page(console, f"{URL}?lang=zh-TW"), "recent")
    assert [text.index("打錯電話") < text.index("當場回答"), "問營業時間" in text] == [True, True]
    await post(console, NEW, stranger(note="answered", words=""), 400)
    await page(console, f"{URL}/999", 404)


async def test_nobody_is_taken_off_the_list_of_calls_back_but_by_an_outcome(
    console: Client, hotline: Hotline
) -> None:
    contact = await contact_of(hotline, CONTACT)
    await post(
        console,
        NEW,
        of_known(contact.id, intent="leave_message", words="請回電談報價",
                 **{"fact.needed_by": "今天下午三點"}),
    )  # fmt: skip
    number = (await newest(hotline)).number
    url = f"/console/tickets/{number}/call-back"
    assert number in part(await page(console, f"{URL}?lang=zh-TW"), "later")
    await pass_time(hotline, console, "2026-12-01T15:05")
    due = part(await page(console, f"{URL}?lang=zh-TW"), "due")
    assert number in due
    assert "希望 12/1（週二）15:00" in due
    at_night = {"from": "calls", "outcome": "again", "again_at": "2026-12-01T23:00", "text": "忙"}
    text = await post(console, f"{url}?lang=zh-TW", at_night, 400)
    assert "那時沒有人在" in text
    assert 'value="2026-12-01T23:00"' in text
    await post(console, url, at_night | {"again_at": "2026-12-02T09:30", "client_id": new_id()})
    assert "約好 12/2（三）9:30 再撥" in part(await page(console, f"{URL}?lang=zh-TW"), "later")
    ticket_page = await page(console, f"/console/tickets/{number}?lang=zh-TW")
    assert "打過 1 次" in part(ticket_page, "call-back")
    reached = {"outcome": "reached", "client_id": new_id()}
    shown = await post(console, f"{url}?lang=zh-TW", reached)
    assert 'data-test="call-back"' not in shown
    assert "李佳蓉 回電給 陳怡君" in shown
    assert number not in part(await page(console, URL), "due")
    assert "已經有結果了" in await post(console, f"{url}?lang=zh-TW", {"outcome": "reached"}, 409)


async def test_a_colleagues_call_back_is_refused_with_the_name(
    console: Client, hotline: Hotline
) -> None:
    contact = await contact_of(hotline, CONTACT)
    await post(console, NEW, of_known(contact.id, intent="leave_message", words="請回電"))
    number = (await newest(hotline)).number
    await sign_in(console, ENGINEER)
    await post(console, f"/console/tickets/{number}/claim")
    await sign_in(console, LI)
    form = {"outcome": "reached", "from": "calls"}
    text = await post(console, f"/console/tickets/{number}/call-back?lang=zh-TW", form, 409)
    assert "王志豪 負責這張" in text


@pytest.mark.browser
async def test_a_known_callers_request_is_opened_with_the_keyboard_alone(
    client: Client, hotline: Hotline, browser: Browser
) -> None:
    window = await signed_in(browser, client, LI, "/console")
    await window.wait_for_function("!document.querySelector('[data-open-keys]').hidden")
    keys = window.keyboard
    await keys.press("g")
    await keys.press("c")
    await expect(window.locator("[data-test=caller-search]")).to_be_focused()
    await keys.type("0912345678")
    await expect(window.locator("[data-test=caller]")).to_have_count(1)
    await keys.press("Enter")
    await expect(window.locator("[data-test=card]")).to_contain_text("陳怡君")
    await expect(window.locator("[data-test=intent]")).to_be_focused()
    await expect(window.locator("[data-without-script]")).to_have_count(0)  # the script is there
    await keys.type("21")
    await expect(window.locator("[data-test=intent]")).to_have_value("technical_hardware")
    await keys.press("Tab")
    await expect(window.locator("[data-test=words]")).to_be_focused()
    await keys.insert_text(WORDS)
    await expect(window.locator("[data-fact=serial]")).to_be_visible()
    await expect(window.locator("[data-fact=tax_id]")).to_be_hidden()
    await keys.press("Control+Enter")
    sentence = window.locator("[data-test=sentence]")
    await expect(sentence).to_be_visible()
    ticket = await newest(hotline)
    assert (ticket.source, ticket.facts["serial"]["value"]) == ("telephone", "78A1234")
    await expect(sentence).to_contain_text(ticket.number)
    await expect(sentence).to_contain_text("前回覆您")
    await expect(window.locator("[data-test=see-ticket]")).to_be_focused()
    await keys.press("Enter")
    await expect(window.locator("[data-test=timeline]")).to_contain_text("陳怡君 來電，李佳蓉 接聽")
    await expect(window.locator("[data-test=due]").first).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme", "locale"), [(360, "light", "zh-TW"), (1440, "dark", "en")]
)
async def test_the_telephones_pages_are_for_everybody(
    client: Client, hotline: Hotline, browser: Browser, width: int, scheme: Any, locale: str
) -> None:
    contact = await contact_of(hotline, CONTACT)
    await sign_in(client, LI)
    await post(client, NEW, of_known(contact.id, intent="leave_message", words="請回電談報價"))
    await post(client, NEW, stranger(words="問營業時間", note="answered"))
    number = (await newest(hotline)).number
    window = await signed_in(browser, client, LI, URL, width, color_scheme=scheme, locale=locale)
    paths = (URL, f"{NEW}?q=heguang", f"{NEW}?caller={contact.id}", f"{URL}/1",
             f"/console/tickets/{number}")  # fmt: skip
    for path in paths:
        await window.goto(path)
        await check(window)
    await window.goto(NEW)
    await window.select_option("[data-test=intent]", "apply_partnership")
    await window.click("[data-test=open]")
    await expect(window.locator("[data-test=problems]")).to_be_visible()
    await check(window)
