"""Messages that are blank, huge, forged, doubled or junk: a clear word, nothing lost, no harm."""

import asyncio

import pytest

from hotline.core import Hotline
from tests.conftest import LEAD, OTHER_COMPANY, contact_of, staff_of
from tests.core.desk_work import brought_to, journal, said, ticket_row
from tests.desk.engine_double import EngineDouble, answers, repeats, waits_for
from tests.desk.people import Chat, StaffApi, frame_of, new_id, refusal_of, senders, texts


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x01\x02", "\u200b"])
async def test_a_blank_message_is_refused_in_words_and_not_stored(
    chat: Chat, engine: EngineDouble, hotline: Hotline, text: str
) -> None:
    answer = await chat.post({"id": new_id(), "text": text})
    error = (await answer.json())["error"]
    assert (answer.status, error["code"]) == (400, "blank")
    assert error["message"] == hotline.replies.text("blank", "zh-TW")
    assert (len(await chat.said()), engine.asked) == (1, [])


@pytest.mark.parametrize("size", [100_000, 300_000])
async def test_a_message_of_100_kb_is_refused_with_the_limit(
    chat: Chat, engine: EngineDouble, size: int
) -> None:
    answer = await chat.post({"id": new_id(), "text": "x" * size})
    assert await refusal_of(answer) == (413, "too_long")
    if size < 256 * 1024:
        assert "2000" in (await answer.json())["error"]["message"]
    assert (len(await chat.said()), engine.asked) == (1, [])


@pytest.mark.parametrize("text", ["👍", "😭😭😭", "👨‍👩‍👧‍👦", "！？…", "\ufffd\ufffdab\ufffd"])
async def test_emoji_or_binary_junk_is_kept_and_answered_without_the_engine(
    chat: Chat, engine: EngineDouble, hotline: Hotline, text: str
) -> None:
    told = await chat.say(text)
    assert senders(told) == ["partner", "bot"]
    assert texts(told) == [text, hotline.replies.text("blank", "zh-TW")]
    assert engine.asked == []


@pytest.mark.parametrize(
    "fault",
    [
        {"id": "1"},
        {"id": None},
        {"id": 7},
        {"text": 7},
        {"text": ["a"]},
        {"payload": {"a": 1}},
        {"payload": "x" * 401},
        {"title": 3},
    ],
    ids=str,
)
async def test_a_field_of_the_wrong_kind_is_refused_by_its_name(
    chat: Chat, engine: EngineDouble, fault: dict[str, object]
) -> None:
    answer = await chat.post({"id": new_id(), "text": "你好", **fault})
    assert await refusal_of(answer) == (400, "bad_request")
    assert (await answer.json())["error"]["field"] == next(iter(fault))
    assert (len(await chat.said()), engine.asked) == (1, [])


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("/restart", "restart"),
        ('／confirm{"x":1}', 'confirm{"x":1}'),
        ("／／restart", "restart"),
        ("/ticket_list", "ticket_list"),
    ],
)
async def test_commands_that_are_typed_are_words_to_the_engine(
    chat: Chat, engine: EngineDouble, typed: str, asked: str
) -> None:
    told = await chat.say(typed)
    assert texts(told)[0] == typed
    assert engine.heard == [asked]


@pytest.mark.parametrize(
    ("payload", "asked"),
    [
        ("/restart", "restart"),
        ('/confirm{"x":1}', 'confirm{"x":1}'),
        ("desk:ticket", "desk:ticket"),
        ("desk:human", "desk:human"),
    ],
)
async def test_a_button_that_was_not_offered_is_but_words(
    chat: Chat, engine: EngineDouble, hotline: Hotline, payload: str, asked: str
) -> None:
    told = await chat.press(payload)
    assert texts(told) == [asked, f"您說：{asked}"]
    assert engine.heard == [asked]
    assert await journal(hotline, "ticket.opened", "conversation.queued") == []


async def test_a_button_of_an_earlier_question_no_longer_acts(
    chat: Chat, engine: EngineDouble
) -> None:
    engine.will(answers("開單嗎？", buttons=[{"title": "開單", "payload": "/affirm"}]))
    await chat.say("機器壞了")
    await chat.say("等一下")
    await chat.press("/affirm")
    assert engine.heard == ["機器壞了", "等一下", "affirm"]


