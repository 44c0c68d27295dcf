"""A visitor proves an address: the desk's own dialogue, of which the engine hears nothing."""

import json
import re
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import text

from desk.keys import DRIVER, HOTLINE
from hotline.access_codes import service
from hotline.access_codes.heard import MASK
from hotline.conversations.holding import join_queue
from hotline.core import Hotline
from hotline.settings import MailSettings, Settings
from hotline.tickets import told
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.conftest import CONTACT, contact_of
from tests.core.desk_work import conversation_row, everything_journalled, opened
from tests.desk.conftest import OpenDesk
from tests.desk.engine_double import EngineDouble, answers, fails
from tests.desk.people import Chat, Client, Json, StaffApi, messages_until, new_id, texts

ASKED = "查 T26-000207-8"
VISITOR = "service@qingtian.example"
MAIL_WITHIN_S = 5.0

CODE_BUTTONS = [
    {"title": "重寄", "payload": "desk:code:again"},
    {"title": "留言", "payload": "/leave_message"},
]


def sign_in_asked(hotline: Hotline, form: str | None = None):  # type: ignore[no-untyped-def]
    """The engine says what the actions say to a visitor who asks about a ticket."""
    reply = told.sign_in(hotline, "zh-TW")
    return answers(reply.text, buttons=list(reply.buttons), form=form, intent="ticket_status")


def words(hotline: Hotline, name: str, language: str = "zh-TW", **values: object) -> str:
    toll_free = hotline.settings.vendor.toll_free
    return hotline.replies.text(name, language, toll_free=toll_free, **values)


async def begun(chat: Chat, engine: EngineDouble, hotline: Hotline, said: str = ASKED) -> None:
    """Asked about a ticket, and asked to sign in."""
    engine.will(sign_in_asked(hotline))
    [_own, asked] = await chat.say(said)
    payloads = [button["payload"] for button in asked["buttons"]]
    assert payloads == ["desk:code:sign-in", "desk:code", "/leave_message"]


async def code_of(chat: Chat, number: int = 1) -> str:
    """The code in the mail that came as number `number`."""
    assert chat.client.app is not None
    await chat.client.app[DRIVER].nothing_beside(MAIL_WITHIN_S)
    codes = codes_in(chat.client.app[HOTLINE].settings.var_dir / "mail")
    assert len(codes) == number
    return codes[-1]


def codes_in(folder: Path) -> list[str]:
    found = []
    for file in sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        content = message.get_content()
        found += re.findall(r"\b[0-9]{6}\b", content)
    return found


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


async def visitors_ticket(hotline: Hotline, chat: Chat) -> Ticket:
    facts = {"email": {"value": VISITOR, "status": "known"}}
    request = NewTicket("visitor", "technical_hardware", "主機開不了機", 3, facts=facts)
    return await open_ticket(hotline, chat.id, request)


async def everything_stored(hotline: Hotline) -> str:
    """All messages with all their columns, and all questions that stand."""
    async with hotline.database.read() as session:
        rows = [*await session.execute(text("SELECT * FROM messages"))]
        rows += await session.execute(text("SELECT * FROM conversations"))
    return json.dumps([list(row) for row in rows], ensure_ascii=False, default=str)


async def test_from_the_question_to_its_answer(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)

    [_own, which] = await visitor.say("收驗證碼")
    assert which["text"] == words(hotline, "code_address")
    [_own, sent] = await visitor.say(f"那 {CONTACT.upper()}")
    assert sent["text"].startswith("如果這個信箱有登記，驗證碼 1 分鐘內會到")
    assert sent["buttons"] == CODE_BUTTONS
    code = await code_of(visitor)
    engine.will(answers("處理中"))
    [own, confirmed, answered] = await visitor.say(f"{code[:3]}　{code[3:]}")

    contact = await contact_of(hotline, CONTACT)
    assert own["text"] == MASK
    assert confirmed["text"] == f"{contact.name} 您好，確認完成。"
    assert answered["text"] == "處理中"
    assert engine.heard == [ASKED, ASKED]
    row = await conversation_row(hotline, visitor.id)
    assert (row.contact, row.asking) == (contact, None)
    told_of = json.dumps(engine.asked, ensure_ascii=False)
    assert code not in await everything_stored(hotline)
    assert CONTACT.lower() not in told_of.lower()
    journalled = await everything_journalled(hotline)
    assert code not in journalled
    assert CONTACT not in journalled


