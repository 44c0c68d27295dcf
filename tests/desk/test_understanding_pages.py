"""The page of messages worth a look: what it shows, who labels, and who was first."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from hotline.core import Hotline
from hotline.staff.service import Staff, add_staff
from hotline.understanding import service
from hotline.understanding.service import AT_ONCE, DONE
from tests.conftest import ENGINEER, LEAD
from tests.core.desk_work import journal
from tests.core.looks import OFFER, begun, heard, looks, the_look
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.console_pages import all_of, page, part, post, sign_in
from tests.desk.people import PASSWORD, Client

URL = "/console/understanding"


@pytest.fixture
async def message(hotline: Hotline) -> int:
    """One that was not sure and that a button corrected."""
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的", "nlu_fallback", OFFER)
    await heard(hotline, chat, "", "technical_hardware", payload="/technical_hardware")
    [look] = await looks(hotline)
    return look.message_id


async def test_a_message_is_shown_with_how_it_was_read_why_it_is_here_and_what_was_before(
    client: Client, message: int
) -> None:
    await sign_in(client, ENGINEER)
    text = await page(client, URL)
    shown = part(text, "look")
    assert all_of(text, "look", "data-message") == [str(message)]
    for words in (
        "那台怪怪的",
        "沒把握；最像：查進度 40%、硬體報修 20%、打招呼 13%",
        "夥伴接著按了「硬體報修」",
        "夥伴按鈕更正",
        "沒把握</span>",
        "<b>助理</b>",
        "看整段對談",
    ):
        assert words in shown
    values = all_of(text, "likely", "value")
    assert values == ["technical_hardware", "ticket_status", "greet"]
    assert all_of(text, "likely", "aria-keyshortcuts") == ["1", "2", "3"]
    assert '<optgroup label="應答">' in text
    in_english = await page(client, f"{URL}?lang=en")
    assert "Not sure; likeliest: Ticket status 40%, Hardware repair 20%, Greeting 13%" in in_english


@pytest.mark.parametrize(
    "form", [{"likely": "technical_hardware"}, {"likely": "", "other": "technical_hardware"}]
)
async def test_a_label_leads_back_to_the_list_without_it_and_can_be_changed(
    client: Client, hotline: Hotline, engineer: Staff, message: int, form: dict[str, str]
) -> None:
    await sign_in(client, ENGINEER)
    text = await post(client, f"{URL}/{message}?reason=unsure", {"version": "0", **form})
    assert all_of(text, "look", "data-message") == []
    assert "今天 10:15 標為「硬體報修」" in part(text, "last")
    assert f'href="{URL}?reason=done&amp;before={message + 1}#m{message}"' in text
    assert 'data-test="tab-unsure" aria-current="page"' in text
    done = await page(client, f"{URL}?reason=done")
    assert f"{engineer.name} 今天 10:15 標為「硬體報修」" in part(done, "done")
    assert '<option value="technical_hardware" selected>' in done
    changed = {"version": "1", "other": "ticket_status"}
    await post(client, f"{URL}/{message}?reason=done", changed)
    assert (await the_look(hotline, message)).label == "ticket_status"


async def test_what_is_skipped_leaves_the_list(
    client: Client, hotline: Hotline, message: int
) -> None:
    await sign_in(client, LEAD)
    form = {"version": "0", "other": "greet", "skip": "1"}
    text = await post(client, f"{URL}/{message}", form)
    assert "略過" in part(text, "last")
    assert 'data-test="nothing"' in text
    assert (await the_look(hotline, message)).label is None


async def test_whoever_comes_second_reads_who_was_first_and_may_still_change_it(
    client: Client, hotline: Hotline, engineer: Staff, lead: Staff, message: int
) -> None:
    await service.label(hotline, engineer, message, "technical_hardware", 0)
    await sign_in(client, LEAD)
    form = {"version": "0", "likely": "ticket_status"}
    text = await post(client, f"{URL}/{message}", form, status=409)
    assert f"{engineer.name} 先標為「硬體報修」。" in part(text, "look")
    assert 'name="version" value="1"' in text
    assert (await the_look(hotline, message)).by == engineer
    await post(client, f"{URL}/{message}", {**form, "version": "1"})
    assert (await the_look(hotline, message)).by == lead


async def test_nothing_chosen_is_told_at_the_message(client: Client, message: int) -> None:
    await sign_in(client, ENGINEER)
    for form in ({}, {"other": ""}, {"other": "nlu_fallback"}, {"version": "²", "likely": "x"}):
        text = await post(client, f"{URL}/{message}", form, status=400)
        assert "請選一個意思，或按略過。" in part(text, "look")
        assert f'aria-describedby="error-{message}"' in text


async def test_only_engineers_and_leads_label_and_everybody_on_staff_reads(
    client: Client, hotline: Hotline, message: int
) -> None:
    await add_staff(
        hotline.database,
        email="specialist@hotline.example",
        name="專員",
        name_en="Specialist",
        role="specialist",
        queues=("admin",),
        password=PASSWORD,
    )
    await sign_in(client, "specialist@hotline.example")
    text = await page(client, URL)
    assert "那台怪怪的" in text
    assert "標註由技術支援工程師和主管來做。" in text
    assert 'data-test="label"' not in text
    await post(client, f"{URL}/{message}", {"version": "0", "likely": "greet"}, status=403)
    assert await journal(hotline, "message.labelled") == []


async def test_no_such_message_and_a_form_from_elsewhere_are_refused(
    client: Client, hotline: Hotline, message: int
) -> None:
    await sign_in(client, ENGINEER)
    form = {"version": "0", "likely": "greet"}
    for other in (str(message + 1), "999999999", "1" * 10, "²", "x"):
        await post(client, f"{URL}/{other}", form, status=404)
    elsewhere = {"Origin": "https://elsewhere.example"}
    answer = await client.post(f"{URL}/{message}", data=form, headers=elsewhere)
    assert answer.status == 403
    leads = await client.get(f"{URL}/{message}", allow_redirects=False)
    assert (leads.status, leads.headers["Location"]) == (303, URL)
    assert await looks(hotline, DONE) == []


async def test_the_list_is_paged_and_filtered_by_what_the_address_says(
    client: Client, hotline: Hotline
) -> None:
    chat = await begun(hotline)
    for n in range(AT_ONCE + 1):
        await heard(hotline, chat, f"<b>那個 {n}</b>")
    await sign_in(client, ENGINEER)
    text = await page(client, f"{URL}?reason=unsure")
    assert len(all_of(text, "look", "data-message")) == AT_ONCE
    assert "&lt;b&gt;那個 30&lt;/b&gt;" in text
    [older] = [url.replace("&amp;", "&") for url in all_of(text, "older", "href")]
    rest = await page(client, older)
    assert len(all_of(rest, "look", "data-message")) == 1
    assert all_of(rest, "newest", "href") == [f"{URL}?reason=unsure"]
    assert all_of(await page(client, f"{URL}?reason=corrected"), "look", "data-message") == []
    for odd in ("reason=x&before=y&last=z", f"before={'9' * 30}", "last=999999999"):
        assert len(all_of(await page(client, f"{URL}?{odd}"), "look", "data-message")) == AT_ONCE


@pytest.mark.browser
@LOOKS
async def test_messages_are_labelled_by_keys_and_by_buttons(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    message: int,
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    chat = await begun(hotline)
    for text in ("我要的那個東西呢，上次說的", "log " + "A" * 300):
        await heard(hotline, chat, text)
    wishes: dict[str, Any] = {"color_scheme": scheme, "locale": locale}
    open_page = await signed_in(browser, client, ENGINEER, URL, width, **wishes)
    listed = open_page.locator("[data-test=look]")
    await expect(listed).to_have_count(3)
    await check(open_page)

    await open_page.keyboard.press("s")
    await expect(listed).to_have_count(2)
    await open_page.wait_for_load_state()  # by then the script listens for keys
    await open_page.keyboard.press("1")
    await expect(listed).to_have_count(1)
    await expect(open_page.locator("[data-test=last]")).to_be_visible()
    await open_page.wait_for_load_state()
    await open_page.keyboard.press("e")
    await expect(open_page.locator("select")).to_be_focused()
    await open_page.click("[data-test=save]")
    await expect(open_page.locator("[role=alert]")).to_be_visible()
    await expect(open_page.locator("select")).to_be_focused()
    await check(open_page)
    await open_page.select_option("select", "technical_hardware")
    await open_page.click("[data-test=save]")
    await expect(open_page.locator("[data-test=nothing]")).to_be_visible()
    await check(open_page)

    await open_page.click("[data-test=last] a")
    await expect(open_page.locator(f"#m{message} [data-test=done]")).to_be_visible()
    await check(open_page)
    assert (await the_look(hotline, message)).label == "technical_hardware"
