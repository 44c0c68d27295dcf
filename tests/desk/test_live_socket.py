"""The page's WebSocket: admitted by its first frame, caught up by number, no gap, no double."""

import asyncio

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from desk import sockets
from hotline import access
from hotline.conversations import holding
from hotline.conversations.service import locked, say, start
from hotline.core import Hotline
from hotline.deliveries import undelivered_seqs
from hotline.replies import Reply
from hotline.staff.service import Staff
from tests.core.desk_work import said
from tests.desk.conftest import OpenDesk
from tests.desk.engine_double import EngineDouble, repeats, waits_for
from tests.desk.people import Chat, Client, frame_of, messages_until, new_id, senders, texts


async def closed_with(client: Client, chat: Chat, first: object) -> int | None:
    """The code with which a connection ends whose first frame is `first`."""
    socket = await client.ws_connect(f"{chat.url}/live")
    if isinstance(first, str):
        await socket.send_str(first)
    elif isinstance(first, bytes):
        await socket.send_bytes(first)
    else:
        await socket.send_json(first)
    frame = await socket.receive(timeout=30)
    assert frame.type is WSMsgType.CLOSE
    return socket.close_code


async def test_a_page_is_told_how_things_stand_and_what_it_has_missed(chat: Chat) -> None:
    await chat.say("你好")
    socket = await chat.connect(after=1)
    hello = await frame_of(socket, "hello")
    assert hello["state"]["speaker"] == "assistant"
    assert hello["state"]["open"] is True
    assert hello["state"]["name"] == "陳怡君"
    missed = await messages_until(socket, 3)
    assert [message["seq"] for message in missed] == [2, 3]


@pytest.mark.parametrize(
    "first",
    [
        {},
        {"token": ""},
        {"token": "nonsense"},
        {"token": None, "after": 0},
        ["token"],
        "not JSON",
        "",
        b"\x00\xff",
        "[" * 200_000,
        '{"token": ' + "9" * 6000 + "}",
    ],
    ids=lambda first: str(first)[:20],
)
async def test_a_first_frame_without_a_right_token_ends_the_connection(
    client: Client, chat: Chat, first: object
) -> None:
    assert await closed_with(client, chat, first) == sockets.WHO_ARE_YOU == 4401


@pytest.mark.parametrize("after", ["x", ["1"], {"a": 1}, 1e999, 10**30, -1])
async def test_a_first_frame_whose_number_is_none_ends_the_connection(
    client: Client, chat: Chat, after: object
) -> None:
    assert await closed_with(client, chat, {"token": chat.token, "after": after}) == 4401


async def test_another_conversations_or_an_expired_token_ends_the_connection(
    client: Client, chat: Chat, visitor: Chat, hotline: Hotline, a_month_ago: Hotline
) -> None:
    assert await closed_with(client, chat, {"token": visitor.token}) == 4401
    other_kind = access.issue(hotline, access.STAFF_API, chat.id)
    assert await closed_with(client, chat, {"token": other_kind}) == 4401
    expired = access.issue(a_month_ago, access.CONVERSATION, chat.id)
    assert await closed_with(client, chat, {"token": expired}) == 4401


async def test_a_connection_from_another_site_is_refused(client: Client, chat: Chat) -> None:
    answer = await client.get(
        f"{chat.url}/live",
        headers={
            "Origin": "https://elsewhere.example",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        },
    )
    assert answer.status == 403


