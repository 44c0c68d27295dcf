"""A visitor's chat goes on after the sign-in, with what was asked before, as the contact's own."""

from desk.keys import DRIVER
from hotline.core import Hotline
from tests.conftest import CONTACT, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, journal, opened
from tests.desk.engine_double import EngineDouble, answers
from tests.desk.people import Chat, Client, StaffApi, bearer, refusal_of, texts
from tests.desk.sign_in_page import enters, identified, mailed, signs_in, who
from tests.desk.test_visitor_codes import ASKED, sign_in_asked


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
