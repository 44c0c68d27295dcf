"""A request on the partner's own page: what is shown of it, to whom, in which words."""

import re

import pytest

from hotline.conversations import holding
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.core.desk_work import journal, says
from tests.desk.people import Client, page


async def test_a_forms_own_address_leads_to_its_page(own: Client, ticket: Ticket) -> None:
    answer = await own.get(f"/my/tickets/{ticket.number}/close?lang=en", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (
        303,
        f"/my/tickets/{ticket.number}?lang=en",
    )


async def test_a_request_shows_its_promise_facts_and_history_and_nothing_internal(
    own: Client, hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    assert ticket.conversation_id
    await says(hotline, ticket.conversation_id, "備品什麼時候到", "c1")
    await handling.claim(hotline, engineer, ticket.number)
    await handling.note(hotline, engineer, ticket.number, "夥伴很兇，小心回")
    await handling.reply(hotline, engineer, ticket.number, "明天早上送到")
    await handling.set_state(hotline, engineer, ticket.number, "waiting_other", text="等總倉")
    shown = await page(own, f"/my/tickets/{ticket.number}")
    for words in ("Power 主機開不了機", "備品什麼時候到", "明天早上送到", "王志豪接手處理",
                  "開單，今天 14:15 前回覆", "等其他單位，暫停計時", "為什麼是這個",
                  "時內處理完成，只算服務時間"):  # fmt: skip
        assert words in shown, words
    for hidden in ("夥伴很兇", "等總倉", "嚴重度", "severity"):
        assert hidden not in shown
    assert shown.count("明天早上送到") == 1


async def test_reading_one_is_journalled_once_a_view_without_a_word(
    own: Client, hotline: Hotline, ticket: Ticket, contact: Contact
) -> None:
    for _view in range(2):
        await page(own, f"/my/tickets/{ticket.number}")
    read = [entry for entry in await journal(hotline) if entry.kind == "ticket.read"]
    assert [entry.detail for entry in read] == [{"ticket": ticket.id, "contact": contact.id}] * 2
    assert {entry.ticket_id for entry in read} == {None}  # no event of the ticket's own history


async def test_of_a_colleagues_ticket_the_chat_stays_theirs(
    colleague: Client, hotline: Hotline, ticket: Ticket, engineer: Staff, contact: Contact
) -> None:
    assert ticket.conversation_id
    await says(hotline, ticket.conversation_id, "另外我們的信用額度剩多少", "c1")
    await handling.reply(hotline, engineer, ticket.number, "明天早上送到", claims=True)
    await answers.add(hotline, ticket.conversation_id, ticket.number, "面板紅燈")
    await handling.set_state(hotline, engineer, ticket.number, "waiting_partner", text="請補序號")
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換了電源")
    shown = await page(colleague, f"/my/tickets/{ticket.number}")
    for words in (
        "明天早上送到",
        "面板紅燈",
        "請補序號",
        "換了電源",
        "陳怡君開的工單",
        "只有本人看得到",
    ):
        assert words in shown
    assert "信用額度" not in shown


async def test_a_reply_in_a_live_chat_about_something_else_is_not_told_to_colleagues(
    colleague: Client, hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    assert ticket.conversation_id
    await holding.take(hotline, engineer, ticket.conversation_id)
    await holding.staff_says(hotline, engineer, ticket.conversation_id, "額度還有三百萬")
    await handling.claim(hotline, engineer, ticket.number)
    assert "三百萬" not in await page(colleague, f"/my/tickets/{ticket.number}")


async def test_the_page_is_in_the_readers_language(own: Client, ticket: Ticket) -> None:
    for path in ("/my", f"/my/tickets/{ticket.number}", "/my/company"):
        assert '<html lang="en">' in await page(own, f"{path}?lang=en")
    assert "Why this time?" in await page(own, f"/my/tickets/{ticket.number}")


@pytest.mark.parametrize(("said", "shown"), [("apply", "申請"), ("Claim", "請款")])
async def test_what_is_to_be_done_is_shown_in_the_readers_words(
    own: Client, hotline: Hotline, contact: Contact, said: str, shown: str
) -> None:
    conversation, _greeting = await start(hotline, contact)
    facts = {"purpose": {"value": said, "status": "known"}}
    wish = NewTicket("k-bdf", "campaign_bdf", "客戶研討會", 3, facts=facts)
    ticket = await open_ticket(hotline, conversation.id, wish)
    text = re.sub(r"<[^>]*>", "|", await page(own, f"/my/tickets/{ticket.number}"))
    assert f"|{shown}|" in text
    assert f"|{said}|" not in text
