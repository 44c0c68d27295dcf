"""The sessions that signing in begins: listed, ended, run out, and what they are good for."""

import re

import pytest
from aiohttp import WSMsgType
from sqlalchemy import update

from desk.browsers import browser_of
from desk.sessions import PARTNER_COOKIE
from hotline import access
from hotline.conversations.service import find
from hotline.core import Hotline
from hotline.partners import sessions
from hotline.partners.rows import ContactRow
from tests.conftest import CONTACT, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, journal, said
from tests.desk.people import Chat, Client, bearer, frame_of, refusal_of, texts
from tests.desk.sign_in_page import cookie, enters, forget, later, posted, signs_in, where, who

PAGE = "/my/sessions"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def test_signing_out_ends_the_session_itself(client: Client, hotline: Hotline) -> None:
    await enters(client, hotline)
    copied = {"Cookie": f"{PARTNER_COOKIE}={cookie(client, PARTNER_COOKIE)}"}
    assert "登入</a>" not in await (await client.get("/")).text()
    assert await where(await posted(client, "/leave")) == "/"
    forget(client)
    assert 'data-who=""' in await (await client.get("/", headers=copied)).text()
    assert "登入</a>" in await (await client.get("/")).text()
    [entry] = await journal(hotline, "session.ended")
    assert entry.actor == "partner"


async def test_the_sessions_are_listed_and_ended(client: Client, hotline: Hotline) -> None:
    contact = await contact_of(hotline, CONTACT)
    theirs = await sessions.begin(
        hotline, await contact_of(hotline, OTHER_COMPANY), "portal", "Safari, Mac"
    )
    others = [await sessions.begin(hotline, contact, "code", name) for name in ("Safari, Mac", "")]
    redirected = await client.get("/my/sessions", allow_redirects=False)
    assert await where(redirected) == "/sign-in?next=/my/sessions"
    token = access.partner_token(hotline, contact)
    await client.post("/enter", data={"token": token}, headers={"User-Agent": FIREFOX})

    page = await (await client.get("/my/sessions")).text()
    assert page.count('data-test="session"') == 3
    assert "Firefox, Linux <span" in page
    assert "Safari, Mac" in page
    assert "不明的瀏覽器" in page
    assert page.count("這個瀏覽器</span>") == 1

    assert await where(await posted(client, "/my/sessions/end", session=theirs.id)) == PAGE
    assert await where(await posted(client, "/my/sessions/end", session=others[0].id)) == PAGE
    page = await (await client.get("/my/sessions")).text()
    assert (page.count('data-test="session"'), "Safari" in page) == (2, False)
    assert await where(await posted(client, "/my/sessions/end-others")) == PAGE
    page = await (await client.get("/my/sessions")).text()
    assert page.count('data-test="session"') == 1
    ended = [entry.detail["session_id"] for entry in await journal(hotline, "session.ended")]
    assert ended == [others[0].id, others[1].id]

    own = re.search(r'name="session" value="(\w+)"', page)
    assert own
    assert await where(await posted(client, "/my/sessions/end", session=own[1])) == "/"
    assert await who(client) == ""


async def test_a_session_that_somebody_else_ends_is_out_at_the_next_request(
    client: Client, hotline: Hotline
) -> None:
    await signs_in(client)
    chat = await Chat.begin(client)
    socket = await chat.connect()
    await frame_of(socket, "hello")
    contact = await contact_of(hotline, CONTACT)
    assert (await conversation_row(hotline, chat.id)).contact == contact

    await sessions.end_all(hotline, contact, actor="system")  # by the command line

    assert await who(client) == ""
    answer = await client.get(f"{chat.url}/messages", headers=bearer(chat.token))
    assert await refusal_of(answer) == (401, "unauthorized")
    while (await socket.receive(timeout=30)).type is WSMsgType.TEXT:
        pass
    assert socket.close_code == 4401
    assert (await client.post(f"{chat.url}/renew")).status == 401


async def test_a_session_that_runs_out_takes_its_socket_along_and_signing_in_again_goes_on(
    client: Client, hotline: Hotline
) -> None:
    await signs_in(client)
    chat = await Chat.begin(client)
    socket = await chat.connect()
    await frame_of(socket, "hello")
    later(client, sessions.LIFETIME)
    await socket.send_json({"type": "message", "id": "x", "text": "還在嗎"})
    while (await socket.receive(timeout=30)).type is WSMsgType.TEXT:
        pass
    assert socket.close_code == 4401
    assert [message.sender for message in await said(hotline, chat.id)] == ["bot"]

    await signs_in(client, number=2)
    renewed = await client.post(f"{chat.url}/renew")
    again = Chat(client, chat.id, (await renewed.json())["token"], [])
    assert "還在嗎" in texts(await again.say("還在嗎"))


async def test_only_its_contact_renews_a_conversation_by_the_cookie(
    client: Client, hotline: Hotline
) -> None:
    await enters(client, hotline)
    mine = await Chat.begin(client)
    forget(client)
    visitors = await Chat.begin(client)
    await enters(client, hotline, OTHER_COMPANY)
    for chat in (mine, visitors):
        assert await refusal_of(await client.post(f"{chat.url}/renew")) == (404, "not_found")
    portal = access.partner_token(hotline, await contact_of(hotline, CONTACT))
    answer = await client.post(f"{mine.url}/renew", headers=bearer(portal))
    assert answer.status == 404  # begun by a session, not at the portal


async def test_what_the_row_says_is_seen_at_the_next_request(
    client: Client, hotline: Hotline
) -> None:
    await enters(client, hotline)
    chat = await Chat.begin(client)
    other = await contact_of(hotline, OTHER_COMPANY)
    async with hotline.database.write() as session:
        await session.execute(
            update(ContactRow)
            .where(ContactRow.email == CONTACT)
            .values(roles=["finance"], partner_id=other.partner_id)
        )
    page = await (await client.get("/")).text()
    assert other.company_zh in page
    async with hotline.database.read() as session:
        contact = (await find(session, chat.id)).contact
    assert contact is not None
    assert (contact.roles, contact.partner_id) == (("finance",), other.partner_id)
    async with hotline.database.write() as session:
        await session.execute(
            update(ContactRow).where(ContactRow.email == CONTACT).values(erased_at=hotline.now())
        )
    assert await who(client) == ""


@pytest.mark.parametrize(
    ("agent", "browser"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/149.0 Safari/537.36", "Chrome, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/149.0 Safari/537.36 Edg/149.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) CriOS/149 Safari/604.1", "Chrome, iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/149.0 Mobile Safari Line/15.1", "LINE, Android"),
        ("curl/8.5", ""),
        ("", ""),
        ("<b>Firefox/1" * 50, "Firefox"),
    ],
)
async def test_the_browser_is_told_coarsely(agent: str, browser: str) -> None:
    assert browser_of(agent) == browser
