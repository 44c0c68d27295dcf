"""Signing in on the page, the sessions that come of it, and the chat that goes on with them."""

import asyncio
import html
import re
from datetime import timedelta

import pytest
from aiohttp import ClientResponse, WSMsgType
from sqlalchemy import update

from desk.browsers import browser_of
from desk.keys import DRIVER, HOTLINE
from desk.partner_door import COOKIE
from desk.sessions import PARTNER_COOKIE
from hotline import access
from hotline.access_codes import rules
from hotline.conversations.service import find
from hotline.core import Hotline
from hotline.partners import sessions
from hotline.partners.rows import ContactRow
from hotline.settings import MailSettings, Settings
from tests.conftest import CONTACT, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, everything_journalled, journal, opened, said
from tests.desk.conftest import OpenDesk
from tests.desk.engine_double import EngineDouble, answers
from tests.desk.people import Chat, Client, StaffApi, bearer, frame_of, refusal_of, texts
from tests.desk.test_visitor_codes import (
    ASKED,
    MAIL_WITHIN_S,
    VISITOR,
    codes_in,
    sign_in_asked,
    visitors_ticket,
    wrong,
)

PAGE = "/my/sessions"
NOBODY = "nobody@nowhere.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def posted(client: Client, path: str, **fields: str) -> ClientResponse:
    return await client.post(path, data=fields, allow_redirects=False)


async def where(answer: ClientResponse) -> str:
    assert answer.status == 303, await answer.text()
    return answer.headers["Location"]


async def fault(answer: ClientResponse) -> str:
    """Why it was not done, as it stands at the field."""
    page = await answer.text()
    found = re.search(r'data-test="fault">.*?</svg>(.*?)</p>', page, re.DOTALL)
    assert found, page
    assert 'aria-invalid="true"' in page
    return html.unescape(found[1])


async def mailed(client: Client, number: int = 1) -> str:
    assert client.app is not None
    await client.app[DRIVER].nothing_beside(MAIL_WITHIN_S)
    codes = codes_in(client.app[HOTLINE].settings.var_dir / "mail")
    assert len(codes) == number
    return codes[-1]


async def signs_in(client: Client, email: str = CONTACT, number: int = 1) -> None:
    assert await where(await posted(client, "/sign-in", email=email)) == "/sign-in/code"
    answer = await posted(client, "/sign-in/code", code=await mailed(client, number))
    assert await where(answer) == "/"


async def enters(client: Client, hotline: Hotline, email: str = CONTACT) -> None:
    """Come in from the portal."""
    token = access.partner_token(hotline, await contact_of(hotline, email))
    assert await where(await posted(client, "/enter", token=token)) == "/"


async def who(client: Client) -> str:
    """Whose page the browser is shown: a contact's id, or nobody's."""
    page = await (await client.get("/")).text()
    found = re.search(r'data-who="(\d*)"', page)
    assert found
    return found[1]


def later(client: Client, by: timedelta) -> None:
    assert client.app is not None
    clock = client.app[HOTLINE].clock
    clock.set(clock.now() + by)


def cookie(client: Client, name: str) -> str:
    return next(it.value for it in client.session.cookie_jar if it.key == name)


def forget(client: Client) -> None:
    client.session.cookie_jar.clear()


async def identified(chat: Chat) -> ClientResponse:
    return await chat.client.post(f"{chat.url}/identify", headers=bearer(chat.token))


async def test_from_the_address_by_the_code_back_to_where_it_came_from(
    client: Client, hotline: Hotline
) -> None:
    page = await client.get("/sign-in?next=/my/sessions")
    assert page.status == 200
    asked = await posted(client, "/sign-in?next=/my/sessions", email=f" {CONTACT.upper()} ")
    assert await where(asked) == "/sign-in/code?next=/my/sessions"
    shown = await (await client.get(asked.headers["Location"])).text()
    assert "10 分鐘內有效，還可以試 5 次" in shown
    assert CONTACT in shown
    code = await mailed(client)
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    answer = await posted(
        client, asked.headers["Location"], code=f" {full_width[:3]}　{full_width[3:]} "
    )
    assert await where(answer) == "/my/sessions"
    contact = await contact_of(hotline, CONTACT)
    assert await who(client) == str(contact.id)
    [entry] = await journal(hotline, "session.began")
    assert (entry.detail["contact"], entry.detail["how"]) == (contact.id, "code")
    journalled = await everything_journalled(hotline)
    assert not any(secret in journalled for secret in (CONTACT, code))
    again = await client.get("/sign-in?next=/my/sessions", allow_redirects=False)
    assert await where(again) == "/my/sessions"


