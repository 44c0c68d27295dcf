"""A ticket's card: what it promises by which rule, and of what is done when that was."""

from hotline.core import Hotline
from hotline.staff.service import Staff
from hotline.tickets import handling, queries
from hotline.tickets.cards import ticket_card
from hotline.tickets.ticket import Ticket


async def test_a_promise_tells_its_rule_and_the_arithmetic(
    hotline: Hotline, ticket: Ticket
) -> None:
    promise = ticket_card(hotline, ticket, "zh-TW")["promise"]
    assert (promise["label"], promise["words"]) == ("技術支援最晚回覆", "今天 14:15 前")
    rule, *arithmetic = promise["why"]
    assert rule == "一般，4 時內第一次回覆，只算服務時間"
    assert arithmetic == ["12/1（二）10:15–14:15 服務時間，計 4 時"]
    [rule, *_] = ticket_card(hotline, ticket, "en")["promise"]["why"]
    assert rule == "First reply within 4 h (normal), open hours only"


async def test_after_the_first_reply_the_solution_is_what_counts(
    hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    await handling.claim(hotline, engineer, ticket.number)
    await handling.reply(hotline, engineer, ticket.number, "備品出發了")
    promise = ticket_card(hotline, await now(hotline, ticket), "zh-TW")["promise"]
    assert promise["label"] == "技術支援預計處理完成"
    assert "內處理完成" in promise["why"][0]


async def test_of_what_is_done_nothing_is_due(
    hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    await handling.claim(hotline, engineer, ticket.number)
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換了電源")
    promise = ticket_card(hotline, await now(hotline, ticket), "zh-TW")["promise"]
    assert (promise["label"], promise["words"]) == ("已回報處理完", "今天 10:15")
    assert (promise["tone"], promise["why"]) == ("resolved", [])


async def now(hotline: Hotline, ticket: Ticket) -> Ticket:
    async with hotline.database.read() as session:
        return await queries.find(session, ticket.number)