async def test_an_address_typed_at_once_needs_no_button(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    ticket = await visitors_ticket(hotline, await Chat.begin(visitor.client))
    await begun(visitor, engine, hotline, f"查 {ticket.number}")
    await visitor.say("我的信箱 Service@Qingtian.example")
    [_own, confirmed, _answered] = await visitor.say(await code_of(visitor))
    assert confirmed["text"] == "確認完成。"
    assert engine.heard[-1] == f"查 {ticket.number}"
    row = await conversation_row(hotline, visitor.id)
    assert (row.contact, row.proven_email) == (None, VISITOR)


async def test_after_another_message_the_address_is_still_an_answer(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say("我是他們客戶 只想知道修好沒")
    [_own, sent] = await visitor.say(f"那 {VISITOR}")
    assert sent["text"] == words(hotline, "code_sent")
    assert len(engine.asked) == 2


async def test_a_known_and_an_unknown_address_get_the_same_words(
    client: Client, engine: EngineDouble, hotline: Hotline
) -> None:
    heard_of = []
    for address in (CONTACT, "nobody@nowhere.example"):
        chat = await Chat.begin(client)
        await begun(chat, engine, hotline)
        [_own, sent] = await chat.say(address)
        [_own, none] = await chat.say("沒收到")
        [_own, wrong_one] = await chat.say("1234567")
        heard_of.append([(it["text"], it["buttons"]) for it in (sent, none, wrong_one)])
    assert heard_of[0] == heard_of[1]
    assert heard_of[0][1][0] == words(hotline, "code_no_mail")
    assert await code_of(chat)


async def test_wrong_codes_count_down_and_lock(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(CONTACT)
    code = await code_of(visitor)
    heard_of = [(await visitor.say(wrong(code)))[-1]["text"] for _ in range(5)]
    assert heard_of == [
        *(f"驗證碼不對，還可以試 {left} 次。" for left in (4, 3, 2, 1)),
        f"次數用完了，15 分鐘後可以重寄，或打 {hotline.settings.vendor.toll_free}。",
    ]
    assert (await visitor.say(code))[-1]["text"] == heard_of[-1]
    assert (await conversation_row(hotline, visitor.id)).contact is None
    assert (await visitor.say(CONTACT))[-1]["text"] == heard_of[-1]
    assert wrong(code) not in await everything_stored(hotline)


async def test_a_code_is_too_old_after_ten_minutes_and_may_be_sent_again(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(CONTACT)
    first = await code_of(visitor)
    assert visitor.client.app is not None
    clock = visitor.client.app[HOTLINE].clock
    clock.set(clock.now() + timedelta(minutes=11))

    [_own, gone] = await visitor.say(first)
    assert gone["text"] == words(hotline, "code_gone")
    [_own, sent] = await visitor.say("重寄")
    assert sent["text"] == words(hotline, "code_sent")
    [_own, confirmed, _answered] = await visitor.say(await code_of(visitor, 2))
    assert confirmed["text"].endswith("確認完成。")


async def test_the_sixth_code_in_an_hour_has_to_wait(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    heard_of = [(await visitor.say(CONTACT))[-1]["text"]]
    heard_of += [(await visitor.press("desk:code:again"))[-1]["text"] for _ in range(5)]
    assert set(heard_of[:5]) == {words(hotline, "code_sent")}
    assert re.fullmatch(r"驗證碼已經寄了好幾次，(59|60) 分鐘後可以再寄，或打 .*。", heard_of[5])


async def test_what_is_plainly_something_else_goes_to_the_engine(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.press("desk:code")
    [_own, told_so] = await visitor.say("service@qingtian")
    assert told_so["text"] == words(hotline, "code_no_address")
    await visitor.say("你們今天到幾點")
    await visitor.say(CONTACT)
    await visitor.say("訂單 123456 到了嗎")
    assert engine.heard == [ASKED, "你們今天到幾點", "訂單 123456 到了嗎"]


async def test_a_request_that_begins_takes_the_question_away(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(CONTACT)
    engine.will(answers("請問數量？", form="ticket_form"), answers("記下了", form="ticket_form"))
    await visitor.say("要報價")
    await visitor.say("123456")
    await visitor.say(VISITOR)
    assert engine.heard == [ASKED, "要報價", "123456", VISITOR]


async def test_in_the_middle_of_a_request_it_goes_on_where_it_was(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(
        answers("請問序號？", form="ticket_form"), sign_in_asked(hotline, form="ticket_form")
    )
    await visitor.say("主機開不了機")
    await visitor.say(ASKED)
    await visitor.press("desk:code")
    await visitor.say(CONTACT)
    engine.will(
        answers("處理中", "請問序號？", form="ticket_form"),
        answers("哪家客戶？", form="ticket_form"),
    )
    heard_of = await visitor.say(await code_of(visitor))
    assert texts(heard_of)[2:] == ["處理中", "請問序號？"]
    await visitor.say("78A1234")
    assert engine.heard == ["主機開不了機", ASKED, ASKED, "78A1234"]
    assert len({said["sender"] for said in engine.asked}) == 1


async def test_when_the_engine_is_down_after_the_proof_the_question_can_be_tried_again(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(CONTACT)
    engine.will(fails(500), answers("處理中"))
    [_own, confirmed, down] = await visitor.say(await code_of(visitor))
    assert confirmed["text"].endswith("確認完成。")
    assert down["text"] == words(hotline, "engine_down")
    [_own, answered] = await visitor.press("desk:retry")
    assert answered["text"] == "處理中"
    assert engine.heard == [ASKED, ASKED, ASKED]


async def test_a_ticket_from_the_words_has_neither_code_nor_address(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(CONTACT)
    engine.will(fails(500))
    await visitor.say(await code_of(visitor))
    [_own, told_of] = await visitor.press("desk:ticket")
    number = told_of["card"]["number"]
    async with hotline.database.read() as session:
        row = (
            await session.execute(
                text("SELECT description FROM tickets WHERE number = :number"), {"number": number}
            )
        ).one()
    assert row.description == ASKED


async def test_proven_but_not_theirs_is_asked_again_with_the_question_kept(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(VISITOR)
    async with hotline.database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM access_codes")) == 1
    row = await conversation_row(hotline, visitor.id)
    assert row.asking is not None
    assert row.asking["asked"] == 2  # the greeting is 1
    await visitors_ticket(hotline, await Chat.begin(visitor.client))
    engine.will(sign_in_asked(hotline), answers("處理中"))
    await visitor.press("desk:code:again")
    await visitor.say(await code_of(visitor))
    await visitor.say(CONTACT)
    told_of = await visitor.say(await code_of(visitor, 2))
    assert texts(told_of)[-1] == "處理中"
    assert engine.heard == [ASKED] * 3


async def test_the_solved_button_is_answered_by_the_desk_after_the_proof(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    ticket = await opened(hotline, await contact_of(hotline, CONTACT))
    button = {"title": "解決了", "payload": f"desk:solved:{ticket.number}"}
    engine.will(answers("解決了嗎？", buttons=[button]))
    await visitor.say("那張")
    [_own, asked] = await visitor.press(button["payload"])
    assert asked["text"] == told.sign_in(hotline, "zh-TW").text
    await visitor.say(CONTACT)
    told_of = await visitor.say(await code_of(visitor))
    assert told_of[-1]["card"]["number"] == ticket.number
    assert engine.heard == ["那張"]


async def test_english_is_answered_and_mailed_in_english(
    client: Client, engine: EngineDouble, hotline: Hotline
) -> None:
    chat = await Chat.begin(client, language="en")
    reply = told.sign_in(hotline, "en")
    engine.will(answers(reply.text, buttons=list(reply.buttons)))
    await chat.say("What about T26-000207-8?")
    [_own, sent] = await chat.say(CONTACT)
    assert sent["text"] == words(hotline, "code_sent", "en")
    assert [button["title"] for button in sent["buttons"]] == ["Send again", "Leave a message"]
    [_own, none] = await chat.say("I didn't get it")
    assert none["text"] == words(hotline, "code_no_mail", "en")
    [_own, confirmed, _answered] = await chat.say(f"my code is {await code_of(chat)}")
    contact = await contact_of(hotline, CONTACT)
    assert confirmed["text"] == f"Hello {contact.name}, confirmed."
    assert engine.asked[-1]["language"] == "en"


async def test_a_person_who_has_taken_over_reads_dots_and_the_code_does_nothing(
    visitor: Chat, engine: EngineDouble, hotline: Hotline, engineer_api: StaffApi
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(CONTACT)
    code = await code_of(visitor)
    await engineer_api.post(f"/conversations/{visitor.id}/take")
    [own] = await visitor.say(code)
    assert own["text"] == MASK
    assert (await conversation_row(hotline, visitor.id)).contact is None


async def test_whoever_waits_in_the_queue_may_prove_the_address(
    visitor: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(CONTACT)
    async with hotline.database.write() as session:
        await join_queue(session, hotline, visitor.id)
    [_own, confirmed, noted] = await visitor.say(await code_of(visitor))
    assert confirmed["text"].endswith("確認完成。")
    assert noted["text"] == words(hotline, "handoff_noted", place=1)
    assert (await conversation_row(hotline, visitor.id)).contact is not None


async def test_the_caller_is_counted_through_every_door(
    visitor: Chat, client: Client, engine: EngineDouble, hotline: Hotline
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(CONTACT)
    other = await Chat.begin(client)
    await begun(other, engine, hotline)
    socket = await other.connect()
    await socket.send_json({"type": "message", "id": new_id(), "text": VISITOR})
    await messages_until(socket, 5)  # greeting, question, sign-in, address, sent
    await socket.close()
    await service.new_code(hotline, other.id, "")
    async with hotline.database.read() as session:
        rows = await session.scalars(text("SELECT caller FROM access_codes ORDER BY id"))
        by_http, by_socket, by_nobody = rows.all()
    assert by_http == by_socket != by_nobody


async def test_where_no_mail_can_go_no_code_is_offered(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, engine: EngineDouble
) -> None:
    without = settings.model_copy(update={"mail": MailSettings(codes=False)})
    client = await open_desk(without)
    assert client.app is not None
    reply = told.sign_in(client.app[HOTLINE], "zh-TW")
    assert reply.text == words(hotline, "sign_in_portal")
    assert [button["payload"] for button in reply.buttons] == ["/leave_message"]
    chat = await Chat.begin(client)
    engine.will(answers(reply.text, buttons=list(reply.buttons)))
    await chat.say(ASKED)
    await chat.say(CONTACT)
    assert engine.heard == [ASKED, CONTACT]


@pytest.mark.parametrize("payload", ["desk:code:digits", "desk:code:address", "desk:code:again"])
async def test_a_payload_that_no_button_has_does_nothing(
    visitor: Chat, engine: EngineDouble, hotline: Hotline, payload: str
) -> None:
    await begun(visitor, engine, hotline)
    told_of: list[Json] = await visitor.press(payload)
    assert engine.heard[-1] == payload
    assert len(told_of) == 2
    async with hotline.database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM access_codes")) == 0