async def test_the_cookies_are_for_the_server_alone(client: Client) -> None:
    asked = await posted(client, "/sign-in", email=CONTACT)
    answer = await posted(client, "/sign-in/code", code=await mailed(client))
    for morsel in (asked.cookies[COOKIE], answer.cookies[PARTNER_COOKIE]):
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
    assert asked.cookies[COOKIE]["path"] == "/sign-in"
    assert answer.cookies[COOKIE]["max-age"] == "0"


async def test_a_known_and_an_unknown_address_look_alike(client: Client, hotline: Hotline) -> None:
    await visitors_ticket(hotline, await Chat.begin(client))
    seen = []
    for address in (CONTACT, VISITOR, NOBODY):
        forget(client)
        answer = await posted(client, "/sign-in", email=address)
        shown = await (await client.get("/sign-in/code")).text()
        tried = await posted(client, "/sign-in/code", code="1" * 6)
        again = await posted(client, "/sign-in/code", again="1")
        pages = [shown, await tried.text(), await again.text()]
        same = [re.sub(r'data-again-s="\d+"', "", page.replace(address, "X")) for page in pages]
        seen.append((await where(answer), tried.status, again.status, same))
    assert seen[0] == seen[1] == seen[2]
    assert "如果 X 有登記" in seen[0][3][0]
    await mailed(client)  # one mail, to the contact


async def test_a_mail_that_takes_its_time_holds_up_no_answer(
    open_desk: OpenDesk, settings: Settings
) -> None:
    """Whoever measures learns nothing: the mail goes out beside the answer."""
    called = asyncio.Event()

    async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(hangs, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        mail = MailSettings(
            host="127.0.0.1", port=port, starttls=False, from_address="hotline@vendor.example"
        )
        client = await open_desk(settings.model_copy(update={"mail": mail}))
        assert await where(await posted(client, "/sign-in", email=CONTACT)) == "/sign-in/code"
        await asyncio.wait_for(called.wait(), MAIL_WITHIN_S)
        assert (await client.get("/sign-in/code")).status == 200


async def test_an_entry_that_is_no_code_is_told_and_costs_no_try(client: Client) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    answer = await posted(client, "/sign-in/code", code="12345")
    assert (answer.status, await fault(answer)) == (400, "要 6 位數字，您輸入了 5 位。")
    assert "還可以試 5 次" in await answer.text()
    code = await mailed(client)
    pasted = f"您的驗證碼：{code} 10 分鐘內有效，只能用一次。"
    assert await where(await posted(client, "/sign-in/code", code=pasted)) == "/"


async def test_an_address_that_is_none_is_told(client: Client) -> None:
    for entry in ("", "yichun.chen@heguang", "<script>"):
        answer = await posted(client, "/sign-in", email=entry)
        assert answer.status == 400
        assert "不完整" in await fault(answer)
        assert "<script>" not in (await answer.text()).partition('id="email"')[2][:300]


async def test_wrong_codes_count_down_and_lock(client: Client, hotline: Hotline) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    code = await mailed(client)
    told = [await fault(await posted(client, "/sign-in/code", code=wrong(code))) for _ in range(5)]
    toll_free = hotline.settings.vendor.toll_free
    locked = f"次數用完了，15 分鐘後可以重寄，或打 {toll_free}。"
    assert told == [*(f"驗證碼不對，還可以試 {n} 次。" for n in (4, 3, 2, 1)), locked]
    answer = await posted(client, "/sign-in/code", code=code)
    assert (answer.status, await fault(answer)) == (401, locked)
    assert await who(client) == ""
    assert await fault(await posted(client, "/sign-in/code", again="1")) == locked


async def test_a_code_is_too_old_after_ten_minutes_and_may_be_sent_again(client: Client) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    code = await mailed(client)
    early = await posted(client, "/sign-in/code", again="1")
    assert (early.status, await fault(early)) == (429, "剛剛才寄出，1 分鐘後可以重寄。")
    later(client, rules.LIFETIME)
    assert "已經失效" in await fault(await posted(client, "/sign-in/code", code=code))
    assert "已經失效" in await fault(await client.get("/sign-in/code"))
    assert await where(await posted(client, "/sign-in/code", again="1")) == "/sign-in/code"
    answer = await posted(client, "/sign-in/code", code=await mailed(client, 2))
    assert await where(answer) == "/"


async def test_the_sixth_code_in_an_hour_has_to_wait(client: Client) -> None:
    for _ in range(rules.PER_ADDRESS):
        forget(client)
        await where(await posted(client, "/sign-in", email=CONTACT))
    forget(client)
    answer = await posted(client, "/sign-in", email=CONTACT)
    assert answer.status == 429
    assert re.match("驗證碼已經寄了好幾次，(59|60) 分鐘後可以再寄", await fault(answer))


async def test_a_code_is_for_the_browser_that_asked_and_works_once(client: Client) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    code, mine = await mailed(client), cookie(client, COOKIE)
    forget(client)
    assert await where(await posted(client, "/sign-in/code", code=code)) == "/sign-in"
    await posted(client, "/sign-in", email=NOBODY)
    assert (await posted(client, "/sign-in/code", code=code)).status == 401
    assert await who(client) == ""

    headers = {"Cookie": f"{COOKIE}={mine}"}
    forget(client)
    for status in (303, 401):
        answer = await client.post(
            "/sign-in/code", data={"code": code}, headers=headers, allow_redirects=False
        )
        assert answer.status == status
        forget(client)


async def test_whoever_guesses_stops_after_five_tries_a_code(client: Client) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    code = await mailed(client)
    guesses = [f"{(int(code) + n) % 10**6:06}" for n in range(1, 40)]
    statuses = {(await posted(client, "/sign-in/code", code=guess)).status for guess in guesses}
    assert statuses == {401}
    assert (await posted(client, "/sign-in/code", code=code)).status == 401
    assert await who(client) == ""


async def test_whoever_tries_without_end_is_told_to_wait(
    open_desk: OpenDesk, settings: Settings
) -> None:
    limits = settings.limits.model_copy(update={"visitor_messages_per_10_minutes": 3})
    client = await open_desk(settings.model_copy(update={"limits": limits}))
    statuses = [(await posted(client, "/sign-in", email="no")).status for _ in range(5)]
    assert statuses == [400, 400, 400, 429, 429]


async def test_a_visitors_address_signs_nobody_in_and_gets_no_mail(
    client: Client, hotline: Hotline
) -> None:
    await visitors_ticket(hotline, await Chat.begin(client))
    await where(await posted(client, "/sign-in", email=VISITOR))
    assert client.app is not None
    await client.app[DRIVER].nothing_beside(MAIL_WITHIN_S)
    assert codes_in(hotline.settings.var_dir / "mail") == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        " /my",
        "evil.example",
        "/" + "a" * 500,
        "/%0d%0aSet-Cookie:x=1\r\n",
    ],
)
async def test_it_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    asked = await client.post(
        "/sign-in", params={"next": elsewhere}, data={"email": CONTACT}, allow_redirects=False
    )
    assert await where(asked) == "/sign-in/code"
    answer = await client.post(
        "/sign-in/code",
        params={"next": elsewhere},
        data={"code": await mailed(client)},
        allow_redirects=False,
    )
    assert await where(answer) == "/"
    again = await client.get("/sign-in", params={"next": elsewhere}, allow_redirects=False)
    assert await where(again) == "/"


