"""The staff console's pages and forms, as a browser without script uses them."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import CookieJar, FormData
from aiohttp.test_utils import TestClient

from desk.keys import HOTLINE
from hotline import access
from hotline.conversations import holding, waits
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.journal import Entry
from hotline.partners.rows import PartnerRow
from hotline.partners.service import Contact
from hotline.staff import presence
from hotline.staff.rules import BUSY
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.moves import STATES
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.conftest import ENGINEER, OTHER_COMPANY, contact_of
from tests.core.desk_work import (
    brought_to,
    conversation_row,
    journal,
    opened,
    said,
    says,
    ticket_row,
)
from tests.core.test_colleagues_tickets import statements
from tests.desk.people import PASSWORD, Chat, Client, bearer, new_id

JSON = {"Accept": "application/json"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


async def sign_in(client: Client, email: str = ENGINEER, password: str = PASSWORD) -> Any:
    return await client.post(
        "/console/sign-in",
        data={"email": email, "password": password},
        allow_redirects=False,
    )


@pytest.fixture
async def console(client: Client) -> Client:
    """The browser of the engineer, signed in."""
    answer = await sign_in(client)
    assert (answer.status, answer.headers["Location"]) == (303, "/console")
    return client


@dataclass(frozen=True)
class Work:
    """A ticket in each state, a conversation of each holder."""

    tickets: dict[str, Ticket]
    queued: str
    mine: str
    others: str


@pytest.fixture
async def work(hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff) -> Work:
    tickets = {
        state: await brought_to(hotline, contact, engineer, state, key=state) for state in STATES
    }
    english = await contact_of(hotline, OTHER_COMPANY)
    await opened(hotline, english, key="severe", severity=1)
    await opened(hotline, None, key="visitor", intent="presales_quote", severity=4)
    talks = [(await start(hotline, who))[0].id for who in (contact, english, None)]
    for talk in talks:
        await says(hotline, talk, "我要找真人", new_id())
    async with hotline.database.write() as session:
        await holding.join_queue(session, hotline, talks[0])
    await holding.take(hotline, engineer, talks[1])
    await holding.take(hotline, lead, talks[2])
    return Work(tickets, *talks)


async def page(client: Client, url: str, status: int = 200) -> str:
    answer = await client.get(url)
    assert answer.status == status, url
    assert answer.content_type == "text/html"
    return await answer.text()


async def by_people(hotline: Hotline) -> list[Entry]:
    """What was done, but for what the hotline does by itself meanwhile, as offering a chat."""
    return [entry for entry in await journal(hotline) if entry.actor != "system"]


async def test_signing_in_gives_a_cookie_that_script_cannot_read(
    client: Client, hotline: Hotline, engineer: Staff
) -> None:
    answer = await sign_in(client, f" {ENGINEER.upper()} ")
    assert (answer.status, answer.headers["Location"]) == (303, "/console")
    cookie = answer.cookies["hotline_staff"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert access.subject_of(hotline, access.STAFF_SESSION, cookie.value) == str(engineer.id)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (ENGINEER, "wrong-password"),
        (ENGINEER, ""),
        ("nobody@hotline.example", PASSWORD),
        ("", ""),
        ("' OR 1=1 --", PASSWORD),
    ],
)
async def test_a_wrong_password_and_an_unknown_person_are_refused_alike(
    client: Client, email: str, password: str
) -> None:
    answer = await sign_in(client, email, password)
    assert answer.status == 401
    assert "hotline_staff" not in answer.cookies
    reference = await sign_in(client, "x@y.example", "wrong")
    told, expected = [re.sub(r'value="[^"]*"', "", await one.text()) for one in (answer, reference)]
    assert told == expected


async def test_signing_out_ends_it(console: Client) -> None:
    answer = await console.post("/console/sign-out", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/console/sign-in")
    again = await console.get("/console", allow_redirects=False)
    assert (again.status, again.headers["Location"]) == (303, "/console/sign-in")


async def test_whoever_is_not_signed_in_is_sent_to_the_sign_in(
    client: Client, work: Work, a_month_ago: Hotline, hotline: Hotline
) -> None:
    number, talk = work.tickets["new"].number, work.queued
    tokens = (
        "",
        "nonsense",
        access.issue(a_month_ago, access.STAFF_SESSION, "1"),
        access.issue(hotline, access.STAFF_API, "1"),
        access.issue(hotline, access.PARTNER_SESSION, "1"),
        access.issue(hotline, access.STAFF_SESSION, "4711"),
    )
    known = await journal(hotline)
    for token in tokens:
        for method, path in (
            ("GET", ""),
            ("GET", f"/tickets/{number}"),
            ("GET", "/conversations"),
            ("GET", f"/conversations/{talk}"),
            ("GET", f"/conversations/{talk}/files/x"),
            ("POST", f"/tickets/{number}/claim"),
            ("POST", f"/tickets/{number}/resolve"),
            ("POST", f"/conversations/{talk}/take"),
        ):
            answer = await client.request(
                method,
                f"/console{path}",
                headers={"Cookie": f"hotline_staff={token}"},
                allow_redirects=False,
            )
            way_in = answer.headers["Location"].partition("?")[0]
            assert (answer.status, way_in) == (303, "/console/sign-in"), path
    assert await journal(hotline) == known


@pytest.mark.parametrize("language", ["zh-TW", "en"])
async def test_every_page_shows_with_a_ticket_in_each_state(
    console: Client, work: Work, language: str
) -> None:
    urls = ["/console", "/console/conversations"]
    urls += [f"/console?queue={queue}" for queue in ("technical", "presales", "lost")]
    urls += [f"/console?filter={chosen}" for chosen in ("mine", "unclaimed", "down", "lost")]
    urls += ["/console?q=Power", "/console?q=%3Cscript%3E", "/console?fragment=rows"]
    urls += ["/console/conversations?fragment=list"]
    urls += [f"/console/tickets/{ticket.number}" for ticket in work.tickets.values()]
    for talk in (work.queued, work.mine, work.others):
        urls += [f"/console/conversations/{talk}"]
    for whole in (
        f"/console/tickets/{work.tickets['open'].number}",
        f"/console/conversations/{work.mine}",
    ):
        urls += [f"{whole}?fragment={part}" for part in ("header", "timeline")]
    for url in urls:
        text = await page(console, f"{url}{'&' if '?' in url else '?'}lang={language}")
        if "fragment" not in url:
            assert f'<html lang="{language}"' in text, url
            assert ("登出" in text) == (language == "zh-TW"), url


async def test_the_queue_shows_every_open_ticket_and_its_company(
    console: Client, work: Work
) -> None:
    text = await page(console, "/console")
    for state, ticket in work.tickets.items():
        assert (ticket.number in text) == (state != "closed"), state
    assert "禾光資訊" in text
    only = await page(console, "/console?queue=presales&fragment=rows")
    assert work.tickets["new"].number not in only


@pytest.mark.parametrize("state", STATES)
async def test_a_ticket_page_offers_exactly_the_moves_of_its_state(
    console: Client, work: Work, state: str
) -> None:
    number = work.tickets[state].number
    text = await page(console, f"/console/tickets/{number}")
    forms = set(re.findall(rf'action="/console/tickets/{number}/([\w-]+)"', text))
    states = set(re.findall(r'name="state"\s+value="(\w+)"', text))
    expected = {
        "new": ({"claim", "resolve"}, set()),
        "open": ({"resolve", "state", "release"}, {"waiting_partner", "waiting_other"}),
        "waiting_partner": ({"resolve", "state"}, {"open", "waiting_other"}),
        "waiting_other": ({"resolve", "state"}, {"open", "waiting_partner"}),
        "resolved": ({"state"}, {"open"}),
        "closed": ({"state"}, {"open"}),
    }[state]
    beside = {"reply", "note", "insert", "amend", "link", "merge", "unlink", "unmerge"}
    assert (forms - beside, states) == expected


async def test_claiming_by_the_form_leads_back_to_the_ticket(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    url = f"/console/tickets/{ticket.number}"
    answer = await console.post(f"{url}/claim", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, url)
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.assignee) == ("open", engineer)
    assert len(await journal(hotline, "ticket.claimed")) == 1


async def test_a_script_that_claims_hears_json(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    free, taken = [await opened(hotline, contact, key=key) for key in ("free", "taken")]
    await handling.claim(hotline, lead, taken.number)
    won = await console.post(f"/console/tickets/{free.number}/claim", headers=JSON)
    assert (won.status, await won.json()) == (200, {"ok": True})
    lost = await console.post(f"/console/tickets/{taken.number}/claim", headers=JSON)
    assert (lost.status, (await lost.json())["error"]["holder"]) == (409, lead.name)


async def test_whoever_claims_too_late_sees_who_has_it(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await handling.claim(hotline, lead, ticket.number)
    answer = await console.post(f"/console/tickets/{ticket.number}/claim")
    assert (answer.status, lead.name in await answer.text()) == (409, True)
    assert (await ticket_row(hotline, ticket.number)).assignee == lead


async def test_a_ticket_is_answered_noted_and_resolved_by_forms(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    url = f"/console/tickets/{ticket.number}"
    for do, form in (
        ("reply", {"text": "請拍燈號\r\n謝謝"}),
        ("note", {"text": "電源老了"}),
        ("state", {"state": "waiting_other", "text": "等原廠", "version": str(ticket.version)}),
        ("resolve", {"text": "換電源"}),
    ):
        answer = await console.post(f"{url}/{do}", data=form, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, url), do
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.resolution) == ("resolved", "換電源")
    told = await said(hotline, ticket.conversation_id, after=1)
    assert [m.sender for m in told] == ["staff", "bot"]
    assert told[0].text == "請拍燈號\n謝謝"
    shown = await page(console, url)
    assert all(word in shown for word in ("請拍燈號", "電源老了", "等原廠", "換電源"))


@pytest.mark.parametrize(
    ("do", "form", "status"),
    [
        ("reply", {"text": " "}, 400),
        ("note", {"text": ""}, 400),
        ("resolve", {"text": ""}, 400),
        ("state", {"state": "closed", "text": ""}, 409),
        ("state", {"state": "", "text": ""}, 409),
        ("state", {"state": "waiting_other", "text": " "}, 400),
        ("state", {"state": "waiting_partner", "text": ""}, 400),
        ("state", {"state": "waiting_partner", "text": "留著的字", "version": "1"}, 409),
        ("resolve", {"text": "留著的字", "version": "1"}, 409),
    ],
)
async def test_a_refused_form_comes_back_with_the_reason_and_what_was_typed(
    console: Client,
    hotline: Hotline,
    contact: Contact,
    engineer: Staff,
    do: str,
    form: dict[str, str],
    status: int,
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    answer = await console.post(f"/console/tickets/{ticket.number}/{do}", data=form)
    text = await answer.text()
    assert (answer.status, ticket.number in text) == (status, True)
    assert form["text"].strip() in text
    assert await ticket_row(hotline, ticket.number) == ticket


@pytest.mark.parametrize("version", ["²", "-1", "x", "9" * 40])
async def test_a_version_that_is_none_does_not_break_the_form(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, version: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    answer = await console.post(
        f"/console/tickets/{ticket.number}/state",
        data={"state": "waiting_other", "text": "等原廠", "version": version},
        allow_redirects=False,
    )
    assert answer.status in (303, 409)


async def test_a_reply_to_a_ticket_of_somebody_else_names_them_and_the_way_on(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, lead, "open")
    answer = await console.post(f"/console/tickets/{ticket.number}/reply", data={"text": "我來回"})
    text = await answer.text()
    assert (answer.status, "我來回" in text) == (409, True)
    assert f"{lead.name} 負責這張，還沒送出" in text
    assert "接手這張" in text
    assert len(await said(hotline, ticket.conversation_id)) == 1


async def test_the_page_of_a_colleagues_ticket_offers_to_take_it_over_and_nothing_else(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, lead, "open")
    url = f"/console/tickets/{ticket.number}"
    text = await page(console, url)
    forms = set(re.findall(rf'action="{url}/([\w-]+)"', text))
    assert forms == {"take-over", "note", "link"}
    assert f"{lead.name} 負責這張" in text
    answer = await console.post(f"{url}/take-over", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, url)
    assert (await ticket_row(hotline, ticket.number)).assignee == engineer
    assert f"原由 {lead.name} 負責" in await page(console, url)


async def test_the_first_reply_to_a_free_ticket_claims_it(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    url = f"/console/tickets/{ticket.number}"
    text = await page(console, url)
    assert "認領並送出" in text
    form = {"text": "馬上看", "client_id": new_id(), "claims": "1"}
    for _ in range(2):  # sent again, it is said once
        answer = await console.post(f"{url}/reply", data=form, allow_redirects=False)
        assert answer.status == 303
    assert (await ticket_row(hotline, ticket.number)).assignee == engineer
    assert [m.text for m in await said(hotline, ticket.conversation_id, after=1)] == ["馬上看"]


async def test_a_mis_claim_is_handed_back(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    answer = await console.post(
        f"/console/tickets/{ticket.number}/release", headers=JSON, allow_redirects=False
    )
    assert await answer.json() == {"ok": True}
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.assignee) == ("new", None)


async def test_the_address_of_a_form_leads_to_its_page(
    console: Client, hotline: Hotline, work: Work
) -> None:
    number, talk = work.tickets["new"].number, work.queued
    for act in ("claim", "take-over", "release", "reply", "note", "resolve", "state"):
        answer = await console.get(
            f"/console/tickets/{number}/{act}?queue=technical", allow_redirects=False
        )
        where = f"/console/tickets/{number}?queue=technical"
        assert (answer.status, answer.headers["Location"]) == (303, where), act
    for act in ("take", "give-back", "messages", "note"):
        answer = await console.get(f"/console/conversations/{talk}/{act}", allow_redirects=False)
        where = f"/console/conversations/{talk}"
        assert (answer.status, answer.headers["Location"]) == (303, where), act


async def test_a_refused_form_offers_the_other_language_of_its_page(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    url = f"/console/tickets/{ticket.number}"
    text = await (await console.post(f"{url}/reply", data={"text": " "})).text()
    assert f'href="{url}?lang=en"' in text
    assert f'data-url="{url}"' in text


async def test_the_queue_and_its_filter_go_along_and_come_back(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    lost, free = [await opened(hotline, contact, key=key) for key in ("lost", "free")]
    kept = "queue=technical&filter=unclaimed"
    text = await page(console, f"/console?{kept}")
    assert f"/console/tickets/{free.number}?{kept.replace('&', '&amp;')}" in text
    assert 'href="/console?queue=presales&amp;filter=unclaimed"' in text
    await handling.claim(hotline, lead, lost.number)
    late = await console.post(f"/console/tickets/{lost.number}/claim?{kept}")
    text = await late.text()
    assert f'href="/console?{kept.replace("&", "&amp;")}"' in text
    [button] = re.findall(r'<a class="button" href="([^"]*)" data-test="next-free"', text)
    assert button == f"/console/tickets/{free.number}?{kept.replace('&', '&amp;')}"
    won = await console.post(f"/console/tickets/{free.number}/claim?{kept}", allow_redirects=False)
    assert won.headers["Location"] == f"/console/tickets/{free.number}?{kept}"


async def test_the_ticket_page_leads_to_its_neighbours(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    tickets = [await opened(hotline, contact, key=f"k{n}", severity=n + 1) for n in range(3)]
    text = await page(console, f"/console/tickets/{tickets[1].number}")
    beside = dict(re.findall(r'href="/console/tickets/([^"]*)" rel="(prev|next)"', text))
    assert beside == {tickets[0].number: "prev", tickets[2].number: "next"}


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("/console/tickets/T26-000001-5?queue=technical", None),
        ("/console?q=%E7%A6%BE", None),
        ("/console/search?q=%E7%A6%BE", None),
        ("//evil.example", "/console"),
        ("/console\\@evil.example", "/console"),
        ("https://evil.example/console", "/console"),
        ("/consoles", "/console"),
        ("/demo", "/console"),
        ("/console/\r\nSet-Cookie: a=b", "/console"),
    ],
)
async def test_signing_in_returns_to_the_page_that_was_wanted_if_it_is_ours(
    client: Client, wanted: str, where: str | None
) -> None:
    form = {"email": ENGINEER, "password": PASSWORD, "next": wanted}
    answer = await client.post("/console/sign-in", data=form, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, where or wanted)


async def test_the_way_in_keeps_the_page_that_was_wanted(client: Client) -> None:
    asked = await client.get("/console/tickets/T26-000001-5?queue=admin", allow_redirects=False)
    way_in = asked.headers["Location"]
    text = await page(client, way_in)
    assert 'name="next" value="/console/tickets/T26-000001-5?queue=admin"' in text


async def test_what_the_partner_answers_is_new_until_the_holder_opens_the_ticket(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    assert ticket.conversation_id is not None
    for n in range(2):
        await says(hotline, ticket.conversation_id, "紅燈", f"c{n}")
    assert "2 則新訊息" in await page(console, "/console")
    # What a page in the background renews has not been seen.
    await page(console, f"/console/tickets/{ticket.number}?fragment=header")
    assert "2 則新訊息" in await page(console, "/console?fragment=rows")
    await page(console, f"/console/tickets/{ticket.number}")
    assert "則新訊息" not in await page(console, "/console")


async def test_a_word_in_ones_own_chat_shows_on_every_page(
    console: Client, hotline: Hotline, work: Work
) -> None:
    await says(hotline, work.mine, "在嗎", "c1")
    for url in ("/console", "/console/conversations", "/console/conversations?fragment=vital"):
        assert "我的對談有 1 則新訊息" in await page(console, url), url
    assert "您正在發言" in await page(console, "/console/conversations")
    await page(console, f"/console/conversations/{work.mine}")
    assert "我的對談有" not in await page(console, "/console")


async def test_a_tab_counts_what_its_queue_has(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    other = await contact_of(hotline, OTHER_COMPANY)
    await opened(hotline, other, key="other", intent="presales_quote")
    for n in range(3):
        await opened(hotline, contact, key=f"k{n}")
    text = await page(console, "/console?queue=presales")
    counts = dict(re.findall(r'data-test="tab-(\w+)"[^>]*>[^<]*<span class="count">(\d+)', text))
    assert (counts["all"], counts["presales"], counts["technical"]) == ("4", "1", "3")


async def test_a_long_queue_has_pages_and_a_cut_group_no_count(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    conversation, _greeting = await start(hotline, contact)
    for n in range(103):
        request = NewTicket(f"k{n}", "technical_hardware", "Power 主機開不了機", 3)
        await open_ticket(hotline, conversation.id, request)
    first = await page(console, "/console")
    assert len(re.findall(r'data-test="queue-row"', first)) == 100
    [behind] = re.findall(r'href="(/console\?behind=\d+)"', first)
    assert '<span class="count">103</span>' in first
    assert "group__count" not in first
    rest = await page(console, behind)
    assert len(re.findall(r'data-test="queue-row"', rest)) == 3
    [before] = re.findall(r'href="(/console\?before=\d+)"', rest)
    again = await page(console, before)
    listed = [re.findall(r'data-number="([^"]*)"', text) for text in (first, again)]
    assert listed[0] == listed[1]
    number = re.findall(r'data-number="([^"]*)"', first)[0]
    shown = await page(console, f"/console/tickets/{number}")
    assert "看全部 102 張" in shown


async def test_a_long_conversation_shows_its_end_and_leads_to_its_beginning(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    assert ticket.conversation_id is not None
    for n in range(510):
        await says(hotline, ticket.conversation_id, f"第{n}句。", f"c{n}")
    for url in (
        f"/console/tickets/{ticket.number}",
        f"/console/conversations/{ticket.conversation_id}",
    ):
        text = await page(console, url)
        assert ("第509句。" in text, "第5句。" in text) == (True, False), url
        [earlier] = re.findall(r'href="([^"]*before=\d+)"', text)
        # The chats beside it and the brief have the last words all the same.
        main = (await page(console, earlier)).partition("<main")[2]
        before, _brief = main.split('data-test="brief"')
        assert ("第509句。" in before, "第5句。" in before) == (False, True), url
        # Nothing new may push it away while it is being read.
        assert "fragment=timeline" not in before
        assert "回到最新" in before


async def test_a_ticket_that_was_late_is_never_called_on_time(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    hotline.clock.advance(timedelta(hours=6))
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換電源")
    text = await page(console, f"/console/tickets/{ticket.number}")
    assert "回覆晚了" in text
    assert "準時" not in text
    assert 'data-test="why"' not in text
    queue = await page(console, "/console")
    assert "已處理，待確認" in queue


async def test_a_paused_clock_says_since_when_it_stands(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    text = await page(console, f"/console/tickets/{ticket.number}")
    assert text.count("今天 10:15 起停錶") == 3  # beside the deadline, in its arithmetic, as text


async def test_what_nobody_has_any_more_looks_like_new_work(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    await handling.set_state(hotline, engineer, ticket.number, "open", text="還沒好")
    text = await page(console, "/console?filter=unclaimed")
    assert ticket.number in text
    assert "pill--new" in text
    assert "待認領" in text


async def test_whoever_waits_shows_what_they_said_before_they_asked_for_a_person(
    console: Client, hotline: Hotline, work: Work
) -> None:
    await says(hotline, work.queued, "報價單格式錯了", "c1")
    text = await page(console, "/console/conversations")
    assert "報價單格式錯了" in text
    assert "offer__about" in text


async def test_a_note_in_a_live_chat_is_for_colleagues(
    console: Client, hotline: Hotline, work: Work
) -> None:
    url = f"/console/conversations/{work.others}"
    before = await said(hotline, work.others)
    form = {"text": "@佳蓉 這家欠款", "client_id": new_id()}
    for _ in range(2):
        answer = await console.post(f"{url}/note", data=form, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, url)
    assert (await page(console, url)).count("這家欠款") == 1
    assert await said(hotline, work.others) == before
    empty = await console.post(f"{url}/note", data={"text": " "})
    assert empty.status == 400


async def test_a_live_message_that_comes_too_late_is_kept_for_its_writer(
    console: Client, hotline: Hotline, work: Work, engineer: Staff
) -> None:
    await holding.give_back(hotline, engineer, work.mine)
    url = f"/console/conversations/{work.mine}"
    late = await console.post(f"{url}/messages", data={"text": "我打到一半的話"})
    text = await late.text()
    assert (late.status, "我打到一半的話" in text) == (409, True)
    assert f'data-url="{url}"' in text
    again = await console.post(f"{url}/give-back")
    assert again.status == 409


async def test_a_conversation_is_taken_spoken_in_and_given_back_by_forms(
    console: Client, hotline: Hotline, work: Work, engineer: Staff
) -> None:
    url = f"/console/conversations/{work.queued}"
    for do, form, holder in (
        ("take", {}, "person"),
        ("messages", {"text": "您好"}, "person"),
        ("give-back", {}, "bot"),
    ):
        answer = await console.post(f"{url}/{do}", data=form, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, url), do
        assert (await conversation_row(hotline, work.queued)).holder == holder
    told = await said(hotline, work.queued, after=2)
    assert [m.sender for m in told] == ["system", "staff", "system"]
    empty = await console.post(f"/console/conversations/{work.mine}/messages", data={"text": " "})
    assert empty.status == 400


async def test_whom_those_who_wait_are_offered_to_is_asked_once_for_all(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    for staff in (engineer, lead):  # there, and asked no more
        await presence.stand(hotline, staff, BUSY)
    talks = [(await start(hotline, contact))[0].id for _ in range(3)]
    until = hotline.now() + timedelta(seconds=20)
    async with hotline.database.write() as session:
        for talk, to in zip(talks, (engineer, lead, None), strict=True):
            await holding.join_queue(session, hotline, talk)
            wait = await waits.current(session, talk)
            assert wait is not None
            if to is not None:
                wait.offered_to_id, wait.offered_until = to.id, until
    for url in ("/console", "/console/conversations"):
        with statements(console.app[HOTLINE]) as asked:
            text = await page(console, url)
        assert [text.count(f'data-test="{test}"') for test in ("offer", "offered")] == [3, 2]
        assert len(re.findall(r"請您接手，剩 \d+ 秒", text)) == 1
        assert text.count(f"已請{lead.name}接手") == 1
        assert sum("waits.conversation_id IN (" in one for one in asked) == 1


async def test_a_conversation_of_a_colleague_is_read_but_not_written(
    console: Client, hotline: Hotline, work: Work, lead: Staff
) -> None:
    url = f"/console/conversations/{work.others}"
    assert "我要找真人" in await page(console, url)
    before = await said(hotline, work.others)
    for do in ("take", "messages", "give-back"):
        answer = await console.post(f"{url}/{do}", data={"text": "我來"})
        assert answer.status == 409, do
    taken = await console.post(f"{url}/take")
    assert lead.name in await taken.text()
    assert await said(hotline, work.others) == before


async def test_a_form_of_another_site_is_refused_and_changes_nothing(
    console: Client, hotline: Hotline, work: Work
) -> None:
    number = work.tickets["new"].number
    known = await by_people(hotline)
    for origin in ("https://elsewhere.example", "null", "http://127.0.0.1:1"):
        for path in (
            f"/tickets/{number}/claim",
            f"/tickets/{number}/resolve",
            f"/conversations/{work.queued}/take",
            "/sign-in",
            "/sign-out",
        ):
            answer = await console.post(
                f"/console{path}",
                headers={"Origin": origin},
                data={"text": "x", "email": ENGINEER, "password": PASSWORD},
                allow_redirects=False,
            )
            assert (answer.status, path, answer.cookies) == (403, path, {})
        live = await console.get(
            "/console/live",
            headers={"Origin": origin, "Upgrade": "websocket", "Connection": "Upgrade"},
        )
        assert live.status == 403
    assert await by_people(hotline) == known


async def test_a_form_of_our_own_site_is_taken(
    console: Client, hotline: Hotline, work: Work
) -> None:
    number = work.tickets["new"].number
    own = str(console.make_url("")).rstrip("/")
    answer = await console.post(
        f"/console/tickets/{number}/claim", headers={"Origin": own}, allow_redirects=False
    )
    assert answer.status == 303
    assert (await ticket_row(hotline, number)).state == "open"


async def test_a_number_that_no_ticket_has_is_said_within_the_console(console: Client) -> None:
    for number in ("T26-000042-7", "x", "%3Cscript%3E"):
        text = await page(console, f"/console/tickets/{number}?lang=en", status=404)
        assert "Ticket not found" in text
        assert "Back to the queue" in text
        assert 'data-test="nav-queue"' in text
        assert "<script>" not in text


async def test_what_does_not_exist_is_a_page_that_says_so(console: Client) -> None:
    for path in ("conversations/nowhere", "lost"):
        text = await page(console, f"/console/{path}?lang=en", status=404)
        assert "Page not found" in text


async def test_staff_download_a_partners_file_and_never_see_it_as_a_page(
    console: Client, chat: Chat
) -> None:
    form = FormData({"id": new_id()})
    form.add_field("file", b"<script>alert(1)</script>", filename="notes.txt")
    answer = await chat.client.post(f"{chat.url}/messages", data=form, headers=bearer(chat.token))
    file_id = (await answer.json())["messages"][0]["file"]["id"]
    url = f"/console/conversations/{chat.id}/files/{file_id}"
    assert url in await page(console, f"/console/conversations/{chat.id}")
    download = await console.get(url)
    assert (download.status, download.content_type) == (200, "text/plain")
    assert download.headers["Content-Disposition"].startswith("attachment;")
    assert await page(console, f"{url}x", status=404)


async def test_an_open_console_hears_of_every_change_and_catches_up(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    socket = await console.ws_connect("/console/live")
    await socket.send_json({"after": 0})
    ticket = await opened(hotline, contact)
    seen = [await socket.receive_json(timeout=30) for _ in range(4)]
    assert [(f["kind"], f["number"], f["queue"]) for f in seen] == [
        ("staff.signed_in", None, None),
        ("conversation.started", None, None),
        ("message.stored", None, None),
        ("ticket.opened", ticket.number, "technical"),
    ]
    await socket.close()
    await handling.claim(hotline, engineer, ticket.number)
    again = await console.ws_connect("/console/live")
    await again.send_json({"after": seen[-1]["id"]})
    frame = await again.receive_json(timeout=30)
    assert (frame["kind"], frame["number"]) == ("ticket.claimed", ticket.number)
    assert not any(word in str([*seen, frame]) for word in (contact.name, "Power"))


async def test_a_console_that_was_away_long_misses_nothing(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    conversation, _greeting = await start(hotline, contact)
    for n in range(230):
        await says(hotline, conversation.id, f"第 {n} 句", f"c{n}")
    socket = await console.ws_connect("/console/live")
    await socket.send_json({"after": 0})
    seen = [(await socket.receive_json(timeout=30))["id"] for _ in range(233)]
    assert seen == [entry.id for entry in await journal(hotline)]


async def test_the_live_feed_is_closed_to_whoever_is_not_signed_in(
    client: Client, console: Client
) -> None:
    for first in ("not JSON", "[]", "null", '{"after": "x"}', '{"after": 1e999}'):
        socket = await console.ws_connect("/console/live")
        await socket.send_str(first)
        await socket.receive(timeout=30)
        assert socket.close_code == 4401, first
    async with TestClient(client.server, cookie_jar=CookieJar(unsafe=True)) as stranger:
        socket = await stranger.ws_connect("/console/live")
        await socket.receive(timeout=30)
        assert socket.close_code == 4401


async def test_a_tier_that_only_the_settings_know_shows_as_its_code(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    async with hotline.database.write() as session:
        company = await session.get(PartnerRow, contact.partner_id)
        assert company is not None
        company.tier, company.region = "platinum", "islands"
    ticket = await opened(hotline, await contact_of(hotline, contact.email))
    shown = await page(console, f"/console/tickets/{ticket.number}")
    assert "系統整合商" in shown
    assert "platinum" in shown
    assert "islands" in shown
