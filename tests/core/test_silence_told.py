"""What a partner who does not answer is told in the chat, with each step and when they ask."""

from actions.dialogue import Affirm
from hotline.core import Hotline
from hotline.deliveries import undelivered_seqs
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling
from hotline.tickets.told import status_now
from tests.core.desk_work import conversation_row, journal, said, says, ticket_row
from tests.core.follow_up import Partner
from tests.core.silent_partner import due, fire_at, resolved, steps, talk_of, waiting


async def test_the_reminder_asks_again_and_says_by_when(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-02 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert bubble.sender == "bot"
    assert ticket.number in bubble.text
    assert "週五 10:15 前沒有回覆，我就先結案，之後 14 天內可以重開。解決了嗎？" in bubble.text
    assert [button["payload"] for button in bubble.buttons] == [
        f"desk:solved:{ticket.number}",
        f"desk:unsolved:{ticket.number}",
    ]
    conversation = await conversation_row(hotline, ticket.conversation_id)
    assert conversation.asking == {"kind": "solved", "ticket": ticket.number}
    assert conversation.last_ticket == ticket.number
    [entry] = await journal(hotline, "ticket.reminded")
    assert (entry.actor, entry.ticket_id, entry.conversation_id) == (
        "bot",
        ticket.id,
        ticket.conversation_id,
    )
    told = {"queue": "technical", "state": "resolved", "step": "solved", "mailed": True}
    assert entry.detail == told
    assert (await ticket_row(hotline, ticket.number)).version == ticket.version
    async with hotline.database.read() as session:
        assert bubble.seq in await undelivered_seqs(session, talk_of(ticket))


async def test_a_yes_right_after_the_reminder_closes_the_ticket_as_solved(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-02 10:15")
    [uttered] = await Partner(hotline, talk_of(ticket)).says(Affirm(), "解決了")
    assert uttered["text"].startswith(f"好，{ticket.number} 結案")
    assert (await journal(hotline, "ticket.moved"))[-1].detail["move"] == "confirm"
    await fire_at(hotline, "2026-12-31 10:15")
    assert await steps(hotline) == ["solved"]


async def test_the_reminder_repeats_what_staff_asked_if_it_is_short(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-03 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert bubble.text.startswith(f"{ticket.number} 還在等您回覆：「請稍候」。")
    assert "12/15（週二）10:15 前沒有回覆" in bubble.text
    conversation = await conversation_row(hotline, ticket.conversation_id)
    assert conversation.asking == {"kind": "reply", "ticket": ticket.number}


async def test_long_words_are_not_repeated(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    long = "請提供序號、型號、錯誤代碼、發生的時間，" * 4
    await handling.reply(hotline, engineer, ticket.number, long)
    await fire_at(hotline, "2026-12-03 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert bubble.text.startswith(f"{ticket.number}（{ticket.subject}）還在等您回覆。")


async def test_closing_says_how_it_is_opened_again_and_it_is(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-02 10:15")
    await fire_at(hotline, "2026-12-04 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert bubble.text.startswith(f"{ticket.number} 沒有等到您的回覆，先結案。")
    assert [button["payload"] for button in bubble.buttons] == [f"desk:unsolved:{ticket.number}"]
    conversation = await conversation_row(hotline, ticket.conversation_id)
    assert (conversation.asking, conversation.last_ticket) == (None, ticket.number)
    told = (await journal(hotline, "ticket.moved"))[-1]
    assert (told.actor, told.detail["move"], told.detail["state"]) == ("bot", "lapse", "closed")
    row = await answers.reopen(hotline, talk_of(ticket), ticket.number, "風扇又停了")
    assert (row.state, row.reopened) == ("open", 1)
    assert await due(hotline) == {}


async def test_who_asks_how_it_stands_hears_by_when_an_answer_is_waited_for(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    told = await status_now(hotline, ticket, "zh-TW")
    assert told.text.endswith("換電源。週五 10:15 前沒有回覆就先結案。解決了嗎？")
    await fire_at(hotline, "2026-12-03 11:00")  # late by a day
    told = await status_now(hotline, ticket, "en")
    assert "Without an answer by Mon 7 Dec, 11:00 it will be closed." in told.text
    await answers.reopen(hotline, talk_of(ticket), ticket.number, "還沒")
    row = await handling.set_state(hotline, engineer, ticket.number, "waiting_partner", text="請拍")
    told = await status_now(hotline, row, "zh-TW")
    assert told.text.endswith("您補上後繼續計時；12/17（週四）11:00 前沒有回覆就先結案。")
    closed = await answers.close(hotline, talk_of(ticket), ticket.number)
    assert "沒有回覆" not in (await status_now(hotline, closed, "zh-TW")).text


async def test_english_is_answered_in_english(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await says(hotline, talk_of(ticket), "I will look for the serial number tomorrow", "n1")
    await fire_at(hotline, "2026-12-03 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert "without one by Tue 15 Dec, 10:15 I'll close it" in bubble.text