async def test_another_sites_page_can_post_none_of_it(client: Client, hotline: Hotline) -> None:
    await signs_in(client)
    visitor = await Chat.begin(client)
    evil = {"Origin": "https://evil.example"}
    for path, data in (
        ("/sign-in", {"email": CONTACT}),
        ("/sign-in/code", {"code": "123456"}),
        ("/leave", {}),
        ("/my/sessions/end", {"session": "x"}),
        ("/my/sessions/end-others", {}),
        (f"{visitor.url}/identify", {}),
        (f"{visitor.url}/renew", {}),
    ):
        answer = await client.post(path, data=data, headers=evil, allow_redirects=False)
        assert answer.status == 403, path
    assert await journal(hotline, "session.ended") == []
    assert await who(client) != ""


async def test_without_mail_the_page_says_to_come_from_the_portal(
    open_desk: OpenDesk, settings: Settings
) -> None:
    client = await open_desk(settings.model_copy(update={"mail": MailSettings(codes=False)}))
    page = await (await client.get("/sign-in")).text()
    assert "請從夥伴入口網登入" in page
    assert "<form" not in page
    answer = await posted(client, "/sign-in", email=CONTACT)
    assert answer.status == 403
    assert "請從夥伴入口網登入" in await answer.text()
    assert await where(await posted(client, "/sign-in/code", code="123456")) == "/sign-in"


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


