"""The queue's filters, its acts on many, and the search, as a browser without script uses them."""

import re

from aiohttp import FormData

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from tests.conftest import OTHER_COMPANY, contact_of
from tests.core.desk_work import brought_to, journal, opened, ticket_row
from tests.desk.console_pages import all_of, page, part, post
from tests.desk.people import Client

ROWS = re.compile(r'data-test="queue-row" data-number="([^"]*)"')


async def test_a_number_opens_its_ticket_and_words_list_what_has_them(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    other = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="other")
    jump = await console.get(f"/console/search?q={closed.number.lower()}", allow_redirects=False)
    assert jump.headers["Location"] == f"/console/tickets/{closed.number}"
    text = await page(console, "/console/search?q=禾光")
    assert ROWS.findall(text) == [closed.number]
    assert "「禾光」找到 1 張" in text
    assert 'value="禾光"' in part(text, "search") or 'name="q" type="search" value="禾光"' in text
    assert ROWS.findall(await page(console, "/console/search?q=polaris")) == [other.number]
    for nothing in ("……", "", "%00", "<script>", "x" * 10_000, "查無此字"):
        text = await page(console, "/console/search?q=" + nothing)
        assert 'data-test="nothing"' in text
        assert "<script>alert" not in text
    for odd in ("older_than=x", "older_than=²", "older_than=1"):
        assert ROWS.findall(await page(console, f"/console/search?q=禾光&{odd}&lang=en"))[1:] == []


async def test_a_search_at_the_queues_address_is_one_all_the_same(console: Client) -> None:
    answer = await console.get("/console?q=禾光&queue=technical", allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"] == "/console/search?q=%E7%A6%BE%E5%85%89"


async def test_a_choice_is_saved_as_a_pill_used_and_removed(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    down = await opened(hotline, contact, key="down", severity=1)
    await opened(hotline, contact, key="other", severity=3)
    url = "/console?queue=technical&severity=1&sort=newest"
    text = await page(console, url)
    assert ROWS.findall(text) == [down.number]
    assert '<option value="1" selected>' in text
    form = {"name": "  停機 技術 ", "queue": "technical", "severity": "1", "sort": "newest"}
    text = await post(console, "/console/filters/save", form)
    pill = re.search(r'<a class="filter" href="([^"]*)" aria-current="true">.*?停機 技術 1', text)
    assert pill is not None
    assert pill[1] == "/console"
    text = await page(console, "/console")
    assert 'href="/console?queue=technical&amp;severity=1&amp;sort=newest"' in text
    [saved] = re.findall(r'name="filter" value="(\d+)"', text)
    text = await post(console, "/console/filters/save", {"name": " ", "severity": "1"}, 400)
    assert "名稱請寫 1 到 40 字。" in text
    text = await post(console, "/console/filters/remove", {"filter": saved})
    assert "停機 技術" not in text
    await post(console, "/console/filters/remove", {"filter": saved}, 404)


async def test_what_is_done_to_many_is_told_of_each(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    free, taken = [await opened(hotline, contact, key=key) for key in ("free", "taken")]
    await handling.claim(hotline, lead, taken.number)

    async def act(act: str, **more: str) -> str:
        form = FormData({"act": act, **more})
        for number in (free.number, taken.number, "T26-000999-1"):
            form.add_field("ticket", number)
        answer = await console.post("/console/bulk?queue=technical", data=form)
        assert answer.status == 200
        return await answer.text()

    text = await act("claim")
    assert "3 張裡有 1 張完成" in text
    assert all_of(text, "outcome", "data-done") == ["1", "0", "0"]
    assert f"{lead.name} 負責這張，沒有更動" in text
    assert 'href="/console?queue=technical"' in text
    assert [e.detail["queue"] for e in await journal(hotline, "ticket.claimed")] == [
        "technical"
    ] * 2
    text = await act("assign", to=str(lead.id))
    assert all_of(text, "outcome", "data-done") == ["1", "1", "0"]
    text = await act("queue", queue="presales")
    assert "找不到這張工單或同事" in text
    assert all_of(text, "outcome", "data-done") == ["0", "0", "0"]  # the lead has both by now
    assert (await ticket_row(hotline, free.number)).queue == "technical"
    shown = await page(console, f"/console/tickets/{free.number}")
    assert f"{engineer.name} 交給 {lead.name} 負責" in shown
    for wrong in ({"act": "resolve"}, {"act": "queue", "queue": "x"}, {}):
        answer = await console.post("/console/bulk", data=wrong)
        assert answer.status == 400
    nothing = await console.post("/console/bulk", data={"act": "claim"})
    assert "還沒有選取工單" in await nothing.text()
    again = await console.get("/console/bulk?queue=admin", allow_redirects=False)
    assert again.headers["Location"] == "/console?queue=admin"
