"""The chat's JSON API: a conversation begins, is spoken in and read, by its own token only."""

import pytest
from aiohttp import FormData

from hotline.core import Hotline
from tests.core.desk_work import conversation_row, journal, said
from tests.desk.engine_double import EngineDouble, answers, fails
from tests.desk.file_contents import PNG
from tests.desk.people import (
    Chat,
    Client,
    bearer,
    new_id,
    refusal_of,
    senders,
    texts,
)

BUTTONS = [{"title": "確認開單", "payload": "/affirm"}, {"title": "取消", "payload": "/cancel"}]

pytestmark = pytest.mark.both


async def test_a_signed_in_contact_is_greeted_by_name(chat: Chat, hotline: Hotline) -> None:
    [greeting] = chat.greeting
    assert (greeting["seq"], greeting["sender"]) == (1, "bot")
    assert "陳怡君" in greeting["text"]
    assert greeting["at"].endswith("+08:00")
    row = await conversation_row(hotline, chat.id)
    assert row.contact is not None
    assert (row.contact.name, row.holder, row.last_seq) == ("陳怡君", "bot", 1)
    assert len(await journal(hotline, "conversation.started")) == 1


async def test_a_visitor_is_greeted_without_a_name_in_the_language_asked_for(
    client: Client, hotline: Hotline
) -> None:
    answer = await client.post("/api/conversations", json={"language": "en"})
    begun = await answer.json()
    assert (answer.status, begun["language"]) == (201, "en")
    assert begun["messages"][0]["lang"] == "en"
    assert begun["state"]["speaker"] == "assistant"
    assert begun["state"]["name"] is None
    assert (await conversation_row(hotline, begun["id"])).contact is None