async def test_what_is_said_through_the_socket_is_confirmed_and_answered(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    socket = await chat.connect(after=1)
    await socket.send_json({"type": "message", "id": (one := new_id()), "text": "你好"})
    stored = await frame_of(socket, "stored")
    assert (stored["id"], stored["seq"]) == (one, 2)
    assert [m.sender for m in await said(hotline, chat.id)][:2] == ["bot", "partner"]
    # Sent again, as after a lost confirmation.
    await socket.send_json({"type": "message", "id": one, "text": "你好"})
    assert await frame_of(socket, "stored") == stored
    await chat.post({"id": one, "text": "你好"})
    assert texts(await chat.said(after=1)) == ["你好", "您說：你好"]
    assert engine.heard == ["你好"]


async def test_the_page_sees_the_assistant_type_while_it_thinks(
    chat: Chat, engine: EngineDouble
) -> None:
    go_on = asyncio.Event()
    engine.will(waits_for(go_on))
    socket = await chat.connect(after=1)
    await chat.say("你好", wait=False)
    assert await frame_of(socket, "typing") == {"type": "typing", "by": "assistant", "on": True}
    go_on.set()
    assert await frame_of(socket, "typing") == {"type": "typing", "by": "assistant", "on": False}
    assert texts(await messages_until(socket, 3))[-1] == "您說：你好"


async def test_a_page_that_was_away_catches_up_without_a_gap_or_a_double(
    chat: Chat, hotline: Hotline
) -> None:
    first = await chat.connect(after=0)
    seen = await messages_until(first, 1)
    await chat.say("一")
    seen += await messages_until(first, 3)
    await first.close()
    await chat.say("二")
    again = await chat.connect(after=seen[-1]["seq"])
    seen += await messages_until(again, 5)
    await chat.say("三")
    seen += await messages_until(again, 7)
    assert [message["seq"] for message in seen] == list(range(1, 8))
    assert texts(seen) == [message.text for message in await said(hotline, chat.id)]


async def test_more_than_fits_into_one_frame_is_caught_up_whole(
    open_desk: OpenDesk, hotline: Hotline
) -> None:
    talk, _greeting = await start(hotline, None)
    async with hotline.database.write() as session:
        row = await locked(session, talk.id)
        for n in range(2, 702):
            await say(session, hotline, row, "bot", Reply(f"第 {n} 句"))
    token = access.issue(hotline, access.CONVERSATION, talk.id)
    chat = Chat(await open_desk(hotline.settings), talk.id, token, [])
    caught_up = await messages_until(await chat.connect(after=0), 701)
    assert [message["seq"] for message in caught_up] == list(range(1, 702))


async def test_two_pages_of_one_conversation_see_the_same(chat: Chat) -> None:
    pages = [await chat.connect(after=1) for _ in range(2)]
    for page in pages:
        await frame_of(page, "hello")
    await chat.say("你好")
    assert [texts(await messages_until(page, 3)) for page in pages] == [["你好", "您說：你好"]] * 2


async def test_what_another_process_says_reaches_the_page_and_counts_as_delivered(
    chat: Chat, hotline: Hotline, engineer: Staff
) -> None:
    async def owed() -> set[int]:
        async with hotline.database.read() as session:
            return await undelivered_seqs(session, chat.id)

    await holding.take(hotline, engineer, chat.id)
    await holding.staff_says(hotline, engineer, chat.id, "我是王志豪")
    assert await owed() == {2, 3}
    socket = await chat.connect(after=1)
    told = await messages_until(socket, 3)
    assert senders(told) == ["system", "staff"]
    assert told[1]["by"] == {"name": "王志豪", "role": "技術支援"}
    assert await owed() == set()


async def test_the_page_is_told_who_speaks_when_that_changes(
    chat: Chat, hotline: Hotline, engineer: Staff
) -> None:
    socket = await chat.connect(after=1)
    await frame_of(socket, "hello")
    await holding.take(hotline, engineer, chat.id)
    state = (await frame_of(socket, "state"))["state"]
    assert (state["speaker"], state["person"]["name"]) == ("person", "王志豪")
    await holding.give_back(hotline, engineer, chat.id)
    assert (await frame_of(socket, "state"))["state"]["speaker"] == "assistant"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("not JSON", "bad_request"),
        ("[" * 200_000, "bad_request"),
        (f'{{"type": "message", "id": {"9" * 6000}}}', "bad_request"),
        ('{"type": "message", "id": "no uuid", "text": "x"}', "bad_request"),
        ('{"type": "message", "text": "x"}', "bad_request"),
        (f'{{"type": "message", "id": "{new_id()}", "text": "  "}}', "blank"),
        (f'{{"type": "message", "id": "{new_id()}", "text": "{"長" * 35_000}"}}', "too_long"),
    ],
    ids=["not JSON", "deep", "giant number", "no uuid", "no id", "blank", "100 KB"],
)
async def test_a_frame_that_cannot_be_taken_is_refused_in_words_and_the_line_stays(
    chat: Chat, frame: str, code: str
) -> None:
    socket = await chat.connect(after=1)
    await socket.send_str(frame)
    error = (await frame_of(socket, "refused"))["error"]
    assert error["code"] == code
    assert not error["message"].isascii()  # words for a reader of Chinese
    await socket.send_json({"type": "message", "id": new_id(), "text": "你好"})
    assert (await frame_of(socket, "stored"))["seq"] == 2


async def test_frames_of_no_known_kind_are_passed_over(chat: Chat, engine: EngineDouble) -> None:
    engine.will(repeats)
    socket = await chat.connect(after=1)
    for frame in ([], {}, {"type": "news"}, "text", 1, None):
        await socket.send_json(frame)
    await socket.send_bytes(b"\x00\x01")
    await socket.send_json({"type": "message", "id": new_id(), "text": "你好"})
    assert texts(await messages_until(socket, 3)) == ["你好", "您說：你好"]


@pytest.mark.parametrize("table", ["messages", "conversations"])
async def test_a_connection_that_can_tell_nothing_more_is_closed_and_may_come_again(
    chat: Chat, hotline: Hotline, table: str
) -> None:
    socket = await chat.connect(after=1)
    await frame_of(socket, "hello")
    async with hotline.database.write() as session:
        await session.execute(text(f"ALTER TABLE {table} RENAME TO gone"))
    await socket.send_json({"type": "message", "id": new_id(), "text": "你好"})
    while (frame := await socket.receive(timeout=30)).type is WSMsgType.TEXT:
        assert "HTTP" not in frame.data
    assert (frame.type, socket.close_code) == (WSMsgType.CLOSE, sockets.FAILED)


async def test_a_first_frame_that_does_not_come_is_asked_to_come_again() -> None:
    async def live(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async with sockets.ending_in_order(socket):
            await sockets.first_frame(socket, within_s=0.01)
        return socket

    app = web.Application()
    app.router.add_get("/live", live)
    async with TestClient[web.Request, web.Application](TestServer(app)) as client:
        socket = await client.ws_connect("/live")
        await socket.receive(timeout=30)
    assert socket.close_code == sockets.COME_AGAIN == 1013


async def test_what_fails_beside_an_open_connection_ends_it() -> None:
    async def news() -> None:
        raise KeyError("news")

    async def live(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async with sockets.ending_in_order(socket), sockets.telling(socket, news()):
            async for _frame in socket:
                pass
        return socket

    app = web.Application()
    app.router.add_get("/live", live)
    async with TestClient[web.Request, web.Application](TestServer(app)) as client:
        socket = await client.ws_connect("/live")
        await socket.receive(timeout=30)
    assert socket.close_code == sockets.FAILED == 1011