async def test_what_was_asked_before_the_sign_in_is_answered_after_it(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(sign_in_asked(hotline))
    [_own, asked] = await visitor.say(ASKED)
    assert asked["buttons"][0] == {"title": "登入", "payload": "desk:code:sign-in"}
    await signs_in(visitor.client)
    engine.will(answers("處理中"))

    joined = await (await identified(visitor)).json()

    assert visitor.client.app is not None
    await visitor.client.app[DRIVER].settled(visitor.id)
    mine = Chat(visitor.client, visitor.id, joined["token"], [])
    contact = await contact_of(hotline, CONTACT)
    assert texts(await mine.said(3)) == [f"{contact.name} 您好，確認完成。", "處理中"]
    assert engine.heard == [ASKED, ASKED]
    row = await conversation_row(hotline, visitor.id)
    assert (row.contact, row.asking) == (contact, None)
    old = await visitor.client.get(f"{visitor.url}/messages", headers=bearer(visitor.token))
    assert await refusal_of(old) == (401, "unauthorized")
    # Once more, as after an answer that was lost: nothing is said twice.
    assert (await identified(visitor)).status == 200
    await visitor.client.app[DRIVER].settled(visitor.id)
    assert len(await mine.said(3)) == 2


async def test_a_form_goes_on_with_its_question(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(answers("請問序號？", form="ticket_form"))
    await visitor.say("主機開不了機")
    await signs_in(visitor.client)
    engine.will(answers("請問序號？", form="ticket_form"), answers("記下了", form="ticket_form"))
    joined = await (await identified(visitor)).json()
    assert visitor.client.app is not None
    await visitor.client.app[DRIVER].settled(visitor.id)
    mine = Chat(visitor.client, visitor.id, joined["token"], [])
    assert texts(await mine.say("78A1234"))[-1] == "記下了"
    assert engine.heard == ["主機開不了機", "/inform", "78A1234"]
    assert len({turn["sender"] for turn in engine.asked}) == 1
    assert texts(await mine.said(3))[:2] == ["陳怡君 您好，確認完成。", "請問序號？"]


async def test_nothing_to_go_on_with_is_greeted_only(visitor: Chat, engine: EngineDouble) -> None:
    await signs_in(visitor.client)
    joined = await (await identified(visitor)).json()
    assert visitor.client.app is not None
    await visitor.client.app[DRIVER].settled(visitor.id)
    mine = Chat(visitor.client, visitor.id, joined["token"], [])
    assert texts(await mine.said(1)) == ["陳怡君 您好，確認完成。"]
    assert engine.heard == []


async def test_while_a_person_speaks_the_assistant_says_nothing_of_it(
    visitor: Chat, engine: EngineDouble, hotline: Hotline, engineer_api: StaffApi
) -> None:
    engine.will(answers("請問序號？", form="ticket_form"))
    await visitor.say("主機開不了機")
    await engineer_api.post(f"/conversations/{visitor.id}/take")
    before = (await conversation_row(hotline, visitor.id)).last_seq
    await signs_in(visitor.client)
    assert (await identified(visitor)).status == 200
    assert visitor.client.app is not None
    await visitor.client.app[DRIVER].settled(visitor.id)
    row = await conversation_row(hotline, visitor.id)
    assert (row.last_seq, row.contact) == (before, await contact_of(hotline, CONTACT))
    assert engine.heard == ["主機開不了機"]


async def test_a_conversation_of_a_contact_is_taken_over_by_nobody(
    client: Client, chat: Chat, hotline: Hotline
) -> None:
    await enters(client, hotline, OTHER_COMPANY)
    assert await refusal_of(await identified(chat)) == (409, "conflict")
    assert (await conversation_row(hotline, chat.id)).contact == await contact_of(hotline, CONTACT)
    await chat.say("還是我")


async def test_it_takes_both_the_token_and_the_cookie(
    visitor: Chat, client: Client, hotline: Hotline
) -> None:
    assert await refusal_of(await identified(visitor)) == (401, "unauthorized")
    await enters(client, hotline)
    other = await Chat.begin(client)
    for token in ("", "nonsense", other.token):
        answer = await client.post(f"{visitor.url}/identify", headers=bearer(token))
        assert await refusal_of(answer) == (401, "unauthorized")
    assert (await conversation_row(hotline, visitor.id)).contact is None


async def test_a_ticket_opened_by_the_company_is_seen_after_the_sign_in(
    visitor: Chat, hotline: Hotline
) -> None:
    ticket = await opened(hotline, await contact_of(hotline, CONTACT))
    await signs_in(visitor.client)
    token = (await (await identified(visitor)).json())["token"]
    answer = await visitor.client.get(f"{visitor.url}/tickets", headers=bearer(token))
    assert [card["number"] for card in (await answer.json())["tickets"]] == [ticket.number]


async def test_a_program_that_presses_the_button_is_told_where_to_sign_in(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(sign_in_asked(hotline))
    await visitor.say(ASKED)
    [own, told] = await visitor.say("登入")
    assert own["text"] == "登入"
    assert told["text"] == hotline.replies.text("sign_in_where", "zh-TW")
    row = await conversation_row(hotline, visitor.id)
    assert row.asking is not None
    assert row.asking["asked"] == 2
    assert engine.heard == [ASKED]


async def test_a_code_in_the_chat_signs_in_that_conversation_only(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(sign_in_asked(hotline))
    await visitor.say(ASKED)
    await visitor.say(CONTACT)
    await visitor.say(await mailed(visitor.client))
    assert (await conversation_row(hotline, visitor.id)).contact is not None
    assert await who(visitor.client) == ""
    assert await journal(hotline, "session.began") == []
    await visitor.said()  # the token is good as before


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
