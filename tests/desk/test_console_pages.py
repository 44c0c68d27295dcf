"""The staff console's pages and forms, as a browser without script uses them."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import CookieJar, FormData
from aiohttp.test_utils import TestClient

from hotline import access
from hotline.conversations import holding
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.moves import STATES
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
            assert (answer.status, answer.headers["Location"]) == (303, "/console/sign-in"), path
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
    forms = set(re.findall(rf'action="/console/tickets/{number}/(\w+)"', text))
    states = set(re.findall(r'name="state"\s+value="(\w+)"', text))
    expected = {
        "new": ({"claim", "resolve"}, set()),
        "open": ({"resolve", "state"}, {"waiting_partner", "waiting_other"}),
        "waiting_partner": ({"resolve", "state"}, {"open", "waiting_other"}),
        "waiting_other": ({"resolve", "state"}, {"open", "waiting_partner"}),
        "resolved": ({"state"}, {"open"}),
        "closed": ({"state"}, {"open"}),
    }[state]
    assert (forms - {"reply", "note"}, states) == expected


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
        ("state", {"state": "waiting_other", "version": str(ticket.version)}),
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
    assert all(word in shown for word in ("請拍燈號", "電源老了", "換電源"))


@pytest.mark.parametrize(
    ("do", "form", "status"),
    [
        ("reply", {"text": " "}, 400),
        ("note", {"text": ""}, 400),
        ("resolve", {"text": ""}, 400),
        ("state", {"state": "closed", "text": ""}, 409),
        ("state", {"state": "", "text": ""}, 409),
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
        data={"state": "waiting_other", "version": version},
        allow_redirects=False,
    )
    assert answer.status in (303, 409)


async def test_a_reply_to_a_ticket_of_somebody_else_asks_to_claim_first(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, lead, "open")
    answer = await console.post(f"/console/tickets/{ticket.number}/reply", data={"text": "我來回"})
    assert (answer.status, "我來回" in await answer.text()) == (409, True)
    assert len(await said(hotline, ticket.conversation_id)) == 1


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
    known = await journal(hotline)
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
    assert await journal(hotline) == known


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


async def test_what_does_not_exist_is_a_page_that_says_so(console: Client) -> None:
    for path in ("tickets/T26-000042-7", "tickets/x", "conversations/nowhere", "lost"):
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
    seen = [await socket.receive_json(timeout=5) for _ in range(3)]
    assert [(f["kind"], f["number"], f["queue"]) for f in seen] == [
        ("conversation.started", None, None),
        ("message.stored", None, None),
        ("ticket.opened", ticket.number, "technical"),
    ]
    await socket.close()
    await handling.claim(hotline, engineer, ticket.number)
    again = await console.ws_connect("/console/live")
    await again.send_json({"after": seen[-1]["id"]})
    frame = await again.receive_json(timeout=5)
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
    seen = [(await socket.receive_json(timeout=5))["id"] for _ in range(232)]
    assert seen == [entry.id for entry in await journal(hotline)]


async def test_the_live_feed_is_closed_to_whoever_is_not_signed_in(
    client: Client, console: Client
) -> None:
    for first in ("not JSON", "[]", "null", '{"after": "x"}', '{"after": 1e999}'):
        socket = await console.ws_connect("/console/live")
        await socket.send_str(first)
        await socket.receive(timeout=5)
        assert socket.close_code == 4401, first
    async with TestClient(client.server, cookie_jar=CookieJar(unsafe=True)) as stranger:
        socket = await stranger.ws_connect("/console/live")
        await socket.receive(timeout=5)
        assert socket.close_code == 4401