async def test_a_message_is_stored_sent_to_the_engine_and_answered(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(answers("哪一台機器？", "請選：", buttons=BUTTONS, intent="technical_hardware"))
    told = await chat.say("Power 主機開不了機")
    assert senders(told) == ["partner", "bot", "bot"]
    assert [message["seq"] for message in told] == [2, 3, 4]
    assert texts(told) == ["Power 主機開不了機", "哪一台機器？", "請選："]
    assert told[2]["buttons"] == BUTTONS
    [asked] = engine.asked
    assert (asked["text"], asked["language"]) == ("Power 主機開不了機", "zh-TW")
    assert asked["message_id"] == f"{chat.id}-2"
    assert chat.id not in asked["sender"]
    assert await chat.said() == [*chat.greeting, *told]
    kept = await said(hotline, chat.id)
    assert (kept[1].intent, kept[1].confidence) == ("technical_hardware", 0.97)
    assert len(await journal(hotline, "message.stored")) == 4


async def test_a_card_of_the_engine_belongs_to_the_bubble_before_it(
    chat: Chat, engine: EngineDouble
) -> None:
    card = {"kind": "line", "number": "0800-000-024"}
    engine.will(answers("先打 24 小時專線", card=card))
    [_own, told] = await chat.say("機器壞了")
    assert (told["text"], told["card"]) == ("先打 24 小時專線", card)


async def test_a_button_is_pressed_by_its_payload_and_shown_by_its_label(
    chat: Chat, engine: EngineDouble
) -> None:
    engine.will(answers("要開單嗎？", buttons=BUTTONS), answers("好的"))
    await chat.say("機器壞了")
    told = await chat.press("/affirm")
    assert texts(told) == ["確認開單", "好的"]
    assert engine.heard == ["機器壞了", "/affirm"]


async def test_without_waiting_the_message_comes_back_at_once_and_the_answer_later(
    chat: Chat, engine: EngineDouble
) -> None:
    socket = await chat.connect(after=1)
    told = await chat.say("你好", wait=False)
    assert senders(told)[0] == "partner"
    seen: list[int] = []
    while 3 not in seen:
        frame = await socket.receive_json(timeout=30)
        seen += [message["seq"] for message in frame.get("messages", ())]
    assert seen == [2, 3]
    assert texts(await chat.said(after=2)) == ["您說：你好"]


async def test_messages_behind_a_number_are_read_in_order(chat: Chat) -> None:
    for text in ("一", "二", "三"):
        await chat.say(text)
    assert [message["seq"] for message in await chat.said()] == list(range(1, 8))
    assert [message["seq"] for message in await chat.said(after=5)] == [6, 7]
    assert await chat.said(after=7) == []


async def test_a_file_is_kept_and_given_back_as_a_download(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    form = FormData({"id": new_id(), "text": ""})
    form.add_field("file", PNG, filename="panel.png", content_type="image/png")
    answer = await chat.client.post(
        f"{chat.url}/messages", params={"wait": "reply"}, data=form, headers=bearer(chat.token)
    )
    own, told = (await answer.json())["messages"]
    assert (answer.status, own["text"], told["sender"]) == (201, "", "bot")
    assert own["file"] | {"id": ""} == {
        "id": "",
        "name": "panel.png",
        "type": "image/png",
        "size": len(PNG),
    }
    assert "panel.png" in told["text"]
    assert engine.asked == []
    file = f"{chat.url}/files/{own['file']['id']}"
    download = await chat.client.get(file, headers=bearer(chat.token))
    assert await download.read() == PNG
    assert download.headers["Content-Disposition"] == "attachment; filename*=UTF-8''panel.png"
    assert "sandbox" in download.headers["Content-Security-Policy"]
    assert await refusal_of(await chat.client.get(file)) == (401, "unauthorized")


async def test_a_file_of_another_conversation_is_not_found(chat: Chat, visitor: Chat) -> None:
    form = FormData({"id": new_id()})
    form.add_field("file", PNG, filename="panel.png")
    answer = await chat.client.post(f"{chat.url}/messages", data=form, headers=bearer(chat.token))
    file_id = (await answer.json())["messages"][0]["file"]["id"]
    theirs = await visitor.client.get(
        f"{visitor.url}/files/{file_id}", headers=bearer(visitor.token)
    )
    assert await refusal_of(theirs) == (404, "not_found")


async def test_own_tickets_are_shown_as_cards_and_nobody_elses(
    chat: Chat, visitor: Chat, engine: EngineDouble
) -> None:
    engine.will(fails(500))
    await chat.say("Power 主機開不了機")
    [_pressed, opened] = await chat.press("desk:ticket")
    number = opened["card"]["number"]
    for asker, expected in ((chat, [number]), (visitor, [])):
        answer = await asker.client.get(f"{asker.url}/tickets", headers=bearer(asker.token))
        assert [card["number"] for card in (await answer.json())["tickets"]] == expected


@pytest.mark.parametrize("path", ["messages", "tickets", "files/x"])
async def test_a_conversation_opens_to_its_own_token_only(
    chat: Chat, visitor: Chat, partner_token: str, path: str
) -> None:
    for token in ("", "nonsense", visitor.token, partner_token):
        answer = await chat.client.get(f"{chat.url}/{path}", headers=bearer(token))
        assert await refusal_of(answer) == (401, "unauthorized")
    assert (await chat.client.get(f"{chat.url}/messages?token={chat.token}")).status == 401


async def test_every_answer_carries_its_guards(client: Client) -> None:
    for path in ("/api/openapi.json", "/console/sign-in", "/nowhere"):
        answer = await client.get(path)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_the_desk_says_that_it_lives(client: Client) -> None:
    assert await (await client.get("/healthz")).json() == {"ok": True}


async def test_words_sent_with_a_file_are_answered_by_the_engine(
    chat: Chat, engine: EngineDouble
) -> None:
    engine.will(answers("請問序號？"))
    form = FormData({"id": new_id(), "text": "主機開不了機"})
    form.add_field("file", PNG, filename="panel.png", content_type="image/png")
    answer = await chat.client.post(
        f"{chat.url}/messages", params={"wait": "reply"}, data=form, headers=bearer(chat.token)
    )
    own, kept, told = (await answer.json())["messages"]
    assert (own["text"], told["text"]) == ("主機開不了機", "請問序號？")
    assert "panel.png" in kept["text"]
    assert [asked["text"] for asked in engine.asked] == ["主機開不了機"]


async def test_a_password_is_masked_before_it_is_stored_or_sent_to_the_engine(
    chat: Chat, engine: EngineDouble
) -> None:
    engine.will(answers("好"))
    own, warned, _told = await chat.say("登不進去，密碼是 P@ssw0rd1")
    assert "P@ssw0rd1" not in own["text"]
    assert "請不要貼密碼" in warned["text"]
    assert "P@ssw0rd1" not in str(engine.asked)


async def test_the_language_changes_when_somebody_asks_for_it(
    chat: Chat, engine: EngineDouble
) -> None:
    [_own, told] = await chat.say("English please")
    assert told["text"] == "English from here."
    [_own, told] = await chat.say("可以講中文嗎")
    assert told["text"] == "好，改用中文。"
    assert engine.asked == []