async def test_html_and_script_are_kept_as_text_and_shown_as_text(
    chat: Chat, engineer_api: StaffApi, hotline: Hotline
) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}} &amp;"
    told = await chat.say(attack)
    assert texts(told)[0] == attack
    taken = await engineer_api.post(f"/conversations/{chat.id}/take")
    assert taken.status == 200
    await chat.client.post(
        "/console/sign-in",
        data={"email": "zhihao.wang@hotline.example", "password": "hotline-demo-2026"},
    )
    page = await (await chat.client.get(f"/console/conversations/{chat.id}")).text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "onerror=alert(2)>" not in page
    assert "{{7*7}}" in page


async def test_a_second_message_while_the_first_is_under_way_is_answered_after_it(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    go_on = asyncio.Event()
    engine.will(waits_for(go_on), repeats)
    socket = await chat.connect(after=1)
    await chat.say("第一句", wait=False)
    await frame_of(socket, "typing")
    second = asyncio.create_task(chat.say("第二句"))
    while len(await said(hotline, chat.id)) < 3:
        await frame_of(socket, "messages")
    assert engine.heard == ["第一句"]
    go_on.set()
    await second
    kept = [(m.seq, m.sender, m.text) for m in await said(hotline, chat.id, after=1)]
    assert kept == [
        (2, "partner", "第一句"),
        (3, "partner", "第二句"),
        (4, "bot", "您說：第一句"),
        (5, "bot", "您說：第二句"),
    ]
    assert engine.heard == ["第一句", "第二句"]


async def test_the_same_id_twice_is_stored_and_answered_once(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    body = {"id": new_id(), "text": "你好"}
    first, again = await asyncio.gather(chat.post(body), chat.post(body))
    assert sorted((first.status, again.status)) == [200, 201]
    later = await chat.post({**body, "text": "別的"})
    assert later.status == 200
    assert texts((await later.json())["messages"]) == ["你好", "您說：你好"]
    assert engine.heard == ["你好"]
    assert len(await said(hotline, chat.id)) == 3


async def test_a_forged_button_with_another_companys_number_does_nothing(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    amy = await contact_of(hotline, OTHER_COMPANY)
    theirs = await brought_to(hotline, amy, await staff_of(hotline, LEAD), "resolved")
    for act in ("solved", "unsolved", "status", "add"):
        told = await chat.press(f"desk:{act}:{theirs.number}")
        assert texts(told)[0] == f"desk:{act}:{theirs.number}"
        assert not any(theirs.subject in text for text in texts(told)[1:])
    assert await ticket_row(hotline, theirs.number) == theirs
    assert len(engine.heard) == 4


async def test_a_tower_of_marks_is_kept_whole_and_what_turns_the_line_is_left_out(
    chat: Chat, engine: EngineDouble
) -> None:
    tower = "Z" + "\u0301" * 1999
    turned = "單號\u202e5-100000-62T\u202c \u2066安\u2069全\u200b"
    assert texts(await chat.say(tower))[0] == tower
    assert texts(await chat.say(turned))[0] == "單號5-100000-62T 安全"
    answer = await chat.post({"id": new_id(), "text": tower + "\u0301"})
    assert await refusal_of(answer) == (413, "too_long")


@pytest.mark.parametrize(
    "frame",
    [
        "", "null", "[]", "7", '{"type": "message"}', '{"type": "message", "id": []}',
        '{"type": ["message"]}', "[" * 100_000, '{"type": "message", "id": ' + "9" * 5000 + "}",
        '{"type": "typing", "by": "staff"}', '{"type": "message", "id": null, "text": NaN}',
    ],
    ids=lambda frame: frame[:24],
)  # fmt: skip
async def test_a_frame_that_says_nothing_harms_nobody(
    chat: Chat, visitor: Chat, frame: str
) -> None:
    socket, other = await chat.connect(), await visitor.connect()
    await socket.send_str(frame)
    await socket.send_json({"type": "message", "id": (one := new_id()), "text": "還在嗎"})
    assert (await frame_of(socket, "stored"))["id"] == one
    assert [m["text"] for m in await visitor.said()] == [m["text"] for m in visitor.greeting]
    await other.close()
