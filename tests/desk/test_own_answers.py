"""What the desk answers by itself: its buttons mean the same wherever the conversation stands."""

from datetime import timedelta

import pytest
from aiohttp import FormData
from sqlalchemy import update

from desk.keys import HOTLINE
from hotline import access
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers as ticket_answers
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.rows import TicketRow
from tests.conftest import FRIDAY_NIGHT, OTHER_COMPANY, TUESDAY_MORNING, contact_of
from tests.core.desk_work import brought_to, conversation_row, ticket_row
from tests.desk.engine_double import EngineDouble, answers, fails
from tests.desk.people import Chat, Client, StaffApi, bearer, new_id, texts

pytestmark = pytest.mark.usefixtures("somebody_there")

OFFER = [
    {"title": "開工單", "payload": "/other_request"},
    {"title": "不用了", "payload": "/deny"},
]
SUMMARY = [{"title": "確認開單", "payload": "/affirm"}, {"title": "取消", "payload": "/cancel"}]


def solved_buttons(number: str) -> list[dict[str, str]]:
    return [
        {"title": "解決了", "payload": f"desk:solved:{number}"},
        {"title": "還沒", "payload": f"desk:unsolved:{number}"},
    ]


async def test_solved_is_answered_in_any_conversation_that_shows_the_question(
    chat: Chat, engine: EngineDouble, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    engine.will(answers("解決了嗎？", buttons=solved_buttons(ticket.number)))
    await chat.say("那張怎麼樣了")

    [_own, told] = await chat.say("解決了")

    assert told["text"] == hotline.replies.text("closed", "zh-TW", number=ticket.number, n=14)
    assert (await ticket_row(hotline, ticket.number)).state == "closed"
    assert len(engine.asked) == 1


async def test_not_solved_reopens_and_the_next_words_say_why(
    chat: Chat, engine: EngineDouble, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    engine.will(answers("解決了嗎？", buttons=solved_buttons(ticket.number)))
    await chat.say("那張怎麼樣了")

    [_own, told] = await chat.press(f"desk:unsolved:{ticket.number}")

    assert told["text"].startswith(f"還沒解決，{ticket.number} 已重開")
    assert (await ticket_row(hotline, ticket.number)).state == "open"
    asking = (await conversation_row(hotline, chat.id)).asking
    assert asking == {"kind": "what_now", "ticket": ticket.number}


async def test_not_solved_of_one_closed_too_long_ago_asks_what_a_new_ticket_is_to_say(
    chat: Chat, engine: EngineDouble, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    long_ago = TUESDAY_MORNING - timedelta(days=15)
    async with hotline.database.write() as session:
        await session.execute(update(TicketRow).values(closed_at=long_ago))
    engine.will(answers("解決了嗎？", buttons=solved_buttons(ticket.number)))
    await chat.say("那張怎麼樣了")

    [_own, told] = await chat.press(f"desk:unsolved:{ticket.number}")

    assert f"{ticket.number} 結案超過 14 天，不能重開，我開一張新的接續它" in told["text"]
    asking = (await conversation_row(hotline, chat.id)).asking or {}
    assert (asking["kind"], asking["ticket"]) == ("again", ticket.number)


async def test_the_question_does_not_open_the_ticket_that_stands_at_its_summary(
    chat: Chat, engine: EngineDouble, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    engine.will(
        answers("解決了嗎？", buttons=solved_buttons(ticket.number)),
        answers("請確認：", buttons=SUMMARY, form="ticket_form"),
    )
    await chat.say("那張怎麼樣了")
    await chat.say("還要報價")
    # The old button is greyed by now; its payload is but words to the engine.
    await chat.press(f"desk:solved:{ticket.number}")
    assert (await ticket_row(hotline, ticket.number)).state == "resolved"
    assert engine.heard[-1] != "/affirm"


async def test_another_companys_number_in_a_button_opens_nothing(
    client: Client, engine: EngineDouble, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    stranger = access.partner_token(hotline, await contact_of(hotline, OTHER_COMPANY))
    chat = await Chat.begin(client, stranger)
    engine.will(answers("解決了嗎？", buttons=solved_buttons(ticket.number)))
    await chat.say("那張怎麼樣了")
    [_own, told] = await chat.press(f"desk:solved:{ticket.number}")
    assert told["text"] == hotline.replies.text("number_unknown", "zh-TW", typed=ticket.number)
    assert await ticket_row(hotline, ticket.number) == ticket


async def test_a_typed_yes_is_the_first_of_yes_and_no(chat: Chat, engine: EngineDouble) -> None:
    engine.will(answers("要開工單嗎？", buttons=OFFER))
    await chat.say("有件事")
    await chat.say("好")
    assert engine.heard[-1] == "/other_request"


async def test_a_request_half_filled_survives_a_turn_that_fails(
    chat: Chat, engine: EngineDouble
) -> None:
    engine.will(answers("請問序號？", form="ticket_form"), fails(500), answers("哪家客戶？"))
    await chat.say("主機開不了機")
    await chat.say("78A1234")
    await chat.press("desk:retry")
    asked = [said["sender"] for said in engine.asked]
    assert asked[0] == asked[1] == asked[2]
    assert engine.heard[-1] == "78A1234"


async def test_nothing_is_asked_of_the_engine_while_a_person_holds_the_conversation(
    chat: Chat, engine: EngineDouble, engineer_api: StaffApi
) -> None:
    engine.will(fails(500))
    await chat.say("主機開不了機")
    await engineer_api.post(f"/conversations/{chat.id}/take")
    await chat.press("desk:retry")
    assert len(engine.asked) == 1


async def test_a_change_of_language_in_a_form_puts_the_question_again(
    chat: Chat, engine: EngineDouble
) -> None:
    engine.will(
        answers("請問序號？", form="ticket_form"), answers("What's the serial number?", form="f")
    )
    await chat.say("主機開不了機")
    [_own, switched, asked] = await chat.say("English please")
    assert [switched["text"], asked["text"]] == ["English from here.", "What's the serial number?"]
    assert (engine.heard[-1], engine.asked[-1]["language"]) == ("/inform", "en")


async def test_who_does_not_want_to_wait_leaves_the_queue(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(fails(500))
    await chat.say("主機開不了機")
    await chat.press("desk:human")
    assert (await conversation_row(hotline, chat.id)).holder == "queue"
    [_own, told] = await chat.say("算了")
    assert told["text"] == hotline.replies.text("handoff_left", "zh-TW")
    assert (await conversation_row(hotline, chat.id)).holder == "bot"


@pytest.mark.parametrize("words", ["no i dont want to wait, call me back", "改請回電"])
async def test_who_would_rather_be_called_back_leaves_the_queue_for_a_message(
    chat: Chat, engine: EngineDouble, hotline: Hotline, words: str
) -> None:
    engine.will(fails(500), answers("請說要轉達的話。", form="ticket_form"))
    await chat.say("主機開不了機")
    [_own, offer] = await chat.press("desk:human")
    assert offer["buttons"][0]["payload"] == "desk:callback"
    told = await chat.say(words)
    assert texts(told)[-1] == "請說要轉達的話。"
    assert engine.heard[-1] == "/leave_message"
    assert (await conversation_row(hotline, chat.id)).holder == "bot"


async def test_a_number_to_call_is_heard_by_the_engine(chat: Chat, engine: EngineDouble) -> None:
    engine.will(fails(500), answers("記下了", form="ticket_form"))
    await chat.say("主機開不了機")
    await chat.press("desk:human")
    await chat.say("不等了 請打給我 0912-345-678")
    assert engine.heard[-1] == "不等了 請打給我 0912-345-678"


async def test_a_ticket_is_opened_for_who_types_that_in_line(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(fails(500))
    await chat.say("發票抬頭打錯了")
    await chat.press("desk:human")
    told = await chat.say("Open ticket")
    ticket = await ticket_row(hotline, told[-1]["card"]["number"])
    assert ticket.description == "發票抬頭打錯了"
    assert (await conversation_row(hotline, chat.id)).holder == "bot"


async def test_at_closing_whoever_waits_is_answered_by_the_assistant_again(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    engine.will(fails(500), answers("請先撥 24 小時硬體專線"))
    await chat.say("有事要問")
    await chat.press("desk:human")
    assert chat.client.app is not None
    chat.client.app[HOTLINE].clock.set(FRIDAY_NIGHT)
    told = await chat.say("主機開不了機")
    assert texts(told)[-1] == "請先撥 24 小時硬體專線"
    assert (await conversation_row(hotline, chat.id)).holder == "bot"


async def test_an_outage_becomes_a_ticket_of_its_kind_without_the_engine(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    assert chat.client.app is not None
    chat.client.app[HOTLINE].clock.set(FRIDAY_NIGHT)
    engine.will(fails(500))
    await chat.say("Power 主機開不了機，產線停了")
    _own, line, opened = await chat.press("desk:ticket")
    number = opened["card"]["number"]
    assert line["card"]["reference"] == number
    ticket = await ticket_row(hotline, number)
    assert (ticket.intent, ticket.queue, ticket.severity) == ("technical_hardware", "technical", 1)


async def test_a_ticket_that_a_slow_turn_did_open_is_not_opened_twice(
    chat: Chat, engine: EngineDouble, hotline: Hotline, contact: Contact
) -> None:
    engine.will(fails(500))
    await chat.say("Power 主機開不了機")
    opened = await open_ticket(
        hotline, chat.id, NewTicket("form:1", "technical_hardware", "Power 主機開不了機", 1)
    )
    [_own, told] = await chat.press("desk:ticket")
    assert told["card"]["number"] == opened.number


async def test_a_file_goes_to_the_ticket_that_waits_for_it(
    chat: Chat, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    await ticket_answers.spoken_of(hotline, chat.id, ticket)
    form = FormData({"id": new_id()})
    form.add_field("file", b"log line", filename="raid.log", content_type="text/plain")
    answer = await chat.client.post(
        f"{chat.url}/messages", params={"wait": "reply"}, data=form, headers=bearer(chat.token)
    )
    told = (await answer.json())["messages"][-1]
    assert told["text"] == f"檔案 raid.log 已附到 {ticket.number}。"
    assert (await ticket_row(hotline, ticket.number)).state == "open"
